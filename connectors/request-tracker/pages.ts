import { missingRows, pageNumber, totalOf } from '../../src/kit/page/counted.ts';
import { stuck } from '../../src/kit/page/keyset.ts';
import { askPage, type Page, type PageAsk, type Pager, type Reader } from '../../src/kit/page/pager.ts';

export const API = '/REST/2.0';

/** Statuses by which RT refuses a list or a record. */
export const REFUSED = [403, 404] as const;

/** Pages in a row without a visible row before a short list of unknown length is taken as ended; RT itself looks ahead two. */
const PATIENCE = 3;
/** Pages of hidden rows between two visible ones: a million rows. */
const FARTHEST_PAGE = 10_000;

/**
 * Short lists with a stable order, read whole: users, groups, queues, articles. Where RT checks rights row by row it counts no pages, and rows that may not be
 * seen leave an empty text in their place, or a page without a row.
 */
export const PAGES: Pager = {
  ...pageNumber({ param: 'page', size: { param: 'per_page', rows: 100 }, pages: 'pages', patience: PATIENCE }),
  isRow: (element) => typeof element === 'object' && element !== null,
};
export const LISTED = { at: 'items', page: PAGES } as const;

/** A JSON search, for lists that have no SQL; sent as POST body, which has no length limit. */
export function searchFor(...limits: readonly { readonly field: string; readonly value: string; operator?: string }[]) {
  return { method: 'POST', body: limits } as const;
}

/** `total` is null where RT checks rights row by row: then the length of the list is not known. */
export async function readPage(reader: Reader, { query, ...ask }: PageAsk, page = 1) {
  const whole = { ...ask, query: { per_page: 100, page, ...query } };
  const found = await askPage(reader, whole, { at: 'items', place: ask.path });
  return { ...found, rows: found.rows.filter((row) => PAGES.isRow?.(row)), total: totalOf(found, 'total') };
}

/** Rows that RT counts for a question; null = it does not count them. */
export async function countRows(reader: Reader, ask: PageAsk): Promise<number | null> {
  return (await readPage(reader, { ...ask, query: { ...ask.query, per_page: 1 } })).total;
}

/** Stands for the greatest id where none of the newest rows may be seen: a walk never reaches it. */
const UNSEEN = 2n ** 63n;

/** The first of so many pages of a list with a visible row; none has any = the last one that was looked at. */
export async function visiblePage(reader: Reader, ask: PageAsk, most = PATIENCE) {
  let page = await readPage(reader, ask);
  for (let number = 2; page.rows.length === 0 && page.total !== 0 && number <= most; number += 1)
    page = await readPage(reader, ask, number);
  return page;
}

/** A search in SQL of RT's own kind. */
export interface Search {
  readonly path: string;
  readonly where: string;
  readonly fields?: PageAsk['query'];
}

/**
 * Rows of a search in ascending id, each page asked for as "id greater than the last one", so that rows which come, go or change
 * places meanwhile shift nothing and page numbers hardly matter.
 * Where RT gives no total, rows that may not be seen leave pages short or empty, so neither ends the walk: it goes on to the greatest id
 * that can be seen, which is asked for once, from the other end. Throws VENDOR_LOOP when ids do not grow, VENDOR_BROKEN when rows are counted and not given.
 */
export async function* walkIds(
  reader: Reader,
  { path, where, fields }: Search,
  start = '0',
): AsyncGenerator<{ readonly items: readonly unknown[]; readonly last: string }> {
  let last = BigInt(start);
  let goal: bigint | undefined;
  for (;;) {
    const query = { query: `${where} AND id > ${last}`, orderby: 'id', order: 'ASC' };
    const ask = { path, query: { ...query, ...fields } };
    const first = await readPage(reader, ask);
    const { total } = first;
    if (total === null) goal ??= await greatestId(reader, { path, query: { ...query, order: 'DESC' } });
    const isEmpty = first.rows.length === 0 && total === null;
    const page = isEmpty ? await visiblePage(reader, ask, goal === UNSEEN ? PATIENCE : FARTHEST_PAGE) : first;
    if (page.rows.length === 0 && total) throw missingRows(page, total);
    if (page.rows.length === 0) return;
    last = lastId(page, last);
    const { items, named } = distinct(page);
    yield { items, last: String(last) };
    if (total === null ? last >= (goal ?? UNSEEN) : total <= named) return;
  }
}

async function greatestId(reader: Reader, ask: PageAsk): Promise<bigint> {
  return idsIn(await visiblePage(reader, ask))[0] ?? UNSEEN;
}

/** A row that comes twice is one row; those without an id are left to their schema. */
function distinct({ rows }: Page) {
  const ids = rows.map(keyOf);
  const items = rows.filter((_, i) => ids[i] === '' || ids.indexOf(ids[i] ?? '') === i);
  return { items, named: new Set(ids.filter((id) => id !== '')).size };
}

/** Ids of the rows as whole numbers of any size; a row without one is left to its own schema. */
export function idsIn({ rows }: Pick<Page, 'rows'>): bigint[] {
  return rows.flatMap((row) => (/^\d+$/.test(keyOf(row)) ? BigInt(keyOf(row)) : []));
}

function lastId(page: Page, after: bigint): bigint {
  const ids = idsIn(page);
  if (ids.length === 0 || ids.some((id) => id <= after)) throw stuck(page);
  return ids.reduce((last, id) => (id > last ? id : last));
}

function keyOf(item: unknown): string {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
