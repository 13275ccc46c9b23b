import { createRequire } from 'node:module';

/**
 * Signs of one column each that need no library: printable ASCII, letters of Europe, dashes, quotes, arrows, lines, blocks, our marks. All else (wide signs,
 * emoji, combining signs, colour codes) is measured by `string-width`.
 */
const PLAIN =
  /^[\u0020-\u007e\u00c0-\u017f\u00b0\u00b7\u2010-\u2015\u2018-\u201e\u2026\u2190-\u2193\u2500-\u257f\u2580-\u259f\u2713\u2717]*$/;

const load = createRequire(import.meta.url);
let measure: typeof import('string-width').default | null = null;
let wrap: typeof import('wrap-ansi').default | null = null;

export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Columns that a text takes on screen; colour codes take none, wide signs two. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  // Loading it and its first question cost as much as starting node.
  measure ??= (load('string-width') as typeof import('string-width')).default;
  return measure(text);
}

/** Lines of at most `width` columns, broken between words only: one longer word stays whole on a line of its own. */
export function breakLines(text: string, width: number): string[] {
  const columns = Math.max(1, width);
  if (isPlain(text) && !/^ | $| {2}/.test(text)) return breakPlain(text.split(' '), columns);
  wrap ??= (load('wrap-ansi') as typeof import('wrap-ansi')).default;
  return wrap(text, columns, { hard: false, trim: true }).split('\n');
}

function breakPlain(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
