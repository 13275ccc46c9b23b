import { z } from 'zod';
import { orRefusal, probeCapability, type RefusalWords } from '../../src/kit/capability.ts';
import type { Capability, ConnectorContext } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { Since } from '../../src/kit/feed/since.ts';
import { offset } from '../../src/kit/page/counted.ts';
import { askPage, type PageAsk, type Reader, walkPages } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { Id, Time } from './cells.ts';
import type { Settings } from './settings.ts';

export type Early = EarlyContext<Settings>;

export const AT = 'result';
export const tablePath = (table: string) => `/api/now/table/${table}`;

/**
 * Rows from a place on. The vendor counts and cuts pages before it leaves out the rows that the user may not see: pages come short or empty, and the end
 * is where the `Link` header names no next page and the total is reached.
 */
const paged = (rows: number) =>
  offset({
    param: 'sysparm_offset',
    size: { param: 'sysparm_limit', rows },
    total: 'header:x-total-count',
    link: true,
    hides: true,
  });
export const PAGES = paged(1000);
/** A hundred ids still fit into the address of the question for what hangs below them. */
export const TICKET_PAGES = paged(100);

/** Conditions of an encoded query, all of which hold. */
export function where(...conditions: readonly (string | null | undefined)[]): string {
  return conditions.filter((one) => one !== null && one !== undefined && one !== '').join('^');
}
export const isIn = (field: string, values: readonly string[]) => `${field}IN${values.join(',')}`;

/** An instant as encoded queries have it: UTC, without a zone. */
export const utc = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ');

/** What is asked of a table: raw values, references as ids, only the fields of `rows`, in an order that does not change from page to page. */
export function queryOf(rows: z.ZodObject, filter: string | null, more: readonly string[] = [], order = 'sys_id') {
  return {
    sysparm_query: where(filter, ...order.split(' ').map((field) => `ORDERBY${field}`)),
    sysparm_fields: [...new Set(['sys_id', ...Object.keys(rows.shape), ...more])].join(','),
    sysparm_display_value: 'false',
    sysparm_exclude_reference_link: 'true',
  };
}

/** By the instant of the last change, or of creation for rows that never change. Rows of one second are the rule: jobs write many at once. */
export function changedBy(field: 'sys_updated_on' | 'sys_created_on', overlapS = 60): Since {
  return {
    field,
    id: 'sys_id',
    read: Time,
    order: {},
    overlapS,
    ask(ask, from) {
      const { sysparm_query: asked = '', ...query } = ask.query ?? {};
      const filter = String(asked)
        .split('^')
        .filter((one) => !one.startsWith('ORDERBY'));
      const from_s = `${field}>=${utc(from)}`;
      return {
        ...ask,
        query: { ...query, sysparm_query: where(...filter, from_s, `ORDERBY${field}`, 'ORDERBYsys_id') },
      };
    },
  };
}

/** Rows of a table in one question, whole. Errors: those of the client. */
async function* walkTable(reader: Reader, table: string, query: PageAsk['query'], pages = PAGES) {
  const ask: PageAsk = { path: tablePath(table), ...(query === undefined ? {} : { query }) };
  yield* walkPages(reader, pages, ask, { at: AT, place: table });
}

/** What is visible of a table, by its first rows: `some`, `hidden` = there are rows and none of them is shown, `none` = it has no rows. */
type Sight = 'some' | 'hidden' | 'none';

/** The vendor answers with an empty list where rows may not be seen, and counts them all the same. Errors: those of the client. */
export async function lookAt(reader: Reader, table: string, filter: string | null): Promise<Sight> {
  const ask = (rows: number, noCount: boolean) => ({
    path: tablePath(table),
    query: {
      ...(filter === null ? {} : { sysparm_query: filter }),
      sysparm_limit: rows,
      sysparm_fields: 'sys_id',
      sysparm_no_count: String(noCount),
    },
  });
  const place = { at: AT, place: table };
  // Counting a large table takes long: it is done only when nothing is shown.
  if ((await askPage(reader, ask(10, true), place)).rows.length > 0) return 'some';
  const counted = await askPage(reader, ask(1, false), place);
  if (counted.rows.length > 0) return 'some';
  return Number(counted.headers['x-total-count'] ?? 0) > 0 ? 'hidden' : 'none';
}

const Stamped = z.looseObject({ sys_id: Id, sys_updated_on: Time });

/**
 * Whether instants in questions are read as UTC: some instances read them on the clock of the user, and would pass rows over. Asked by a row that has to
 * answer to its own instant; one that changes meanwhile is asked for anew. True where no row is shown. Errors: those of the client.
 */
export async function readsUtc(reader: Reader, table: string): Promise<boolean> {
  const ask = async (filter: string | null) => {
    const query = { ...queryOf(Stamped, filter), sysparm_limit: 1, sysparm_no_count: 'true' };
    const page = await askPage(reader, { path: tablePath(table), query }, { at: AT, place: table });
    return parseEach(Stamped, page.rows, table).kept[0];
  };
  for (let tries = 1; tries <= 3; tries++) {
    const row = await ask(null);
    if (row === undefined) return true;
    const at = utc(row.sys_updated_on);
    if ((await ask(where(`sys_id=${row.sys_id}`, `sys_updated_on>=${at}`, `sys_updated_on<=${at}`))) !== undefined)
      return true;
  }
  return false;
}

/** All rows of a side table; null = it may not be seen, or has rows and shows none. Errors: those of the client. */
export async function readSide<R>(
  reader: Reader,
  table: string,
  rows: z.ZodObject & z.ZodType<R>,
  filter: string | null,
): Promise<R[] | null> {
  return (await readCounted(reader, table, rows, filter))?.rows ?? null;
}

/** As readSide, with whether as many rows were shown as the vendor counts. */
export async function readCounted<R>(
  reader: Reader,
  table: string,
  rows: z.ZodObject & z.ZodType<R>,
  filter: string | null,
): Promise<{ readonly rows: R[]; readonly isWhole: boolean } | null> {
  const read = async () => {
    const found: R[] = [];
    let [total, shown] = [0, 0];
    for await (const page of walkTable(reader, table, queryOf(rows, filter))) {
      shown += page.rows.length;
      total = Math.max(total, Number(page.headers['x-total-count'] ?? 0));
      found.push(...parseEach<R>(rows, page.rows, table).kept);
    }
    return found.length === 0 && total > 0 ? null : { rows: found, isWhole: shown >= total };
  };
  return (await orRefusal(read)).found;
}

/** Rows below others by a list of ids, as the row says whose they are; what cannot be read is set aside. Errors: those of the client. */
export async function readBelow<R>(
  reader: Reader,
  table: string,
  rows: z.ZodObject & z.ZodType<R>,
  ids: readonly string[],
  below: { readonly field: string; readonly of: (row: R) => string; readonly filter?: string; readonly feed: string },
) {
  const of = new Map<string, R[]>(ids.map((id) => [id, []]));
  const rejected = [];
  if (ids.length > 0) {
    const query = queryOf(rows, where(isIn(below.field, ids), below.filter));
    for await (const page of walkTable(reader, table, query)) {
      const parsed = parseEach<R>(rows, page.rows, below.feed);
      rejected.push(...parsed.rejected);
      // A filter on a field that the instance lacks is ignored: rows of others are passed over.
      for (const row of parsed.kept) of.get(below.of(row))?.push(row);
    }
  }
  return { of: (id: string): readonly R[] => of.get(id) ?? [], rejected };
}

/** Probe of a table: open when it may be asked for and shows rows, where it has any. */
export function probeTable<C extends ConnectorContext<unknown>>(
  context: C,
  table: string,
  filter: string | null,
  words: RefusalWords,
  shows: (context: C) => Promise<Capability> | Capability,
): Promise<Capability> {
  return probeCapability(async () => {
    if ((await lookAt(context, table, filter)) !== 'hidden') return shows(context);
    const detail = `ServiceNow counts rows of ${table} and shows none of them. ${words.permission}`;
    return { status: 'permission', detail };
  }, words);
}
