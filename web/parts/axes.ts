import type { Ink } from './chart.tsx';
import { dayText } from './format.ts';

/** Tips are written as text, never as markup. */
export function tipOf(lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  for (const line of lines) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}

/** What a drawing says of one place on its axis: a value of each line that has one there. */
export interface TipPoint {
  readonly seriesName: string;
  readonly axisValueLabel: string;
  readonly dataIndex: number;
  readonly value: unknown;
}

/** The value of a tip's point, which stands alone or behind its place. */
function numberOf({ value }: TipPoint): number | null {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'number' ? last : null;
}

/** Lines of a tip over time: the day, and once what each line says of it. */
export function tipOfDay(text: (value: number) => string): (points: readonly TipPoint[]) => readonly string[] {
  return (points) => {
    const said = points.flatMap((point) => {
      const value = numberOf(point);
      return value === null ? [] : [{ day: point.axisValueLabel, line: `${point.seriesName}: ${text(value)}` }];
    });
    const [first] = said;
    return first === undefined ? [] : [dayText(first.day), ...new Set(said.map(({ line }) => line))];
  };
}

/** Axes and tips as all drawings have them; `tip` = lines for the points under the pointer. */
export function frameOf(ink: Ink, tip: (points: readonly TipPoint[]) => readonly string[]) {
  const label = { color: ink.soft, fontSize: 12, fontFamily: ink.font };
  return {
    textStyle: { fontFamily: ink.font },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: ink.card,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 13, fontFamily: ink.font },
      confine: true,
      // The library's own tip carries styles in its markup, which the content policy refuses: names and numbers would run together.
      formatter: (points: readonly TipPoint[]) => tipOf(tip(points)),
    },
    axis: {
      axisLabel: label,
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: ink.line } },
      nameTextStyle: label,
    },
  };
}

const MONTH_MS = 30 * 24 * 3_600_000;

/** An axis of months. Its words stand a little apart, so that the lowest number beside them is not touched; leave 34 px below. */
export function timeAxis(axis: ReturnType<typeof frameOf>['axis']) {
  return {
    type: 'time' as const,
    ...axis,
    minInterval: MONTH_MS,
    splitLine: { show: false },
    axisLabel: { ...axis.axisLabel, formatter: '{MMM} {yyyy}', hideOverlap: true, showMinLabel: false, margin: 14 },
  };
}
