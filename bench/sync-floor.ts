import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBAppender, DuckDBInstance, timestampValue } from '@duckdb/node-api';
import { cost } from './measure.ts';

/**
 * The least that any sync must do with the same pages: read the bytes, JSON.parse them, and append every ticket, change and comment to
 * plain DuckDB tables without keys. No HTTP, no checks, no mapping, no hashing, no idempotence.
 */
const [folder = '.', pages = '1', database = ':memory:'] = process.argv.slice(2);

interface Ticket {
  id: number;
  created_at: string;
  updated_at: string;
  status: string;
  priority: string;
  via: { channel: string };
  requester_id: number;
  assignee_id: number;
  group_id: number;
  organization_id: number;
}
interface Child {
  id: number;
  event_type: string;
  [key: string]: unknown;
}
interface Update {
  id: number;
  ticket_id: number;
  timestamp: number;
  updater_id: number;
  child_events: Child[];
}

const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(
  'create table ticket(id varchar, created_at timestamp, updated_at timestamp, status varchar, priority varchar, channel varchar, requester varchar, assignee varchar, grp varchar, organisation varchar)',
);
await connection.run(
  'create table event(id varchar, ticket_id varchar, happened_at timestamp, actor varchar, kind varchar, value varchar)',
);

function appendTicket(to: DuckDBAppender, t: Ticket): void {
  to.appendVarchar(String(t.id));
  to.appendTimestamp(timestampValue(BigInt(Date.parse(t.created_at)) * 1000n));
  to.appendTimestamp(timestampValue(BigInt(Date.parse(t.updated_at)) * 1000n));
  for (const text of [t.status, t.priority, t.via.channel]) to.appendVarchar(text);
  for (const id of [t.requester_id, t.assignee_id, t.group_id, t.organization_id]) to.appendVarchar(String(id));
  to.endRow();
}

function appendChild(to: DuckDBAppender, update: Update, child: Child): void {
  to.appendVarchar(String(child.id));
  to.appendVarchar(String(update.ticket_id));
  to.appendTimestamp(timestampValue(BigInt(update.timestamp) * 1_000_000n));
  to.appendVarchar(String(update.updater_id));
  to.appendVarchar(child.event_type);
  to.appendVarchar(String(child.status ?? child.priority ?? child.assignee_id ?? child.group_id ?? ''));
  to.endRow();
}

let rows = 0;
const used = await cost(async () => {
  for (let page = 0; page < Number(pages); page++) {
    const tickets = (JSON.parse(readFileSync(join(folder, `tickets-${page}.json`), 'utf8')) as { tickets: Ticket[] })
      .tickets;
    const updates = (
      JSON.parse(readFileSync(join(folder, `events-${page}.json`), 'utf8')) as { ticket_events: Update[] }
    ).ticket_events;
    const toTickets = await connection.createAppender('ticket');
    for (const ticket of tickets) appendTicket(toTickets, ticket);
    toTickets.closeSync();
    const toEvents = await connection.createAppender('event');
    for (const update of updates)
      for (const child of update.child_events) {
        appendChild(toEvents, update, child);
        rows += 1;
      }
    toEvents.closeSync();
    rows += tickets.length;
  }
});
console.log(JSON.stringify({ ...used, rows }));
