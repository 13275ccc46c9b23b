import { type Html, html, Html as Markup } from './markup.ts';
import { changePart } from './parts/change.ts';
import { executivePart } from './parts/executive.ts';
import { matrixPart } from './parts/matrix.ts';
import { methodPart } from './parts/method.ts';
import { modelsPart } from './parts/models.ts';
import { movesPart } from './parts/moves.ts';
import { saidSeenPart } from './parts/said-seen.ts';
import { signalsPart } from './parts/signals.ts';
import { statementsPart } from './parts/statements.ts';
import { unseenPart } from './parts/unseen.ts';
import type { Paper, ReportView } from './report-view.ts';
import { styleSheet } from './style-sheet.ts';

/** Nothing may be fetched or run, whatever a text of others says; the style is the one in the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

interface Part {
  readonly id: string;
  readonly name: string;
  readonly drawn: Html | null;
}

function parts(report: ReportView): readonly Part[] {
  const { snapshot, change, models, statements, signals } = report;
  const all: readonly Part[] = [
    { id: 'verdict', name: 'Verdict', drawn: executivePart(report) },
    { id: 'change', name: 'Change', drawn: changePart(change) },
    { id: 'matrix', name: 'Areas', drawn: matrixPart(snapshot.matrix) },
    { id: 'said-and-seen', name: 'Said and seen', drawn: saidSeenPart(snapshot.disagreements) },
    { id: 'moves', name: 'Moves', drawn: movesPart(snapshot.moves) },
    { id: 'models', name: 'Other models', drawn: modelsPart(models, snapshot.beside) },
    { id: 'statements', name: 'Statements', drawn: statementsPart(statements, snapshot.ladder.word) },
    { id: 'signals', name: 'Signals', drawn: signalsPart(signals) },
    { id: 'unseen', name: 'Not seen', drawn: unseenPart(snapshot.unseen) },
    { id: 'method', name: 'Method and limits', drawn: methodPart(report) },
  ];
  return all.filter(({ drawn }) => drawn !== null);
}

/** One snapshot as one file of HTML that needs no script, no network and no other file; printed it is a document of that paper. Pure. */
export function renderReport(report: ReportView, paper: Paper = 'a4'): string {
  const { headline } = report.snapshot;
  const drawn = parts(report);
  return html`${new Markup('<!doctype html>\n')}<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light">
<title>${headline.title}: support maturity of ${headline.workspace}, ${headline.last_day}</title><style>${new Markup(styleSheet(paper))}</style></head>
<body><nav class="contents" aria-label="Contents">${drawn.map(({ id, name }) => html`<a href="#${id}">${name}</a> `)}</nav>
<main>${drawn.map((part) => part.drawn)}</main></body></html>
`.text;
}
