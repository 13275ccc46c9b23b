import { orRefusal } from '../capability.ts';
import { askPage, type Reader } from '../page/pager.ts';

/** Lists below a record that the credentials may read: only 403, twice in a row, says that they may not. `path` and `at` are those of one list. */
export async function visibleParts<P extends string>(
  reader: Reader,
  parts: readonly P[],
  path: (part: P) => string,
  at?: string,
): Promise<ReadonlySet<P>> {
  const seen = new Set<P>();
  for (const part of parts) {
    const place = at === undefined ? { place: part } : { at, place: part };
    const asked = await orRefusal(() => askPage(reader, { path: path(part) }, place), [403, 404, 301, 302, 307, 308]);
    if (asked.found !== null || asked.refusal.status !== 403) seen.add(part);
  }
  return seen;
}
