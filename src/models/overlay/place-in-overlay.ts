import { childOf, isRecord, nameOf } from './name-entries.ts';
import type { OverlayFile } from './overlay-file.ts';

type Key = string | number;

/** The path with entries of lists by their names instead of their numbers. */
function named(document: unknown, path: readonly PropertyKey[]): string[] {
  const keys: string[] = [];
  let here: unknown = document;
  for (const key of path) {
    const inner = Array.isArray(here) ? here[Number(key)] : childOf(here, String(key));
    keys.push(Array.isArray(here) ? (nameOf(inner) ?? String(key)) : String(key));
    here = inner;
  }
  return keys;
}

/** As much of the path as stands under this part of an overlay, in its own keys. */
function within(part: unknown, keys: readonly string[]): Key[] {
  const found: Key[] = [];
  let here = part;
  for (const key of keys) {
    if (Array.isArray(here)) {
      const index = here.findIndex((entry) => nameOf(entry) === key);
      if (index < 0) break;
      found.push(index);
      here = here[index];
    } else if (isRecord(here) && Object.hasOwn(here, key)) {
      found.push(key);
      here = here[key];
    } else break;
  }
  return found;
}

/** Where in the overlay a fault of the finished model comes from: what it wrote nearest to that place, or the line that names its base. */
export function placeInOverlay(overlay: OverlayFile, document: unknown, path: readonly PropertyKey[]): Key[] {
  const keys = named(document, path);
  const [head] = keys;
  if (head !== undefined && head in overlay && !['change', 'add', 'remove', 'lines'].includes(head)) return keys;
  const places = (['change', 'add', 'remove'] as const).map((part) => [part, ...within(overlay[part], keys)]);
  const best = places.reduce((a, b) => (b.length > a.length ? b : a), []);
  return best.length > 1 ? best : ['extends'];
}
