export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name by which an overlay speaks of an entry of a list: its id, `area/stage` of a cell, its stage, or its name; null where it has none. */
export function nameOf(entry: unknown): string | null {
  if (!isRecord(entry)) return null;
  const { id, area, stage, name } = entry;
  if (typeof id === 'string') return id;
  if (typeof stage === 'number') return typeof area === 'string' ? `${area}/${stage}` : String(stage);
  return typeof name === 'string' ? name : null;
}

/** Names of the entries of a list that have one. */
export function namesIn(list: readonly unknown[]): string[] {
  return list.flatMap((entry) => nameOf(entry) ?? []);
}

/** What stands under a key of a map, or under a name in a list; undefined when nothing does. */
export function childOf(branch: unknown, key: string): unknown {
  if (Array.isArray(branch)) return branch.find((entry) => nameOf(entry) === key);
  return isRecord(branch) && Object.hasOwn(branch, key) ? branch[key] : undefined;
}
