import { useCallback } from 'react';
import type { TrendView } from '../../../src/report/view/trend.ts';
import { frameOf, timeAxis, tipOfDay } from '../../parts/axes.ts';
import type { Ink } from '../../parts/chart.tsx';
import { CourseTable } from '../../parts/course-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { dayText, percentText } from '../../parts/format.ts';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Section } from '../../parts/section.tsx';
import { Empty } from '../../parts/states.tsx';
import styles from './trend.module.css';

type Point = TrendView['points'][number];

/** Points that have room for a mark of full size. */
const FEW = 30;

/** Runs of points that a line may join; a change of what is visible or said begins a new one. */
function runsOf({ points, steps }: TrendView): Point[][] {
  const joined = new Map(steps.map((step) => [step.to, step.joined]));
  const runs: Point[][] = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last === undefined || joined.get(point.digest) !== true) runs.push([point]);
    else last.push(point);
  }
  return runs;
}

function optionOf(trend: TrendView, [low, high]: readonly [number, number], ink: Ink) {
  const { axis, ...frame } = frameOf(ink, tipOfDay(String));
  const line = (name: string, color: string, value: (point: Point) => number | null, dashed: boolean) =>
    runsOf(trend).map((run) => ({
      name,
      type: 'line',
      symbolSize: trend.points.length > FEW ? 4 : 9,
      color,
      lineStyle: { width: 2.5, color, type: dashed ? 'dashed' : 'solid' },
      data: run.map((point) => [point.last_day, value(point)]),
    }));
  const breaks = trend.steps.filter((step) => !step.joined);
  const when = new Map(trend.points.map((point) => [point.digest, point.last_day]));
  return {
    ...frame,
    grid: { left: 30, right: 18, top: 14, bottom: 34 },
    xAxis: timeAxis(axis),
    yAxis: { type: 'value', min: low, max: high, interval: 1, ...axis },
    series: [
      ...line('Together', ink.ink, (point) => point.value, false),
      ...line('Seen', ink.seen, (point) => point.seen, true),
      {
        type: 'line',
        data: [],
        markLine: {
          symbol: 'none',
          silent: true,
          label: { show: false },
          lineStyle: { color: ink.warn, type: 'dotted', width: 2 },
          data: breaks.map((step) => ({ xAxis: when.get(step.to) })),
        },
      },
    ],
  };
}

const COLUMNS: readonly Column<Point>[] = [
  { head: 'To', cell: ({ last_day }) => dayText(last_day), by: ({ last_day }) => last_day },
  { head: 'Verdict', cell: ({ label }) => label, by: ({ value }) => value },
  {
    head: 'Sure',
    cell: ({ sure }) => (sure === null ? '–' : percentText(sure)),
    by: ({ sure }) => sure,
    end: true,
  },
  { head: 'Assured', cell: ({ assured }) => assured ?? '–', by: ({ assured }) => assured, end: true },
  { head: 'Seen', cell: ({ seen }) => seen ?? '–', by: ({ seen }) => seen, end: true },
];

/** The course of the verdict, broken where only what can be seen or what is said changed; each change with its causes. */
export function Trend(props: { readonly trend: TrendView; readonly from: number; readonly to: number }) {
  const { trend, from, to } = props;
  const draw = useCallback((ink: Ink) => optionOf(trend, [from, to], ink), [trend, from, to]);
  return (
    <Section title="Trend" note={trend.points.length < 2 ? undefined : trend.sentence}>
      {trend.points.length < 2 ? (
        <Empty title="One snapshot so far" way="A schedule or a backfill of past months gives a course." />
      ) : (
        <>
          <LazyChart label={trend.sentence} height={190} draw={draw} />
          <CourseTable label="The trend in numbers" points={trend.points} columns={COLUMNS} />
          <ul className={styles.steps}>
            {trend.steps
              .toReversed()
              .slice(0, 4)
              .map((step) => (
                <li key={step.to}>
                  <span className={styles.when}>
                    {dayText(trend.points.find((point) => point.digest === step.to)?.last_day ?? '')}
                    {step.joined ? '' : ' · no line across this'}
                  </span>
                  {step.sentence}
                </li>
              ))}
          </ul>
        </>
      )}
    </Section>
  );
}
