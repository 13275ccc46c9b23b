import type { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { OriginLimits, ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import { byId } from '../../src/kit/feed/read-all.ts';
import type { Since } from '../../src/kit/feed/since.ts';
import { createLoopGuard } from '../../src/kit/loop-guard.ts';
import { offset } from '../../src/kit/page/counted.ts';
import { cursor, placeAt } from '../../src/kit/page/cursor.ts';
import { askPage, type Page, type PageAsk, type Pager, type Reader, valueAt } from '../../src/kit/page/pager.ts';
import { parseEach, refOf } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { Associated, CrmObject } from './schema.ts';
import type { Settings } from './settings.ts';

export const CRM = '/crm/v3/objects';
export const THREADS = '/conversations/v3/conversations/threads';

/** The smallest plan allows 100 requests in ten seconds to each app; larger ones 190. */
export const LIMITS: OriginLimits = { concurrency: 4, perMinute: null, windows: [{ requests: 100, seconds: 10 }] };
/** Searches of an account are held to four a second, and their replies do not say so. */
const SEARCH_QUOTA = { id: 'search', perMinute: 240 } as const;

/** Lists go on by a cursor; the last page has none. */
export const PAGES = cursor({ at: 'paging.next.after', param: 'after', size: { param: 'limit', rows: 100 } });

/** The search of the site, which gives published articles and, unless it is told otherwise, other pages too. */
export const SITE_SEARCH = '/cms/v3/site-search/search';
export const ARTICLES = { type: 'KNOWLEDGE_ARTICLE', types: 'KNOWLEDGE_ARTICLE' };
export const ARTICLE_PAGES = offset({ param: 'offset', size: { param: 'limit', rows: 100 }, total: 'total' });

/** 477 = the account is being moved to another data centre, 423 = it is locked for a moment. */
export function classify({ status }: VendorReply): ReplyMeaning | null {
  return status === 477 || status === 423 ? 'limit' : null;
}

const ID = 'hs_object_id';
const SEARCH_ROWS = 100;

interface SearchBody {
  readonly filterGroups: readonly { readonly filters: readonly Filter[] }[];
  readonly [key: string]: unknown;
}
interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value: string;
}

/**
 * Pages of a search by the id of the last row, in the order of ids. The vendor's own cursor counts rows, and ends at the ten-thousandth: more rows than
 * that can share one instant (changes in bulk), so that no order by instants gets past them. Its order by instants is not kept strictly either.
 */
const SEARCH: Pager = {
  first: (ask, rows = SEARCH_ROWS) => withBody(ask, { limit: Math.min(rows, SEARCH_ROWS), sorts: BY_ID }),
  after(page) {
    const next = placeAt(page, 'paging.next.after');
    const last = lastId(page);
    if (last === null || next === null) return { kind: 'end' };
    const body = page.ask.body as SearchBody;
    const filters = body.filterGroups[0]?.filters ?? [];
    const before = filters.find((one) => one.propertyName === ID)?.value ?? '0';
    if (BigInt(last) <= BigInt(before)) throw notBehind(page.ask.path);
    const others = filters.filter((one) => one.propertyName !== ID);
    const behind = { propertyName: ID, operator: 'GT', value: last };
    return { kind: 'more', ask: withBody(page.ask, { filterGroups: [{ filters: [...others, behind] }] }) };
  },
};
const BY_ID = [{ propertyName: ID, direction: 'ASCENDING' }];

function lastId(page: Page): string | null {
  const ids = page.rows.flatMap((row) => {
    const id = valueAt(row, 'id');
    return (typeof id === 'string' && /^\d+$/.test(id)) || typeof id === 'number' ? [String(id)] : [];
  });
  return ids.reduce<string | null>((most, id) => (most === null || BigInt(id) > BigInt(most) ? id : most), null);
}

function notBehind(path: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_LOOP',
    'The helpdesk gave rows that do not go on behind the last one.',
    'Run the sync again; it resumes behind the last saved page. If it happens again, report it to the vendor.',
    { where: path },
  );
}

function withBody(ask: PageAsk, more: Record<string, unknown>): PageAsk {
  return { ...ask, body: { ...(ask.body as Record<string, unknown>), ...more } };
}

/** A search by the last change, walked so many days at a time: within a span rows come by their ids. The index of searches lags, so that the last hour is read again. */
export function changedIn(properties: readonly string[], days: number): Since {
  return {
    field: 'properties.hs_lastmodifieddate',
    overlapS: 3600,
    spanS: days * 86_400,
    ask: (ask, from, to) => {
      const edge = (operator: string, at: Date): Filter => ({
        propertyName: 'hs_lastmodifieddate',
        operator,
        value: String(at.getTime()),
      });
      return { ...ask, body: { filterGroups: [{ filters: [edge('GTE', from), edge('LTE', to)] }], properties } };
    },
  };
}

/** A feed by the search of an object; `first` = a day before which there is none. */
export const searched = (object: string, first: string) => ({
  path: `${CRM}/${object}/search`,
  method: 'POST' as const,
  at: 'results',
  page: SEARCH,
  quota: SEARCH_QUOTA,
  start: ({ settings }: { readonly settings: Settings }) => startAt(settings, first),
});

interface Identified {
  readonly id: string;
}

/** Asks for one record whole, as a batch does. */
export const whole = (path: string) => (row: Identified) => ({
  path: `${path}/batch/read`,
  method: 'POST' as const,
  body: { inputs: [{ id: row.id }], properties: [], propertiesWithHistory: [] },
});

/** Asks for the records that one is connected with. */
export const near = (from: string, to: string) => (row: Identified) => ({
  path: `/crm/v4/associations/${from}/${to}/batch/read`,
  method: 'POST' as const,
  body: { inputs: [{ id: row.id }] },
});

export const inputsOf = (rows: readonly Identified[]) => rows.map(({ id }) => ({ id }));

/** What was read of many at once. */
interface Batch<R> {
  readonly kept: readonly R[];
  readonly rejected: readonly SetAside[];
}

/**
 * Posts a list of inputs, so many at a time, and gives the rows of all replies. What the vendor does not find is missing among them. Errors: those of the
 * client; VENDOR_BROKEN when the vendor answers in part.
 */
export async function readBatch<R>(
  reader: Reader,
  call: {
    readonly path: string;
    readonly query?: PageAsk['query'];
    readonly inputs: readonly unknown[];
    readonly more?: object;
  },
  atOnce: number,
  rows: z.ZodType<R>,
  feed: string,
): Promise<Batch<R>> {
  const kept: R[] = [];
  const rejected: SetAside[] = [];
  const given = new Set<string>();
  for (let from = 0; from < call.inputs.length; from += atOnce) {
    const ask: PageAsk = {
      path: call.path,
      method: 'POST',
      ...(call.query === undefined ? {} : { query: call.query }),
      body: { ...call.more, inputs: call.inputs.slice(from, from + atOnce) },
    };
    const page = await askPage(reader, ask, { at: 'results', place: feed });
    if (!isWhole(page.data)) throw answeredInPart(call.path);
    const fresh = page.rows.filter((row) => {
      const name = refOf(row, 0);
      // A record without an id cannot be told from others.
      const isNew = name === '#0' || !given.has(name);
      given.add(name);
      return isNew;
    });
    const parsed = parseEach(rows, fresh, feed);
    kept.push(...parsed.kept);
    rejected.push(...parsed.rejected);
  }
  return { kept, rejected };
}

/** A reply with errors beside its rows is whole when all of them say that something is not there. */
function isWhole(data: unknown): boolean {
  const errors = valueAt(data, 'errors');
  if (!Array.isArray(errors)) return true;
  return errors.every((error) =>
    /NOT_FOUND|NO_ASSOCIATIONS/i.test(JSON.stringify([valueAt(error, 'category'), valueAt(error, 'subCategory')])),
  );
}

function answeredInPart(path: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `The helpdesk answered ${path} in part.`,
    'Nothing of this page was kept. Run the sync again; it resumes behind the last saved page.',
    { where: path },
  );
}

type Target = Associated['to'][number];

/** Records that others are connected with, by the id of these; none for a record without any. Errors: as readBatch; VENDOR_LOOP. */
export async function readAssociated(
  reader: Reader,
  from: string,
  to: string,
  ids: readonly string[],
  feed: string,
): Promise<{ readonly of: (id: string) => readonly Target[]; readonly rejected: readonly SetAside[] }> {
  const found = new Map<string, Map<string, Target>>();
  const rejected: SetAside[] = [];
  const guard = createLoopGuard(feed);
  const path = `/crm/v4/associations/${from}/${to}/batch/read`;
  for (let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id })); inputs.length > 0; ) {
    guard.step(JSON.stringify(inputs));
    const batch = await readBatch(reader, { path, inputs }, 100, Associated, feed);
    rejected.push(...batch.rejected);
    const next = new Map<string, string>();
    for (const row of batch.kept) {
      const targets = found.get(row.from.id) ?? new Map<string, Target>();
      for (const target of row.to) targets.set(target.toObjectId, target);
      found.set(row.from.id, targets);
      const after = row.paging?.next?.after ?? null;
      if (after !== null) next.set(row.from.id, after);
    }
    inputs = [...next].map(([id, after]) => ({ id, after }));
  }
  return { of: (id) => [...(found.get(id)?.values() ?? [])], rejected };
}

/** Records that others are connected with, whole, by the ids of these; `ids` = theirs. Errors: as readAssociated. */
export async function readConnected(
  reader: Reader,
  { from, to, ids }: { readonly from: string; readonly to: string; readonly ids: readonly string[] },
  properties: readonly string[],
  feed: string,
) {
  const found = await readAssociated(reader, from, to, ids, feed);
  const wanted = [...new Set(ids.flatMap((id) => found.of(id).map(({ toObjectId }) => toObjectId)))];
  const call = { path: `${CRM}/${to}/batch/read`, inputs: wanted.map((id) => ({ id })), more: { properties } };
  const { kept, rejected } = await readBatch(reader, call, 100, CrmObject, feed);
  const rows = byId(kept);
  return {
    ids: wanted,
    kept,
    of: (id: string) => found.of(id).flatMap(({ toObjectId }) => rows.get(toObjectId) ?? []),
    rejected: [...found.rejected, ...rejected],
  };
}

/** Types of the connection with the primary company, by what it is the company of; the vendor renames their labels. */
const PRIMARY = { tickets: '26', deals: '5' } as const;

/** The company that the account calls the primary one, else the first. */
export function primaryOf(of: keyof typeof PRIMARY, companies: readonly Target[]): string | null {
  const primary = companies.find((one) =>
    one.associationTypes.some((type) => type.typeId === PRIMARY[of] || /^primary$/i.test(type.label ?? '')),
  );
  return (primary ?? companies[0])?.toObjectId ?? null;
}
