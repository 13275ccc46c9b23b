import { nearest } from '../../errors/index.ts';

/** ` (did you mean "x"?)`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === null ? '' : ` (did you mean "${found}"?)`;
}
