import { type Style, wrap } from '../style.ts';
import type { UnseenView } from '../view/unseen.ts';

function dimmed(text: string, style: Style): string[] {
  return wrap(text, style.width - 2, '    ').map((line) => style.dim(line.startsWith('  ') ? line : `  ${line}`));
}

/** What the data could not show, by reason; then, a line each, signals that could not read many cases or pass over many. */
export function renderUnseen({ groups, sentence, unread, left_out }: UnseenView, style: Style): string[] {
  const dark = groups.flatMap(({ words, signals }) =>
    dimmed(`${signals.length} ${words} (${signals.map(({ short }) => short).join(' ')})`, style),
  );
  return [
    ...(groups.length === 0 ? [] : [style.bold('WHAT THE DATA COULD NOT SHOW') + style.dim(`   ${sentence}`), ...dark]),
    ...(unread === null ? [] : dimmed(`${unread}. What to name: plumbline recognise`, style)),
    ...(left_out === null ? [] : dimmed(`${left_out}. Counts: plumbline explain <signal>`, style)),
  ];
}
