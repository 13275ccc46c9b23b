import { drawDumbbell } from '../../charts/dumbbell.ts';
import { short, signed } from '../../numbers.ts';
import { type DisagreementsView, GAP_NOTE, type GapRow } from '../../view/disagreements.ts';
import { type Html, html } from '../markup.ts';

function row(whole: GapRow): Html {
  const { id, name, said, seen, gap, median, interval, flag_words } = whole;
  return html`<tr><th scope="row"><a href="#${id}">${id}</a> ${name}</th><td class="wide">${drawDumbbell(whole)}</td>
<td class="number">${short(said, 1)}</td><td class="number">${seen.toFixed(1)}</td>
<td class="number">${signed(gap, 1)} <span class="quiet">${median === null ? '' : `median ${signed(median, 1)}, `}${signed(interval[0], 1)} to ${signed(interval[1], 1)}</span></td><td>${flag_words}</td></tr>`;
}

/** Everything on which people and records part, the widest gap first; nothing while nobody answered. */
export function saidSeenPart(view: DisagreementsView | null): Html | null {
  if (view === null) return null;
  const { stages, rows, summary, notes, unverifiable } = view;
  return html`<section class="sheet" id="said-and-seen"><h2>Said and seen</h2><p>${stages.sentence}${summary === null ? '' : ` ${summary}`}</p>
${
  rows.length === 0
    ? null
    : html`<table class="data"><thead><tr><th scope="col">Statement</th><th scope="col">1 not there – 3 fully</th><th scope="col">Said</th><th scope="col">Seen</th><th scope="col">Gap: mean, and median with 80 %</th><th scope="col">Verdict</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table>
<p class="key"><i class="key-said"></i> said <i class="key-seen"></i> seen; the dot is a mean, the band holds four fifths of the levels that it may be. ${GAP_NOTE}</p>`
}
${notes.map((note) => html`<p>${note}</p>`)}
${unverifiable.length === 0 ? null : html`<p>Claims that records cannot check: ${unverifiable.map(({ id, name }, index) => html`${index === 0 ? '' : ', '}<a href="#${id}">${id}</a> ${name}`)}.</p>`}</section>`;
}
