import type { z } from 'zod';
import { orRefusal } from '../capability.ts';
import { type PageAsk, type Pager, type Reader, walkPages } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { placeOfCall } from './feed.ts';

/** A list that other records are understood by: agents, groups, fields. */
export interface SideList<R> {
  readonly path: string;
  readonly query?: PageAsk['query'];
  readonly origin?: string;
  readonly at?: string;
  readonly page: Pager;
  readonly rows: z.ZodType<R>;
}

/** All rows of a list that fit its schema; the feed that lists them sets the others aside. Errors: those of the client and the pager. */
export async function readAll<R>(reader: Reader, side: SideList<R>): Promise<R[]> {
  const { path, query, origin } = side;
  const ask: PageAsk = { path, ...(query === undefined ? {} : { query }), ...(origin === undefined ? {} : { origin }) };
  const rows: R[] = [];
  for await (const page of walkPages(reader, side.page, ask, placeOfCall(side, path)))
    rows.push(...parseEach(side.rows, page.rows, path).kept);
  return rows;
}

/** As readAll, but null when the vendor refuses the list (402, 403, 404 twice): what rests on it is unknown then, and the rest goes on. */
export async function readVisible<R>(reader: Reader, side: SideList<R>): Promise<R[] | null> {
  return (await orRefusal(() => readAll(reader, side), [402, 403, 404])).found;
}

type Rows<R> = ReadonlyMap<string, R>;

/** Rows by their id; null stays null. */
export function byId<R extends { readonly id: string }>(rows: readonly R[]): Rows<R>;
export function byId<R extends { readonly id: string }>(rows: readonly R[] | null): Rows<R> | null;
export function byId<R extends { readonly id: string }>(rows: readonly R[] | null): Rows<R> | null {
  return rows === null ? null : new Map(rows.map((row) => [row.id, row]));
}
