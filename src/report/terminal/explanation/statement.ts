import { short } from '../../numbers.ts';
import { padEnd, type Style, wrap } from '../../style.ts';
import type { StatementView } from '../../view/statement.ts';
import { ledgerTable } from './ledger-table.ts';

/** Width of the ids of signals in lists. */
const ID = 38;

function levelLines({ levels }: StatementView, style: Style): string[] {
  return levels.flatMap(({ level, text, here }) =>
    wrap(`${here ? '▶' : ' '} ${level} ${text}`, style.width - 4, '    ').map(
      (line) => `  ${here ? line : style.dim(line)}`,
    ),
  );
}

function lawLine({ levels, decided_by, level }: StatementView): string {
  const [absent, partly, fully] = levels.map(({ words }) => words);
  const undecided = level.includes(' ') ? `undecided (${level})` : level;
  return `  Level ${undecided}: not there ${absent}, partly ${partly}, fully ${fully} · decided by ${decided_by}`;
}

function silentLines({ missing }: StatementView, style: Style): string[] {
  if (missing.length === 0) return [];
  const rows = missing.flatMap(({ id, reason, streams }) => [
    `  ${padEnd(id, ID)} ${reason}`,
    ...streams.flatMap(({ connection, need, status, detail }) =>
      wrap(`${connection}, ${need}: ${detail ?? status}`, style.width - 6, '  ').map((line) => `      ${line}`),
    ),
  ]);
  return ['', style.bold('SILENT'), ...rows.map(style.dim)];
}

/** Cases that could not be read, apart from signals that are silent: what they mean can be said. */
function unreadLines({ unread }: StatementView, style: Style): string[] {
  if (unread.length === 0) return [];
  return [
    '',
    style.bold('COULD NOT BE READ'),
    ...unread.map(({ signal, sentence }) => style.dim(`  ${padEnd(signal.id, ID)} ${sentence}`)),
    style.dim('  What was not understood, and how to say it: plumbline recognise'),
  ];
}

/** A statement: its level, the ledger whose sum decides it, which signals were silent, and the next move. */
export function renderStatement(view: StatementView, style: Style): string[] {
  const text = (said: string | null, hang = '  '): string[] =>
    said === null ? [] : wrap(said, style.width - 4, hang).map((line) => `  ${line}`);
  const follow = view.ledger.find(({ signal }) => signal !== null)?.signal?.short ?? view.missing[0]?.short ?? 'D3';
  const { conflict } = view;
  return [
    style.bold(`${view.id}  ${view.name}`),
    ...text(view.statement, ''),
    '',
    ...text(view.sentence),
    lawLine(view),
    ...levelLines(view, style),
    ...(view.answers_sentence === null ? [] : ['', ...text(view.answers_sentence)]),
    ...(conflict === null
      ? []
      : ['', ...text(`Conflict: ${conflict.sentence} (${short(conflict.decibans, 1)} decibans)`).map(style.warn)]),
    '',
    style.bold('LEDGER'),
    ...ledgerTable(
      view.ledger.map((bar) => ({ name: bar.source === 'answer' ? `answer of ${bar.ref}` : bar.ref, bar })),
      style,
    ),
    ...silentLines(view, style),
    ...unreadLines(view, style),
    ...(view.gain === null ? [] : ['', ...text(view.gain.sentence)]),
    '',
    ...text(`Next: ${view.action.title}. ${view.action.how}`, '      '),
    ...text(`Proof of a claim: ${view.proof}`, '      ').map(style.dim),
    style.dim(`  Follow a signal: plumbline explain ${follow}`),
  ];
}
