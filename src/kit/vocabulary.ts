/** Meaning of a vendor's word, or null for one that nobody mapped and for none. */
export type Meaning<V> = (word: string | number | null | undefined) => V | null;

type Words = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type ValueOf<T> = T extends Readonly<Record<string, infer V>> ? V : never;

/**
 * Meanings of a vendor's words by kind: `vocabulary({ status: { open: 'open' } }).status('Open')`. Letter case, blanks around a word and the
 * difference between number and digits do not matter. `own` are the settings of an account; they go before `words`.
 */
export function vocabulary<const W extends Words>(
  words: W,
  own: { readonly [K in keyof W]?: Readonly<Record<string, ValueOf<W[K]>>> } = {},
): { readonly [K in keyof W]: Meaning<ValueOf<W[K]>> } {
  const kinds = Object.keys(words).map((kind) => [kind, meaningOf({ ...words[kind], ...own[kind] })] as const);
  return Object.fromEntries(kinds) as unknown as { readonly [K in keyof W]: Meaning<ValueOf<W[K]>> };
}

function meaningOf(words: Readonly<Record<string, unknown>>): Meaning<unknown> {
  const known = new Map(Object.entries(words).map(([word, meaning]) => [spellingOf(word), meaning]));
  return (word) => (word === null || word === undefined ? null : (known.get(spellingOf(word)) ?? null));
}

function spellingOf(word: string | number): string {
  return String(word).trim().toLowerCase();
}

/** What words stand for that a desk made up itself, by patterns. */
export type Patterns<T> = readonly (readonly [pattern: RegExp, meaning: T])[];

/** The meaning of the first pattern that fits a word; null where none does. No word is taken for an empty one. */
export function firstFit<T>(all: Patterns<T>, word: string | null | undefined): T | null {
  return all.find(([pattern]) => pattern.test(word ?? ''))?.[1] ?? null;
}
