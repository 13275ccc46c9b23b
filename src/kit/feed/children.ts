import type { z } from 'zod';
import type { SetAside } from '../../domain/observability.ts';
import { orRefusal } from '../capability.ts';
import { each } from '../each.ts';
import { type PageAsk, type Pager, type Reader, walkPages } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { placeOfCall } from './feed.ts';

/** Records that hang below a row and are asked for row by row: the conversation of a ticket. */
export interface Children<R, K> {
  readonly path: (row: R) => string;
  /** A function where the row is named by the query and not by the path. */
  readonly query?: PageAsk['query'] | ((row: R) => PageAsk['query']);
  readonly origin?: string;
  readonly at?: string;
  readonly page: Pager;
  readonly rows: z.ZodType<K>;
  /** Statuses that say that the row itself is gone by now; others are failures. @defaultValue [404] */
  readonly gone?: readonly number[];
  /** What a success without a body says: that there are none, or nothing at all, as of a row that is gone. @defaultValue 'none' */
  readonly blank?: 'none' | 'nothing';
  /** Requests under way at once. @defaultValue 4 */
  readonly atOnce?: number;
}

/** Children by row; null = the row was gone when they were asked for, so that nothing is known of them. */
interface ReadChildren<R, K> {
  readonly of: ReadonlyMap<R, readonly K[] | null>;
  readonly rejected: readonly SetAside[];
  /** Rows of whose children some could not be read, or not whole: what is worked out from all of them is unknown. */
  readonly partly: ReadonlySet<R>;
}

/** Reads the children of all rows, whole, a few rows at a time. Errors: those of the client and the pager; the first one ends it, and no further page is asked for. */
export async function readChildren<R, K>(
  reader: Reader,
  feed: string,
  rows: readonly R[],
  children: Children<R, K>,
): Promise<ReadChildren<R, K>> {
  const rejected: SetAside[] = [];
  let failed = false;
  const partly = new Set<R>();
  const read = async (row: R): Promise<readonly K[] | null> => {
    const kept: K[] = [];
    const aside: SetAside[] = [];
    const query = typeof children.query === 'function' ? children.query(row) : children.query;
    const ask: PageAsk = {
      path: children.path(row),
      ...(query === undefined ? {} : { query }),
      ...(children.origin === undefined ? {} : { origin: children.origin }),
    };
    for await (const page of walkPages(reader, children.page, ask, placeOfCall(children, feed))) {
      if (children.blank === 'nothing' && (typeof page.data !== 'object' || page.data === null)) return null;
      const parsed = parseEach(children.rows, page.rows, feed);
      kept.push(...parsed.kept);
      aside.push(...parsed.rejected);
      // Nothing of it is used any more.
      if (failed) break;
    }
    // Only when all of it was read: a refusal in between begins anew.
    rejected.push(...aside);
    if (aside.length > 0) partly.add(row);
    return kept;
  };
  const ask = (row: R) =>
    orRefusal(() => read(row), children.gone ?? [404]).catch((error: unknown) => {
      failed = true;
      throw error;
    });
  const found = await each(rows, ask, children.atOnce);
  return { of: new Map(rows.map((row, i) => [row, found[i]?.found ?? null])), rejected, partly };
}
