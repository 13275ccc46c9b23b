import { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import type { Reader } from '../../src/kit/page/pager.ts';

export const PER_PAGE = 100;

/** Pages in a row without a visible row before a short list of unknown length is taken as ended; RT itself looks ahead two. */
const PATIENCE = 3;
/** Newest rows, in pages, that may all be hidden before a search is taken to have no visible row at all. */
const PATIENCE_FROM_END = 3;
/** Pages of hidden rows between two visible ones: a million rows. */
const FARTHEST_PAGE = 10_000;

/** `total` and `pages` are null where RT checks rights row by row: then the length of the list is not known. */
export const Envelope = z.object({
  items: z.array(z.unknown()),
  total: z.number().nullish(),
  page: z.number().optional(),
  next_page: z.string().nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

export interface Listing {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** JSON search, for lists that have no SQL; sent as POST body, which has no length limit. */
  readonly search?: readonly JsonLimit[];
}

export interface JsonLimit {
  readonly field: string;
  readonly value: string;
  readonly operator?: string;
}

export async function readPage(reader: Reader, listing: Listing, page = 1): Promise<Envelope> {
  const { data } = await reader.http.getJson({
    path: `/REST/2.0${listing.path}`,
    query: { per_page: PER_PAGE, page, ...listing.query },
    schema: Envelope,
    signal: reader.signal,
    ...(listing.search === undefined ? {} : { method: 'POST' as const, body: listing.search }),
  });
  // A row that may not be seen is an empty text in its place.
  return { ...data, items: data.items.filter((item) => typeof item === 'object' && item !== null) };
}

/**
 * All rows of a list that is short and has a stable order: users, groups, queues, articles.
 * Ends by `total` where RT gives one; a page beyond the last is empty or, in newer versions, the last one again, so rows seen before
 * are dropped and never carry the walk on. Lists of unknown length end after three pages without a new row.
 */
export async function* walkPages(reader: Reader, listing: Listing): AsyncGenerator<unknown[]> {
  const seen = new Set<string>();
  let barren = 0;
  for (let page = 1; ; page += 1) {
    const reply = await readPage(reader, listing, page);
    const fresh = reply.items.filter((item) => {
      const key = keyOf(item);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    if (fresh.length > 0) yield fresh;
    barren = fresh.length > 0 ? 0 : barren + 1;
    const total = reply.total ?? null;
    if (total !== null ? seen.size >= total || barren > 0 : barren >= PATIENCE) return;
  }
}

/**
 * Rows of a search in ascending id, each page asked for as "id greater than the last one", so that rows which come, go or change
 * places meanwhile shift nothing and page numbers hardly matter. `where` builds the search behind an id.
 * Where RT gives no total, rows that may not be seen leave pages short or empty, so neither ends the walk: it goes on to the greatest id
 * that can be seen, which is asked for once, from the other end. Throws VENDOR_LOOP when ids do not grow.
 */
export async function* walkIds(
  reader: Reader,
  listing: (after: string) => Listing,
  start: string,
): AsyncGenerator<{ readonly items: readonly unknown[]; readonly last: string }> {
  let after = start;
  let goal: string | null | undefined;
  for (;;) {
    const search = listing(after);
    const first = await readPage(reader, search);
    const total = first.total ?? null;
    if (total !== null && total > 0 && first.items.length === 0) throw missingRows(search.path, total);
    if (goal === undefined && total === null) goal = await greatestId(reader, search);
    const items =
      total === null
        ? await firstVisible(reader, search, first, goal === null ? PATIENCE : FARTHEST_PAGE)
        : first.items;
    if (items.length === 0) return;
    after = lastId(items, after, search.path);
    const given = new Set<string>();
    yield { items: items.filter((item) => isFirst(keyOf(item), given)), last: after };
    if (total === null ? isReached(goal, after) : total <= given.size) return;
  }
}

/** A row that comes twice is one row; those without an id are left to their schema. */
function isFirst(key: string, given: Set<string>): boolean {
  if (given.has(key)) return false;
  if (key !== '') given.add(key);
  return true;
}

function isReached(goal: string | null | undefined, id: string): boolean {
  return typeof goal === 'string' && BigInt(id) >= BigInt(goal);
}

function missingRows(place: string, total: number): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `Request Tracker counts ${total} rows of ${place} and gives none.`,
    'Nothing behind this place was kept. Run the sync again; it resumes behind the last saved page.',
    { where: place },
  );
}

async function firstVisible(
  reader: Reader,
  search: Listing,
  first: Envelope,
  farthest: number,
): Promise<readonly unknown[]> {
  let reply = first;
  for (let page = 2; reply.items.length === 0 && page <= farthest; page += 1)
    reply = await readPage(reader, search, page);
  return reply.items;
}

async function greatestId(reader: Reader, listing: Listing): Promise<string | null> {
  const query = { ...listing.query, fields: undefined, orderby: 'id', order: 'DESC' };
  for (let page = 1; page <= PATIENCE_FROM_END; page += 1) {
    const ids = (await readPage(reader, { ...listing, query }, page)).items.map(keyOf).filter((id) => /^\d+$/.test(id));
    if (ids[0] !== undefined) return ids[0];
  }
  return null;
}

/** Ids are compared as whole numbers of any size; an item without one is left to its own schema. */
export function lastId(items: readonly unknown[], after: string, place: string): string {
  let last = BigInt(after);
  for (const item of items) {
    const id = keyOf(item);
    if (!/^\d+$/.test(id)) continue;
    if (BigInt(id) <= BigInt(after))
      throw new PlumblineError(
        'VENDOR_LOOP',
        `Request Tracker gave rows of ${place} that were asked to be left out.`,
        'A proxy or an extension may drop the query. Ask for the same address with curl, then report it.',
        { where: place },
      );
    if (BigInt(id) > last) last = BigInt(id);
  }
  if (String(last) === after)
    throw new PlumblineError(
      'VENDOR_LOOP',
      `Request Tracker gave rows of ${place} without ids; the walk cannot go on.`,
      'A proxy or an extension may change the reply. Ask for the same address with curl, then report it.',
      { where: place },
    );
  return String(last);
}

export function keyOf(item: unknown): string {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** One record, or null when it does not exist or may not be seen. */
export async function readOne<T>(
  reader: Reader,
  path: string,
  schema: z.ZodType<T>,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly found: T } | { readonly found: null; readonly status: number }> {
  try {
    const { data } = await reader.http.getJson({ path: `/REST/2.0${path}`, query, schema, signal: reader.signal });
    return { found: data };
  } catch (error) {
    if (isRefusal(error, [403, 404])) return { found: null, status: error.status };
    throw error;
  }
}
