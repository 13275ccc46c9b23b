import { drawDumbbell } from '../../charts/dumbbell.ts';
import { drawTrend } from '../../charts/trend.ts';
import { headed } from '../../view/step.ts';
import { type Html, html } from '../markup.ts';
import type { ReportView } from '../report-view.ts';
import { ladderPart } from './ladder.ts';

const MOST = 3;

function fact(label: string, value: string, sentence: string): Html {
  return html`<div class="fact"><p class="fact-label">${label}</p><p class="fact-value">${value}</p><p>${sentence}</p></div>`;
}

function facts({ snapshot: { headline } }: ReportView): Html | null {
  const { assured, range, coverage, face } = headline;
  if (face === 'not_placed') return null;
  return html`<div class="facts">
${fact('Assured', assured === null ? 'Nothing yet' : headed(assured.step.text), assured?.sentence ?? 'No step is reached in nine of ten cases by what records show.')}
${range === null ? null : fact('Range', range.floor === range.ceiling ? String(range.floor) : `${range.floor} to ${range.ceiling}`, range.sentence)}
${fact('Seen in data', `${Math.round(coverage.share * 100)} %`, coverage.sentence)}
</div>`;
}

/** Each area in a word; nothing for a model without a matrix. */
function areas({ snapshot: { matrix } }: ReportView): Html | null {
  if (matrix.rows.length === 0) return null;
  return html`<ul class="areas" aria-label="By area">${matrix.rows.map(({ name, step }) => html`<li><b>${name}</b> ${step === null ? 'not known' : headed(step.text)}</li>`)}</ul>`;
}

function saidSeen({ snapshot: { disagreements } }: ReportView): Html {
  if (disagreements === null)
    return html`<section><h2>Said and seen</h2><p>Nobody has answered yet, so there is nothing to set beside the records.</p></section>`;
  const { stages, rows } = disagreements;
  return html`<section><h2>Said and seen</h2><p>${stages.sentence}</p>
${rows.length === 0 ? html`<p>On no statement do people and records part clearly.</p>` : null}
<ul class="gaps">${rows.slice(0, MOST).map((row) => html`<li><span class="gap-name"><b>${row.id}</b> ${row.name}<br><em>${row.flag_words}</em></span>${drawDumbbell(row)}</li>`)}</ul>
${rows.length === 0 ? null : html`<p class="key"><i class="key-said"></i> said <i class="key-seen"></i> seen, from not there to fully in place</p>`}</section>`;
}

function moves({ snapshot: { moves: view } }: ReportView): Html | null {
  if (view === null) return null;
  const { nothing_left, sentence, moves: list } = view;
  return html`<section><h2>${list.length === 0 ? 'Next moves' : `The next ${list.length === 1 ? 'move' : 'moves'}`}</h2><p>${nothing_left ?? sentence}</p>
<ol class="moves-short">${list.slice(0, MOST).map((move) => html`<li><b>${move.title}</b> <span class="quiet">${move.statement.id} · ${move.effort_words} · ${move.gain_words}</span></li>`)}</ol></section>`;
}

function trend({ trend: view, snapshot: { ladder } }: ReportView): Html {
  const isDrawn = view.points.filter(({ value }) => value !== null).length > 1;
  return html`<section><h2>Trend</h2><p>${view.sentence}</p>
${isDrawn ? drawTrend(view, ladder.rungs.length) : null}
${isDrawn ? html`<p class="key">Dots: the verdict. Short bars: assured. Dotted: what changed is what is seen, said or asked, not what the desk does.</p>` : null}</section>`;
}

/** Page one, which stands alone: what the verdict is, how sure, what people say against what is seen, what to do next, and how it went. */
export function executivePart(report: ReportView): Html {
  const { headline, ladder, holds_back } = report.snapshot;
  return html`<section class="sheet page-one" id="verdict">
<header class="mast"><p>Support maturity</p><p class="mast-right">${headline.workspace} · data to ${headline.last_day}</p></header>
<h1>${headline.title}</h1>
<p class="lead">${headline.face === 'not_placed' ? headline.why_not.join(' ') : `${headed(headline.ground)}.`}</p>
${
  headline.face === 'not_placed'
    ? null
    : html`${facts(report)}${ladderPart(ladder)}${areas(report)}
<p class="holds">${holds_back.sentence}</p>`
}
${headline.reach === null ? null : html`<p>${headline.reach.sentence}</p>`}
<div class="columns">${moves(report)}${saidSeen(report)}</div>
${trend(report)}
<footer class="page-foot">${report.freshness.sentence} ${headline.model.title}, version ${headline.model.version}.</footer>
</section>`;
}
