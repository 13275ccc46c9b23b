import type { SnapshotView } from '../../src/report/view/snapshot.ts';

/** What a rendered snapshot tells, read back from its text: title of the verdict, flagged statements, moves. */
export interface Told {
  readonly title: string;
  /** `S1.4 clearly over-rated`, in order. */
  readonly flags: readonly string[];
  /** `S2.2 Let severity sort the queue`, in order. */
  readonly moves: readonly string[];
}

export function toldInViews({ headline, disagreements, moves }: SnapshotView): Told {
  return {
    title: headline.title,
    flags: (disagreements?.rows ?? []).map(({ id, flag_words }) => `${id} ${flag_words}`),
    moves: (moves?.moves ?? []).map(({ statement, title }) => `${statement.id} ${title}`),
  };
}

function found(text: string, pattern: RegExp, tell: (match: RegExpExecArray) => string): string[] {
  return [...text.matchAll(pattern)].map(tell);
}

const FLAG = '((?:clearly )?(?:over|under)-rated)';

/** Read from a screen without colour that is wide enough for its lines. */
export function toldInTerminal(text: string): Told {
  return {
    title: text.split('\n')[2]?.trim().split('   ')[0] ?? '',
    flags: found(text, new RegExp(`^  [▲▼] (\\S+) .*  ${FLAG} \\(`, 'gm'), ([, id, words]) => `${id} ${words}`),
    moves: found(text, /^ {2}\d (.+) (S\d\.\d), .* points$/gm, ([, title, id]) => `${id} ${title}`),
  };
}

export function toldInMarkdown(text: string): Told {
  return {
    title: /^\*\*(.+?)\*\*/m.exec(text)?.[1] ?? '',
    flags: found(text, new RegExp(`^\\| (\\S+) .*\\| ${FLAG} \\(`, 'gm'), ([, id, words]) => `${id} ${words}`),
    moves: found(text, /^\d+\. \*\*(.+)\*\* \((\S+), /gm, ([, title, id]) => `${id} ${title}`),
  };
}
