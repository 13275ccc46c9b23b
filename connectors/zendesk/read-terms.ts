/** Terms (docs/recognition.md) of one condition or action; null = it was not understood, wholly or in part. */
export interface Understood {
  readonly terms: readonly string[];
  /** False where something of it is not understood: what it selects or does is then unknown, though `terms` may say what it looks at. */
  readonly whole: boolean;
  /** The value is empty: `terms` say `any`, and to be it is to have none. */
  readonly none?: boolean;
}

export const UNREAD: Understood = { terms: [], whole: false };

export function read(terms: readonly string[]): Understood {
  return { terms, whole: true };
}

/** Looks at something in a way that terms cannot say. */
export function looksAt(term: string): Understood {
  return { terms: [term], whole: false };
}

export interface Terms {
  /** Sorted, each once. */
  readonly terms: string[];
  readonly unread: number;
}

export function collect(parts: readonly Understood[]): Terms {
  return {
    terms: [...new Set(parts.flatMap((part) => part.terms))].sort(),
    unread: parts.filter((part) => !part.whole).length,
  };
}

/** Values of a condition or action as texts, whichever way they are written: one value, a list, several in one text where `parted`. */
export function valuesOf(value: unknown, parted = false): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list
    .flatMap((one) =>
      typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
        ? parted
          ? String(one).split(/[\s,]+/)
          : [String(one)]
        : [],
    )
    .filter((one) => !parted || one !== '');
}

/** Stands for any value: `group:*` = some team, `!group:*` = none. */
export const ANY = '*';
