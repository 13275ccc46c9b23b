import { z } from 'zod';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { createLoopGuard } from '../../src/kit/loop-guard.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { looksLikeSource } from '../../src/kit/recognise-program.ts';
import { BlindState, resumeFrom } from './blind.ts';
import { lacksParts } from './directory.ts';
import { FormerState } from './former-agents.ts';
import { HeardState } from './hearing.ts';
import { ticketLinks, toTicket } from './map-ticket.ts';
import { API, askSmaller, exportQuota, firstSecond, unixOf } from './pages.ts';
import { ExportedTicket, MetricSet, Sideuser, TicketsPage } from './schema-tickets.ts';
import type { Context } from './session.ts';
import { rememberCounters } from './ticket-counters.ts';
import { wayOf } from './words.ts';

const State = z.strictObject({
  cursor: z.string().nullable(),
  ...BlindState,
  ...FormerState,
  ...HeardState,
});
export const ticketsCodec = checkpointCodec<z.infer<typeof State>>('tickets', State, { cursor: null });

interface TicketPage {
  readonly tickets: ExportedTicket[];
  readonly metrics: ReadonlyMap<string, MetricSet>;
  /** Requesters and submitters of this page that are programs. */
  readonly sources: ReadonlySet<string>;
  readonly rejected: ConnectorPage['rejected'];
  /** Place behind this page. */
  readonly cursor: string | null;
  readonly seen: number;
}

/**
 * Walks the cursor export. Ends on `end_of_stream` only. Rows are never filtered by `updated_at`, which system changes do not touch;
 * the one bound is the export's own stamp: tickets generated after `until` belong to the next sync, which asks for their page again.
 */
export async function* ticketPages(
  context: Context,
  begin: string | null,
  query: Record<string, string>,
  perPage: number,
  start = firstSecond(context.settings),
): AsyncGenerator<TicketPage> {
  const guard = createLoopGuard('tickets');
  let cursor = begin;
  if (start >= unixOf(context.until)) return;
  for (;;) {
    const place = cursor === null ? { start_time: start } : { cursor };
    const { data } = await askSmaller(perPage, (size) =>
      context.http.getJson({
        path: `${API}/incremental/tickets/cursor`,
        query: { ...place, ...query, per_page: size },
        schema: TicketsPage,
        quota: exportQuota(context.settings),
        signal: context.signal,
      }),
    );
    const { kept, rejected } = parseEach(ExportedTicket, data.rows, 'tickets');
    const last = unixOf(context.until);
    const inTime = kept.filter((ticket) => (ticket.generated_timestamp ?? 0) <= last);
    const whole = inTime.length === kept.length;
    const next: string | null = whole ? (data.after_cursor ?? cursor) : cursor;
    yield {
      tickets: inTime,
      metrics: metricsOf(data.metric_sets ?? [], data.rows),
      sources: sourcesOf(data.users ?? [], inTime),
      rejected,
      cursor: next,
      seen: data.rows.length,
    };
    if (data.end_of_stream || !whole || next === null) return;
    guard.step(next);
    cursor = next;
  }
}

/** Metric sets come beside the tickets or inside them. One that cannot be read leaves the vendor's own totals unknown, not the ticket. */
function metricsOf(beside: readonly unknown[], tickets: readonly unknown[]): Map<string, MetricSet> {
  const inside = tickets.flatMap((ticket) =>
    typeof ticket === 'object' && ticket !== null && 'metric_set' in ticket ? [ticket.metric_set] : [],
  );
  return new Map(parseEach(MetricSet, [...beside, ...inside], 'tickets').kept.map((set) => [set.ticket_id, set]));
}

/** A user that cannot be read is no program as far as we know; the ticket stays. */
function sourcesOf(users: readonly unknown[], tickets: readonly ExportedTicket[]): Set<string> {
  const throughApi = new Set(
    tickets.filter((ticket) => wayOf(ticket.via).isApi).flatMap((t) => [t.requester_id, t.submitter_id]),
  );
  const known = parseEach(Sideuser, users, 'tickets').kept;
  return new Set(known.filter((user) => looksLikeSource(user, throughApi.has(user.id))).map((user) => user.id));
}

export async function* readTickets(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const directory = await context.session.directory();
  const { begin, lasting } = resumeFrom(
    ticketsCodec,
    checkpoint,
    lacksParts(directory, ['ticket_fields', 'custom_statuses']),
  );
  const query = { include: 'metric_sets,users' };
  for await (const page of ticketPages(context, begin.cursor, query, context.settings.perPage)) {
    const { tickets, metrics, sources, cursor, rejected, seen } = page;
    rememberCounters(context.http, tickets, metrics);
    const ticket = tickets.map((one) => toTicket(one, metrics.get(one.id), sources, directory, context));
    const checkpoint = ticketsCodec.write({ cursor, ...lasting });
    yield { records: { ticket, link: tickets.flatMap(ticketLinks) }, rejected, checkpoint, seen };
  }
}
