import type { ModelsView } from '../../view/models.ts';
import { type Html, html } from '../markup.ts';

/** What other models say of the same measurement, and what stands beside the verdict; nothing where there is neither. */
export function modelsPart({ rows, pairs }: ModelsView, beside: readonly string[]): Html | null {
  const others = rows.filter(({ shown }) => !shown);
  if (others.length === 0 && beside.length === 0) return null;
  const titleOf = (id: string): string => rows.find(({ model }) => model.id === id)?.model.title ?? id;
  return html`<section class="sheet" id="models"><h2>Beside this verdict</h2>
${others.length === 0 ? null : html`<p>Other models that judged the same measurement:</p><table class="data"><tbody>${others.map(({ model, height, sentence }) => html`<tr><th scope="row">${model.title}</th><td class="law">${height === null ? null : html`<span class="law-bar" style="width:${(height * 100).toFixed(1)}%"></span>`}</td><td>${sentence}</td></tr>`)}</tbody></table>`}
${pairs.length === 0 ? null : html`<ul>${pairs.map((pair) => html`<li>${pair.models.map(titleOf).join(' and ')}: ${pair.sentence}</li>`)}</ul>`}
${beside.length === 0 ? null : html`<ul>${beside.map((said) => html`<li>${said}</li>`)}</ul>`}</section>`;
}
