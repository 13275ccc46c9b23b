import { type Html, html } from '../html/markup.ts';
import type { TrendView } from '../view/trend.ts';
import { linear } from './scale.ts';

const WIDTH = 560;
const HEIGHT = 120;
const LEFT = 24;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 22;
/** Room that a date needs below the axis. */
const DATE = 64;

type Point = TrendView['points'][number];

/** Indices of points that get a date: the first, the last, and as many between as fit. */
function dated(n: number): ReadonlySet<number> {
  const most = Math.max(2, Math.floor((WIDTH - LEFT - RIGHT) / DATE));
  const every = Math.max(1, Math.ceil((n - 1) / (most - 1)));
  const kept = new Set([0, n - 1]);
  for (let index = 0; index <= n - 1 - every; index += every) kept.add(index);
  return kept;
}

function place(index: number, n: number): number {
  return Number((n === 1 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + (index * (WIDTH - LEFT - RIGHT)) / (n - 1)).toFixed(2));
}

/**
 * The course of a staged verdict, `of` steps high. A full line joins two points only where what changed is what the desk does; across a change
 * of what is seen, said or asked it is dotted. Points without a verdict are left out, and nothing is joined across them.
 */
export function drawTrend({ points, steps, sentence }: TrendView, of: number): Html {
  const y = linear([1, of], [HEIGHT - BOTTOM, TOP]);
  const x = (index: number): number => place(index, points.length);
  const dates = dated(points.length);
  const rungs = Array.from({ length: of }, (_, index) => index + 1);
  const segment = (step: TrendView['steps'][number], index: number): Html | null => {
    const [from, to] = [points[index]?.value ?? null, points[index + 1]?.value ?? null];
    if (from === null || to === null) return null;
    return html`<line class="${step.joined ? 'course' : 'course broken'}" x1="${x(index)}" x2="${x(index + 1)}" y1="${y(from)}" y2="${y(to)}"/>`;
  };
  const dot = ({ value }: Point, index: number): Html | null =>
    value === null ? null : html`<circle class="course-dot" cx="${x(index)}" cy="${y(value)}" r="3.5"/>`;
  const sure = ({ assured }: Point, index: number): Html | null =>
    assured === null
      ? null
      : html`<line class="assured-tick" x1="${x(index) - 5}" x2="${x(index) + 5}" y1="${y(assured)}" y2="${y(assured)}"/>`;
  const anchor = (index: number): string => (index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle');
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}">
${rungs.map((rung) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(rung)}" y2="${y(rung)}"/><text class="label" x="${LEFT - 8}" y="${y(rung) + 3.5}" text-anchor="end">${rung}</text>`)}
${steps.map(segment)}${points.map(sure)}${points.map(dot)}
${points.map(({ last_day }, index) => dates.has(index) && html`<text class="label" x="${x(index)}" y="${HEIGHT - 6}" text-anchor="${points.length === 1 ? 'middle' : anchor(index)}">${last_day}</text>`)}
</svg>`;
}
