import { drawDumbbell } from '../../charts/dumbbell.ts';
import { short, signed } from '../../numbers.ts';
import type { DisagreementsView, GapRow } from '../../view/disagreements.ts';
import { type Html, html } from '../markup.ts';

function row({ id, name, said, seen, gap, interval, flag_words, ...rest }: GapRow): Html {
  const whole = { id, name, said, seen, gap, interval, flag_words, ...rest };
  return html`<tr><th scope="row"><a href="#${id}">${id}</a> ${name}</th><td class="wide">${drawDumbbell(whole)}</td>
<td class="number">${short(said, 1)}</td><td class="number">${seen.toFixed(1)}</td>
<td class="number">${signed(gap, 1)} <span class="quiet">${signed(interval[0], 1)} to ${signed(interval[1], 1)}</span></td><td>${flag_words}</td></tr>`;
}

/** Everything on which people and records part, the widest gap first; nothing while nobody answered. */
export function saidSeenPart(view: DisagreementsView | null): Html | null {
  if (view === null) return null;
  const { stages, rows, summary, notes, unverifiable } = view;
  return html`<section class="sheet" id="said-and-seen"><h2>Said and seen</h2><p>${stages.sentence}${summary === null ? '' : ` ${summary}`}</p>
${
  rows.length === 0
    ? null
    : html`<table class="data"><thead><tr><th scope="col">Statement</th><th scope="col">1 not there – 3 fully</th><th scope="col">Said</th><th scope="col">Seen</th><th scope="col">Gap (80 %)</th><th scope="col">Verdict</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table>
<p class="key"><i class="key-said"></i> said <i class="key-seen"></i> seen; the band holds four fifths of where seen may lie.</p>`
}
${notes.map((note) => html`<p>${note}</p>`)}
${unverifiable.length === 0 ? null : html`<p>Claims that records cannot check: ${unverifiable.map(({ id, name }, index) => html`${index === 0 ? '' : ', '}<a href="#${id}">${id}</a> ${name}`)}.</p>`}</section>`;
}
