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
