import type { UnseenView } from '../../view/unseen.ts';
import { type Html, html } from '../markup.ts';

/** What the data could not show, by reason, each with its way out. */
export function unseenPart({ sentence, groups, unread, left_out }: UnseenView): Html {
  return html`<section class="sheet" id="unseen"><h2>What the data could not show</h2><p>${sentence} Unseen is neither good nor bad: it widens the range and lifts nothing.</p>
${groups.map(
  ({
    words,
    way_out,
    signals,
    statements,
  }) => html`<div class="whole"><h3>${signals.length} ${words}</h3>${way_out === null ? null : html`<p>${way_out}</p>`}
<p class="quiet">${signals.map(({ short, title }, index) => html`${index === 0 ? '' : '; '}<b>${short}</b> ${title}`)}</p>
${statements.length === 0 ? null : html`<p class="quiet">Statements that lose evidence by it: ${statements.map(({ id }, index) => html`${index === 0 ? '' : ', '}<a href="#${id}">${id}</a>`)}</p>`}</div>`,
)}
${unread === null ? null : html`<p>${unread}.</p>`}${left_out === null ? null : html`<p>${left_out}.</p>`}</section>`;
}
