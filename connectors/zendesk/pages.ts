import { z } from 'zod';
import type { ConnectorContext } from '../../src/kit/connector.ts';
import type { HttpReply, HttpRequest } from '../../src/kit/http.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { createLoopGuard } from '../../src/kit/loop-guard.ts';
import { sized } from '../../src/kit/page/page-size.ts';
import { type Pager, valueAt } from '../../src/kit/page/pager.ts';
import { refOf } from '../../src/kit/parse-each.ts';
import { envelope } from '../../src/kit/vendor-schema.ts';
import type { Settings } from './settings.ts';

export type Context = ConnectorContext<Settings>;
/** A context before the upper bound is known. */
export type EarlyContext = Omit<Context, 'until'>;
export type Query = NonNullable<HttpRequest<unknown>['query']>;

export const API = '/api/v2';

export function unixOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** First second to read of a history. */
export function firstSecond(settings: Settings): number {
  return settings.since === undefined ? 0 : unixOf(new Date(`${settings.since}T00:00:00Z`));
}

/** Cursor pages; lists that know only numbered ones answer with `next_page`, which is followed too. */
export const PAGES: Pager = {
  first: (ask, rows) => sized(ask, { param: 'page[size]', rows: 100 }, rows),
  after(page) {
    const links = [valueAt(page.data, 'links.next'), valueAt(page.data, 'next_page')];
    const next =
      valueAt(page.data, 'meta.has_more') === false ? undefined : links.find((one) => typeof one === 'string');
    return typeof next === 'string' ? { kind: 'more', ask: { ...page.ask, next } } : { kind: 'end' };
  },
};

const makeListPage = (key: string) =>
  envelope(key, {
    meta: z.looseObject({ has_more: z.boolean().nullish() }).nullish(),
    links: z.looseObject({ next: z.string().nullish() }).nullish(),
    next_page: z.string().nullish(),
  });
const madePages = new Map<string, ReturnType<typeof makeListPage>>();

/** Made once a key: audits are asked for ticket by ticket, and making a schema takes as long as asking. */
function listPage(key: string): ReturnType<typeof makeListPage> {
  const known = madePages.get(key);
  if (known !== undefined) return known;
  const made = makeListPage(key);
  madePages.set(key, made);
  return made;
}

/**
 * Pages of an ordinary list. Asks for cursor pages; lists that know only numbered ones answer with `next_page`, which is followed too.
 * Only path and query of a link are used, on the same origin. Stops at a repeated link with VENDOR_LOOP. A row
 * that comes twice is given once.
 */
export async function* listPages(
  context: EarlyContext,
  path: string,
  key: string,
  query: Query = {},
  onReply?: (reply: HttpReply<unknown>) => void,
): AsyncGenerator<unknown[]> {
  const guard = createLoopGuard(path);
  const schema = listPage(key);
  const request: HttpRequest<z.infer<typeof schema>> = {
    path: `${API}${path}`,
    query: { 'page[size]': 100, ...query },
    schema,
    signal: context.signal,
  };
  const given = new Set<string>();
  let next: string | null = null;
  do {
    const reply: HttpReply<z.infer<typeof schema>> = await context.http.getJson(
      next === null ? request : { ...request, next },
    );
    onReply?.(reply);
    const { data } = reply;
    yield data.rows.filter((row) => isFirst(row, given));
    next = data.meta?.has_more === false ? null : (data.links?.next ?? data.next_page ?? null);
    if (next !== null) guard.step(next);
  } while (next !== null);
}

/** A row without an id cannot be told from others. */
function isFirst(row: unknown, given: Set<string>): boolean {
  const name = refOf(row, 0);
  if (given.has(name)) return false;
  if (name !== '#0') given.add(name);
  return true;
}

/** All rows of a list that is small by nature (groups, fields, rules). */
export async function listAll(context: EarlyContext, path: string, key: string, query: Query = {}): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const page of listPages(context, path, key, query)) rows.push(...page);
  return rows;
}

/** One page of a list, for probing. */
export async function firstRows(
  context: EarlyContext,
  path: string,
  key: string,
  query: Query = {},
): Promise<unknown[]> {
  const schema = listPage(key);
  const { data } = await context.http.getJson({
    path: `${API}${path}`,
    query: { 'page[size]': 1, ...query },
    schema,
    signal: context.signal,
  });
  return data.rows;
}

export function exportQuota(settings: Settings): { id: string; perMinute: number | null } {
  return { id: 'incremental', perMinute: settings.exportsPerMinute };
}

/** Deep pages of large accounts time out at the vendor's gateway; smaller ones get through. */
export async function askSmaller<T>(perPage: number, ask: (perPage: number) => Promise<T>): Promise<T> {
  for (let size = perPage; ; size = Math.ceil(size / 4)) {
    try {
      return await ask(size);
    } catch (error) {
      if (!(error instanceof HttpStatusError) || error.status !== 504 || size <= 50) throw error;
    }
  }
}
