import type { StagedReading } from '../../domain/staged-reading.ts';
import { percent, short, signed } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { type DisagreementsView, GAP_NOTE, gapText } from '../view/disagreements.ts';
import type { HeadlineView } from '../view/headline.ts';
import type { LadderView } from '../view/ladder.ts';
import { sayLevel } from '../view/level.ts';
import { type MatrixView, sayLegend } from '../view/matrix.ts';
import type { MovesView } from '../view/moves.ts';
import { snapshotView } from '../view/snapshot.ts';
import type { UnseenView } from '../view/unseen.ts';
import { cell, table } from './markup.ts';

function renderHead({ headline }: { readonly headline: HeadlineView }, ladder: LadderView): string[] {
  if (headline.face === 'not_placed') return [`**${headline.title}**`, '', ...headline.why_not, ''];
  const { title, ground, assured, range, coverage, reach } = headline;
  const sentences = [assured?.sentence, range?.sentence, coverage.sentence, reach?.sentence];
  return [
    `**${title}**, ${ground}.`,
    ...sentences.flatMap((sentence) => sentence ?? []),
    '',
    ...table(
      ladder.rungs.map(({ step }) => `${step.stage} ${step.name}`),
      [ladder.rungs.map(({ text }) => text)],
    ),
    '',
  ];
}

/** Areas by steps; nothing for a model without cells. */
function renderAreas({ steps, rows, legend }: MatrixView): string[] {
  if (rows.length === 0) return [];
  return [
    '## Areas',
    '',
    ...table(
      ['Area', ...steps.map(({ stage, name }) => `${stage} ${name}`)],
      rows.map(({ name, cells }) => [name, ...cells.map((one) => one?.text ?? '')]),
    ),
    '',
    sayLegend(legend),
    '',
  ];
}

function renderSaidSeen(view: DisagreementsView): string[] {
  const rows = view.rows.map(({ id, name, said, seen, gap, median, interval, flag_words, probability }) => [
    `${id} ${cell(name)}`,
    short(said, 1),
    seen.toFixed(2),
    gapText({ gap, median, interval }),
    `${flag_words} (${percent(probability)})`,
  ]);
  return [
    '## Said and seen',
    '',
    view.stages.sentence,
    '',
    ...(rows.length === 0
      ? []
      : [...table(['Statement', 'Said', 'Seen', 'Gap: mean, median [80 %]', 'Verdict'], rows), '', GAP_NOTE, '']),
    ...[view.summary, ...view.notes].flatMap((said) => (said === null ? [] : [said, ''])),
  ];
}

function renderMoves({ target, sentence, moves, nothing_left }: MovesView): string[] {
  return [
    `## Next moves, to ${target.text}`,
    '',
    nothing_left ?? sentence,
    '',
    ...moves.map(
      ({ title, statement, effort_words, gain_words, how }, index) =>
        `${index + 1}. **${cell(title)}** (${statement.id}, ${effort_words}, ${gain_words}). ${cell(how)}`,
    ),
    ...(moves.length === 0 ? [] : ['']),
  ];
}

function renderUnseen({ sentence, groups, unread, left_out }: UnseenView): string[] {
  return [
    '## What the data could not show',
    '',
    sentence,
    '',
    ...groups.map(
      ({ words, signals, way_out }) =>
        `- ${signals.length} ${cell(words)} (${signals.map(({ short: id }) => id).join(' ')})${way_out === null ? '' : `. ${way_out}`}`,
    ),
    ...(groups.length === 0 ? [] : ['']),
    ...[unread, left_out].flatMap((said) => (said === null ? [] : [`${said}.`, ''])),
  ];
}

function renderStatements({ criteria }: StagedReading): string[] {
  return [
    '## Statements',
    '',
    ...table(
      ['Statement', 'Level', 'Evidence (exists, full)', 'Answers', 'Decided by', 'Conflict'],
      criteria.map((c) => [
        `${c.id} ${cell(c.name)}`,
        sayLevel(c),
        `${signed(c.telemetry[0])}, ${signed(c.telemetry[1])}`,
        `${signed(c.answers[0])}, ${signed(c.answers[1])}`,
        c.decided_by,
        c.conflict.grade === 'none' ? '' : c.conflict.grade,
      ]),
    ),
    '',
  ];
}

/** All that a wiki page has room for. */
const ALL = { disagreements: Number.POSITIVE_INFINITY, moves: Number.POSITIVE_INFINITY };

/** The snapshot as Markdown for a wiki page or a pull request. */
export function renderSnapshotMarkdown(reading: StagedReading, context: ReportContext): string {
  const view = snapshotView(reading, context, ALL);
  const { model } = context;
  return [
    `# Support maturity of ${cell(view.headline.workspace)}, as of ${view.headline.last_day}`,
    '',
    ...renderHead(view, view.ladder),
    ...(view.headline.step === null ? [] : [view.holds_back.sentence, '']),
    ...renderAreas(view.matrix),
    ...(view.beside.length === 0
      ? []
      : ['## Beside the verdict', '', ...view.beside.map((said) => `- ${cell(said)}`), '']),
    ...(view.disagreements === null ? [] : renderSaidSeen(view.disagreements)),
    ...(view.moves === null ? [] : renderMoves(view.moves)),
    ...renderStatements(reading),
    ...renderUnseen(view.unseen),
    `Model ${cell(model.title)} version ${model.version} (${cell(model.source)}). Digest \`${reading.digest}\`.`,
    '',
  ].join('\n');
}
