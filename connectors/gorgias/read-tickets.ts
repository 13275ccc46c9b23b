import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { BELOW_TICKET, type Context, loadDesk, PAGES, TICKETS } from './account.ts';
import { mapTicket } from './map-ticket.ts';
import { Event, Message, type Ticket } from './schema.ts';

const OLDEST_FIRST = { order_by: 'created_datetime:asc' };

/** Tickets of one page with their messages and with what happened to them. */
export async function readTickets(rows: readonly Ticket[], context: Context): Promise<Mapped> {
  const desk = await loadDesk(context);
  const place = await context.session.messages();
  const listed = place === 'list';
  const messages = await readChildren(context, 'tickets', place === null ? [] : rows, {
    path: ({ id }) => (listed ? '/api/messages' : `${TICKETS.path}/${id}/messages`),
    query: ({ id }) => (listed ? { ticket_id: id, ...OLDEST_FIRST } : {}),
    at: 'data',
    page: listed ? PAGES : BELOW_TICKET,
    rows: Message,
  });
  const events = (await context.session.history())
    ? await readChildren(context, 'tickets', rows, {
        path: () => '/api/events',
        query: ({ id }) => ({ object_type: 'Ticket', object_id: id, ...OLDEST_FIRST }),
        at: 'data',
        page: PAGES,
        rows: Event,
      })
    : null;
  const mapped = rows.map((row) =>
    mapTicket(row, messages.of.get(row) ?? [], events?.of.get(row) ?? [], events?.partly.has(row) === true, desk),
  );
  return { ...joinMapped(mapped), rejected: [...messages.rejected, ...(events?.rejected ?? [])] };
}
