import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PlumblineError } from '../errors/plumbline-error.ts';
import { createHttpClient, type HttpClientDeps, type HttpMetric } from './http-client.ts';
import { HttpStatusError } from './http-status-error.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const START = new Date('2026-01-05T08:00:00Z');
const Items = z.object({ items: z.array(z.unknown()) });

/** A clock that jumps: sleeping takes no real time and is written down. */
function jumpingClock() {
  let ms = START.getTime();
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(ms),
    sleep: async (wait: number) => {
      slept.push(wait);
      ms += wait;
    },
  };
}

async function serve(handler: Handler, over: Partial<HttpClientDeps> = {}) {
  const seen: { url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    handler(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clock = jumpingClock();
  const metrics: HttpMetric[] = [];
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = createHttpClient({
    baseUrl,
    auth: { kind: 'basic', user: 'agent/token', password: 'sesame' },
    limits: { concurrency: 2, perMinute: null },
    clock,
    random: () => 0.5,
    allowPrivate: true,
    metrics: (metric) => metrics.push(metric),
    ...over,
  });
  closers.push(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, clock, metrics, seen, baseUrl };
}

function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function failure(work: Promise<unknown>): Promise<PlumblineError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlumblineError)) throw new Error('expected a PlumblineError');
  return error;
}

describe('createHttpClient', () => {
  it('sends credentials, reads gzip and keeps ids beyond 2^53', async () => {
    const { client, seen } = await serve((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        date: 'Mon, 05 Jan 2026 07:00:00 GMT',
      });
      response.end(gzipSync('{"items":[{"id":9007199254740993}]}'));
    });
    const reply = await client.getJson({
      path: '/v1/list',
      query: { a: 1, b: ['x', 'y'], c: undefined },
      schema: Items,
    });
    expect(reply.data.items).toEqual([{ id: '9007199254740993' }]);
    expect(reply.date).toEqual(new Date('2026-01-05T07:00:00Z'));
    expect(seen[0]?.url).toBe('/v1/list?a=1&b=x&b=y');
    // RFC 7617: base64 of user:password.
    expect(seen[0]?.headers.authorization).toBe('Basic YWdlbnQvdG9rZW46c2VzYW1l');
  });

  it.each([
    ['delta-seconds', '7', 7_000],
    ['HTTP-date', 'Mon, 05 Jan 2026 08:00:09 GMT', 9_000],
  ])('waits as Retry-After says in the form of %s', async (_form, value, expected) => {
    const { client, clock, metrics } = await serve((_request, response, turn) =>
      turn === 1
        ? json(response, {}, 429, { 'retry-after': value, date: START.toUTCString() })
        : json(response, { items: [] }),
    );
    await client.getJson({ path: '/', schema: Items });
    const waited = clock.slept.reduce((a, b) => a + b, 0);
    expect(waited).toBeGreaterThanOrEqual(expected);
    expect(waited).toBeLessThanOrEqual(expected + 1000);
    expect(metrics.filter((m) => m.kind === 'rate_limited')).toHaveLength(1);
  });

  it('gives up with retryAfterMs when the wait is longer than a run may take', async () => {
    const { client, clock } = await serve((_request, response) => json(response, {}, 429, { 'retry-after': '3600' }));
    const error = await failure(client.getJson({ path: '/', schema: Items }));
    expect([error.code, error.kind, error.retryAfterMs]).toEqual(['RATE_LIMITED', 'rate_limited', 3_600_000]);
    expect(clock.slept).toEqual([]);
  });

  it('ends although the server says "0 seconds" for ever', async () => {
    const { client, seen } = await serve((_request, response) => json(response, {}, 429, { 'retry-after': '0' }));
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('RATE_LIMITED');
    expect(seen.length).toBe(20);
  });

  it('retries 5xx with growing jitter, then says unreachable', async () => {
    const { client, clock, seen } = await serve((_request, response) => json(response, { error: 'oops' }, 502));
    const error = await failure(client.getJson({ path: '/x', query: { secret: 'word' }, schema: Items }));
    expect(error.code).toBe('VENDOR_UNREACHABLE');
    expect(seen.length).toBe(5);
    expect(clock.slept).toEqual([500, 1000, 2000, 4000]);
    expect(`${error.message} ${error.where}`).not.toContain('word');
  });

  it('recovers from one failure', async () => {
    const { client } = await serve((_request, response, turn) =>
      turn === 1 ? response.destroy() : json(response, { items: [1] }),
    );
    expect((await client.getJson({ path: '/', schema: Items })).data.items).toEqual([1]);
  });

  it.each([
    [401, 'PERMISSION_DENIED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'VENDOR_BROKEN'],
    [422, 'VENDOR_BROKEN'],
  ])('hands a %i to the connector at once, with the vendor code and no prose', async (status, code) => {
    const { client, seen } = await serve((_request, response) =>
      json(
        response,
        { error: 'RecordNotFound', description: 'ticket "My secret subject" of jane@example.com' },
        status,
      ),
    );
    const error = await failure(client.getJson({ path: '/tickets/1', schema: Items }));
    expect(error).toBeInstanceOf(HttpStatusError);
    expect([error.code, (error as HttpStatusError).status, (error as HttpStatusError).vendorCode]).toEqual([
      code,
      status,
      'RecordNotFound',
    ]);
    expect(JSON.stringify([error.message, error.where, error.remedy])).not.toMatch(/secret|jane/);
    expect(seen.length).toBe(1);
  });

  it('calls a first HTML answer a wrong address, a later one an outage', async () => {
    let html = true;
    const { client } = await serve((_request, response) => {
      if (!html) return json(response, { items: [] });
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Log in</title>');
    });
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('NOT_A_HELPDESK');
    html = false;
    await client.getJson({ path: '/', schema: Items });
    html = true;
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('VENDOR_BROKEN');
  });

  it('tries truncated JSON twice and never quotes it', async () => {
    const { client, seen } = await serve((_request, response) => json(response, '{"items":[{"subject":"planted'));
    const error = await failure(client.getJson({ path: '/', schema: Items }));
    expect(error.code).toBe('VENDOR_BROKEN');
    expect(seen.length).toBe(2);
    expect(JSON.stringify([error.message, error.problems, String(error.cause)])).not.toContain('planted');
  });

  it('refuses a wrong envelope by path and expectation', async () => {
    const { client } = await serve((_request, response) => json(response, { items: 'planted' }));
    const error = await failure(client.getJson({ path: '/', schema: Items }));
    expect([error.code, error.problems]).toEqual(['VENDOR_BROKEN', ['items: expected array']]);
  });

  it('follows a redirect on the same origin and none to another', async () => {
    const { client, seen } = await serve((request, response) => {
      if (request.url === '/old') {
        response.writeHead(302, { location: '/new' });
        return response.end();
      }
      if (request.url === '/away') {
        response.writeHead(302, { location: 'http://127.0.0.1:9/collect' });
        return response.end();
      }
      json(response, { items: [request.url] });
    });
    expect((await client.getJson({ path: '/old', schema: Items })).data.items).toEqual(['/new']);
    const error = await failure(client.getJson({ path: '/away', schema: Items }));
    expect([error.code, seen.length]).toEqual(['NOT_A_HELPDESK', 3]);
    // Some helpdesks lead away from a record that went into another: a connector may read the status.
    expect(error).toMatchObject({ status: 302, message: expect.stringContaining('redirects to http://127.0.0.1:9') });
  });

  it('fetches a file from another host, named or led to, without credentials', async () => {
    const store = await serve((request, response) => {
      if (request.url === '/page')
        return json(response, '<!doctype html><p>planted</p>', 200, { 'content-type': 'text/html' });
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.end('id\n1\n');
    });
    const { client, seen } = await serve(
      (request, response) => {
        response.writeHead(302, { location: `${store.baseUrl.origin}${request.url === '/html' ? '/page' : '/led'}` });
        response.end();
      },
      { headers: { 'x-version': '1' } },
    );
    expect((await client.getText({ path: '/file', file: true })).data).toBe('id\n1\n');
    const next = `${store.baseUrl.origin}/named?signature=x`;
    expect((await client.getText({ path: '/file', next, file: true })).data).toBe('id\n1\n');
    expect(seen.map(({ url, headers }) => [url, headers.authorization !== undefined])).toEqual([['/file', true]]);
    expect(store.seen.map(({ url, headers }) => [url, headers.authorization, headers['x-version']])).toEqual([
      ['/led', undefined, undefined],
      ['/named?signature=x', undefined, undefined],
    ]);
    expect((await failure(client.getText({ path: '/html', file: true }))).code).toBe('VENDOR_BROKEN');
    const guarded = await serve((_request, response) => json(response, {}), { allowPrivate: true });
    const scheme = guarded.client.getText({ path: '/x', next: 'ftp://files.example/x', file: true });
    expect((await failure(scheme)).code).toBe('BAD_URL');
  });

  it('takes path and query of a next link on the same origin and refuses another host', async () => {
    const { client, baseUrl, seen } = await serve((_request, response) => json(response, { items: [] }));
    await client.getJson({ path: '/ignored', next: `${baseUrl.origin}/page?cursor=2`, schema: Items });
    expect(seen[0]?.url).toBe('/page?cursor=2');
    const error = await failure(client.getJson({ path: '/', next: 'https://evil.example/page', schema: Items }));
    expect([error.code, seen.length]).toEqual(['VENDOR_BROKEN', 1]);
  });

  it.each(['http://127.0.0.1:8080', 'https://[::1]', 'http://desk.example.com', 'https://localhost'])(
    'refuses %s without allowPrivate, before any request',
    async (address) => {
      await expect(
        serve((_request, response) => json(response, {}), { baseUrl: new URL(address), allowPrivate: false }),
      ).rejects.toThrow(expect.objectContaining({ code: 'BAD_URL' }));
    },
  );

  it('refuses a public name that resolves to a private address', async () => {
    const { client } = await serve((_request, response) => json(response, { items: [] }), {
      baseUrl: new URL('https://desk.example.com'),
      allowPrivate: false,
      lookup: ((_name: string, _options: object, done: (e: null, a: object[]) => void) =>
        done(null, [{ address: '10.0.0.8', family: 4 }])) as never,
    });
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('BAD_URL');
  });

  it('stops at a body beyond the cap, also when it was small on the wire', async () => {
    const { client } = await serve(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync(`{"items":["${'x'.repeat(200_000)}"]}`));
      },
      { timeouts: { maxBytes: 100_000 } },
    );
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('VENDOR_BROKEN');
  });

  it('gives up on a server that never answers', async () => {
    const { client, clock } = await serve(() => {}, { timeouts: { totalMs: 30, attempts: 2 } });
    expect((await failure(client.getJson({ path: '/', schema: Items }))).code).toBe('VENDOR_UNREACHABLE');
    // One wait is two attempts; on a busy machine a request may end before the server has seen it.
    expect(clock.slept).toHaveLength(1);
  });

  it('stops at once when aborted', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by the user');
    const { client } = await serve(() => stop.abort(reason), { signal: stop.signal });
    await expect(client.getJson({ path: '/', schema: Items })).rejects.toBe(reason);
  });

  it('lowers its pace to what the headers state', async () => {
    const { client, clock } = await serve(
      (_request, response) => json(response, { items: [] }, 200, { 'x-rate-limit': '2' }),
      { limits: { concurrency: 1, perMinute: 100 } },
    );
    for (let i = 0; i < 4; i += 1) await client.getJson({ path: '/', schema: Items });
    expect(clock.slept).toEqual([60_000]);
  });

  it('waits for the reset when nothing is left, but Retry-After goes first', async () => {
    const empty = { 'rate-limit-remaining': '0', 'rate-limit-reset': '41' };
    const { client, clock } = await serve((_request, response, turn) =>
      turn === 1
        ? json(response, {}, 429, { ...empty, 'retry-after': '1' })
        : json(response, { items: [] }, 200, empty),
    );
    await client.getJson({ path: '/', schema: Items });
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_000);
    clock.slept.length = 0;
    await client.getJson({ path: '/', schema: Items });
    expect(clock.slept).toEqual([41_000]);
  });

  it('keeps to its concurrency', async () => {
    let open = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const { client } = await serve((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      held.push(() => {
        open -= 1;
        json(response, { items: [] });
      });
      if (held.length === 2) for (const go of held.splice(0)) go();
    });
    await Promise.all(Array.from({ length: 6 }, () => client.getJson({ path: '/', schema: Items })));
    expect(most).toBe(2);
  });

  it('takes a refusal that the connector reads as nothing for an empty reply', async () => {
    const { client, seen } = await serve((_request, response) => json(response, { note: 'none' }, 404), {
      classify: ({ status }) => (status === 404 ? 'empty' : null),
    });
    const reply = await client.getJson({ path: '/items', schema: Items.nullable() });
    expect([reply.data, reply.empty, seen.length]).toEqual([null, true, 1]);
  });

  it('asks again where the connector reads a refusal as a failure that passes', async () => {
    const { client, seen } = await serve(
      (_request, response, turn) => (turn === 1 ? json(response, '', 406) : json(response, { items: [] })),
      { classify: ({ status }) => (status === 406 ? 'failed' : null) },
    );
    expect((await client.getJson({ path: '/items', schema: Items })).data).toEqual({ items: [] });
    expect(seen).toHaveLength(2);
    const down = await serve((_request, response) => json(response, '', 406), { classify: () => 'failed' });
    expect((await failure(down.client.getJson({ path: '/items', schema: Items }))).code).toBe('VENDOR_UNREACHABLE');
  });
});
