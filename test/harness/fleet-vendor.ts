import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderDesk } from '../../src/demo/desk-rows.ts';
import { buildDesk, DEMO_USER } from '../../src/demo/index.ts';
import type { Reply } from '../../src/demo/paging.ts';
import { answer } from '../../src/demo/routes.ts';
import { writeJson } from '../../src/demo/vendor-json.ts';
import { type RenderedDesk, type RenderedRows, renderDesk } from './fleet-rows.ts';

/** `rate`: 429 with Retry-After on everything. `hang`: no answer. `html`: a web page with 200. `pages`: page sizes of its own. */
export const FLEET_FAULTS = ['none', 'rate', 'hang', 'html', 'pages'] as const;
export type FleetFault = (typeof FLEET_FAULTS)[number];

export interface FleetDesk {
  /** Tickets at the beginning. */
  readonly tickets: number;
  /** Tickets that each `advance` adds. @defaultValue 20 */
  readonly growth?: number;
  /** How often `advance` may be called. @defaultValue 20 */
  readonly steps?: number;
}

export interface FleetVendor {
  /** Address of each desk, in order; each is an account of its own (host and port differ). */
  readonly urls: readonly string[];
  readonly user: string;
  /** Lets time pass at one desk, or at all: its newest tickets appear. */
  advance(desk?: number): void;
  setFault(desk: number, fault: FleetFault, retryAfterS?: number): void;
  /** Requests of one desk, or of all, by status; `hang` counts as 0. */
  requests(desk?: number): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

interface Desk {
  readonly rows: RenderedDesk;
  readonly base: number;
  readonly growth: number;
  readonly steps: number;
  readonly requests: Record<string, number>;
  step: number;
  fault: FleetFault;
  retryAfterS: number;
  url: string;
}

const SETTLING_S = 60;
const PAGE_ROWS = 1000;
/** Sizes that a vendor with a mind of its own uses in turn. */
const OWN_SIZES = [7, 400, 50, 1000, 3] as const;
const PLACE = 'http://fleet.invalid';
const WEB_PAGE = '<!DOCTYPE html><html><head><title>Help desk software</title></head><body><h1>Oops</h1></body></html>';
/** Histories of the configuration's own desk, whose tickets are not here. */
const EMPTY: Readonly<Record<string, string>> = {
  '/incremental/ticket_metric_events': '{"ticket_metric_events":[],"count":0,"end_of_stream":true,"next_page":null}',
  '/satisfaction_ratings': '{"satisfaction_ratings":[],"count":0,"next_page":null}',
  '/deleted_tickets': '{"deleted_tickets":[],"count":0,"next_page":null}',
  '/jira/links': '{"links":[],"meta":{"has_more":false}}',
};

/** Answers about people, fields, rules and the like: those of a simulated desk, worked out once for all desks. */
function createConfiguration(): (path: string, search: string) => { readonly status: number; readonly text: string } {
  const world = buildDesk('harbor');
  const rows = orderDesk(world, () => PLACE);
  const known = new Map<string, { status: number; text: string }>();
  return (path, search) => {
    const key = `${path}?${search}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const ask = { query: new URLSearchParams(search), url: PLACE, path: `/api/v2${path}`, now: world.now };
    const reply: Reply = answer(rows, ask, path);
    const made = { status: reply.status, text: writeJson(reply.body) };
    known.set(key, made);
    return made;
  };
}

/** Rows that a desk shows now, and the second at which it stands. */
function presentOf(desk: Desk): { readonly now: number; readonly tickets: number; readonly events: number } {
  const tickets = Math.min(desk.base + desk.step * desk.growth, desk.rows.tickets.count);
  const now = (tickets === 0 ? 0 : desk.rows.tickets.at(tickets - 1)) + SETTLING_S + 1;
  return {
    now,
    tickets: desk.rows.tickets.firstAt(now - SETTLING_S + 1),
    events: desk.rows.events.firstAt(now - SETTLING_S + 1),
  };
}

function sizeOf(desk: Desk, query: URLSearchParams, requests: number): number {
  if (desk.fault === 'pages') return OWN_SIZES[requests % OWN_SIZES.length] as number;
  return Math.min(Number(query.get('per_page') ?? PAGE_ROWS), PAGE_ROWS);
}

function ticketPage(desk: Desk, query: URLSearchParams, size: number): Buffer {
  const { tickets } = presentOf(desk);
  const cursor = query.get('cursor');
  const from =
    cursor === null
      ? Math.min(desk.rows.tickets.firstAt(Number(query.get('start_time') ?? 0)), tickets)
      : Number(Buffer.from(cursor, 'base64').toString().slice(1));
  const to = Math.min(from + size, tickets);
  const after = Buffer.from(`r${to}`).toString('base64');
  return Buffer.concat([
    Buffer.from('{"tickets":['),
    desk.rows.tickets.slice(from, to),
    Buffer.from(
      `],"users":[],"after_url":"${desk.url}/api/v2/incremental/tickets/cursor.json?cursor=${after}","after_cursor":"${after}","before_url":null,"before_cursor":null,"end_of_stream":${to >= tickets}}`,
    ),
  ]);
}

/** A page never splits a second, and goes beyond its first one. */
function endOfSeconds(rows: RenderedRows, from: number, size: number, present: number): number {
  const start = rows.at(from);
  let to = Math.min(from + size, present);
  while (to < present && (rows.at(to) === rows.at(to - 1) || rows.at(to - 1) === start)) to += 1;
  return to;
}

function eventPage(desk: Desk, query: URLSearchParams, size: number): Buffer {
  const { events } = presentOf(desk);
  const start = Number(query.get('start_time') ?? 0);
  const from = Math.min(desk.rows.events.firstAt(start), events);
  const to = endOfSeconds(desk.rows.events, from, size, events);
  const end = to > from ? desk.rows.events.at(to - 1) : start;
  const next = to > from ? `"${desk.url}/api/v2/incremental/ticket_events.json?start_time=${end}"` : 'null';
  return Buffer.concat([
    Buffer.from('{"ticket_events":['),
    desk.rows.events.slice(from, to),
    Buffer.from(`],"count":${to - from},"end_time":${end},"end_of_stream":${to >= events},"next_page":${next}}`),
  ]);
}

type Configuration = ReturnType<typeof createConfiguration>;

function replyOf(desk: Desk, target: URL, configuration: Configuration, requests: number): [number, string | Buffer] {
  const path = target.pathname.replace(/\.json$/, '').replace(/^\/api\/v2/, '');
  const query = target.searchParams;
  const start = query.get('start_time');
  if (path.startsWith('/incremental/') && start !== null && Number(start) > presentOf(desk).now - SETTLING_S)
    return [422, '{"error":"InvalidValue","description":"Too recent start_time."}'];
  const size = sizeOf(desk, query, requests);
  if (path === '/incremental/tickets/cursor') return [200, ticketPage(desk, query, size)];
  if (path === '/incremental/ticket_events') return [200, eventPage(desk, query, size)];
  if (path === '/tickets/count') return [200, `{"count":{"value":${presentOf(desk).tickets}}}`];
  const empty = EMPTY[path];
  if (empty !== undefined) return [200, empty];
  const { status, text } = configuration(path, query.toString());
  return [status, text.replaceAll(PLACE, desk.url)];
}

/**
 * Many desks in the form of one vendor (the subset of Zendesk that src/demo serves), in this process and cheap to serve: for what a fleet
 * of workers does, not for judging anyone. Desks of one size have the same tickets. A ticket appears when it closes, so that the updates
 * of the last days come before it. Errors: those of listening.
 */
export async function startFleetVendor(desks: readonly FleetDesk[]): Promise<FleetVendor> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-fleet-'));
  const configuration = createConfiguration();
  const rendered = new Map<number, RenderedDesk>();
  const rowsOf = (tickets: number): RenderedDesk => {
    const made = rendered.get(tickets) ?? renderDesk(folder, String(tickets), tickets);
    rendered.set(tickets, made);
    return made;
  };
  const accounts: Desk[] = desks.map(({ tickets, growth = 20, steps = 20 }) => ({
    rows: rowsOf(tickets + growth * steps),
    base: tickets,
    growth,
    steps,
    requests: {},
    step: 0,
    fault: 'none',
    retryAfterS: 1,
    url: '',
  }));
  const servers = await Promise.all(accounts.map((desk) => serveDesk(desk, configuration)));
  const known = (desk: number): Desk => {
    const found = accounts[desk];
    if (found === undefined) throw new Error(`There is no desk ${desk}; there are ${accounts.length}.`);
    return found;
  };
  return {
    urls: accounts.map((desk) => desk.url),
    user: DEMO_USER,
    advance(desk) {
      for (const one of desk === undefined ? accounts : [known(desk)]) one.step = Math.min(one.step + 1, one.steps);
    },
    setFault(desk, fault, retryAfterS = 1) {
      Object.assign(known(desk), { fault, retryAfterS });
    },
    requests(desk) {
      const sum: Record<string, number> = {};
      for (const one of desk === undefined ? accounts : [known(desk)])
        for (const [status, n] of Object.entries(one.requests)) sum[status] = (sum[status] ?? 0) + n;
      return sum;
    },
    async close() {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise((resolve) => {
              server.close(resolve);
              server.closeAllConnections();
            }),
        ),
      );
      for (const rows of rendered.values()) rows.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Sent {
  /** 0 = no answer at all. */
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

function sentBy(desk: Desk, request: IncomingMessage, configuration: Configuration, requests: number): Sent {
  if (desk.fault === 'hang') return { status: 0, body: '' };
  if (desk.fault === 'html') return { status: 200, body: WEB_PAGE, headers: { 'content-type': 'text/html' } };
  if (desk.fault === 'rate')
    return {
      status: 429,
      body: '{"error":"APIRateLimitExceeded"}',
      headers: { 'retry-after': String(desk.retryAfterS) },
    };
  if (request.headers.authorization === undefined)
    return { status: 401, body: '{"error":"Couldn\'t authenticate you"}' };
  const [status, body] = replyOf(desk, new URL(request.url ?? '/', desk.url), configuration, requests);
  return { status, body };
}

async function serveDesk(desk: Desk, configuration: Configuration): Promise<Server> {
  let requests = 0;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    const { status, body, headers } = sentBy(desk, request, configuration, requests);
    desk.requests[status] = (desk.requests[status] ?? 0) + 1;
    if (status === 0) return;
    response.sendDate = false;
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(presentOf(desk).now * 1000).toUTCString(),
      ...headers,
    });
    response.end(body);
  };
  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  desk.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}
