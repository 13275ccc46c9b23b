import { foldAccents } from './foreign-words.ts';

/** A phrase of a vocabulary and what it means; phrases are written in lower-case words without accents. */
export interface Phrase<T> {
  readonly words: readonly string[];
  readonly meaning: T;
}

/** Brings a list of words a meaning to phrases. */
export function phrasesOf<T>(lists: readonly (readonly [T, string])[]): readonly Phrase<T>[] {
  return lists.flatMap(([meaning, list]) =>
    list.split(',').map((phrase) => ({ words: phrase.trim().split(' '), meaning })),
  );
}

/** Words of a value: lower case, letters without accents and digits, joined spellings taken apart. */
export function wordsOf(value: string): string[] {
  return foldAccents(value)
    .replace(/([\p{Ll}])(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/\bre[- ]open/g, 'reopen')
    .replace(/\be[- ]mail/g, 'email')
    .replace(/\bon-?hold\b/g, 'on hold')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

interface Hit<T> {
  readonly from: number;
  readonly to: number;
  readonly meaning: T;
}

/** Parts of a value that the vocabulary knows; a part inside a longer known part does not count. */
function knownParts<T>(value: string, phrases: readonly Phrase<T>[]): readonly Hit<T>[] {
  const words = wordsOf(value);
  const hits: Hit<T>[] = [];
  for (const phrase of phrases)
    for (let from = 0; from + phrase.words.length <= words.length; from++)
      if (phrase.words.every((word, i) => words[from + i] === word))
        hits.push({ from, to: from + phrase.words.length, meaning: phrase.meaning });
  return hits
    .filter((hit) => !hits.some((other) => other.from <= hit.from && other.to >= hit.to && length(other) > length(hit)))
    .sort((a, b) => a.from - b.from);
}

function length(hit: Hit<unknown>): number {
  return hit.to - hit.from;
}

/** "Not fixed" is not fixed: a negation that no known part holds turns the meaning round, and nobody knows into what. */
const NEGATIONS = new Set([
  ...['not', 'no', 'non', 'never', 'isn', 'wasn', 'cannot', 'without', 'nicht', 'kein', 'keine', 'ohne', 'pas', 'sans'],
  ...['sin', 'senza', 'niet', 'geen', 'zonder', 'nao', 'sem'],
]);

/** Longer than a label: a sentence names many things that are not its meaning. */
const MOST_WORDS = 7;

/**
 * Meaning of a value by its known parts: the most specific (longest) part wins, among parts of one length the first.
 * Null when nothing is known, when parts contradict each other, when it is negated in a way that is not known, or when the value is a
 * sentence rather than a label.
 */
export function readValue<T>(
  value: string,
  phrases: readonly Phrase<T>[],
  contradict: (a: T, b: T) => boolean = (a, b) => a !== b,
): T | null {
  const words = wordsOf(value);
  if (words.length > MOST_WORDS) return null;
  const hits = knownParts(value, phrases);
  if (words.some((word, i) => NEGATIONS.has(word) && !hits.some((hit) => hit.from <= i && i < hit.to))) return null;
  for (const a of hits) for (const b of hits) if (contradict(a.meaning, b.meaning)) return null;
  const best = [...hits].sort((a, b) => length(b) - length(a) || a.from - b.from)[0];
  return best?.meaning ?? null;
}
