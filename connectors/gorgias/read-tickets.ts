import { z } from 'zod';
import { orRefusal } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, pageOf } from '../../src/kit/feed/feed.ts';
import { createLoopGuard } from '../../src/kit/loop-guard.ts';
import { askPage } from '../../src/kit/page/pager.ts';
import { parseEach, refOf } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { BELOW_TICKET, type Context, loadDesk, PAGES, TICKETS } from './account.ts';
import { mapTicket } from './map-ticket.ts';
import { Event, Message, Ticket, Time } from './schema.ts';

const FEED = 'tickets';

const State = z.strictObject({
  /** All changes up to it were read; null = the first walk has not ended. */
  to: z.iso.datetime().nullable(),
  /** Place of the first walk: the vendor's cursor of the next page. */
  cursor: z.string().nullable(),
});
const codec = checkpointCodec<z.infer<typeof State>>(FEED, State, { to: null, cursor: null });

/** Read again before the point that was reached: rows stamped before it and shown after it. */
const OVERLAP_MS = 120_000;

/**
 * Tickets with their messages and history. The list can be sorted by the last change and cannot be asked for what changed. So it is walked once from the
 * oldest change on, where whatever changes meanwhile moves to the end and comes again, and the place is kept behind each page; afterwards from the newest
 * change back to the point that was reached. Rows changed after `until` belong to the next sync. Errors: those of the client; VENDOR_LOOP.
 */
export async function* readTickets(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const { to, cursor } = codec.read(checkpoint);
  const until = context.until.getTime();
  if (to === null) yield* readAll(context, cursor);
  else if (Date.parse(to) < until) yield* readChanged(context, to);
}

async function* readAll(context: Context, begin: string | null): AsyncGenerator<ConnectorPage> {
  const [from, until] = [startAt(context.settings).getTime(), context.until.getTime()];
  let cursor = begin;
  for await (const page of pagesOf(context, 'updated_datetime:asc', begin)) {
    cursor = page.next ?? cursor;
    yield await toPage(context, page.rows, { from, until }, codec.write({ to: null, cursor }));
    // What changes while it is read is added to the end: it belongs to the next sync, and has no end.
    if (page.rows.length > 0 && page.rows.every((row) => (stampOf(row) ?? 0) > until)) break;
  }
  yield pageOf({}, [], 0, codec.write({ to: context.until.toISOString(), cursor: null }));
}

async function* readChanged(context: Context, to: string): AsyncGenerator<ConnectorPage> {
  const [from, until] = [Date.parse(to) - OVERLAP_MS, context.until.getTime()];
  for await (const { rows } of pagesOf(context, 'updated_datetime:desc', null)) {
    yield await toPage(context, rows, { from, until }, codec.write({ to, cursor: null }));
    if (rows.length > 0 && rows.every((row) => (stampOf(row) ?? from) < from)) break;
  }
  yield pageOf({}, [], 0, codec.write({ to: context.until.toISOString(), cursor: null }));
}

interface Walked {
  readonly rows: readonly unknown[];
  /** Null = the last page. */
  readonly next: string | null;
}

async function* pagesOf(context: Context, order: string, begin: string | null): AsyncGenerator<Walked> {
  const guard = createLoopGuard(FEED);
  const start = PAGES.first({ path: TICKETS.path, query: { order_by: order } });
  const place = { at: TICKETS.at, place: FEED };
  let ask = begin === null ? start : { ...start, query: { ...start.query, cursor: begin } };
  let last = '';
  for (let first = true; ; first = false) {
    // A cursor that was kept may have expired: then the walk begins anew.
    const resumed =
      first && begin !== null ? await orRefusal(() => askPage(context, ask, place), [400, 404, 422]) : null;
    const page = resumed?.found ?? (await askPage(context, resumed === null ? ask : start, place));
    last = guard.goesOn(last, page.rows.map(refOf));
    const next = PAGES.after(page);
    if (next.kind !== 'more') {
      yield { rows: page.rows, next: null };
      return;
    }
    const cursor = String(next.ask.query?.cursor);
    guard.step(cursor);
    yield { rows: page.rows, next: cursor };
    ask = next.ask;
  }
}

/** Milliseconds of the last change; null where the row does not tell. */
function stampOf(row: unknown): number | null {
  const { updated_datetime, created_datetime } = (row ?? {}) as Record<string, unknown>;
  const at = Time.safeParse(updated_datetime).data ?? Time.safeParse(created_datetime).data;
  return at?.getTime() ?? null;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

async function toPage(
  context: Context,
  rows: readonly unknown[],
  { from, until }: Span,
  checkpoint: string,
): Promise<ConnectorPage> {
  const due = rows.filter((row) => {
    const at = stampOf(row);
    return at === null || (at >= from && at <= until);
  });
  const { kept, rejected } = parseEach(Ticket, due, FEED);
  if (kept.length === 0) return pageOf({}, rejected, rows.length, checkpoint);
  const desk = await loadDesk(context);
  const oldestFirst = { order_by: 'created_datetime:asc' };
  const listed = await context.session.messages();
  const messages = await readChildren(context, FEED, kept, {
    path: (row) => (listed ? '/api/messages' : `${TICKETS.path}/${row.id}/messages`),
    query: (row) => (listed ? { ticket_id: row.id, ...oldestFirst } : {}),
    at: 'data',
    page: listed ? PAGES : BELOW_TICKET,
    rows: Message,
  });
  const events = (await context.session.history())
    ? await readChildren(context, FEED, kept, {
        path: () => '/api/events',
        query: (row) => ({ object_type: 'Ticket', object_id: row.id, ...oldestFirst }),
        at: 'data',
        page: PAGES,
        rows: Event,
      })
    : null;
  const mapped = kept.map((row) => mapTicket(row, messages.of.get(row) ?? null, events?.of.get(row) ?? null, desk));
  const aside = [...rejected, ...messages.rejected, ...(events?.rejected ?? [])];
  return pageOf(joinMapped(mapped), aside, rows.length, checkpoint);
}
