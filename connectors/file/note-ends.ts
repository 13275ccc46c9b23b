import type { SetAside } from '../../src/domain/observability.ts';
import type { Ticket } from '../../src/domain/telemetry.ts';
import { durationTarget, isOver } from './build-ticket.ts';
import type { TicketMoments } from './derive-clocks.ts';
import type { Plan } from './plan.ts';
import { noteCell, type SourceRow } from './source-row.ts';

const END_DURATIONS = ['calendar', 'business'] as const;

/**
 * A ticket that carries an end which its status does not bear out: the status is believed, and the contradiction is noted once.
 * `unknown` = its status word is not known; `last` = its newest row.
 */
export function noteEnd(plan: Plan, ticket: Ticket, unknown: boolean, last: SourceRow): SetAside[] {
  if (isOver(ticket.status) && !unknown) return [];
  const ends = [
    'ticket.solved_at',
    'ticket.closed_at',
    ...END_DURATIONS.map((clock) => durationTarget(plan, 'full_resolution', clock)),
  ];
  const carried = ends.find((target) => target !== null && (last.values[target] ?? null) !== null);
  if (carried == null) return [];
  const column = plan.by.get(carried)?.column ?? carried;
  return [
    unknown
      ? noteCell(
          last.ref,
          'END_WITH_UNKNOWN_STATUS',
          column,
          'an end beside a status that is not known; it is neither solved nor open work',
        )
      : noteCell(
          last.ref,
          'OPEN_WITH_END',
          column,
          `the status says "${ticket.status}" beside an end; the ticket counts as open`,
        ),
  ];
}

/** A first reply that is later than the (last) end of its ticket: both are kept. `ref` = the row that shows how the ticket stands. */
export function noteLateReply(plan: Plan, { firstReply, resolved }: TicketMoments, ref: string): SetAside[] {
  if (firstReply === null || resolved === null || firstReply <= resolved) return [];
  const duration = durationTarget(plan, 'first_reply', 'calendar');
  const told = ['ticket.first_reply_at', 'events.activity', ...(duration === null ? [] : [duration])];
  const column = told.map((target) => plan.by.get(target)?.column).find((name) => name != null);
  const detail = 'the first reply is later than the end of the ticket; both are kept';
  return [noteCell(ref, 'REPLY_AFTER_SOLUTION', column ?? 'first_reply_at', detail)];
}
