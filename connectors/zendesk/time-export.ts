import { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { Query } from '../../src/kit/page/pager.ts';
import { refOf } from '../../src/kit/parse-each.ts';
import { API, type Context, exportQuota, unixOf } from './pages.ts';
import { exportPage } from './schema-events.ts';

interface ExportPage {
  readonly items: unknown[];
  /** Where the next page, and the next sync, begin: rows of that second come again. */
  readonly resume: number;
}

interface Reply {
  readonly rows: unknown[];
  /** Names of the rows that can be told apart: one that cannot be read, or comes twice, fills no page. */
  readonly names: ReadonlySet<string | number>;
  readonly to: number;
  /** What the vendor says about the end; null where it leaves that out. */
  readonly ended: boolean | null;
  readonly next: boolean;
}

/** Checkpoint of a stream that goes on from a second. */
export function timeCodec(stream: string) {
  return checkpointCodec(stream, z.strictObject({ at: z.int() }), { at: 0 });
}

/** Rows a page that the vendor gives at most. */
const FULL = 1000;
/** A page that was seen to be cut tells the size of pages; smaller ones are cut for other reasons. */
const LEAST_CUT = 4;

/**
 * Pages of a time-based export from `start` on; the last second of a page comes again on the next one. Ends on `end_of_stream`; where the
 * vendor leaves it out, on a page that moves the time no further and has nothing behind it. Never reads past `until`.
 * A second that holds more rows than a page cannot be walked through: larger pages are tried, then the read fails in front of that second, so
 * that no row is passed over. Errors: VENDOR_CUT, which names the second.
 */
export async function* timeExport(
  context: Context,
  path: string,
  key: string,
  start: number,
  query: Query = {},
): AsyncGenerator<ExportPage> {
  const end = unixOf(context.until);
  const ask = createAsker(context, path, key, query);
  /** Page that waits until the one behind it is known to be whole, with the second that it was asked from. */
  let held: (ExportPage & { readonly from: number; readonly names: Reply['names'] }) | null = null;
  let cutSize = FULL;
  for (let from = start; from < end; ) {
    let reply: Reply;
    try {
      reply = await ask(from);
    } catch (error) {
      if (held !== null) yield held;
      throw error;
    }
    if (held !== null && held.names.size >= LEAST_CUT && hasNew(reply.names, held.names))
      cutSize = Math.min(cutSize, held.names.size);
    const whole = await wholePage(reply, from, end, cutSize, ask);
    if (whole === null) {
      yield { items: [...(held?.items ?? []), ...reply.rows], resume: held?.from ?? from };
      throw cut(path, from, reply.names.size);
    }
    reply = whole;
    if (held !== null) yield held;
    held = { items: reply.rows, names: reply.names, resume: Math.min(Math.max(reply.to, from), end), from };
    if (reply.ended === true || reply.to <= from || (reply.ended === null && !reply.next)) break;
    from = reply.to;
  }
  if (held !== null) yield held;
}

type Ask = (from: number, perPage?: number) => Promise<Reply>;

function createAsker(context: Context, path: string, key: string, query: Query): Ask {
  const schema = exportPage(key);
  return async (from, perPage) => {
    const { data } = await context.http.getJson({
      path: `${API}${path}`,
      query: { start_time: from, ...query, ...(perPage === undefined ? {} : { per_page: perPage }) },
      schema,
      quota: exportQuota(context.settings),
      signal: context.signal,
    });
    return {
      rows: data.rows,
      names: namesOf(data.rows),
      to: data.end_time ?? from,
      ended: data.end_of_stream ?? null,
      next: Boolean(data.next_page),
    };
  };
}

function namesOf(rows: readonly unknown[]): Set<string | number> {
  const names = new Set<string | number>();
  for (const row of rows) {
    const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
    const name = typeof id === 'number' ? id : refOf(row, 0);
    if (name !== '#0') names.add(name);
  }
  return names;
}

function hasNew(names: Reply['names'], before: Reply['names']): boolean {
  for (const name of names) if (!before.has(name)) return true;
  return false;
}

/**
 * The page, or a larger one in its place, when it leaves no row of its second out; null when it does. A page that stands still is in doubt when
 * the vendor says that there is more, when rows lie behind its second (only a full page stops short of them), or when it is as full as pages
 * of this export get.
 */
async function wholePage(reply: Reply, from: number, end: number, cutSize: number, ask: Ask): Promise<Reply | null> {
  if (reply.to > from || reply.ended === true) return reply;
  if (reply.ended === null) {
    const { size } = reply.names;
    if (size === 0 || !reply.next) return reply;
    if (size < cutSize && (from + 1 >= end || (await ask(from + 1)).names.size === 0)) return reply;
  }
  const larger = await ask(from, FULL);
  if (larger.to > from || larger.ended === true) return larger;
  const grown = larger.names.size > reply.names.size && larger.names.size < FULL;
  return larger.ended === null && grown ? larger : null;
}

function cut(path: string, second: number, rows: number): PlumblineError {
  const at = new Date(second * 1000).toISOString().replace('.000', '');
  return new PlumblineError(
    'VENDOR_CUT',
    `The export ${path} holds more rows in the one second ${at} than a page gives (${rows}), and goes no further.`,
    path.endsWith('/ticket_events')
      ? 'Connect again with --set history=audits: the history is then read ticket by ticket. What was read stays, and so do all other streams.'
      : 'Nothing behind that second is read from this export; what was read stays, and so do all other streams. Report it to the vendor.',
    { where: path },
  );
}
