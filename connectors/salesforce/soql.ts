import type { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { batchesOf } from '../../src/kit/batches.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readRows, readVisible } from '../../src/kit/feed/read-all.ts';
import type { Since } from '../../src/kit/feed/since.ts';
import { writeSeconds } from '../../src/kit/feed/since.ts';
import { nextLink } from '../../src/kit/page/cursor.ts';
import { type Pager, type Query, type Reader, walkPages } from '../../src/kit/page/pager.ts';
import type { Settings } from './settings.ts';

/** What is known before the upper bound of a sync is. */
export type Early = EarlyContext<Settings>;

/** Every release keeps older versions; this one has all that is asked for. */
export const API = '/services/data/v60.0';
export const QUERY = `${API}/query`;

const NEXT = nextLink({ at: 'nextRecordsUrl' });

/**
 * Queries by their parts (`select`, `from`, `where`, `and`, `since`, `order`, `all`), put together when a page is asked for; the reply names the next
 * page. `all` also asks for what lies in the recycle bin, which is another path.
 */
export const SOQL: Pager = {
  first(ask, size) {
    const { select, from, where, and, since, order, all } = (ask.query ?? {}) as Record<string, string | undefined>;
    const conditions = [where, and, since].filter((one) => one !== undefined && one !== '');
    const q = [
      `SELECT ${select} FROM ${from}`,
      ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
      ...(order === undefined ? [] : [`ORDER BY ${order}`]),
      ...(size === 1 ? ['LIMIT 1'] : []),
    ].join(' ');
    return { ...ask, path: all === undefined ? ask.path : `${API}/queryAll`, query: { q } };
  },
  after: NEXT.after,
};

/**
 * Rows by the instant of a stamp, and by id where they share it: bulk changes give one stamp to thousands. Rows can show up with a stamp before those
 * that were read already, as the stamp is set before the change is committed: a quarter of an hour is read again.
 */
export function byStamp(field: string): Since {
  return {
    param: 'since',
    field,
    id: 'Id',
    order: { order: `${field}, Id` },
    overlapS: 900,
    write: (at) => `${field} >= ${writeSeconds(at)}`,
  };
}

/** Names of fields, in texts of any number that part them by blanks. */
export const names = (...texts: readonly string[]): string[] => texts.flatMap((text) => text.split(' '));

/** Text of a condition that a value is one of some ids; what is no id is left out. */
function isOneOf(field: string, ids: readonly string[]): string {
  return `${field} IN (${ids
    .filter((id) => /^\w+$/.test(id))
    .map((id) => `'${id}'`)
    .join(', ')})`;
}

/** Articles of one status in one language; the vendor gives no others together. */
export function published(status: 'Online' | 'Draft', language: string): string {
  return `PublishStatus = '${status}' AND Language = '${language}' AND IsLatestVersion = true`;
}

/** Ids in one condition: the address of a request with them stays below the 16 KB that the vendor takes. */
const IDS = 200;

interface Below<R> {
  readonly select: string;
  readonly from: string;
  /** Field with the id of the record above. */
  readonly of: string;
  readonly where?: string;
  readonly rows: z.ZodType<R>;
}

/** Rows below some records, whole, in the order of their ids, with those that do not fit. Errors: those of the client and the pager. */
export async function readBelow<R>(
  reader: Reader,
  feed: string,
  ids: readonly string[],
  below: Below<R>,
): Promise<{ readonly kept: R[]; readonly rejected: SetAside[] }> {
  const chunks = batchesOf([...new Set(ids)].sort(), IDS);
  const { select, from, of, where, rows } = below;
  const parts = await each(chunks, async (chunk) => {
    const query: Query = {
      select,
      from,
      where: isOneOf(of, chunk),
      order: 'Id',
      ...(where === undefined ? {} : { and: where }),
    };
    return readRows(reader, feed, { path: QUERY, query, page: SOQL, at: 'records', place: from, rows });
  });
  return { kept: parts.flatMap((one) => one.kept), rejected: parts.flatMap((one) => one.rejected) };
}

/** Rows behind the first page of a list that came inside another record. Errors: those of the client and the pager. */
export async function readRest(reader: Reader, next: string, place: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const page of walkPages(reader, NEXT, { path: QUERY, next }, { at: 'records', place }))
    rows.push(...page.rows);
  return rows;
}

/** A list that other records are understood by; null = it is refused. */
export function visible<R>(context: Early, select: string, from: string, rows: z.ZodType<R>, where?: string) {
  const query = { select, from, order: 'Id', ...(where === undefined ? {} : { where }) };
  return readVisible(context, { path: QUERY, query, page: SOQL, at: 'records', rows });
}
