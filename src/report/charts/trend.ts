import { type Html, html } from '../html/markup.ts';
import type { TrendView } from '../view/trend.ts';
import { linear } from './scale.ts';

const WIDTH = 560;
const HEIGHT = 88;
const LEFT = 20;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 20;
/** Room that a date needs below the axis. */
const DATE = 70;

type Point = TrendView['points'][number];

/** Indices of points that get a date: the last, the first, and those between that stand clear of both neighbours with a date. */
function dated(places: readonly number[]): ReadonlySet<number> {
  const last = places.length - 1;
  const kept = new Set([last]);
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, x] of places.entries()) {
    if (x - before < DATE || (places[last] ?? 0) - x < DATE) continue;
    kept.add(index);
    before = x;
  }
  return kept;
}

/**
 * The course of a staged verdict, `of` steps high. A full line joins two points only where what changed is what the desk does; across a change
 * of what is seen, said or asked it is dotted. Time runs evenly. Points without a verdict are left out, and nothing is joined across them.
 */
export function drawTrend({ points, steps, sentence }: TrendView, of: number): Html {
  const y = linear([1, of], [HEIGHT - BOTTOM, TOP]);
  const times = points.map(({ as_of }) => Date.parse(as_of));
  const time = linear([times[0] ?? 0, times.at(-1) ?? 0], [LEFT + DATE / 2, WIDTH - RIGHT - DATE / 2]);
  const places = times.map(time);
  const x = (index: number): number => places[index] ?? LEFT;
  const dates = dated(places);
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
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}">
${rungs.map((rung) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(rung)}" y2="${y(rung)}"/><text class="label" x="${LEFT - 8}" y="${y(rung) + 3}" text-anchor="end">${rung}</text>`)}
${steps.map(segment)}${points.map(sure)}${points.map(dot)}
${points.map(({ last_day }, index) => dates.has(index) && html`<text class="label" x="${x(index)}" y="${HEIGHT - 6}" text-anchor="middle">${last_day}</text>`)}
</svg>`;
}
