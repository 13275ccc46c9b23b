import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEMO_NOW, generatePages } from '../src/demo/index.ts';

/**
 * Serves ready-made pages of a large account, so that what is measured is the reading of them, not their making.
 * Started as a process of its own: `tsx bench/page-server.ts <folder> <tickets>`; prints its address when it is ready.
 */
const [folder = '.', count = '10000'] = process.argv.slice(2);
const files: { tickets: string; events: string; cursor: string; endTime: number }[] = [];
for (const [index, page] of [...lazily(Number(count))].entries()) {
  const tickets = join(folder, `tickets-${index}.json`);
  const events = join(folder, `events-${index}.json`);
  const cursor = `page-${index + 1}`;
  writeFileSync(tickets, JSON.stringify({ ...page.tickets, after_cursor: cursor }));
  writeFileSync(events, JSON.stringify(page.events));
  files.push({ tickets, events, cursor, endTime: page.events.end_time });
}

function* lazily(tickets: number): Generator<ReturnType<typeof generatePages> extends Generator<infer P> ? P : never> {
  yield* generatePages({ tickets });
}

const byCursor = new Map(files.map((file, index) => [file.cursor, index + 1]));
const byEndTime = new Map(files.map((file, index) => [String(file.endTime), index + 1]));
const date = new Date(DEMO_NOW).toUTCString();

const server = createServer((request, reply) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.replace(/\.json$/, '');
  const send = (body: string | Buffer, status = 200): void => {
    reply.writeHead(status, { 'content-type': 'application/json', date });
    reply.end(body);
  };
  if (path.endsWith('/users/me')) return send('{"user":{"id":1,"role":"admin"}}');
  if (path.endsWith('/incremental/tickets/cursor')) {
    const index = byCursor.get(url.searchParams.get('cursor') ?? '') ?? 0;
    const file = files[index];
    return send(
      file === undefined ? '{"tickets":[],"after_cursor":"end","end_of_stream":true}' : readFileSync(file.tickets),
    );
  }
  if (path.endsWith('/incremental/ticket_events')) {
    const start = url.searchParams.get('start_time') ?? '0';
    const first = files[0];
    // Probes ask for the last minutes only; a read starts at the beginning or at the end of the page before.
    const index = byEndTime.get(start) ?? (Number(start) > (first?.endTime ?? 0) ? files.length : 0);
    const file = files[index];
    return send(
      file === undefined
        ? `{"ticket_events":[],"count":0,"end_time":${start},"end_of_stream":true}`
        : readFileSync(file.events),
    );
  }
  if (path.endsWith('/tickets/count')) return send(`{"count":{"value":${count}}}`);
  return send('{"error":"RecordNotFound","description":"Not found"}', 404);
});
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port} ${files.length}`),
);
