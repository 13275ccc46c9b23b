import { count } from '../../numbers.ts';
import type { FreshnessView } from '../../view/freshness.ts';
import { type Html, html } from '../markup.ts';
import type { ReportView } from '../report-view.ts';

const LIMITS = [
  'Records show what passes through the desk. Statements about executives, finance and partners need people; higher steps nearly always do.',
  'What people say alone never makes a step assured.',
  'One dimension of maturity is a simplification; a small desk may lack tiers and night shifts for good reasons, and may say so.',
  'The source of the model gives statements and totals; the rule that turns evidence into a step is ours.',
  'Configuration is known only from the first sync on; a snapshot of an earlier day marks it as not observable.',
];

function source({ connection, vendor, sentence, streams }: FreshnessView['sources'][number]): Html {
  return html`<tr><th scope="row">${connection} <span>${vendor}</span></th><td>${sentence}</td><td class="quiet">${streams.map(({ stream, rows, status, set_aside }, index) => html`${index === 0 ? '' : ', '}${stream} ${status === 'available' ? count(rows) : status}${set_aside === 0 ? '' : ` (${count(set_aside)} set aside)`}`)}</td></tr>`;
}

/** How the verdict comes about, what it rests on, and where it ends. */
export function methodPart({ snapshot: { headline }, freshness, note, version }: ReportView): Html {
  const { model } = headline;
  return html`<section class="sheet" id="method"><h2>Method and limits</h2>
<p>Each signal is a query over the records of ${freshness.window.from} to ${freshness.window.last_day} (${freshness.window.days} days) and gives a number with an interval. Against lines of known origin it becomes evidence for or against a statement, weighed by how directly it shows the practice and by its age. Answers of people count too, discounted for the known bias of self-ratings. Together they give each statement a law over three levels, and the statements of a step give the law of the step. What is not seen is neither a yes nor a no: it leaves the range open.</p>
<p>Words for chances: virtually certain from 99 %, very likely from 90 %, likely from 66 %, about as likely as not from 33 %, unlikely from 10 %, very unlikely below. Assured means reached in nine of ten cases.</p>
<ul>${LIMITS.map((limit) => html`<li>${limit}</li>`)}</ul>
${freshness.sources.length === 0 ? null : html`<h3>Sources</h3><table class="data"><thead><tr><th scope="col">Connection</th><th scope="col">Age</th><th scope="col">Records</th></tr></thead><tbody>${freshness.sources.map(source)}</tbody></table>`}
${note === null ? null : html`<p>${note}</p>`}
<p class="quiet">Model: ${model.title}, version ${model.version} (${model.source}). Snapshot ${headline.digest}. Drawn by Plumbline ${version}. The same records give the same digest; no subject, text, name or e-mail address of a ticket is kept.</p></section>`;
}
