import http from 'node:http';
import { type DuckDBAppender, DuckDBInstance } from '@duckdb/node-api';
import fetch from 'node-fetch';
import { columns, instant, text } from './append.ts';
import { cost } from './measure.ts';

/** The floor of a sync of Freshdesk: see README.md for what it does and leaves out. Usage: `sync-freshdesk-floor.ts <address> <database>`. */
const [address = '', database = ':memory:'] = process.argv.slice(2);
/** Requests at once, as the product asks. */
const AT_ONCE = 4;

interface Ticket {
  [key: string]: unknown;
  id: number;
  created_at: string;
  updated_at: string;
  due_by: string;
  fr_due_by: string;
  tags: string[];
  custom_fields: Record<string, unknown>;
  stats: { first_responded_at: string; resolved_at: string; closed_at: string };
}
interface Said {
  [key: string]: unknown;
  id: number;
  created_at: string;
  incoming: boolean;
  private: boolean;
}

const TEXTS =
  'status vendor_status priority vendor_priority type channel vendor_channel group_id assignee_id requester organisation_id';
const instance = await DuckDBInstance.create(database, { threads: '2' });
const connection = await instance.connect();
await connection.run(`create table ticket(id varchar, created_at timestamp, updated_at timestamp, replied_at timestamp, solved_at timestamp,
  closed_at timestamp, ${columns(TEXTS, 'varchar')}, deleted boolean, spam boolean, tags varchar, filled varchar)`);
await connection.run(`create table message(id varchar, ticket_id varchar, happened_at timestamp, author_id varchar, incoming boolean,
  public boolean, channel varchar)`);
await connection.run(`create table sla_clock(ticket_id varchar, metric varchar, started_at timestamp, breach_at timestamp,
  fulfilled_at timestamp, met boolean)`);

function appendTicket(to: DuckDBAppender, t: Ticket): void {
  text(to, t.id);
  for (const at of [t.created_at, t.updated_at, t.stats.first_responded_at, t.stats.resolved_at, t.stats.closed_at])
    instant(to, Date.parse(at));
  for (const value of [t.status, t.status, t.priority, t.priority, t.type, t.source, t.source]) text(to, value);
  for (const value of [t.group_id, t.responder_id, t.requester_id, t.company_id]) text(to, value);
  to.appendBoolean(t.deleted === true);
  to.appendBoolean(t.spam === true);
  text(to, t.tags.join());
  text(to, Object.keys(t.custom_fields).join());
  to.endRow();
}

function appendMessage(to: DuckDBAppender, ticket: Ticket, said: Said | null): void {
  text(to, said?.id ?? `${ticket.id}:opening`);
  text(to, ticket.id);
  instant(to, Date.parse(said?.created_at ?? ticket.created_at));
  text(to, said?.user_id ?? ticket.requester_id);
  to.appendBoolean(said?.incoming ?? true);
  to.appendBoolean(said?.private !== true);
  text(to, said?.source ?? ticket.source);
  to.endRow();
}

function appendClock(to: DuckDBAppender, ticket: Ticket, metric: string, due: string, done: string): void {
  text(to, ticket.id);
  text(to, metric);
  instant(to, Date.parse(ticket.created_at));
  instant(to, Date.parse(due));
  instant(to, Date.parse(done));
  to.appendBoolean(done <= due);
  to.endRow();
}

const agent = new http.Agent({ keepAlive: true });

async function ask<T>(path: string): Promise<{ readonly data: T; readonly next: string | null }> {
  const reply = await fetch(`${address}${path}`, { agent });
  const next = /<([^>]*)>/.exec(reply.headers.get('link') ?? '')?.[1] ?? null;
  return { data: (await reply.json()) as T, next };
}

let rows = 0;
const used = await cost(async () => {
  let path: string | null = '/api/v2/tickets?include=stats&order_by=updated_at&order_type=asc&per_page=100';
  while (path !== null) {
    const { data: tickets, next }: { data: Ticket[]; next: string | null } = await ask<Ticket[]>(path);
    const toTickets = await connection.createAppender('ticket');
    const toMessages = await connection.createAppender('message');
    const toClocks = await connection.createAppender('sla_clock');
    const waiting = [...tickets];
    const work = async (): Promise<void> => {
      for (let ticket = waiting.shift(); ticket !== undefined; ticket = waiting.shift()) {
        const { data } = await ask<Said[]>(`/api/v2/tickets/${ticket.id}/conversations?per_page=100`);
        appendTicket(toTickets, ticket);
        for (const said of [null, ...data]) appendMessage(toMessages, ticket, said);
        appendClock(toClocks, ticket, 'first_reply', ticket.fr_due_by, ticket.stats.first_responded_at);
        appendClock(toClocks, ticket, 'resolution', ticket.due_by, ticket.stats.resolved_at);
        rows += data.length + 4;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (const to of [toTickets, toMessages, toClocks]) to.closeSync();
    path = next;
  }
  connection.closeSync();
  instance.closeSync();
});
agent.destroy();
console.log(JSON.stringify({ ...used, rows }));
