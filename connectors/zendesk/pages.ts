import type { ConnectorContext } from '../../src/kit/connector.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { nextLink } from '../../src/kit/page/cursor.ts';
import { type Page, type PageAsk, type Query, type Reader, walkPages } from '../../src/kit/page/pager.ts';
import type { Settings } from './settings.ts';

export type Context = ConnectorContext<Settings>;
/** A context before the upper bound is known. */
export type EarlyContext = Omit<Context, 'until'>;

export const API = '/api/v2';

export function unixOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** First second to read of a history. */
export function firstSecond(settings: Settings): number {
  return settings.since === undefined ? 0 : unixOf(new Date(`${settings.since}T00:00:00Z`));
}

/** Cursor pages; lists that know only numbered ones answer with `next_page`, which is followed too. */
export const PAGES = nextLink({
  at: ['links.next', 'next_page'],
  size: { param: 'page[size]', rows: 100 },
  more: 'meta.has_more',
});

/** Pages of an ordinary list. Errors: those of `walkPages`. */
export function listPages(
  reader: Reader,
  path: string,
  key: string,
  query: Query = {},
  size = 100,
): AsyncGenerator<Page> {
  const pager = { ...PAGES, first: (ask: PageAsk) => PAGES.first(ask, size) };
  return walkPages(reader, pager, { path: `${API}${path}`, query }, { at: key, place: path });
}

/** All rows of a list that is small by nature (groups, fields, rules). */
export async function listAll(reader: Reader, path: string, key: string, query: Query = {}): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const page of listPages(reader, path, key, query)) rows.push(...page.rows);
  return rows;
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
