import { z } from 'zod';
import { orRefusal } from '../capability.ts';
import { checkpointCodec } from '../checkpoint.ts';
import type { ConnectorContext } from '../connector.ts';
import { createLoopGuard } from '../loop-guard.ts';
import { askPage, type PageAsk, type Query, type Reader, valueAt } from '../page/pager.ts';
import { parseEach, refOf } from '../parse-each.ts';
import { Instant } from '../vendor-schema.ts';
import { askOf, type Call, type Feed, type FeedHead, type Mapped, pageOf, placeOfCall, probeCall } from './feed.ts';

/** A list that can be sorted by the instant of the last change and cannot be asked for what changed. */
interface Sorted {
  /** Keys of that instant in a row; the first that holds one. */
  readonly fields: readonly string[];
  /** How a row writes it. @defaultValue ISO-8601 with an offset */
  readonly read?: z.ZodType<Date>;
  readonly oldestFirst: Query;
  readonly newestFirst: Query;
  /** Query parameter with the place of a page, which the pager sends; it holds the value of the last row, so that no row is passed over. */
  readonly cursor: string;
  /** Read again before the point that was reached: rows stamped before it and shown after it. @defaultValue 120 */
  readonly overlapS?: number;
}

interface SortedFeed<C, R> extends FeedHead<C>, Call<C> {
  readonly rows: z.ZodType<R>;
  readonly by: Sorted;
  /** The first instant to read. */
  readonly start: (context: C) => Date;
  map(rows: readonly R[], context: C): Mapped | Promise<Mapped>;
}

const State = z.strictObject({
  /** All changes up to it were read; null = the first walk has not ended. */
  to: z.iso.datetime().nullable(),
  /** Place of the first walk; null = its beginning. */
  cursor: z.string().nullable(),
});

/** A place that was kept may have expired: then the walk begins anew. */
const EXPIRED = [400, 404, 410, 422];

/**
 * History by the instant of the last change, from a list that takes no such instant. The first walk goes from the oldest change on: what changes meanwhile
 * moves to the end and comes again, and the place is kept behind each page. Later ones go from the newest change back, until a whole page is older than the
 * point that was reached; their checkpoint moves at the end. Rows changed after the frozen end belong to the next sync. Errors: those of the client;
 * VENDOR_LOOP.
 */
export function sorted<C extends ConnectorContext<unknown>, R>(feed: SortedFeed<C, R>): Feed<C> {
  const { id, title, fills, adds = false, by } = feed;
  const codec = checkpointCodec<z.infer<typeof State>>(id, State, { to: null, cursor: null });
  const stampOf = stampReader(by);
  return {
    id,
    title,
    kind: 'history',
    provides: fills,
    adds,
    probe: (context) => probeCall(context, feed, feed),
    async *read(context, checkpoint) {
      const { to, cursor: begin } = codec.read(checkpoint);
      const until = context.until.getTime();
      if (to !== null && Date.parse(to) >= until) return;
      const from = to === null ? feed.start(context).getTime() : Date.parse(to) - (by.overlapS ?? 120) * 1000;
      let cursor = begin;
      for await (const { rows, next } of pagesOf(feed, context, to === null, begin)) {
        const stamped = rows.map((row) => ({ row, ms: stampOf(row) }));
        const due = stamped.filter(({ ms }) => ms === null || (ms >= from && ms <= until));
        const { kept, rejected } = parseEach(
          feed.rows,
          due.map(({ row }) => row),
          id,
        );
        const mapped = kept.length === 0 ? {} : await feed.map(kept, context);
        if (to === null) cursor = next ?? cursor;
        yield pageOf(mapped, rejected, rows.length, codec.write({ to, cursor }));
        // Behind it is nothing but what changes while it is read, or what was read before.
        const isOver = ({ ms }: { ms: number | null }) => ms !== null && (to === null ? ms > until : ms < from);
        if (rows.length > 0 && stamped.every(isOver)) break;
      }
      yield pageOf({}, [], 0, codec.write({ to: context.until.toISOString(), cursor: null }));
    },
  };
}

interface Walked {
  readonly rows: readonly unknown[];
  /** Place of the next page; null = this is the last one. */
  readonly next: string | null;
}

async function* pagesOf<C extends Reader, R>(
  feed: SortedFeed<C, R>,
  context: C,
  anew: boolean,
  begin: string | null,
): AsyncGenerator<Walked> {
  const { by, page: pager } = feed;
  const place = placeOfCall(feed, feed.id);
  const guard = createLoopGuard(feed.id);
  const asked = await askOf(feed, context);
  const order = anew ? by.oldestFirst : by.newestFirst;
  const start = pager.first({ ...asked, query: { ...asked.query, ...order } });
  const ask = (from: PageAsk) => askPage(context, from, place);
  let page =
    begin === null
      ? await ask(start)
      : ((await orRefusal(() => ask({ ...start, query: { ...start.query, [by.cursor]: begin } }), EXPIRED)).found ??
        (await ask(start)));
  for (let last = ''; ; ) {
    last = guard.goesOn(last, page.rows.map(refOf));
    const next = pager.after(page);
    const cursor = next.kind === 'more' ? String(next.ask.query?.[by.cursor]) : null;
    if (cursor !== null) guard.step(cursor);
    yield { rows: page.rows, next: cursor };
    if (next.kind !== 'more') return;
    page = await ask(next.ask);
  }
}

/** Milliseconds of the last change; null where the row does not tell. */
function stampReader({ fields, read = Instant }: Sorted): (row: unknown) => number | null {
  return (row) => {
    const found = fields.map((field) => read.safeParse(valueAt(row, field)).data).find((at) => at !== undefined);
    return found?.getTime() ?? null;
  };
}
