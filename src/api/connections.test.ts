import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { zendesk } from '../../connectors/zendesk/index.ts';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { buildDesk, DEMO_TOKEN, DEMO_USER, type DemoServer, startDemoServer } from '../demo/index.ts';
import { STREAMS } from '../domain/observability.ts';
import type { Connector } from '../kit/connector.ts';
import { createHttpClient } from '../kit/http-client.ts';
import type { OpensConnections } from '../pipeline/open-connection.ts';
import type { PermissionMap } from '../report/view/permission-map.ts';

interface Told {
  readonly id: string;
  readonly settings: { readonly properties: Readonly<Record<string, object>>; readonly required: readonly string[] };
  readonly secrets: readonly { readonly parts: readonly { readonly name: string }[] }[];
  readonly evidence: readonly { readonly stream: string; readonly calls: readonly string[] }[];
}

const connector = zendesk as unknown as Connector<unknown>;
const tables = CONNECTORS.find(({ id }) => id === 'warehouse-zendesk') as Connector;
let fleet: ApiFleet;
let server: DemoServer;

/** Really opens connections, with the secrets that the fleet holds in memory. */
function opens(workspace: string): OpensConnections {
  return async (row, signal) => {
    const settings = connector.settings.parse(row.settings);
    const secret = fleet.sealed.get(`${workspace}/${row.secret.replace(/^sealed:/, '')}`) ?? '';
    const http = createHttpClient({
      ...connector.account(settings, secret),
      clock: { now: () => new Date(), sleep: (ms) => sleep(ms) },
      random: () => 0,
      allowPrivate: row.allow_private,
      signal,
    });
    const context = { settings, http, signal, pseudonymise: () => 'x' };
    return { row, connector, context, close: () => http.close() };
  };
}

beforeEach(async () => {
  server = await startDemoServer({ desk: buildDesk('harbor') });
  fleet = await openApiFleet(['desk-a'], () => ({
    connectors: new Map([
      ['zendesk', connector],
      [tables.id, tables],
    ]),
    opens,
  }));
});
afterEach(async () => {
  await fleet.close();
  await server.close();
});

function body(secret: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'main', vendor: 'zendesk', settings: server.settings, secret, allow_private: true, ...more };
}

const url = '/v1/workspaces/desk-a/connections';

describe('adding a connection', () => {
  it('asks the live helpdesk, seals the token, and gives it back to nobody', async () => {
    const { token } = await fleet.token('admin');
    const added = await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({ connection: 'main', vendor: 'zendesk' });
    expect([...fleet.sealed.values()]).toEqual([DEMO_TOKEN]);
    const listed = await fleet.ask({ method: 'GET', url, token });
    expect(listed.json()).toMatchObject({ connections: [{ name: 'main', secret: 'sealed', status: 'connected' }] });
    const everywhere = [added.body, listed.body, JSON.stringify(fleet.lines), JSON.stringify(await fleet.audit())];
    for (const text of everywhere) expect(text).not.toContain(DEMO_TOKEN);
  });

  it('keeps the role that was asked for until another one is', async () => {
    const { token } = await fleet.token('admin');
    const connect = async (more: Record<string, unknown>): Promise<unknown> => {
      await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }, more) });
      const listed = await fleet.ask({ method: 'GET', url, token });
      return listed.json<{ connections: { role: string }[] }>().connections.map(({ role }) => role);
    };
    expect(await connect({ role: 'engineering' })).toEqual(['engineering']);
    expect(await connect({})).toEqual(['engineering']);
    expect(await connect({ role: 'desk' })).toEqual(['desk']);
  });

  it('keeps nothing that the helpdesk refuses, and leaves the working secret in use', async () => {
    const { token } = await fleet.token('admin');
    await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    const refused = await fleet.ask({ method: 'POST', url, token, payload: body({ value: 'wrong' }) });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'PERMISSION_DENIED']);
    expect([...fleet.sealed.values()]).toEqual([DEMO_TOKEN]);
    const [row] = await (await fleet.store('desk-a')).ledger.connections();
    expect(fleet.sealed.has(`desk-a/${row?.secret.replace('sealed:', '')}`)).toBe(true);
  });

  it('drops the former secret once the new one has proved itself', async () => {
    const { token } = await fleet.token('admin');
    await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    const [first] = [...fleet.sealed.keys()];
    await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    expect(fleet.sealed.size).toBe(1);
    expect([...fleet.sealed.keys()]).not.toEqual([first]);
  });

  it.each(['env:DATABASE_URL', 'env:REDIS_URL', 'env:PLUMBLINE_KEY'])('gives %s to nobody', async (reference) => {
    const { token } = await fleet.token('admin');
    const payload = body({ reference });
    const reply = await fleet.ask({ method: 'POST', url, token, payload });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_USAGE']);
    expect(fleet.sealed.size).toBe(0);
  });

  it.each([
    ['a file of the server as secret', { secret: { reference: 'file:/etc/hostname' } }],
    ['a variable of the server as secret', { secret: { reference: 'env:HELPDESK_TOKEN' } }],
    ['a private address', { allow_private: true }],
  ])('refuses %s to whoever is not an admin of all workspaces', async (_what, change) => {
    const usual = { secret: { value: DEMO_TOKEN }, allow_private: false };
    for (const { token } of [await fleet.token('operator'), await fleet.token('admin', ['desk-a'])]) {
      const payload = { ...body({ none: true }), ...usual, ...change };
      const reply = await fleet.ask({ method: 'POST', url, token, payload });
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'NOT_ALLOWED']);
    }
    expect(fleet.sealed.size).toBe(0);
  });

  it('opens no folder of the server for whoever is not an admin of all workspaces', async () => {
    for (const { token } of [await fleet.token('operator'), await fleet.token('admin', ['desk-a'])]) {
      const change = { vendor: tables.id, settings: { dir: '/etc' }, allow_private: false };
      const reply = await fleet.ask({ method: 'POST', url, token, payload: body({ none: true }, change) });
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'NOT_ALLOWED']);
      expect(reply.body).toContain('may connect a folder of the server');
    }
    expect(await (await fleet.store('desk-a')).ledger.connections()).toEqual([]);
  });

  it('does not reach a private address unless that is allowed', async () => {
    const { token } = await fleet.token('operator');
    const payload = body({ value: DEMO_TOKEN }, { allow_private: false });
    const reply = await fleet.ask({ method: 'POST', url, token, payload });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_URL']);
    expect(fleet.sealed.size).toBe(0);
  });

  it.each([
    ['an unknown vendor', { vendor: 'zendsk' }, 'Did you mean zendesk?'],
    ['a reference to the sealed secret of another', { secret: { reference: 'sealed:other' } }, ''],
    ['a name that could leave its folder', { name: '../main' }, ''],
    ['an unknown key', { tokn: 'x' }, ''],
  ])('refuses %s', async (_what, change, remedy) => {
    const { token } = await fleet.token('admin');
    const reply = await fleet.ask({ method: 'POST', url, token, payload: body({ none: true }, change) });
    expect(reply.statusCode).toBe(400);
    if (remedy !== '') expect(reply.json<{ remedy: string }>().remedy).toBe(remedy);
  });
});

describe('what may be read', () => {
  it('is told when a helpdesk is connected and whenever it is asked anew, with what the rest would show', async () => {
    const { token } = await fleet.token('admin');
    const added = await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    const again = await fleet.ask({ method: 'POST', url: `${url}/main/check`, token });
    expect(again.statusCode).toBe(200);
    const { map, streams } = again.json<{ map: PermissionMap; streams: { stream: string; status: string }[] }>();
    expect(added.json()).toMatchObject({ map });
    const refused = streams.filter(({ status }) => status !== 'available').map(({ stream }) => stream);
    expect(map.refused.map(({ stream }) => stream)).toEqual(refused);
    expect(map.measurable).toBeGreaterThan(0);
    expect(map.measurable).toBeLessThanOrEqual(map.of);
    expect(map.sentence).toContain(`${map.measurable} of ${map.of} signals`);
    expect((await fleet.ask({ method: 'POST', url: `${url}/other/check`, token })).statusCode).toBe(404);
  });

  it('leaves records out with place and reason, and says how many there are', async () => {
    const { token } = await fleet.token('admin');
    await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    const { telemetry } = await fleet.store('desk-a');
    const reason = {
      stream: 'tickets',
      code: 'invalid_type',
      path: 'created_at',
      detail: 'expected an instant, found a number',
    };
    const rejected = ['1', '2', '3'].map((ref) => ({ ...reason, ref, times: 2 }));
    const cell = { ...reason, ref: '0', code: 'CELL_REJECTED', path: 'priority', times: 5 };
    const batch = {
      connection: 'main',
      stream: 'tickets',
      checkpoint: '1',
      records: {},
      rejected: [cell, ...rejected],
    };
    await telemetry.commit(batch);
    const all = await fleet.ask({ method: 'GET', url: `${url}/main/set-aside`, token });
    expect(all.json()).toEqual({ total: 6, cells: 5, set_aside: [...rejected, cell], next: null });
    const two = await fleet.ask({ method: 'GET', url: `${url}/main/set-aside?limit=2`, token });
    expect(two.json()).toMatchObject({ total: 6, cells: 5, set_aside: [{ ref: '1' }, { ref: '2' }] });
    const cursor = encodeURIComponent(two.json<{ next: string }>().next);
    const rest = await fleet.ask({ method: 'GET', url: `${url}/main/set-aside?limit=2&cursor=${cursor}`, token });
    expect(rest.json()).toMatchObject({ set_aside: [{ ref: '3' }, { code: 'CELL_REJECTED' }], next: null });
  });
});

describe('what can be connected', () => {
  it('is told with settings, secrets and evidence', async () => {
    const connectors = new Map(CONNECTORS.map((one) => [one.id, one]));
    const all = await openApiFleet([], () => ({ connectors }));
    const { token } = await all.token('viewer');
    const reply = await all.ask({ method: 'GET', url: '/v1/connectors', token });
    await all.close();
    const told = reply.json<{ connectors: Told[] }>().connectors;
    expect(told.map(({ id }) => id)).toEqual(CONNECTORS.map(({ id }) => id));
    const byId = new Map(told.map((one) => [one.id, one]));
    expect(byId.get('zendesk')?.settings.properties.url).toMatchObject({ type: 'string', title: 'Account' });
    expect(byId.get('zendesk')?.settings.required).toEqual(['url']);
    expect(byId.get('zendesk')?.secrets.map(({ parts }) => parts.length)).toEqual([0]);
    expect(byId.get('jira-service-management')?.secrets[1]?.parts.map(({ name }) => name)).toEqual([
      'client_secret',
      'refresh_token',
    ]);
    for (const { id, evidence } of told) {
      expect([id, evidence.length]).toEqual([id, STREAMS.length]);
      expect([id, evidence.find(({ stream }) => stream === 'tickets')?.calls.length === 0]).toEqual([id, false]);
    }
    const never = byId.get('zendesk')?.evidence.find(({ stream }) => stream === 'article_views');
    expect(never).toMatchObject({ fields: [], calls: [], never: expect.stringMatching(/Explore/) });
  });
});

describe('disconnecting', () => {
  it('keeps the connection for its history', async () => {
    const { token } = await fleet.token('admin');
    await fleet.ask({ method: 'POST', url, token, payload: body({ value: DEMO_TOKEN }) });
    const reply = await fleet.ask({ method: 'POST', url: `${url}/main/disconnect`, token });
    expect(reply.json()).toMatchObject({ name: 'main', status: 'disconnected', settings: { user: DEMO_USER } });
    const unknown = await fleet.ask({ method: 'POST', url: `${url}/other/disconnect`, token });
    expect(unknown.statusCode).toBe(404);
  });
});
