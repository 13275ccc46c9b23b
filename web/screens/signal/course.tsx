import { useCallback } from 'react';
import type { SignalView } from '../../../src/report/view/signal.ts';
import { frameOf, timeAxis, tipOfDay } from '../../parts/axes.ts';
import type { Ink } from '../../parts/chart.tsx';
import { CourseTable } from '../../parts/course-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { countText, dayText } from '../../parts/format.ts';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Section } from '../../parts/section.tsx';
import { Empty } from '../../parts/states.tsx';

type Point = SignalView['course'][number];

/** Points that one rule measured in a row; another version, or a gap, begins a new line. */
function runsOf(course: readonly Point[]): Point[][] {
  const runs: Point[][] = [];
  for (const point of course) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before?.version !== point.version || before.estimate === null) runs.push([point]);
    else last.push(point);
  }
  return runs;
}

const inPercent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

function numberText(value: number, unit: string): string {
  return unit === 'share' ? inPercent(value) : String(Number(value.toPrecision(4)));
}

function columnsOf(unit: string): readonly Column<Point>[] {
  const text = (value: number | undefined | null): string => (value == null ? '–' : numberText(value, unit));
  return [
    { head: 'To', cell: ({ last_day }) => dayText(last_day), by: ({ last_day }) => last_day },
    { head: 'Number', cell: ({ estimate }) => text(estimate), by: ({ estimate }) => estimate, end: true },
    { head: 'At least', cell: ({ interval }) => text(interval?.[0]), end: true },
    { head: 'At most', cell: ({ interval }) => text(interval?.[1]), end: true },
    { head: 'Counted', cell: ({ n }) => countText(n), by: ({ n }) => n, end: true },
  ];
}

function optionOf(view: SignalView, ink: Ink) {
  const { axis, ...frame } = frameOf(
    ink,
    tipOfDay((value) => numberText(value, view.unit)),
  );
  const lines = [view.lines.partly, view.lines.fully].filter((value) => value !== null);
  return {
    ...frame,
    grid: { left: 48, right: 18, top: 14, bottom: 34 },
    xAxis: timeAxis(axis),
    yAxis: {
      type: 'value',
      scale: true,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: view.unit === 'share' ? inPercent : undefined },
    },
    series: [
      ...runsOf(view.course).flatMap((run) => [
        {
          name: 'Number',
          type: 'line',
          color: ink.seen,
          symbolSize: 8,
          data: run.map((point) => [point.last_day, point.estimate]),
        },
        ...([0, 1] as const).map((end) => ({
          name: end === 0 ? 'At least' : 'At most',
          type: 'line',
          color: ink.seen,
          symbol: 'none',
          lineStyle: { width: 1, opacity: 0.55 },
          data: run.map((point) => [point.last_day, point.interval?.[end] ?? null]),
        })),
      ]),
      {
        type: 'line',
        data: [],
        markLine: {
          symbol: 'none',
          silent: true,
          label: { show: false },
          lineStyle: { color: ink.ink, type: 'dashed' },
          data: lines.map((yAxis) => ({ yAxis })),
        },
      },
    ],
  };
}

/** The number in the kept snapshots, with its interval and the lines. */
export function Course({ view }: { readonly view: SignalView }) {
  const draw = useCallback((ink: Ink) => optionOf(view, ink), [view]);
  return (
    <Section title="Over time" note="Thin lines hold 95 %; dashed ones are the lines it is judged by.">
      {view.course.length < 2 ? (
        <Empty title="One snapshot so far" way="A schedule or a backfill of past months gives a course." />
      ) : (
        <>
          <LazyChart label={`Course of ${view.signal.title}`} height={200} draw={draw} />
          <CourseTable label="The course in numbers" points={view.course} columns={columnsOf(view.unit)} />
        </>
      )}
    </Section>
  );
}
