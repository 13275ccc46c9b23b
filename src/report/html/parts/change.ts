import type { ChangeView } from '../../view/change.ts';
import { type Html, html } from '../markup.ts';

type Statement = ChangeView['statements'][number];

function statement({ id, name, turn, sentence, lines }: Statement): Html {
  return html`<div class="whole"><h3><a href="#${id}">${id}</a> ${name} <span class="quiet">${turn}</span></h3><p>${sentence}</p>
${lines.length === 0 ? null : html`<ul>${lines.map((line) => html`<li>${line.sentence}</li>`)}</ul>`}</div>`;
}

/** Two snapshots beside each other, a sentence first; nothing when no earlier one was asked for. */
export function changePart(view: ChangeView | null): Html | null {
  if (view === null) return null;
  const { before, after, sentence, causes, statements, note } = view;
  return html`<section class="sheet" id="change"><h2>What changed from ${before.last_day} to ${after.last_day}</h2>
<p class="lead">${sentence}</p><p>${before.sentence} ${after.sentence}</p>
${causes.length === 0 ? null : html`<ul>${causes.map((cause) => html`<li>${cause.sentence}</li>`)}</ul>`}
${statements.map(statement)}${note === null ? null : html`<p>${note}</p>`}</section>`;
}
