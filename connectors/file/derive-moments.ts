import type { Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { isOver } from './build-ticket.ts';
import type { TicketMoments } from './derive-clocks.ts';

/** The last entry into an end that events tell. */
export function lastEnd(events: readonly TicketEvent[]): number | null {
  const entered = events.filter(
    (event) => event.kind === 'status' && ENDED.has(event.to_value) && !ENDED.has(event.from_value),
  );
  return entered.at(-1)?.at.getTime() ?? null;
}

const ENDED: ReadonlySet<string | null> = new Set(['solved', 'closed']);

/** `unknown` = the status word is not known; `resolved` = the last end that events tell; `ended` = when it last changed, for ends without a stamp. */
export function momentsOf(
  ticket: Ticket,
  { unknown, resolved, ended, until }: { unknown: boolean; resolved: number | null; ended: number; until: number },
): TicketMoments {
  const created = ticket.created_at.getTime();
  const after = (seconds: number | null): number | null => (seconds === null ? null : created + seconds * 1000);
  const finished = isOver(ticket.status) && !unknown;
  const solved = ticket.reported_solved_at ?? ticket.reported_closed_at;
  return {
    created,
    firstReply: ticket.reported_first_reply_at?.getTime() ?? after(ticket.reported_first_reply_calendar_s),
    resolved: finished ? (resolved ?? solved?.getTime() ?? after(ticket.reported_full_resolution_calendar_s)) : null,
    ended: finished ? ((ticket.reported_closed_at ?? ticket.reported_solved_at)?.getTime() ?? ended) : null,
    finished,
    until,
  };
}
