import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { orderDesk } from './desk-rows.ts';
import { buildDesk, type DeskName } from './desks.ts';
import { bendBody, chooseFault, type FaultKind, type Faults } from './faults.ts';
import { FORBIDDEN, NOT_FOUND, type Reply, UNAUTHORISED } from './paging.ts';
import { answer } from './routes.ts';
import { writeJson } from './vendor-json.ts';
import type { World } from './world.ts';

/** Credentials that the simulated account accepts. */
export const DEMO_USER = 'admin@plumbline-demo.example';
export const DEMO_TOKEN = 'demo-token';

export interface DemoServerOptions {
  /** A named desk, or one that is already built. */
  readonly desk: DeskName | World;
  /** 0 = any free port. Always on the loopback address. */
  readonly port?: number;
  readonly token?: string;
  readonly faults?: Faults;
}

export interface DemoServer {
  readonly url: string;
  readonly world: World;
  /** Connection settings that an administrator of this account would give, beside the secret. */
  readonly settings: { readonly url: string; readonly user: string; readonly machineUsers?: readonly string[] };
  readonly stats: {
    requests: number;
    readonly byPath: Record<string, number>;
    readonly byStatus: Record<string, number>;
  };
  close(): Promise<void>;
}

/** Sizes that a server with a mind of its own uses in turn. */
const OWN_SIZES = [7, 50, 3, 100, 1] as const;
const RATE_LIMIT = 700;
const MARKETING_PAGE =
  '<!DOCTYPE html><html><head><title>Help desk software</title></head><body><h1>Oops</h1></body></html>';

/**
 * Serves a simulated desk as a Zendesk Support account on the loopback address. The `Date` header tells the simulated now, which
 * stands still. Paths and shapes follow the vendor's interface description; other paths give its 404.
 * Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const world = typeof options.desk === 'string' ? buildDesk(options.desk) : options.desk;
  const faults = options.faults ?? {};
  const token = options.token ?? DEMO_TOKEN;
  let url = '';
  const rows = orderDesk(world, () => url);
  const stats: DemoServer['stats'] = { requests: 0, byPath: {}, byStatus: {} };
  const date = new Date(world.now * 1000).toUTCString();

  const answerSafely = (request: IncomingMessage, target: URL, path: string, local: string): Reply => {
    const login = checkLogin(request.headers.authorization, token);
    if (login === 'anonymous' && local === '/users/me') return ANONYMOUS;
    if (login !== 'accepted') return UNAUTHORISED;
    if (request.method !== 'GET') return NOT_FOUND;
    const pageSize = faults.pageSizeChange === true ? OWN_SIZES[stats.requests % OWN_SIZES.length] : undefined;
    const reply = answer(rows, { query: target.searchParams, url, path, now: world.now, pageSize }, local);
    return reply.status === 200 ? { status: 200, body: bendBody(faults, reply.body) } : reply;
  };

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    response.sendDate = false;
    response.setHeader('date', date);
    response.on('finish', () => tally(stats.byStatus, String(response.statusCode)));
    stats.requests++;
    const target = new URL(request.url ?? '/', url);
    const path = target.pathname.replace(/\.json$/, '');
    tally(stats.byPath, path);
    if (!path.startsWith('/api/v2')) {
      sendPage(response, 404);
      return;
    }
    const local = path.slice('/api/v2'.length);
    const fault = chooseFault(faults, stats.requests, local);
    const failure = FAILURES[fault];
    if (fault === 'hang') return;
    if (fault === 'html') sendPage(response, 200);
    else if (failure !== undefined) send(response, failure, fault === 'rate' ? (faults.retryAfter ?? '1') : null);
    else if (fault === 'truncate') breakOff(response, writeJson(answerSafely(request, target, path, local).body));
    else send(response, answerSafely(request, target, path, local), null);
  };

  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    world,
    settings: { url, user: DEMO_USER, ...(world.machineUser === null ? {} : { machineUsers: [world.machineUser.id] }) },
    stats,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const ANONYMOUS: Reply = {
  status: 200,
  body: { user: { id: null, name: 'Anonymous user', email: 'invalid@example.com', role: 'end-user' } },
};

const FAILURES: Readonly<Partial<Record<FaultKind, Reply>>> = {
  rate: {
    status: 429,
    body: { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' },
  },
  server: { status: 500, body: { error: 'InternalServerError' } },
  forbidden: FORBIDDEN,
  missing: NOT_FOUND,
};

function send(response: ServerResponse, reply: Reply, retryAfter: string | null): void {
  const left = String(retryAfter === null ? RATE_LIMIT - 1 : 0);
  response.writeHead(reply.status, {
    'content-type': 'application/json; charset=utf-8',
    'x-rate-limit': String(RATE_LIMIT),
    'x-rate-limit-remaining': left,
    'rate-limit': String(RATE_LIMIT),
    'rate-limit-remaining': left,
    'rate-limit-reset': '60',
    ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
  });
  response.end(writeJson(reply.body));
}

function sendPage(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(MARKETING_PAGE);
}

function tally(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Basic with `email/token` and the token as password, or a bearer token. */
function checkLogin(header: string | undefined, token: string): 'accepted' | 'anonymous' | 'refused' {
  if (header === undefined) return 'anonymous';
  if (header === `Bearer ${token}`) return 'accepted';
  const [scheme, encoded = ''] = header.split(' ');
  if (scheme !== 'Basic') return 'refused';
  const [user = '', password = ''] = splitOnce(Buffer.from(encoded, 'base64').toString('utf8'), ':');
  return user.endsWith('/token') && password === token ? 'accepted' : 'refused';
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function breakOff(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
