import { drawStep, spanOf } from '../../charts/waterfall.ts';
import { signed } from '../../numbers.ts';
import type { EvidenceBar, StatementView } from '../../view/statement.ts';
import { type Html, html } from '../markup.ts';

function bar(one: EvidenceBar, span: readonly [number, number]): Html {
  const { signal, ref, title, sentence, points } = one;
  return html`<tr><td><b>${signal?.short ?? ref}</b> ${title === ref ? '' : title} <span class="quiet">${sentence}</span></td>
<td class="wide">${drawStep(one, span)}</td><td class="number">${signed(points[0])} <span class="quiet">${signed(points[1])}</span></td></tr>`;
}

/** The evidence of a statement, each line standing on the ones before it; nothing where nothing speaks. */
export function ledgerPart({ ledger }: Pick<StatementView, 'ledger'>): Html | null {
  if (ledger.length === 0) return null;
  const span = spanOf(ledger);
  return html`<table class="data ledger"><thead><tr><th scope="col">Evidence</th><th scope="col">against – for</th><th scope="col">Points</th></tr></thead><tbody>${ledger.map((one) => bar(one, span))}</tbody></table>`;
}
