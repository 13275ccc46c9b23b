import type { z } from 'zod';
import { orRefusal } from '../capability.ts';
import { type PageAsk, type Pager, type Reader, walkPages } from '../page/pager.ts';
import { type Parsed, parseEach } from '../parse-each.ts';
import { placeOfCall } from './feed.ts';

/** A list that other records are understood by: agents, groups, fields. */
export interface SideList<R> extends Pick<PageAsk, 'path' | 'query' | 'origin' | 'method' | 'body'> {
  readonly at?: string;
  /** Name of the call in messages; absent = its path. */
  readonly place?: string;
  readonly page: Pager;
  readonly rows: z.ZodType<R>;
}

/** All rows of a list; those that do not fit its schema are set aside under the name of a feed. Errors: those of the client and the pager. */
export async function readRows<R>(reader: Reader, feed: string, side: SideList<R>): Promise<Parsed<R>> {
  const { at: _at, place, page: pager, rows, ...ask } = side;
  const all: Parsed<R> = { kept: [], rejected: [] };
  for await (const page of walkPages(reader, pager, ask, placeOfCall(side, place ?? ask.path))) {
    const { kept, rejected } = parseEach(rows, page.rows, feed);
    all.kept.push(...kept);
    all.rejected.push(...rejected);
  }
  return all;
}

/** All rows of a list that fit its schema; the feed that lists them sets the others aside. Errors: those of the client and the pager. */
export async function readAll<R>(reader: Reader, side: SideList<R>): Promise<R[]> {
  return (await readRows(reader, side.path, side)).kept;
}

/** As readAll, but null when the vendor refuses the list (402, 403, 404 twice): what rests on it is unknown then, and the rest goes on. */
export async function readVisible<R>(reader: Reader, side: SideList<R>): Promise<R[] | null> {
  return (await readVisibleRows(reader, side))?.kept ?? null;
}

/** As readVisible, with what could not be read of it. */
export async function readVisibleRows<R>(reader: Reader, side: SideList<R>): Promise<Parsed<R> | null> {
  return (await orRefusal(() => readRows(reader, side.path, side))).found;
}

type Rows<R> = ReadonlyMap<string, R>;
type Keyed<K extends string> = Readonly<Record<K, string>>;

/** Rows by one of their cells; null stays null. Of several rows with the same value the last counts. */
export function byKey<K extends string, R extends Keyed<K>>(rows: readonly R[], key: K): Rows<R>;
export function byKey<K extends string, R extends Keyed<K>>(rows: readonly R[] | null, key: K): Rows<R> | null;
export function byKey<K extends string, R extends Keyed<K>>(rows: readonly R[] | null, key: K): Rows<R> | null {
  return rows === null ? null : new Map(rows.map((row) => [row[key], row]));
}

/** Rows by their id; null stays null. */
export function byId<R extends Keyed<'id'>>(rows: readonly R[]): Rows<R>;
export function byId<R extends Keyed<'id'>>(rows: readonly R[] | null): Rows<R> | null;
export function byId<R extends Keyed<'id'>>(rows: readonly R[] | null): Rows<R> | null {
  return byKey(rows, 'id');
}
