import { z } from 'zod';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { HttpClient, HttpRequest } from '../http.ts';
import { createLoopGuard } from '../loop-guard.ts';
import { refOf } from '../parse-each.ts';

/** A request for one page, without what the walk itself adds. */
export type PageAsk = Omit<HttpRequest<unknown>, 'schema' | 'signal'>;
export type Query = NonNullable<PageAsk['query']>;

export interface Page {
  readonly ask: PageAsk;
  readonly data: unknown;
  readonly rows: readonly unknown[];
  readonly headers: Readonly<Record<string, string>>;
  /** Rows that this walk gave before. */
  readonly before: number;
  /** Pages in a row without a row, up to this one. */
  readonly barren: number;
}

/** What comes behind a page. `end` is what the vendor says or an empty page shows, never a page that looks short; `cut` = the vendor pages no further. */
type NextPage =
  | { readonly kind: 'more'; readonly ask: PageAsk }
  | { readonly kind: 'end' }
  | { readonly kind: 'cut'; readonly limit: string };

/** One way of paging. */
export interface Pager {
  /** The first request; `size` = rows a page, where the vendor lets us choose. */
  first(ask: PageAsk, size?: number): PageAsk;
  /** Errors: VENDOR_BROKEN when the end does not fit what the vendor counts. */
  after(page: Page): NextPage;
  /** Whether an element of the list is a row, where something else stands in the place of one that may not be seen; absent = each is. */
  isRow?(element: unknown): boolean;
}

export interface Reader {
  readonly http: HttpClient;
  readonly signal: AbortSignal;
}

/** Where the rows of a reply are: the reply itself, or under a key (`data.items` for nested ones). */
export interface RowsPlace {
  readonly at?: string;
  /** Name of the call in messages. */
  readonly place: string;
}

/** Pages are looked at by their parts; one schema for all, as making one takes longer than reading a short page. */
const ANYTHING = z.unknown();

/** Asks for one page. Errors: those of the client; VENDOR_BROKEN when the rows are no list. */
export async function askPage(
  reader: Reader,
  ask: PageAsk,
  place: RowsPlace,
  last: Pick<Page, 'before' | 'rows' | 'barren'> = NO_PAGE,
): Promise<Page> {
  const { data, headers, empty } = await reader.http.getJson({ ...ask, schema: ANYTHING, signal: reader.signal });
  const rows = empty ? [] : rowsAt(data, place);
  return {
    ask,
    data,
    headers,
    rows,
    before: last.before + last.rows.length,
    barren: rows.length > 0 ? 0 : last.barren + 1,
  };
}

const NO_PAGE = { before: 0, rows: [], barren: 0 };

/** A value inside a reply by a path of keys; undefined when it is not there. */
export function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function rowsAt(data: unknown, { at, place }: RowsPlace): readonly unknown[] {
  const rows = at === undefined ? data : valueAt(data, at);
  if (Array.isArray(rows)) return rows;
  throw new PlumblineError(
    'VENDOR_BROKEN',
    `The reply to ${place} holds no list${at === undefined ? '' : ` under ${at}`}.`,
    'Nothing of this page was kept. Run the sync again; it resumes behind the last saved page.',
    { where: place },
  );
}

/** The vendor pages no further, and there is no way around it. */
export function cutOff(place: string, limit: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_CUT',
    `The helpdesk gives ${place} only up to ${limit}, and there is more.`,
    'Rows beyond it cannot be read. Read from a later day on (setting `since`), or report it.',
    { where: place },
  );
}

/**
 * All pages of one list, each row once: one that moves to a later page meanwhile comes twice. Errors: those of the client and the pager; VENDOR_LOOP
 * when a request or the rows of a page come twice in a row; VENDOR_CUT when the vendor pages no further.
 */
export async function* walkPages(reader: Reader, pager: Pager, start: PageAsk, place: RowsPlace): AsyncGenerator<Page> {
  const guard = createLoopGuard(place.place);
  const given = new Set<string>();
  const isRow = (row: unknown) => pager.isRow?.(row) !== false && isNew(row, given);
  let ask = pager.first(start);
  let names = '';
  for (let last: Page | undefined; ; ) {
    const page: Page = await askPage(reader, ask, place, last);
    names = guard.goesOn(names, page.rows.map(refOf));
    yield { ...page, rows: page.rows.filter(isRow) };
    const next = pager.after(page);
    if (next.kind === 'end') return;
    if (next.kind === 'cut') throw cutOff(place.place, next.limit);
    guard.step(next.ask.next ?? JSON.stringify(next.ask));
    [last, ask] = [page, next.ask];
  }
}

/** A row without an id cannot be told from others: it is taken as new. */
function isNew(row: unknown, given: Set<string>): boolean {
  const name = refOf(row, 0);
  if (name === '#0') return true;
  if (given.has(name)) return false;
  given.add(name);
  return true;
}
