import type { MovesView, MoveView } from '../../view/moves.ts';
import { type Html, html, link } from '../markup.ts';

function move({ title, statement, how, effort_words, gain_words, verified_by, tickets }: MoveView): Html {
  return html`<li class="whole"><h3>${title}</h3><p class="quiet"><a href="#${statement.id}">${statement.id}</a> ${statement.name} · effort ${effort_words} · ${gain_words}</p><p>${how}</p>
${verified_by.length === 0 ? null : html`<p class="quiet">Done when it shows: ${verified_by.map(({ short, title: name }, index) => html`${index === 0 ? '' : '; '}${short} ${name}`)}</p>`}
${tickets.length === 0 ? null : html`<p class="quiet">To start from: ${tickets.map(({ id, url }, index) => html`${index === 0 ? '' : ', '}${link(url, id)}`)}</p>`}</li>`;
}

/** The way to the next step in full; nothing where nothing is placed. */
export function movesPart(view: MovesView | null): Html | null {
  if (view === null) return null;
  const { target, sentence, nothing_left, moves } = view;
  return html`<section class="sheet" id="moves"><h2>The way to ${target.text}</h2><p>${nothing_left ?? sentence}</p><ol class="moves">${moves.map(move)}</ol></section>`;
}
