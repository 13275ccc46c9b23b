import { type Html, html } from '../html/markup.ts';
import type { SignalView } from '../view/signal.ts';
import { linear } from './scale.ts';

const WIDTH = 150;
const HEIGHT = 16;

/** The span that number, interval and lines need, with a little air; null when there is nothing to draw. */
function spanOf({
  estimate,
  interval,
  lines,
  unit,
}: Pick<SignalView, 'estimate' | 'interval' | 'lines' | 'unit'>): readonly [number, number] | null {
  if (estimate === null) return null;
  if (unit === 'share') return [0, 1];
  const values = [estimate, ...(interval ?? []), lines.partly, lines.fully].filter((value) => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * 0.1;
  return [low - air, high + air];
}

/** The number of a signal with its interval against its lines; nothing where it was not measured. */
export function drawInterval(view: SignalView): Html | null {
  const span = spanOf(view);
  if (span === null || view.estimate === null) return null;
  const x = linear(span, [4, WIDTH - 4]);
  const y = HEIGHT / 2;
  const [low, high] = (view.interval ?? [view.estimate, view.estimate]).map(x);
  const line = (value: number | null, name: string): Html | null =>
    value === null ? null : html`<line class="${name}" x1="${x(value)}" x2="${x(value)}" y1="1" y2="${HEIGHT - 1}"/>`;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${view.sentence}">
<line class="axis" x1="4" x2="${WIDTH - 4}" y1="${y}" y2="${y}"/>
${line(view.lines.partly, 'line-partly')}${line(view.lines.fully, 'line-fully')}
<line class="seen-band" x1="${low ?? 0}" x2="${high ?? 0}" y1="${y}" y2="${y}"/>
<circle class="seen-dot" cx="${x(view.estimate)}" cy="${y}" r="3.5"/>
</svg>`;
}
