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

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '').replaceAll('\u00a0', ' ');

/** Read from the report. */
export function toldInHtml(html: string): Told {
  const part = (id: string): string =>
    new RegExp(`<section class="sheet" id="${id}">(.*?)</section>`, 's').exec(html)?.[1] ?? '';
  return {
    title: plain(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''),
    flags: found(
      part('said-and-seen'),
      new RegExp(`<tr><th scope="row"><a href="#([^"]+)">(?:(?!</tr>).)*<td>${FLAG}</td></tr>`, 'gs'),
      ([, id, words]) => `${id} ${words}`,
    ),
    moves: found(
      part('moves'),
      /<h3>(.*?)<\/h3><p class="quiet"><a href="#([^"]+)">/gs,
      ([, title, id]) => `${id} ${plain(title ?? '')}`,
    ),
  };
}
