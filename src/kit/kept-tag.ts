import type { ConnectorContext } from './connector.ts';

/** A tag as it is kept: in clear when one of `clear` allows it (the tag, or a beginning that ends in `*`), else as keyed hash. */
export function keptTag(
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
  clear: readonly string[],
  tag: string,
): string {
  const allowed = clear.some((one) => (one.endsWith('*') ? tag.startsWith(one.slice(0, -1)) : tag === one));
  return allowed ? tag : pseudonymise('tag', tag);
}

/** Tags of a record as they are kept, sorted, each once. */
export function keptTags(
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
  clear: readonly string[],
  tags: readonly string[],
): string[];
export function keptTags(
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
  clear: readonly string[],
  tags: readonly string[] | null,
): string[] | null;
export function keptTags(
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
  clear: readonly string[],
  tags: readonly string[] | null,
): string[] | null {
  return tags === null ? null : [...new Set(tags.map((tag) => keptTag(pseudonymise, clear, tag)))].sort();
}
