import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEMO_NOW, generatePages } from '../src/demo/index.ts';
import { freshdeskReplies, type Reply } from './freshdesk-desk.ts';

/**
 * Serves ready-made pages of a large account, so that what is measured is the reading of them, not their making. Started as a process of its own:
 * `tsx bench/page-server.ts <folder> <tickets> [zendesk|freshdesk]`; prints its address and the number of pages in the folder when it is ready.
 */
const [folder = '.', count = '10000', vendor = 'zendesk'] = process.argv.slice(2);

interface File {
  readonly tickets: string;
  readonly events: string;
  readonly cursor: string;
  readonly endTime: number;
  /** Second of the last change of a ticket of the page, as the export stamps it. */
  readonly stamped: number;
}

function writePages(): File[] {
  const files: File[] = [];
  let index = 0;
  for (const page of generatePages({ tickets: Number(count) })) {
    const tickets = join(folder, `tickets-${index}.json`);
    const events = join(folder, `events-${index}.json`);
    index += 1;
    const cursor = `page-${index}`;
    writeFileSync(tickets, JSON.stringify({ ...page.tickets, after_cursor: cursor }));
    writeFileSync(events, JSON.stringify(page.events));
    const stamps = page.tickets.tickets.map((ticket) => Number(ticket.generated_timestamp));
    files.push({ tickets, events, cursor, endTime: page.events.end_time, stamped: Math.max(...stamps) });
  }
  return files;
}

function zendeskReplies(files: readonly File[]): (url: URL) => Reply {
  const byCursor = new Map(files.map((file, index) => [file.cursor, index + 1]));
  const byEndTime = new Map(files.map((file, index) => [String(file.endTime), index + 1]));
  const ok = (body: string): Reply => ({ status: 200, body });
  return (url) => {
    const path = url.pathname.replace(/\.json$/, '');
    if (path.endsWith('/users/me')) return ok('{"user":{"id":1,"role":"admin"}}');
    if (path.endsWith('/incremental/tickets/cursor')) {
      // A walk begins at the first page that holds a ticket of that time or later, as the vendor's does.
      const start = Number(url.searchParams.get('start_time') ?? 0);
      const begin = files.findIndex((file) => file.stamped >= start);
      const file = files[byCursor.get(url.searchParams.get('cursor') ?? '') ?? (begin < 0 ? files.length : begin)];
      return ok(
        file === undefined
          ? '{"tickets":[],"after_cursor":"end","end_of_stream":true}'
          : readFileSync(file.tickets, 'utf8'),
      );
    }
    if (path.endsWith('/incremental/ticket_events')) {
      const start = url.searchParams.get('start_time') ?? '0';
      // Probes ask for the last minutes only; a read starts at the beginning or at the end of the page before.
      const index = byEndTime.get(start) ?? (Number(start) > (files[0]?.endTime ?? 0) ? files.length : 0);
      const file = files[index];
      return ok(
        file === undefined
          ? `{"ticket_events":[],"count":0,"end_time":${start},"end_of_stream":true}`
          : readFileSync(file.events, 'utf8'),
      );
    }
    if (path.endsWith('/tickets/count')) return ok(`{"count":{"value":${count}}}`);
    return { status: 404, body: '{"error":"RecordNotFound","description":"Not found"}' };
  };
}

const files = vendor === 'freshdesk' ? [] : writePages();
const replyTo = vendor === 'freshdesk' ? freshdeskReplies(Number(count)) : zendeskReplies(files);
const date = new Date(DEMO_NOW).toUTCString();

const server = createServer((request, reply) => {
  const { status, body, next } = replyTo(new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`));
  const link = next === undefined ? {} : { link: `<${next}>; rel="next"` };
  reply.writeHead(status, { 'content-type': 'application/json', date, ...link });
  reply.end(body);
});
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port} ${files.length}`),
);
