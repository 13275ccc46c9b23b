import { z } from 'zod';
import { PlumblineError } from '../errors/index.ts';

/** Query parameter `cursor` of a list. */
export const Cursor = z
  .string()
  .min(1)
  .max(1_000)
  .optional()
  .describe('`next` of the reply before, for what follows it; left out = from the start');

/** What every list says of its end. */
export const Next = z.string().nullable().describe('`cursor` of the rows that follow; null = these were the last');

const WAY_OUT = 'Pass `next` of the reply before as it is, or leave the cursor out to begin anew.';

/** Names the last row of a page by what the list is ordered by. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor names; undefined without one. Errors: BAD_USAGE for one that no reply gave. */
export function readCursor<T>(cursor: string | undefined, place: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const read = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('is no JSON');
        return z.NEVER;
      }
    })
    .pipe(place)
    .safeParse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (read.success) return read.data;
  throw new PlumblineError('BAD_USAGE', 'The cursor was given by no reply of this list.', WAY_OUT, {
    cause: read.error,
  });
}

/** Rows of a page and the cursor behind them, of up to `limit` + 1 rows that were asked for: one more says that there are more. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => unknown,
): { readonly rows: Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null };
}

/**
 * One page of a list that is at hand as a whole, in its order; `keyOf` names a row. What comes in at the start meanwhile shifts nothing.
 * Errors: BAD_USAGE for a cursor of no reply, or whose row is gone.
 */
export function pageAfter<Row>(
  rows: readonly Row[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  keyOf: (row: Row) => string,
): { readonly rows: Row[]; readonly next: string | null } {
  const after = readCursor(cursor, z.string());
  const at = after === undefined ? -1 : rows.findIndex((row) => keyOf(row) === after);
  if (after !== undefined && at === -1)
    throw new PlumblineError('BAD_USAGE', 'What the cursor stands behind is no longer in this list.', WAY_OUT);
  return pageOf(rows.slice(at + 1, at + 2 + limit), limit, keyOf);
}
