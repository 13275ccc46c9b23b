import { nearest } from '../errors/index.ts';

/** A fault of a model file: where in the data, and what. */
export interface ModelProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Entries whose key was met before, with their index. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): { key: string; index: number }[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) return [{ key, index }];
    seen.add(key);
    return [];
  });
}

/** "there is no signal X", with the nearest known name. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const guess = nearest(name, known);
  return `there is no ${what} "${name}"${guess === null ? '' : `; did you mean "${guess}"?`}`;
}
