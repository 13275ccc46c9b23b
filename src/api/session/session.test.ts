import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../../test/harness/api-fleet.ts';
import { revokeToken } from '../../pipeline/access-tokens.ts';
import { hashCookie } from '../../pipeline/sessions.ts';
import type { ApiDeps } from '../deps.ts';

const HOUR_MS = 3_600_000;
const OWN = { origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' };
let fleet: ApiFleet;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b']);
});
afterEach(() => fleet.close());

type Headers = Record<string, string>;
const ask = (method: InjectOptions['method'], url: string, headers: Headers, payload?: Record<string, unknown>) =>
  fleet.ask({
    ...(method === undefined ? {} : { method }),
    url,
    headers: { host: 'localhost:80', ...headers },
    ...(payload === undefined ? {} : { payload }),
  });

/** The cookie line of a reply that gives one. */
const lineOf = (reply: { headers: Record<string, unknown> }): string => [reply.headers['set-cookie']].flat().join('\n');

async function signIn(token: string, headers: Headers = OWN) {
  const reply = await ask('POST', '/v1/session', headers, { token });
  const [pair = ''] = lineOf(reply).split(';');
  return { reply, pair, headers: { cookie: pair, ...OWN }, csrf: String(reply.json().csrf) };
}

const NEW_SCHEDULE = { every: '1d' };
const SCHEDULE = '/v1/workspaces/desk-a/schedules/daily';

describe('signing in', () => {
  it('exchanges a token for a cookie that no script and no other site gets', async () => {
    const { token, row } = await fleet.token('operator', ['desk-a']);
    const { reply, pair, headers } = await signIn(token);
    expect([reply.statusCode, pair]).toEqual([201, expect.stringMatching(/^plumbline=pls_[\w-]{43}$/)]);
    const flags = lineOf(reply).split('; ').slice(1);
    expect(flags.toSorted()).toEqual([
      'Expires=Mon, 08 Jun 2026 12:00:00 GMT',
      'HttpOnly',
      'Path=/',
      'SameSite=Strict',
    ]);
    const who = (await ask('GET', '/v1/session', headers)).json();
    expect(who).toEqual({
      caller: { id: row.id, name: 'operator of a test', role: 'operator', workspaces: ['desk-a'] },
      respondent: null,
      openid: null,
      csrf: reply.json().csrf,
      expires_at: '2026-06-08T12:00:00.000Z',
    });
    expect((await ask('GET', '/v1/workspaces', headers)).json()).toEqual({ workspaces: ['desk-a'] });
    expect((await ask('GET', '/v1/workspaces/desk-b/runs', headers)).statusCode).toBe(404);
  });

  it('says that nobody is there without a cookie, and shows a bearer without one', async () => {
    const nobody = { caller: null, respondent: null, openid: null, csrf: null, expires_at: null };
    expect((await ask('GET', '/v1/session', {})).json()).toEqual(nobody);
    expect((await ask('GET', '/v1/session', { cookie: `plumbline=pls_${'a'.repeat(43)}` })).json()).toEqual(nobody);
    const { token } = await fleet.token('viewer');
    const seen = (await fleet.ask({ method: 'GET', url: '/v1/session', token })).json();
    expect([seen.caller.role, seen.csrf]).toEqual(['viewer', null]);
  });

  it('refuses what is no token that opens anything', async () => {
    const { token, row } = await fleet.token('viewer');
    await revokeToken(row.id, { operations: fleet.operations, now: fleet.clock.now() });
    for (const text of [token, 'plb_x', '', `plb_${'b'.repeat(43)}`]) {
      const { reply } = await signIn(text);
      expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([401, undefined]);
    }
    expect(await fleet.audit()).toEqual([]);
  });

  it('keeps a hash alone, in the journal and in no log', async () => {
    const { token, row } = await fleet.token('viewer');
    const { pair, headers } = await signIn(token);
    await ask('GET', '/v1/workspaces', headers);
    const cookie = pair.split('=')[1] ?? '';
    expect(await fleet.operations.sessionByHash(cookie)).toBeNull();
    expect(await fleet.operations.sessionByHash(hashCookie(cookie))).toMatchObject({ token: row.id, invitation: null });
    const told = JSON.stringify([fleet.lines, await fleet.audit()]);
    expect([told.includes('pls_'), told.includes('plb_')]).toEqual([false, false]);
    expect(await fleet.audit()).toMatchObject([{ actor: `token:${row.id}`, action: 'session.start', outcome: 'done' }]);
  });

  it('gives a cookie for TLS alone, bound to this host, where the browser speaks TLS', async () => {
    const { token } = await fleet.token('viewer');
    const { reply } = await signIn(token, { origin: 'https://localhost:80' });
    expect(lineOf(reply)).toMatch(/^__Host-plumbline=pls_.*; Path=\/;.*; HttpOnly; Secure; SameSite=Strict$/);
  });

  it('gives it too where the configuration names an address with TLS', async () => {
    const named = (deps: ApiDeps) => ({
      config: { ...deps.config, serve: { ...deps.config.serve, public_url: 'https://desks.example.org' } },
    });
    await fleet.close();
    fleet = await openApiFleet([], named);
    const { token } = await fleet.token('viewer');
    const own = await signIn(token, { origin: 'https://desks.example.org' });
    expect([own.reply.statusCode, lineOf(own.reply).includes('Secure')]).toEqual([201, true]);
    expect((await signIn(token, { origin: 'https://desks.example.org.evil.example' })).reply.statusCode).toBe(403);
  });
});

describe('a session that somebody else chose', () => {
  it('is never taken over: the browser gets a new name, and the old session ends', async () => {
    const { token } = await fleet.token('viewer');
    const chosen = `plumbline=pls_${'x'.repeat(43)}`;
    const fresh = await signIn(token, { ...OWN, cookie: chosen });
    expect(fresh.reply.statusCode).toBe(201);
    expect(fresh.pair).not.toBe(chosen);
    expect((await ask('GET', '/v1/session', { cookie: chosen })).json().caller).toBeNull();

    const attacker = await signIn((await fleet.token('viewer')).token);
    const victim = await signIn(token, { ...attacker.headers, 'x-plumbline-csrf': attacker.csrf });
    expect(victim.pair).not.toBe(attacker.pair);
    expect((await ask('GET', '/v1/session', attacker.headers)).json().caller).toBeNull();
    expect((await ask('GET', '/v1/session', victim.headers)).json().caller).not.toBeNull();
  });

  it('cannot be put upon a browser by a page of somebody else', async () => {
    const { token } = await fleet.token('viewer');
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const { reply } = await signIn(token, headers);
      expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([403, undefined]);
    }
  });
});

describe('a write that rests on the cookie', () => {
  it.each<[string, Headers]>([
    ['without the header', {}],
    ['with a wrong header', { 'x-plumbline-csrf': 'x'.repeat(43) }],
    ['of a foreign origin', { origin: 'https://evil.example', 'x-plumbline-csrf': 'right' }],
    [
      'of an origin that only begins alike',
      { origin: 'http://localhost:80.evil.example', 'x-plumbline-csrf': 'right' },
    ],
    ['of another port', { origin: 'http://localhost:8080', 'x-plumbline-csrf': 'right' }],
    ['of no origin', { origin: 'null', 'x-plumbline-csrf': 'right' }],
    ['of a neighbouring site', { 'sec-fetch-site': 'same-site', 'x-plumbline-csrf': 'right' }],
    ['of another site', { 'sec-fetch-site': 'cross-site', 'x-plumbline-csrf': 'right' }],
  ])('is refused %s', async (_, wrong) => {
    const { headers, csrf } = await signIn((await fleet.token('operator')).token);
    const sent = {
      ...headers,
      ...wrong,
      ...(wrong['x-plumbline-csrf'] === 'right' ? { 'x-plumbline-csrf': csrf } : {}),
    };
    for (const [method, url] of [
      ['PUT', SCHEDULE],
      ['DELETE', '/v1/session'],
    ] as const)
      expect((await ask(method, url, sent, method === 'PUT' ? NEW_SCHEDULE : undefined)).statusCode).toBe(403);
    expect(await fleet.operations.schedules('desk-a')).toEqual([]);
    expect((await fleet.audit())[0]).toMatchObject({ outcome: 'refused', detail: { status: 403 } });
  });

  it('is refused when the browser does not say where it comes from', async () => {
    const { pair, csrf } = await signIn((await fleet.token('operator')).token);
    const reply = await ask('PUT', SCHEDULE, { cookie: pair, 'x-plumbline-csrf': csrf }, NEW_SCHEDULE);
    expect(reply.statusCode).toBe(403);
  });

  it('is refused with the header of another session', async () => {
    const { token } = await fleet.token('operator');
    const [one, two] = [await signIn(token), await signIn(token)];
    const reply = await ask('PUT', SCHEDULE, { ...one.headers, 'x-plumbline-csrf': two.csrf }, NEW_SCHEDULE);
    expect(reply.statusCode).toBe(403);
  });

  it('is done from a page of ours, and audited as its token', async () => {
    const { token, row } = await fleet.token('operator');
    const { headers, csrf } = await signIn(token);
    const reply = await ask('PUT', SCHEDULE, { ...headers, 'x-plumbline-csrf': csrf }, NEW_SCHEDULE);
    expect(reply.statusCode).toBe(200);
    expect((await fleet.audit())[0]).toMatchObject({ actor: `token:${row.id}`, action: 'schedule.save' });
  });

  it('needs nothing of that with a bearer, which no other site can send', async () => {
    const { headers } = await signIn((await fleet.token('viewer')).token);
    const { token } = await fleet.token('operator');
    const reply = await fleet.ask({ method: 'PUT', url: SCHEDULE, token, headers, payload: NEW_SCHEDULE });
    expect(reply.statusCode).toBe(200);
  });

  it('may do no more than its role', async () => {
    const { headers, csrf } = await signIn((await fleet.token('viewer')).token);
    const reply = await ask('PUT', SCHEDULE, { ...headers, 'x-plumbline-csrf': csrf }, NEW_SCHEDULE);
    expect(reply.statusCode).toBe(403);
  });
});

describe('a session ends', () => {
  const alive = async (headers: Headers) => (await ask('GET', '/v1/workspaces', headers)).statusCode === 200;

  it('when it is signed out, and takes the cookie with it', async () => {
    const { headers, csrf } = await signIn((await fleet.token('viewer')).token);
    const reply = await ask('DELETE', '/v1/session', { ...headers, 'x-plumbline-csrf': csrf });
    expect([reply.statusCode, reply.json()]).toEqual([200, { ended: true }]);
    expect(lineOf(reply)).toContain('plumbline=; ');
    expect(lineOf(reply)).toContain('Expires=Thu, 01 Jan 1970');
    expect(await alive(headers)).toBe(false);
    expect((await ask('DELETE', '/v1/session', OWN)).json()).toEqual({ ended: false });
  });

  it('when its token is revoked or expires', async () => {
    const revoked = await fleet.token('viewer');
    const expiring = await fleet.token('viewer', null, new Date(fleet.clock.now().getTime() + HOUR_MS));
    const [one, two] = [await signIn(revoked.token), await signIn(expiring.token)];
    expect(lineOf(two.reply)).toContain('Expires=Mon, 01 Jun 2026 13:00:00 GMT');
    await revokeToken(revoked.row.id, { operations: fleet.operations, now: fleet.clock.now() });
    expect([await alive(one.headers), await alive(two.headers)]).toEqual([false, true]);
    fleet.clock.advance(HOUR_MS);
    expect(await alive(two.headers)).toBe(false);
  });

  it('after half a day without a request, and not while requests come', async () => {
    const { token } = await fleet.token('viewer');
    const [idle, busy] = [await signIn(token), await signIn(token)];
    fleet.clock.advance(12 * HOUR_MS - 1);
    expect(await alive(busy.headers)).toBe(true);
    fleet.clock.advance(1);
    expect([await alive(idle.headers), await alive(busy.headers)]).toEqual([false, true]);
  });

  it('after a week, however busy', async () => {
    const { headers } = await signIn((await fleet.token('viewer')).token);
    for (let day = 0; day < 14; day++) {
      expect(await alive(headers)).toBe(true);
      fleet.clock.advance(12 * HOUR_MS - 1);
    }
    fleet.clock.advance(14);
    expect(await alive(headers)).toBe(false);
  });
});
