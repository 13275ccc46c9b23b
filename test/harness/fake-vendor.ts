import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';

export type FakeRow = Record<string, unknown>;

/** How a fake pages: by number, with the next page in the Link header, or without saying so. */
export interface FakePages {
  /** Rows a page, whatever is asked for: small, so that every list is walked. */
  readonly size: number;
  /** What the vendor takes at most; more is answered with 400. */
  readonly most: number;
  readonly page: string;
  readonly perPage: string;
  /** The last page that may be asked for; the one behind it is answered with 400. */
  readonly lastPage?: number;
}

export interface FakeList {
  readonly name: string;
  readonly path: RegExp;
  readonly rows: (url: URL) => readonly FakeRow[];
  readonly pages: FakePages;
  /** Rows from an instant on, oldest first when `sorted` is asked for by the query; `exclusive` = "since" means "after". */
  readonly since?: {
    readonly param: string;
    readonly field: string;
    readonly sorted: (url: URL) => boolean;
    readonly exclusive?: boolean;
  };
}

const stampOf = (row: FakeRow, field: string): number => Date.parse(String(row[field]));

/** A list that pages by number and names the next page in the Link header. */
export function linkedList(list: FakeList): FakeRoute {
  const { name, path, pages, since } = list;
  return {
    name,
    path,
    answer(url) {
      const number = Number(url.searchParams.get(pages.page) ?? 1);
      const asked = Number(url.searchParams.get(pages.perPage) ?? 30);
      if (asked > pages.most || number > (pages.lastPage ?? Number.POSITIVE_INFINITY))
        return new FakeStatus(400, {
          description: 'Validation failed',
          errors: [{ field: 'page', code: 'invalid_value' }],
        });
      const size = Math.min(pages.size, asked);
      const rows = chosen(list.rows(url), since, url);
      // A copy: what was given does not change when the vendor's row does.
      const shown = structuredClone(rows.slice((number - 1) * size, number * size));
      if (number * size >= rows.length) return new FakeStatus(200, shown);
      const next = new URL(url);
      next.searchParams.set(pages.page, String(number + 1));
      return new FakeStatus(200, shown, { link: `<${next.href}>; rel="next"` });
    },
  };
}

function chosen(rows: readonly FakeRow[], since: FakeList['since'], url: URL): readonly FakeRow[] {
  if (since === undefined) return rows;
  const text = url.searchParams.get(since.param);
  const from = text === null ? Number.NEGATIVE_INFINITY : Date.parse(text);
  const later = rows.filter((row) => {
    const at = stampOf(row, since.field);
    return since.exclusive === true ? at > from : at >= from;
  });
  return since.sorted(url) ? later.toSorted((a, b) => stampOf(a, since.field) - stampOf(b, since.field)) : later;
}

/** One reply, always the same. */
export function fixedReply(name: string, path: RegExp, body: unknown): FakeRoute {
  return { name, path, answer: () => structuredClone(body) };
}
