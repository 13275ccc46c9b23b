import { z } from 'zod';
import { orRefusal } from '../capability.ts';
import type { PageAsk, Reader } from '../page/pager.ts';
import { type Parsed, parseEach } from '../parse-each.ts';

/**
 * One record that is asked for alone; none where it is gone (`gone` = the statuses that say so, 404 by default). What cannot be read is set aside as in a list, under the
 * name of the feed. Errors: those of the client.
 */
export async function readOne<R>(
  reader: Reader,
  feed: string,
  path: string,
  rows: z.ZodType<R>,
  gone: readonly number[] = [404],
): Promise<Parsed<R>> {
  const { http, signal } = reader;
  const { found } = await orRefusal(() => http.getJson({ path, schema: z.unknown(), signal }), gone);
  return found === null || found.empty ? { kept: [], rejected: [] } : parseEach(rows, [found.data], feed);
}

/** A record that only helps to understand others, asked for alone; null = it may not be seen, or is gone. Errors: those of the client. */
export async function readShown<T>({ http, signal }: Reader, ask: PageAsk, schema: z.ZodType<T>): Promise<T | null> {
  const { found } = await orRefusal(() => http.getJson({ ...ask, schema, signal }), [403, 404]);
  return found?.data ?? null;
}
