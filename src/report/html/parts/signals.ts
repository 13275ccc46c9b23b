import { drawInterval } from '../../charts/interval.ts';
import { count } from '../../numbers.ts';
import type { SignalView } from '../../view/signal.ts';
import { type Html, html } from '../markup.ts';

function row(view: SignalView): Html {
  const { signal, text, interval_text, n, sample_unit, lines, sentence } = view;
  const line = [lines.partly_text, lines.fully_text].filter((one) => one !== null).join(', ');
  return html`<tr id="${signal.short}"><th scope="row">${signal.short} <span>${signal.title}</span></th>
${text === null ? html`<td colspan="3" class="quiet">${sentence}</td>` : html`<td class="wide">${drawInterval(view)}</td><td class="number">${text}<br><span class="quiet">${interval_text ?? ''}</span></td><td class="quiet">${count(n)} ${sample_unit}</td>`}
<td class="quiet">${line}${line === '' ? '' : html`<br>`}${lines.origin_words}</td></tr>`;
}

/** Every signal that the model asks for: its number with interval against its lines, or why there is none. */
export function signalsPart(signals: readonly SignalView[]): Html | null {
  if (signals.length === 0) return null;
  return html`<section class="sheet" id="signals"><h2>Every signal and its number</h2>
<p>The band is the interval that holds the number in 95 of 100 cases; the marks are the lines from which the practice counts as partly and as fully there. The SQL behind each: <code>plumbline explain</code> and its id.</p>
<table class="data signals"><thead><tr><th scope="col">Signal</th><th scope="col">Number and lines</th><th scope="col">Number</th><th scope="col">From</th><th scope="col">Lines</th></tr></thead><tbody>${signals.map(row)}</tbody></table></section>`;
}
