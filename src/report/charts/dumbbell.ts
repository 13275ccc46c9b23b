import { type Html, html } from '../html/markup.ts';
import type { GapRow } from '../view/disagreements.ts';
import { linear } from './scale.ts';

const WIDTH = 220;
const HEIGHT = 22;
const EDGE = 8;

/** What people said and what records show of one statement, on the scale of levels 1 to 3; the band holds four fifths of where the gap may end. */
export function drawDumbbell({ said, seen, interval, sentence }: GapRow): Html {
  const x = linear([1, 3], [EDGE, WIDTH - EDGE]);
  const y = HEIGHT / 2;
  // gap = said - seen, so the gap's interval is where `seen` may lie, from the side of what was said.
  const [low, high] = [said - interval[1], said - interval[0]].map(x);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}">
<line class="axis" x1="${EDGE}" x2="${WIDTH - EDGE}" y1="${y}" y2="${y}"/>
${[1, 2, 3].map((level) => html`<line class="tick" x1="${x(level)}" x2="${x(level)}" y1="${y - 4}" y2="${y + 4}"/>`)}
<line class="seen-band" x1="${low ?? 0}" x2="${high ?? 0}" y1="${y}" y2="${y}"/>
<line class="gap" x1="${x(seen)}" x2="${x(said)}" y1="${y}" y2="${y}"/>
<circle class="seen-dot" cx="${x(seen)}" cy="${y}" r="5"/>
<rect class="said-dot" x="${x(said) - 4.5}" y="${y - 4.5}" width="9" height="9"/>
</svg>`;
}
