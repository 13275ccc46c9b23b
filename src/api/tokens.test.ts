import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';
import { RunParams } from '../domain/operations.ts';

let fleet: ApiFleet;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b']);
});
afterEach(() => fleet.close());

const DAY_MS = 86_400_000;

describe('access tokens', () => {
  it('are shown once, and only their hash is kept', async () => {
    const { token } = await fleet.token('admin');
    const made = await fleet.ask({
      method: 'POST',
      url: '/v1/tokens',
      token,
      payload: { name: 'ci', role: 'viewer', workspaces: ['desk-a'], expires_in_days: 30 },
    });
    const body = made.json<{ id: string; token: string; expires_at: string; hash?: string }>();
    expect(body.token).toMatch(/^plb_[A-Za-z0-9_-]{43}$/);
    expect(body.expires_at).toBe('2026-07-01T12:00:00.000Z');
    expect(body.hash).toBeUndefined();
    const list = await fleet.ask({ method: 'GET', url: '/v1/tokens', token });
    expect(list.body).not.toContain(body.token);
    expect(list.body).not.toContain('hash');
    expect(JSON.stringify(await fleet.operations.tokens())).not.toContain(body.token);
    const used = await fleet.ask({ method: 'GET', url: '/v1/workspaces', token: body.token });
    expect(used.json()).toEqual({ workspaces: ['desk-a'] });
  });

  it('made over HTTP live no longer than the token that asks, and end with it', async () => {
    const admin = await fleet.token('admin', ['desk-a'], new Date(fleet.clock.now().getTime() + 5 * DAY_MS));
    const make = (payload: object) => fleet.ask({ method: 'POST', url: '/v1/tokens', token: admin.token, payload });
    const asked = { name: 'ci', role: 'admin', workspaces: ['desk-a'] };
    expect((await make({ ...asked, expires_in_days: 6 })).json()).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    const made = (await make(asked)).json<{ id: string; token: string; expires_at: string; made_by: string }>();
    expect(made).toMatchObject({ expires_at: '2026-06-06T12:00:00.000Z', made_by: admin.row.id });
    const [entry] = await fleet.audit();
    expect(entry?.detail).toMatchObject({
      role: 'admin',
      workspaces: 'desk-a',
      expires_at: '2026-06-06T12:00:00.000Z',
    });
    const fleetAdmin = await fleet.token('admin');
    await fleet.ask({ method: 'DELETE', url: `/v1/tokens/${admin.row.id}`, token: fleetAdmin.token });
    expect((await fleet.ask({ method: 'GET', url: '/v1/workspaces', token: made.token })).statusCode).toBe(401);
  });

  it('stop working when they expire, to the millisecond', async () => {
    const { token } = await fleet.token('viewer', null, new Date(fleet.clock.now().getTime() + DAY_MS));
    fleet.clock.advance(DAY_MS - 1);
    expect((await fleet.ask({ method: 'GET', url: '/v1/workspaces', token })).statusCode).toBe(200);
    fleet.clock.advance(1);
    expect((await fleet.ask({ method: 'GET', url: '/v1/workspaces', token })).statusCode).toBe(401);
  });

  it('stop working with the request after they are revoked', async () => {
    const admin = await fleet.token('admin');
    const other = await fleet.token('viewer');
    await fleet.ask({ method: 'DELETE', url: `/v1/tokens/${other.row.id}`, token: admin.token });
    const reply = await fleet.ask({ method: 'GET', url: '/v1/workspaces', token: other.token });
    expect(reply.statusCode).toBe(401);
  });

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic cGxiOnBsYg==' }],
    ['a wrong token of the right form', { authorization: `Bearer plb_${'A'.repeat(43)}` }],
    ['a token that is one character short', { authorization: `Bearer plb_${'A'.repeat(42)}` }],
    ['a hash of a token instead of it', { authorization: 'HASH' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('refuse %s in the same words', async (_what, headers: Record<string, string>) => {
    const { row } = await fleet.token('admin');
    if (headers.authorization === 'HASH') headers.authorization = `Bearer ${row.hash}`;
    const reply = await fleet.ask({ method: 'GET', url: '/v1/workspaces', headers });
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'NOT_ALLOWED', message: 'The access token is missing or not known.' });
  });

  it('for one workspace cannot be widened by their own admin', async () => {
    const { token } = await fleet.token('admin', ['desk-a']);
    const everywhere = await fleet.token('viewer');
    const ask = (workspaces: string[] | null) =>
      fleet.ask({ method: 'POST', url: '/v1/tokens', token, payload: { name: 'x', role: 'viewer', workspaces } });
    expect((await ask(null)).statusCode).toBe(403);
    expect((await ask(['desk-a', 'desk-b'])).statusCode).toBe(403);
    expect((await ask(['desk-a'])).statusCode).toBe(201);
    const list = (await fleet.ask({ method: 'GET', url: '/v1/tokens', token })).json<{ tokens: { id: string }[] }>();
    expect(list.tokens.map(({ id }) => id)).not.toContain(everywhere.row.id);
    const revoke = await fleet.ask({ method: 'DELETE', url: `/v1/tokens/${everywhere.row.id}`, token });
    expect(revoke.statusCode).toBe(404);
  });
});

describe('a token for desk-b', () => {
  it('cannot reach what belongs to desk-a by guessing run ids and digests in its own workspace', async () => {
    const { token } = await fleet.token('admin', ['desk-b']);
    const now = fleet.clock.now();
    const run = {
      id: 'secret-run',
      workspace: 'desk-a',
      kind: 'sync',
      schedule: null,
      slot: now,
      due_at: now,
    } as const;
    const params = RunParams.parse({});
    await fleet.operations.addRuns([{ ...run, params, requested_by: 'cli', created_at: now }]);
    const snapshot = placedSnapshot({ stage: 2, day: 3 });
    await (await fleet.store('desk-a')).ledger.saveSnapshot(snapshot, now);
    await (await fleet.store('desk-b')).ledger.saveSnapshot(placedSnapshot({ stage: 4, day: 4 }), now);
    for (const [method, path] of [
      ['GET', 'runs/secret-run'],
      ['GET', 'runs/secret-run/events'],
      ['POST', 'runs/secret-run/cancel'],
      ['POST', 'runs/secret-run/retry'],
      ['GET', `snapshots/${snapshot.digest}`],
      ['GET', `comparison?before=${snapshot.digest}`],
    ] as const) {
      const reply = await fleet.ask({ method, url: `/v1/workspaces/desk-b/${path}`, token });
      expect([path, reply.statusCode]).toEqual([path, 404]);
    }
    expect((await fleet.operations.run('secret-run'))?.status).toBe('due');
  });

  it('is told the same of a workspace that it may not see as of one that is not there', async () => {
    const { token } = await fleet.token('admin', ['desk-b']);
    const ask = async (name: string) => {
      const reply = await fleet.ask({ method: 'GET', url: `/v1/workspaces/${name}/runs`, token });
      const { message, status } = reply.json<{ message: string; status: number }>();
      return [status, message.replace(name, 'NAME')];
    };
    expect(await ask('desk-a')).toEqual(await ask('desk-zzz'));
  });

  it('sees its own part of the audit log only', async () => {
    const everywhere = (await fleet.token('admin')).token;
    const { token } = await fleet.token('admin', ['desk-b']);
    for (const desk of ['desk-a', 'desk-b'])
      await fleet.ask({
        method: 'POST',
        url: `/v1/workspaces/${desk}/runs`,
        token: everywhere,
        payload: { kind: 'sync' },
      });
    const ask = (query: string) => fleet.ask({ method: 'GET', url: `/v1/audit${query}`, token });
    const { entries } = (await ask('')).json<{ entries: { workspace: string }[] }>();
    expect(entries.map(({ workspace }) => workspace)).toEqual(['desk-b']);
    expect((await ask('?workspace=desk-a')).statusCode).toBe(404);
  });
});
