import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBAppender, DuckDBInstance } from '@duckdb/node-api';
import { columns, instant, text, whole } from './append.ts';
import { cost } from './measure.ts';

/** The floor of a sync: see README.md for what it does and leaves out. Usage: `sync-floor.ts <folder> <pages of tickets> <pages of events> <database>`. */
const [folder = '.', ticketPages = '1', eventPages = '1', database = ':memory:'] = process.argv.slice(2);

interface Minutes {
  calendar: number | null;
  business: number | null;
}
interface Ticket {
  [key: string]: unknown;
  id: number;
  created_at: string;
  updated_at: string;
  via: { channel: string };
  requester_id: number;
  submitter_id: number;
  tags: string[];
  custom_fields: { id: number }[];
  metric_set: {
    solved_at: string;
    reopens: number;
    assignee_stations: number;
    replies: number;
    reply_time_in_minutes: Minutes;
    full_resolution_time_in_minutes: Minutes;
  };
}
interface Child {
  [key: string]: unknown;
  id: number;
  event_type: string;
  author_id?: number;
  public?: boolean;
}
interface Update {
  ticket_id: number;
  timestamp: number;
  updater_id: number;
  via: string;
  child_events: Child[];
}

const TEXTS = 'status vendor_status priority type channel form group_id assignee_id requester organisation_id brand';
const WHOLE = 'reopens reassignments replies reply_calendar reply_business resolution_calendar resolution_business';

const instance = await DuckDBInstance.create(database, { threads: '2' });
const connection = await instance.connect();
await connection.run(`create table ticket(id varchar, created_at timestamp, updated_at timestamp, solved_at timestamp,
  ${columns(TEXTS, 'varchar')}, on_behalf boolean, tags varchar, filled varchar, ${columns(WHOLE, 'bigint')})`);
await connection.run(`create table event(id varchar, ticket_id varchar, happened_at timestamp, seq bigint, kind varchar, from_value varchar,
  to_value varchar, initial boolean, actor varchar, actor_id varchar)`);
await connection.run(`create table message(id varchar, ticket_id varchar, happened_at timestamp, seq bigint, author_id varchar, public boolean,
  channel varchar)`);

function appendTicket(to: DuckDBAppender, t: Ticket): void {
  const metrics = t.metric_set;
  text(to, t.id);
  for (const at of [t.created_at, t.updated_at, metrics.solved_at]) instant(to, Date.parse(at));
  for (const value of [
    t.status,
    t.status,
    t.priority,
    t.type,
    t.via.channel,
    t.ticket_form_id,
    t.group_id,
    t.assignee_id,
  ])
    text(to, value);
  for (const value of [t.requester_id, t.organization_id, t.brand_id]) text(to, value);
  to.appendBoolean(t.submitter_id !== t.requester_id);
  text(to, t.tags.join());
  text(to, t.custom_fields.map((field) => field.id).join());
  for (const value of [metrics.reopens, metrics.assignee_stations - 1, metrics.replies]) whole(to, value);
  for (const pair of [metrics.reply_time_in_minutes, metrics.full_resolution_time_in_minutes]) {
    whole(to, pair.calendar);
    whole(to, pair.business);
  }
  to.endRow();
}

const CHANGED = ['status', 'priority', 'group_id', 'assignee_id'];

function appendEvent(to: DuckDBAppender, update: Update, child: Child, seq: number, kind: string): void {
  text(to, child.id);
  text(to, update.ticket_id);
  instant(to, update.timestamp * 1000);
  whole(to, seq);
  text(to, kind);
  text(to, child.previous_value);
  text(to, child[kind]);
  to.appendBoolean(child.event_type === 'Create');
  text(to, update.via);
  text(to, update.updater_id);
  to.endRow();
}

function appendMessage(to: DuckDBAppender, update: Update, child: Child, seq: number): void {
  text(to, child.id);
  text(to, update.ticket_id);
  instant(to, update.timestamp * 1000);
  whole(to, seq);
  text(to, child.author_id);
  to.appendBoolean(child.public === true);
  text(to, update.via);
  to.endRow();
}

let rows = 0;

function appendUpdate(toEvents: DuckDBAppender, toMessages: DuckDBAppender, update: Update): void {
  update.child_events.forEach((child, seq) => {
    if (child.event_type === 'Comment') appendMessage(toMessages, update, child, seq);
    else {
      const kind = CHANGED.find((key) => child[key] !== undefined);
      if (kind === undefined) return;
      appendEvent(toEvents, update, child, seq, kind);
    }
    rows += 1;
  });
}

function parse<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}

const used = await cost(async () => {
  for (let page = 0; page < Number(ticketPages); page++) {
    const { tickets } = parse<{ tickets: Ticket[] }>(`tickets-${page}.json`);
    const toTickets = await connection.createAppender('ticket');
    for (const ticket of tickets) appendTicket(toTickets, ticket);
    toTickets.closeSync();
    rows += tickets.length;
  }
  for (let page = 0; page < Number(eventPages); page++) {
    const { ticket_events } = parse<{ ticket_events: Update[] }>(`events-${page}.json`);
    const toEvents = await connection.createAppender('event');
    const toMessages = await connection.createAppender('message');
    for (const update of ticket_events) appendUpdate(toEvents, toMessages, update);
    toEvents.closeSync();
    toMessages.closeSync();
  }
  connection.closeSync();
  instance.closeSync();
});
console.log(JSON.stringify({ ...used, rows }));
