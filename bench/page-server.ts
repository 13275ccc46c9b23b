import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEMO_NOW, generatePages } from '../src/demo/index.ts';
import { freshdeskReplies, type Reply } from './freshdesk-desk.ts';

/**
 * Serves ready-made pages of a large account, so that what is measured is the reading of them, not their making. Started as a process of its own:
 * `tsx bench/page-server.ts <folder> <tickets> [zendesk|freshdesk]`; prints its address and the numbers of pages of tickets and of events in the folder when it is ready.
 */
const [folder = '.', count = '10000', vendor = 'zendesk'] = process.argv.slice(2);

/** A ready page; `cursor` or `endTime` is what the page behind it is asked by. */
interface TicketFile {
  readonly path: string;
  readonly cursor: string;
  /** Second of the last change of a ticket of the page, as the export stamps it. */
  readonly stamped: number;
}
interface EventFile {
  readonly path: string;
  readonly endTime: number;
}

/** Updates a page that the vendor gives at most. */
const MOST_UPDATES = 1000;

type Update = Readonly<Record<string, unknown>>;
const secondOf = (update: Update | undefined): number => Number(update?.timestamp);

interface Files {
  readonly tickets: TicketFile[];
  readonly events: EventFile[];
}

function writePages(): Files {
  const files: Files = { tickets: [], events: [] };
  /** Updates that later tickets may still come between. */
  let open: Update[] = [];
  for (const page of generatePages({ tickets: Number(count) })) {
    const path = join(folder, `tickets-${files.tickets.length}.json`);
    const cursor = `page-${files.tickets.length + 1}`;
    writeFileSync(path, JSON.stringify({ ...page.tickets, after_cursor: cursor }));
    const stamps = page.tickets.tickets.map((ticket) => Number(ticket.generated_timestamp));
    files.tickets.push({ path, cursor, stamped: Math.max(...stamps) });
    open = [...open, ...page.events.ticket_events].sort((a, b) => secondOf(a) - secondOf(b));
    const last = Date.parse(String(page.tickets.tickets.at(-1)?.created_at)) / 1000;
    open = writeUpdates(open, page.events.end_of_stream ? Number.POSITIVE_INFINITY : last, files.events);
  }
  return files;
}

/**
 * Writes pages as full as the vendor's of the updates before a second, and gives the others. A second is never split, as its rows would come again on the
 * next page.
 */
function writeUpdates(updates: readonly Update[], before: number, files: EventFile[]): Update[] {
  let from = 0;
  for (;;) {
    let to = from + MOST_UPDATES;
    while (to < updates.length && secondOf(updates[to]) === secondOf(updates[to - 1])) to += 1;
    const ticket_events = updates.slice(from, to);
    const endTime = secondOf(ticket_events.at(-1));
    const isLast = to >= updates.length;
    if (ticket_events.length === 0 || endTime >= before || (isLast && before !== Number.POSITIVE_INFINITY)) break;
    const path = join(folder, `events-${files.length}.json`);
    const head = { count: ticket_events.length, end_time: endTime, end_of_stream: isLast };
    writeFileSync(path, JSON.stringify({ ticket_events, ...head }));
    files.push({ path, endTime });
    from = to;
  }
  return updates.slice(from);
}

const ok = (body: string): Reply => ({ status: 200, body });
const okPage = (file: { readonly path: string } | undefined, end: string): Reply =>
  ok(file === undefined ? end : readFileSync(file.path, 'utf8'));

function zendeskReplies({ tickets, events }: Files): (url: URL) => Reply {
  const byCursor = new Map(tickets.map((file, index) => [file.cursor, index + 1]));
  const byEndTime = new Map(events.map((file, index) => [String(file.endTime), index + 1]));
  const ticketPage = (query: URLSearchParams): Reply => {
    // A walk begins at the first page that holds a ticket of that time or later, as the vendor's does.
    const start = Number(query.get('start_time') ?? 0);
    const begin = tickets.findIndex((file) => file.stamped >= start);
    const index = byCursor.get(query.get('cursor') ?? '') ?? (begin < 0 ? tickets.length : begin);
    return okPage(tickets[index], '{"tickets":[],"after_cursor":"end","end_of_stream":true}');
  };
  const eventPage = (query: URLSearchParams): Reply => {
    const start = query.get('start_time') ?? '0';
    // Probes ask for the last minutes only; a read starts at the beginning or at the end of the page before.
    const index = byEndTime.get(start) ?? (Number(start) > (events[0]?.endTime ?? 0) ? events.length : 0);
    return okPage(events[index], `{"ticket_events":[],"count":0,"end_time":${start},"end_of_stream":true}`);
  };
  return ({ pathname, searchParams }) => {
    const path = pathname.replace(/\.json$/, '');
    if (path.endsWith('/users/me')) return ok('{"user":{"id":1,"role":"admin"}}');
    if (path.endsWith('/incremental/tickets/cursor')) return ticketPage(searchParams);
    if (path.endsWith('/incremental/ticket_events')) return eventPage(searchParams);
    if (path.endsWith('/tickets/count')) return ok(`{"count":{"value":${count}}}`);
    return { status: 404, body: '{"error":"RecordNotFound","description":"Not found"}' };
  };
}

const files = vendor === 'freshdesk' ? { tickets: [], events: [] } : writePages();
const replyTo = vendor === 'freshdesk' ? freshdeskReplies(Number(count)) : zendeskReplies(files);
const date = new Date(DEMO_NOW).toUTCString();

const server = createServer((request, reply) => {
  const { status, body, next } = replyTo(new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`));
  const link = next === undefined ? {} : { link: `<${next}>; rel="next"` };
  reply.writeHead(status, { 'content-type': 'application/json', date, ...link });
  reply.end(body);
});
server.listen(0, '127.0.0.1', () =>
  console.log(
    `http://127.0.0.1:${(server.address() as AddressInfo).port} ${files.tickets.length} ${files.events.length}`,
  ),
);
