import type { ExportedTicket, MetricSet } from './schema-tickets.ts';

/** What the export of tickets says of one ticket that its log does not. */
interface TicketCounter {
  readonly requester: string | null;
  /** The vendor's own count of public replies of agents. */
  readonly replies: number | null;
}

/** Tickets that are remembered for the log, which is read after them; the oldest are let go. */
const MOST = 200_000;
const known = new WeakMap<object, Map<string, TicketCounter>>();

/** Counters of the tickets that this client has read; empty when it has read none. */
export function countersOf(http: object): Map<string, TicketCounter> {
  const counters = known.get(http) ?? new Map<string, TicketCounter>();
  known.set(http, counters);
  return counters;
}

export function rememberCounters(
  http: object,
  tickets: readonly ExportedTicket[],
  metrics: ReadonlyMap<string, MetricSet>,
): void {
  const counters = countersOf(http);
  for (const ticket of tickets)
    counters.set(ticket.id, { requester: ticket.requester_id, replies: metrics.get(ticket.id)?.replies ?? null });
  for (const id of counters.keys()) {
    if (counters.size <= MOST) break;
    counters.delete(id);
  }
}
