import type { MatrixCell, MatrixView } from '../../view/matrix.ts';
import { type Html, html } from '../markup.ts';

function cell(one: MatrixCell | null): Html {
  if (one === null) return html`<td class="none"></td>`;
  const { face, people_only, text, gist, sentence } = one;
  return html`<td class="cell ${face}${people_only ? ' people' : ''}" title="${sentence}"><b>${text}</b><span>${gist}</span></td>`;
}

/** Areas by steps; nothing for a model without a matrix. */
export function matrixPart({ steps, rows, legend }: MatrixView): Html | null {
  if (rows.length === 0) return null;
  return html`<section class="sheet" id="matrix"><h2>Area by area</h2>
<table class="matrix"><thead><tr><th scope="col">Area</th>${steps.map(({ stage, name }) => html`<th scope="col">${stage} ${name}</th>`)}</tr></thead>
<tbody>${rows.map(({ name, step, cells }) => html`<tr><th scope="row">${name}<span>${step === null ? 'not known' : step.text}</span></th>${cells.map(cell)}</tr>`)}</tbody></table>
<p class="key">${legend.map(({ sign, meaning }) => html`<span class="legend"><b>${sign}</b> ${meaning}</span> `)}</p></section>`;
}
