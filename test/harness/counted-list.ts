import type { FakeRoute } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';

/** A list that pages by the place of its first row and says how many rows a page has, whatever is asked for. */
export function countedList(list: {
  readonly name: string;
  readonly path: RegExp;
  readonly rows: (url: URL) => readonly FakeRow[];
  readonly at: string;
  readonly start: string;
  readonly limit: string;
  readonly size: number;
  /** What the vendor says of the end. */
  readonly end: (place: number, all: number) => FakeRow;
}): FakeRoute {
  const { name, path, rows, at, start, limit, size, end } = list;
  return {
    name,
    path,
    answer(url) {
      const from = Number(url.searchParams.get(start) ?? 0);
      const given = Math.min(size, Number(url.searchParams.get(limit) ?? 50));
      const all = rows(url);
      const shown = structuredClone(all.slice(from, from + given));
      return { [at]: shown, [start]: from, [limit]: given, ...end(from + given, all.length) };
    },
  };
}
