import { signed } from '../numbers.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';
import type { ChangeView } from '../view/change.ts';

const MOST_LINES = 4;

/** Two snapshots beside each other: the turn in a sentence, its causes, then each statement with what moved it. */
export function renderSnapshotChange(change: ChangeView, style: Style): string {
  const { before, after, sentence, causes, statements } = change;
  const wrapped = (text: string): string[] => wrap(text, style.width - 2, '  ').map((line) => `  ${line}`);
  return [
    style.bold('WHAT CHANGED'),
    ...wrapped(sentence),
    `  ${before.sentence}`,
    `  ${after.sentence}`,
    '',
    ...causes.flatMap((cause) => wrapped(`${cause.sentence} (${cause.cause} ${signed(cause.change)} decibans)`)),
    ...(causes.length === 0 ? [] : ['']),
    ...statements.flatMap((c) => [
      `  ${padEnd(c.id, 6)}${padEnd(clip(c.name, 40), 41)} level ${c.level_before} -> ${c.level_after}  ${padStart(signed(c.change), 6)}`,
      ...c.lines
        .slice(0, MOST_LINES)
        .map((line) =>
          style.dim(`        ${padStart(signed(line.change), 6)}  ${padEnd(line.cause, 14)} ${line.sentence}`),
        ),
    ]),
    ...(statements.length === 0 ? [style.dim('  No evidence changed by a tenth of a deciban or more.')] : []),
  ].join('\n');
}
