import { type Html, html } from '../html/markup.ts';
import type { EvidenceBar } from '../view/statement.ts';
import { linear } from './scale.ts';

const WIDTH = 160;
const HEIGHT = 14;

/** The span of values that all bars of a ledger need, zero among them. */
export function spanOf(bars: readonly Pick<EvidenceBar, 'from' | 'to'>[]): readonly [number, number] {
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

/** One step of the ledger, standing where the bars before it ended; `span` is that of the whole ledger. */
export function drawStep({ from, to, direction, sentence }: EvidenceBar, span: readonly [number, number]): Html {
  const x = linear(span, [2, WIDTH - 2]);
  const [left, right] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}">
<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="${HEIGHT}"/>
<rect class="bar ${direction}" x="${left}" y="3" width="${Math.max(1.5, Number((right - left).toFixed(2)))}" height="${HEIGHT - 6}"/>
</svg>`;
}
