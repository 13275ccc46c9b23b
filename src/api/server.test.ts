import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { PATIENT } from '../../test/harness/patience.ts';
import type { ApiDeps } from './deps.ts';
import { type RunningApi, serveApi } from './server.ts';

let fleet: ApiFleet;
let running: RunningApi | null;
beforeEach(() => {
  running = null;
});
afterEach(async () => {
  await running?.close();
  await fleet.close();
});

async function serve(change: Partial<ApiDeps['config']['serve']> = {}, deps: Partial<ApiDeps> = {}): Promise<string> {
  fleet = await openApiFleet(['desk-a'], () => deps);
  const serveConfig = { ...fleet.deps.config.serve, ...change };
  running = await serveApi({ ...fleet.deps, config: { ...fleet.deps.config, serve: serveConfig } });
  return running.url;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Asks over a real socket, with the Host header that is given; `fetch` would not let us choose it. */
function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (part: string) => {
        text += part;
      });
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

describe('listening', () => {
  it('answers on loopback without a token to make the first one with', async () => {
    const url = await serve();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(`${url}/healthz`)).status).toBe(200);
    expect((await ask(`${url}/v1/workspaces`)).status).toBe(401);
  });

  it('is refused on an address of others while no token opens anything', async () => {
    await expect(serve({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    const expired = new Date(fleet.clock.now().getTime() + 1_000);
    await fleet.token('admin', null, expired);
    fleet.clock.advance(1_000);
    const config = { ...fleet.deps.config, serve: { ...fleet.deps.config.serve, host: '0.0.0.0' } };
    await expect(serveApi({ ...fleet.deps, config })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await fleet.token('viewer');
    running = await serveApi({ ...fleet.deps, config });
    expect((await ask(`${running.url}/healthz`)).status).toBe(200);
  });

  it('says which address is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(serve({ port })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: `Cannot listen on 127.0.0.1:${port}: another program has it.`,
    });
    other.close();
  });

  it('lets what is under way end before it closes', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let began = false;
    const url = await serve(
      {},
      {
        queueCounts: async () => {
          began = true;
          await held;
          return [];
        },
      },
    );
    const { token } = await fleet.token('viewer');
    const asked = ask(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    await expect.poll(() => began, PATIENT).toBe(true);
    const closed = running?.close();
    release();
    expect((await asked).status).toBe(200);
    await closed;
    await expect(ask(`${url}/healthz`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('what a request may be', () => {
  it('is not one that a web page sends here under a name of its own', async () => {
    const url = await serve();
    const { token } = await fleet.token('admin');
    const headers = { authorization: `Bearer ${token}`, host: 'rebound.evil.example' };
    const reply = await ask(`${url}/v1/workspaces`, { headers });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([403, 'NOT_ALLOWED']);
    expect((await ask(`${url}/v1/workspaces`, { headers: { ...headers, host: 'localhost' } })).status).toBe(200);
  });

  it('gets no leave for other origins, and headers that keep a browser from doing anything with it', async () => {
    const url = await serve();
    const { headers } = await ask(`${url}/healthz`, { headers: { origin: 'https://evil.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/);
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/v1/nothing', '/%zz'])
      expect([path, (await ask(`${url}${path}`)).headers['cache-control']]).toEqual([path, 'no-store']);
    const preflight = await ask(`${url}/v1/workspaces`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(preflight.status).toBe(404);
  });

  it('has a body of JSON, of at most 256 KiB', async () => {
    const url = `${await serve()}/v1/workspaces`;
    const { token } = await fleet.token('admin');
    const post = async (body: string, type: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const reply = await ask(url, { method: 'POST', headers, body });
      const { code, status } = JSON.parse(reply.text) as { code: string; status: number };
      return [reply.status, status, code, reply.headers['content-type']];
    };
    const problem = 'application/problem+json; charset=utf-8';
    const large = JSON.stringify({ name: 'x'.repeat(256 * 1024) });
    expect(await post(large, 'application/json')).toEqual([413, 413, 'BAD_USAGE', problem]);
    expect(await post('{"name":', 'application/json')).toEqual([400, 400, 'BAD_USAGE', problem]);
    expect(await post('name=x', 'application/x-www-form-urlencoded')).toEqual([415, 415, 'BAD_USAGE', problem]);
    expect(await post('x', 'text/plain')).toEqual([415, 415, 'BAD_USAGE', problem]);
    expect(await post('{"__proto__":{"a":1}}', 'application/json')).toEqual([400, 400, 'BAD_USAGE', problem]);
  });

  it('names a route', async () => {
    const url = await serve();
    const reply = await ask(`${url}/v1/nothing`);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([404, 'UNKNOWN_NAME']);
    const broken = await ask(`${url}/%zz`);
    expect([broken.status, broken.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
  });

  it('names the route that is not there, without its query', async () => {
    const url = await serve();
    const reply = await ask(`${url}/api/v1/nope?token=secret`, { method: 'DELETE' });
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.text)).toMatchObject({
      code: 'UNKNOWN_NAME',
      message: 'There is no route DELETE /api/v1/nope.',
    });
    expect(reply.text).not.toContain('secret');
  });

  it('does not come more often than it may: each token has its own share, those without one share by address', async () => {
    const url = `${await serve({ requests_per_minute: 3 })}/v1/workspaces`;
    const one = { authorization: `Bearer ${(await fleet.token('viewer')).token}` };
    const two = { authorization: `Bearer ${(await fleet.token('viewer')).token}` };
    const statuses = async (headers: Record<string, string>, times: number) => {
      const got: number[] = [];
      for (let i = 0; i < times; i++) got.push((await ask(url, { headers })).status);
      return got;
    };
    expect(await statuses(one, 4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(two, 1)).toEqual([200]);
    // Guesses with ever other tokens do not get a share each.
    const guess = (letter: string) => ({ authorization: `Bearer plb_${letter.repeat(43)}` });
    expect([await statuses(guess('a'), 2), await statuses(guess('b'), 2)]).toEqual([
      [401, 401],
      [401, 429],
    ]);
    expect(await statuses(two, 1)).toEqual([200]);
    const refused = await ask(url, { headers: one });
    expect(JSON.parse(refused.text).code).toBe('TOO_MANY_REQUESTS');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('may ask for the files of the page twenty times as often, whatever was asked of the interface', async () => {
    const url = await serve({ requests_per_minute: 2 });
    const headers = { accept: 'text/html' };
    for (const status of [401, 401, 429]) expect((await ask(`${url}/v1/workspaces`)).status).toBe(status);
    for (let i = 0; i < 40; i++) expect((await ask(`${url}/w/desk-a`, { headers })).status).toBe(200);
    expect((await ask(`${url}/w/desk-a`, { headers })).status).toBe(429);
  });
});

describe('the log', () => {
  it('has one line for each request, without query strings and tokens', async () => {
    const url = await serve();
    const { token, row } = await fleet.token('viewer');
    const headers = { authorization: `Bearer ${token}` };
    await ask(`${url}/v1/workspaces/desk-a/snapshots?model=six-stage&token=${token}`, { headers });
    await ask(`${url}/v1/workspaces/${token}`, { headers });
    const text = JSON.stringify(fleet.lines);
    expect(text).not.toContain('plb_');
    expect(text).not.toContain('six-stage');
    const line = fleet.lines.find(
      ({ msg, route }) => msg === 'request' && route === '/v1/workspaces/:workspace/snapshots',
    );
    expect(line).toMatchObject({ method: 'GET', workspace: 'desk-a', status: 200, actor: `token:${row.id}` });
  });

  it('holds the details of a fault, of which the reply tells the request only', async () => {
    const url = await serve({}, { queueCounts: () => Promise.reject(new Error('at connection 10.1.2.3')) });
    const { token } = await fleet.token('viewer');
    const reply = await ask(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const { code, request } = JSON.parse(reply.text) as { code: string; request: string };
    expect([reply.status, code, reply.text.includes('10.1.2.3')]).toEqual([500, 'BUG', false]);
    expect(reply.headers['x-request-id']).toBe(request);
    const line = fleet.lines.find(({ level }) => level === 50);
    expect(JSON.stringify(line)).toContain('10.1.2.3');
    expect(line?.request).toBe(request);
  });
});
