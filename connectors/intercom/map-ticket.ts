import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { parseEach, setAside } from '../../src/kit/parse-each.ts';
import type { Account } from './account.ts';
import { inOrder, linksOf } from './map-conversation.ts';
import { toEvents } from './map-events.ts';
import { actorOf, issueLinks, toMessages } from './map-parts.ts';
import { Part, type TicketRow } from './schema.ts';
import { WORDS } from './words.ts';

/**
 * Records of one ticket. A customer ticket is a conversation under the same id and comes with those: only the history of its states, which conversations
 * do not show, is taken from here. Back-office (work for another team) and tracker tickets (the problem behind several conversations) are cases of the
 * desk's own.
 */
export function mapTicket(row: TicketRow, account: Account): Mapped {
  const given = row.ticket_parts?.ticket_parts ?? null;
  const { kept, rejected } = parseEach(Part, given ?? [], 'tickets');
  const total = row.ticket_parts?.total_count ?? 0;
  const isCut = given !== null && total > given.length;
  const aside = isCut ? [...rejected, cutShort(row.id, total)] : rejected;
  const parts = inOrder(kept);
  const isCustomers = WORDS.work(categoryOf(row)) === 'customer';
  if (isCustomers) return { event: isCut ? [] : stateEvents(row.id, parts, account), rejected: aside };
  const ticket = toTicket(row);
  const link = [...linksOf(row.id, row.linked_objects), ...issueLinks(parts, row.id, account)];
  if (given === null || isCut) return { ticket: [ticket], link, rejected: aside };
  const before = parts.find((part) => part.previous_ticket_state !== null)?.previous_ticket_state;
  const begunAs = WORDS.ticketStatus(before ?? row.ticket_state?.category);
  return {
    ticket: [ticket],
    message: toMessages(parts, row.id, account),
    event: toEvents(row, begunAs, parts, rejected.length > 0, account),
    link,
    rejected: aside,
  };
}

function categoryOf(row: TicketRow): string | null {
  return row.category ?? row.ticket_type?.category ?? null;
}

function toTicket(row: TicketRow): Ticket {
  const state = row.ticket_state?.category ?? null;
  const type = WORDS.work(categoryOf(row));
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: WORDS.ticketStatus(state) ?? 'open',
    vendor_status: state,
    type: type === 'customer' ? null : type,
    form: row.ticket_type === null ? null : `ticket-type:${row.ticket_type.id}`,
    group_id: row.team_assignee_id,
    assignee_id: row.admin_assignee_id,
    requester_is_agent: type === null ? null : true,
    created_by: type === null ? null : 'agent',
    deleted: false,
    spam: false,
    test: false,
  };
}

/** The vendor writes a change of state also where nothing changed. */
function stateEvents(ticketId: string, parts: readonly Part[], account: Account): TelemetryRecord<'event'>[] {
  return parts.flatMap((part): TelemetryRecord<'event'>[] => {
    const [from, to] = [WORDS.ticketStatus(part.previous_ticket_state), WORDS.ticketStatus(part.ticket_state)];
    if (to === null || from === to) return [];
    return [
      {
        ...blank('event'),
        ...actorOf(part, account),
        id: `${part.id}:state`,
        ticket_id: ticketId,
        at: part.created_at,
        seq: 0,
        kind: 'status',
        from_value: from,
        to_value: to,
        initial: false,
      },
    ];
  });
}

function cutShort(ref: string, total: number): SetAside {
  const detail = `expected: all ${total} parts, found the newest`;
  return setAside('tickets', ref, 'ticket_parts', detail);
}
