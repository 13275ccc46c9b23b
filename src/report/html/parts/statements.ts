import type { StatementView } from '../../view/statement.ts';
import { type Html, html } from '../markup.ts';
import { ledgerPart } from './ledger.ts';

function levels({ levels: list }: StatementView): Html {
  return html`<div class="levels">${list.map(({ level, probability, here, words }) => html`<span class="level l${level}${here ? ' here' : ''}" style="flex-grow:${Math.max(0.12, probability).toFixed(3)}" title="${words}">${level}</span>`)}</div>`;
}

function sides({ answers_sentence, gap, gain, missing, unread }: StatementView): Html | null {
  const said = [
    answers_sentence,
    gap?.sentence ?? null,
    gain?.sentence ?? null,
    ...unread.map(({ sentence }) => sentence),
  ].filter((one) => one !== null);
  if (said.length === 0 && missing.length === 0) return null;
  return html`${said.length === 0 ? null : html`<p>${said.join(' ')}</p>`}
${missing.length === 0 ? null : html`<p class="quiet">Not seen: ${missing.map(({ short, title, reason, way_out }, index) => html`${index === 0 ? '' : '; '}<b>${short}</b> ${title} (${reason}${way_out === null ? '' : `; ${way_out}`})`)}</p>`}`;
}

function statement(view: StatementView): Html {
  const { id, name, level, statement: text, sentence, conflict, action } = view;
  return html`<article class="statement" id="${id}"><header><h3>${id} ${name}</h3><p class="level-word">level ${level}</p></header>
<p class="quoted">${text}</p>${levels(view)}<p>${sentence}</p>
${conflict === null ? null : html`<p class="conflict">${conflict.sentence}</p>`}
${ledgerPart(view)}${sides(view)}
<p class="quiet">To lift it: <b>${action.title}</b> (${action.effort_words}). ${action.how}</p></article>`;
}

/** Every statement of the model with its ledger of evidence, by step. */
export function statementsPart(statements: readonly StatementView[], word: string): Html | null {
  if (statements.length === 0) return null;
  const sets = [...new Set(statements.map(({ set }) => set))];
  return html`<section class="sheet" id="statements"><h2>Every statement and its evidence</h2>
<p>Levels: 1 not there, 2 partly, 3 fully. Points are decibans: ten make the odds ten times higher; the first number speaks for it being there, the second for it being there fully.</p>
${sets.map((set) => html`<h2 class="set">Statements of ${word} ${set}</h2>${statements.filter((one) => one.set === set).map(statement)}`)}</section>`;
}
