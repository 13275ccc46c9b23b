import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aResolution } from '../../test/harness/a-resolution.ts';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';
import { ROLES, type Role, RunParams } from '../domain/operations.ts';
import type { Connector } from '../kit/connector.ts';
import { invite } from '../pipeline/invitations.ts';
import type { OpenConnection } from '../pipeline/open-connection.ts';

interface Fixtures {
  readonly dueRun: string;
  readonly failedRun: string;
  readonly spareToken: string;
  readonly invitation: string;
  readonly secret: string;
  readonly freshName: string;
  /** A file that is here whole, and one of which nothing is here yet. */
  readonly upload: string;
  readonly begun: string;
}

interface Expectation {
  /** Least role; null = no token is asked for. */
  readonly role: Role | null;
  readonly scope: 'workspace' | 'own' | 'fleet' | 'respondent';
  readonly ok: number;
  readonly path: (fixtures: Fixtures) => string;
  readonly body?: (fixtures: Fixtures) => Record<string, unknown> | Buffer;
}

const W = '/v1/workspaces/desk-a';
const CSV = 'Ticket ID,Created At,Resolved At\n1,2026-01-05T09:00:00Z,2026-01-05T11:00:00Z\n';
const inDesk = (role: Role, ok: number, path: Expectation['path'], body?: Expectation['body']): Expectation => ({
  role,
  scope: 'workspace',
  ok,
  path,
  ...(body === undefined ? {} : { body }),
});

/** Who may do what, by hand: a route that is not here fails the test. */
const TABLE: Readonly<Record<string, Expectation>> = {
  'GET /healthz': { role: null, scope: 'own', ok: 200, path: () => '/healthz' },
  'GET /readyz': { role: null, scope: 'own', ok: 200, path: () => '/readyz' },
  'GET /metrics': { role: 'viewer', scope: 'own', ok: 200, path: () => '/metrics' },
  'GET /openapi.json': { role: 'viewer', scope: 'own', ok: 200, path: () => '/openapi.json' },
  'GET /v1/session': { role: null, scope: 'own', ok: 200, path: () => '/v1/session' },
  'POST /v1/session': {
    role: null,
    scope: 'own',
    ok: 201,
    path: () => '/v1/session',
    body: () => ({ token: tokens.get('viewer')?.token }),
  },
  'DELETE /v1/session': { role: null, scope: 'own', ok: 200, path: () => '/v1/session' },
  'POST /v1/invitation': {
    role: null,
    scope: 'own',
    ok: 201,
    path: () => '/v1/invitation',
    body: ({ secret }) => ({ secret }),
  },
  // For those who were invited; a token, whatever its role, is no invitation (invitations.test.ts).
  'GET /v1/respondent/questions': { role: null, scope: 'respondent', ok: 401, path: () => '/v1/respondent/questions' },
  'PUT /v1/respondent/answers': {
    role: null,
    scope: 'respondent',
    ok: 401,
    path: () => '/v1/respondent/answers',
    body: () => ({ answers: {} }),
  },
  'GET /v1/workspaces/:workspace/invitations': inDesk('operator', 200, () => `${W}/invitations`),
  'POST /v1/workspaces/:workspace/invitations': inDesk(
    'operator',
    201,
    () => `${W}/invitations`,
    () => ({ respondent: 'lead-1', role: 'support_lead' }),
  ),
  'DELETE /v1/workspaces/:workspace/invitations/:id': inDesk(
    'operator',
    200,
    ({ invitation }) => `${W}/invitations/${invitation}`,
  ),
  'GET /v1/workspaces': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/workspaces' },
  'POST /v1/workspaces': {
    role: 'admin',
    scope: 'fleet',
    ok: 201,
    path: () => '/v1/workspaces',
    body: ({ freshName }) => ({ name: freshName }),
  },
  'GET /v1/workspaces/:workspace/connections': inDesk('viewer', 200, () => `${W}/connections`),
  'GET /v1/workspaces/:workspace/matches': inDesk('viewer', 200, () => `${W}/matches`),
  'PUT /v1/workspaces/:workspace/matches/customers': inDesk(
    'operator',
    200,
    () => `${W}/matches/customers?desk=main`,
    () => Buffer.from('desk_id,crm_id\n'),
  ),
  'POST /v1/workspaces/:workspace/connections': inDesk(
    'operator',
    201,
    () => `${W}/connections`,
    () => ({ name: 'main', vendor: 'acme', settings: {}, secret: { value: 'hush' } }),
  ),
  'POST /v1/workspaces/:workspace/connections/:name/check': inDesk(
    'operator',
    200,
    () => `${W}/connections/main/check`,
  ),
  'GET /v1/workspaces/:workspace/connections/:name/set-aside': inDesk(
    'viewer',
    200,
    () => `${W}/connections/main/set-aside`,
  ),
  'POST /v1/workspaces/:workspace/uploads': inDesk(
    'operator',
    201,
    () => `${W}/uploads`,
    () => ({ name: 'a.csv', bytes: 1 }),
  ),
  'PUT /v1/workspaces/:workspace/uploads/:id/parts/:part': inDesk(
    'operator',
    200,
    ({ begun }) => `${W}/uploads/${begun}/parts/0`,
    () => Buffer.from(CSV),
  ),
  'POST /v1/workspaces/:workspace/uploads/:id/proposal': inDesk(
    'operator',
    200,
    ({ upload }) => `${W}/uploads/${upload}/proposal`,
    () => ({}),
  ),
  'POST /v1/workspaces/:workspace/uploads/:id/check': inDesk(
    'operator',
    200,
    ({ upload }) => `${W}/uploads/${upload}/check`,
    () => ({}),
  ),
  'DELETE /v1/workspaces/:workspace/uploads/:id': inDesk('operator', 200, ({ upload }) => `${W}/uploads/${upload}`),
  'GET /v1/catalogue': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/catalogue' },
  'GET /v1/catalogue.html': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/catalogue.html' },
  'GET /v1/connectors': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/connectors' },
  'POST /v1/workspaces/:workspace/connections/:name/disconnect': inDesk(
    'operator',
    200,
    () => `${W}/connections/main/disconnect`,
  ),
  'GET /v1/workspaces/:workspace/schedules': inDesk('viewer', 200, () => `${W}/schedules`),
  'GET /v1/workspaces/:workspace/schedules/:name': inDesk('viewer', 200, () => `${W}/schedules/daily`),
  'PUT /v1/workspaces/:workspace/schedules/:name': inDesk(
    'operator',
    200,
    () => `${W}/schedules/daily`,
    () => ({ every: '1d' }),
  ),
  'DELETE /v1/workspaces/:workspace/schedules/:name': inDesk('operator', 200, () => `${W}/schedules/daily`),
  'POST /v1/workspaces/:workspace/schedules/:name/pause': inDesk('operator', 200, () => `${W}/schedules/daily/pause`),
  'POST /v1/workspaces/:workspace/schedules/:name/resume': inDesk('operator', 200, () => `${W}/schedules/daily/resume`),
  'GET /v1/workspaces/:workspace/runs': inDesk('viewer', 200, () => `${W}/runs`),
  'POST /v1/workspaces/:workspace/runs': inDesk(
    'operator',
    202,
    () => `${W}/runs`,
    () => ({ kind: 'snapshot' }),
  ),
  'GET /v1/workspaces/:workspace/runs/:id': inDesk('viewer', 200, ({ dueRun }) => `${W}/runs/${dueRun}`),
  'POST /v1/workspaces/:workspace/runs/:id/cancel': inDesk(
    'operator',
    200,
    ({ dueRun }) => `${W}/runs/${dueRun}/cancel`,
  ),
  'POST /v1/workspaces/:workspace/runs/:id/retry': inDesk(
    'operator',
    200,
    ({ failedRun }) => `${W}/runs/${failedRun}/retry`,
  ),
  'GET /v1/workspaces/:workspace/runs/:id/events': inDesk(
    'viewer',
    200,
    ({ failedRun }) => `${W}/runs/${failedRun}/events`,
  ),
  'GET /v1/workspaces/:workspace/snapshots': inDesk('viewer', 200, () => `${W}/snapshots`),
  'GET /v1/workspaces/:workspace/snapshots/:snapshot': inDesk('viewer', 200, () => `${W}/snapshots/latest`),
  'GET /v1/workspaces/:workspace/verdicts': inDesk('viewer', 200, () => `${W}/verdicts`),
  'GET /v1/workspaces/:workspace/comparison': inDesk('viewer', 200, () => `${W}/comparison?before=2026-01-03`),
  'GET /v1/workspaces/:workspace/explain': inDesk('viewer', 200, () => `${W}/explain`),
  'GET /v1/workspaces/:workspace/export/:table': inDesk('operator', 200, () => `${W}/export/ticket?format=jsonl`),
  'GET /v1/models': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/models' },
  'GET /v1/models/:model': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/models/value-exchange' },
  'GET /v1/workspaces/:workspace/what-if': inDesk('viewer', 200, () => `${W}/what-if`),
  ...Object.fromEntries(
    ['home', 'matrix', 'said-and-seen', 'path', 'change', 'models', 'questions'].map((view) => [
      `GET /v1/workspaces/:workspace/views/${view}`,
      inDesk('viewer', 200, () => `${W}/views/${view}`),
    ]),
  ),
  // The snapshot of the fixtures judged no statement and measured no signal.
  'GET /v1/workspaces/:workspace/views/statement': inDesk('viewer', 404, () => `${W}/views/statement?statement=S1.1`),
  'GET /v1/workspaces/:workspace/views/signal': inDesk('viewer', 404, () => `${W}/views/signal?signal=D3`),
  'GET /v1/workspaces/:workspace/views/sources': inDesk('viewer', 200, () => `${W}/views/sources`),
  // Nothing was read yet: there are no figures.
  'GET /v1/workspaces/:workspace/views/figures': inDesk('viewer', 404, () => `${W}/views/figures`),
  'GET /v1/views/fleet': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/views/fleet' },
  'GET /v1/glossary': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/glossary' },
  'POST /v1/workspaces/:workspace/answers': inDesk(
    'assessor',
    201,
    () => `${W}/answers`,
    () => ({ respondent: 'r1', role: 'support_lead', answers: { 'S1.1': 3 } }),
  ),
  'POST /v1/workspaces/:workspace/not-applicable': inDesk(
    'assessor',
    201,
    () => `${W}/not-applicable`,
    () => ({ criterion: 'S1.1', reason: 'there is no phone', respondent: 'r1', role: 'support_lead' }),
  ),
  'GET /v1/workspaces/:workspace/not-applicable': inDesk('viewer', 200, () => `${W}/not-applicable`),
  'GET /v1/workspaces/:workspace/moves': inDesk('viewer', 200, () => `${W}/moves`),
  'PUT /v1/workspaces/:workspace/moves/:id': inDesk(
    'assessor',
    200,
    () => `${W}/moves/S1.4`,
    () => ({ owner: 'lead-1' }),
  ),
  'DELETE /v1/workspaces/:workspace/moves/:id': inDesk('assessor', 200, () => `${W}/moves/S1.4`),
  'PUT /v1/workspaces/:workspace/target': inDesk(
    'assessor',
    200,
    () => `${W}/target`,
    () => ({ stage: 4 }),
  ),
  'GET /v1/workspaces/:workspace/path': inDesk('viewer', 200, () => `${W}/path`),
  'GET /v1/workspaces/:workspace/resolutions': inDesk('viewer', 200, () => `${W}/resolutions`),
  // What is settled and how has tests of its own (resolutions.test.ts).
  'POST /v1/workspaces/:workspace/statements/:id/resolution': inDesk(
    'assessor',
    201,
    () => `${W}/statements/S6.1/resolution`,
    () => ({ kind: 'not_applicable', reason: 'there is no phone', by: 'lead-1' }),
  ),
  'DELETE /v1/workspaces/:workspace/statements/:id/resolution': inDesk(
    'assessor',
    200,
    () => `${W}/statements/S6.1/resolution`,
  ),
  'GET /v1/workspaces/:workspace/notice-targets': inDesk('operator', 200, () => `${W}/notice-targets`),
  'GET /v1/workspaces/:workspace/notice-targets/:name': inDesk('operator', 200, () => `${W}/notice-targets/ops`),
  'PUT /v1/workspaces/:workspace/notice-targets/:name': inDesk(
    'operator',
    200,
    () => `${W}/notice-targets/ops`,
    () => ({ channel: 'webhook', settings: {}, secret: { none: true } }),
  ),
  'DELETE /v1/workspaces/:workspace/notice-targets/:name': inDesk('operator', 200, () => `${W}/notice-targets/ops`),
  'GET /v1/workspaces/:workspace/notices': inDesk('viewer', 200, () => `${W}/notices`),
  'GET /v1/event-kinds': { role: 'viewer', scope: 'own', ok: 200, path: () => '/v1/event-kinds' },
  'GET /v1/tokens': { role: 'admin', scope: 'own', ok: 200, path: () => '/v1/tokens' },
  'POST /v1/tokens': {
    role: 'admin',
    scope: 'own',
    ok: 201,
    path: () => '/v1/tokens',
    body: () => ({ name: 'ci', role: 'viewer', workspaces: ['desk-a'] }),
  },
  'DELETE /v1/tokens/:id': {
    role: 'admin',
    scope: 'own',
    ok: 200,
    path: ({ spareToken }) => `/v1/tokens/${spareToken}`,
  },
  'GET /v1/audit': { role: 'admin', scope: 'own', ok: 200, path: () => '/v1/audit' },
  // Last, since what it imports is there for all that follow.
  'POST /v1/workspaces/:workspace/uploads/:id/import': inDesk(
    'operator',
    201,
    ({ upload }) => `${W}/uploads/${upload}/import`,
    () => ({ name: 'file' }),
  ),
};

/** A connector that always says yes: what is tried here is who may call. */
const acme = {
  id: 'acme',
  title: 'Acme',
  settings: z.strictObject({}),
  flags: [],
  example: {},
  never: {},
  streams: [],
  identify: async () => ({ role: 'agent', account: 'acme', serverNow: new Date('2026-06-01T12:00:00Z') }),
} as unknown as Connector<unknown>;

let fleet: ApiFleet;
let calls = 0;
let furnished: Fixtures | null = null;
let invited: string | null = null;
const tokens = new Map<string, { readonly token: string; readonly id: string }>();

/** Files of an earlier call that may be there still. */
const brought: string[] = [];
async function dropped(id: string): Promise<void> {
  await fleet.deps.uploads.drop('desk-a', id).catch(() => undefined);
}
async function bringWhole(): Promise<{ readonly id: string }> {
  const { uploads } = fleet.deps;
  const { id } = await uploads.begin('desk-a', { name: 'a.csv', bytes: CSV.length });
  return uploads.add('desk-a', id, 0, Buffer.from(CSV));
}

/** Puts everything that a route may need into desk-a; what a call before took away is there again. */
async function furnish(): Promise<Fixtures> {
  const { operations, clock } = fleet;
  calls += 1;
  const [dueRun, failedRun] = [`due-${calls}`, `failed-${calls}`];
  const run = { workspace: 'desk-a', kind: 'sync', schedule: null, slot: clock.now(), due_at: clock.now() } as const;
  const asked = { params: RunParams.parse({}), requested_by: 'cli', created_at: clock.now() };
  await operations.addRuns([dueRun, failedRun].map((id) => ({ ...run, ...asked, id })));
  await operations.endRun(failedRun, clock.now(), { status: 'failed' });
  await operations.saveSchedule({
    workspace: 'desk-a',
    name: 'daily',
    kind: 'snapshot',
    every_s: 86_400,
    cron: null,
    tz: 'UTC',
    jitter_s: 0,
    model: null,
    models: null,
    window_days: null,
    paused: false,
    next_at: clock.now(),
    created_at: clock.now(),
    created_by: 'cli',
  });
  await operations.saveNoticeTarget({
    workspace: 'desk-a',
    name: 'ops',
    channel: 'webhook',
    settings: {},
    secret: 'none',
    allow_private: false,
    kinds: null,
    created_at: clock.now(),
  });
  const { ledger } = await fleet.store('desk-a');
  await ledger.addResolutions([aResolution({ id: `res-${calls}`, criterion: 'S6.1', at: clock.now() })]);
  const by = { updated_at: clock.now(), updated_by: 'cli' };
  const move = { workspace: 'desk-a', model: 'six-stage', criterion: 'S1.4', owner: null, due: null } as const;
  await operations.saveMove({ ...move, ...by, state: 'planned' });
  const spareToken = (await fleet.token('viewer', ['desk-a'])).row.id;
  // A workspace has 500 that stand at most, and there are more calls than that.
  if (invited !== null) await operations.revokeInvitation('desk-a', invited, clock.now());
  const { secret, row } = await invite(
    { workspace: 'desk-a', model: 'six-stage', respondent: 'r1', role: 'support_lead', days: 1, by: 'cli' },
    { operations, now: clock.now(), randomBytes: fleet.deps.randomBytes },
  );
  invited = row.id;
  for (const id of brought.splice(0)) await dropped(id);
  const { id: upload } = await bringWhole();
  const { id: begun } = await fleet.deps.uploads.begin('desk-a', { name: 'b.csv', bytes: CSV.length });
  brought.push(upload, begun);
  return { dueRun, failedRun, spareToken, invitation: row.id, secret, freshName: `fresh-${calls}`, upload, begun };
}

beforeAll(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b'], () => ({
    connectors: new Map([['acme', acme]]),
    opens: () => async (row) =>
      ({ row, connector: acme, context: {}, close: () => undefined }) as unknown as OpenConnection,
  }));
  for (const role of ROLES) {
    const { token, row } = await fleet.token(role);
    tokens.set(role, { token, id: row.id });
  }
  const foreign = await fleet.token('admin', ['desk-b']);
  tokens.set('foreign', { token: foreign.token, id: foreign.row.id });
  const { ledger } = await fleet.store('desk-a');
  await ledger.saveSnapshot(placedSnapshot({ stage: 2, day: 3 }), fleet.clock.now());
  await ledger.saveSnapshot(placedSnapshot({ stage: 3, day: 9, conflicts: { 'S6.1': 'none' } }), fleet.clock.now());
  for (const [name, role] of [
    ['main', 'desk'],
    ['crm', 'customers'],
  ] as const)
    await ledger.saveConnection({
      name,
      vendor: 'acme',
      role,
      settings: {},
      secret: 'none',
      allow_private: false,
      status: 'connected',
      created_at: fleet.clock.now(),
    });
});

afterAll(() => fleet.close());

async function call(key: string, who: string | null) {
  const expectation = TABLE[key];
  if (expectation === undefined) throw new Error(`${key} is not in the table.`);
  furnished ??= await furnish();
  const fixtures = furnished;
  const payload = expectation.body?.(fixtures);
  const reply = await fleet.ask({
    method: key.split(' ')[0] as NonNullable<InjectOptions['method']>,
    url: expectation.path(fixtures),
    token: who === null ? undefined : tokens.get(who)?.token,
    ...(payload === undefined ? {} : { payload }),
    ...(Buffer.isBuffer(payload) ? { headers: { 'content-type': 'application/octet-stream' } } : {}),
  });
  // What was only looked at or refused is still there for the next call.
  if (!key.startsWith('GET ') && reply.statusCode < 400) furnished = null;
  return { reply, fixtures };
}

/** What the role and scope of the table mean for a caller. */
function expectedStatus({ role, scope, ok }: Expectation, key: string, who: string | null): number {
  if (role === null) return ok;
  if (who === null) return 401;
  if (who === 'foreign') {
    if (scope === 'workspace') return 404;
    if (scope === 'fleet') return 403;
    if (key === 'POST /v1/tokens') return 403;
    return key === 'DELETE /v1/tokens/:id' ? 404 : ok;
  }
  return ROLES.indexOf(who as Role) >= ROLES.indexOf(role) ? ok : 403;
}

describe('who may call what', () => {
  it('has an entry for every route of the app, and no more', () => {
    const routes = fleet.app.routeEntries.map(({ method, url }) => `${method} ${url}`);
    expect(routes.toSorted()).toEqual(Object.keys(TABLE).toSorted());
  });

  const callers = [null, ...ROLES, 'foreign'];
  it.each(Object.keys(TABLE).flatMap((key) => callers.map((who) => [key, who] as const)))(
    '%s as %s',
    async (key, who) => {
      const expectation = TABLE[key] as Expectation;
      const { reply, fixtures } = await call(key, who);
      const status = expectedStatus(expectation, key, who);
      expect([reply.statusCode, reply.statusCode === status ? '' : reply.body]).toEqual([status, '']);
      if (status >= 400) expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
      if (status === 401) expect(reply.headers['www-authenticate']).toBe('Bearer realm="plumbline"');
      if (who === 'foreign' && key !== 'GET /openapi.json') {
        // Nothing of desk-a comes back, except what the caller itself wrote into the path.
        const told = reply.body.replaceAll('"desk-a"', '').replaceAll('\\"desk-a\\"', '');
        for (const secret of ['desk-a', fixtures.spareToken, fixtures.dueRun]) {
          const said = expectation.path(fixtures).includes(secret);
          if (!said) expect(told).not.toContain(secret);
        }
      }
    },
  );
});

describe('the audit log', () => {
  // Signing in and out has tests of its own (session.test.ts): anybody may try.
  const writes = Object.keys(TABLE).filter((key) => !key.startsWith('GET ') && TABLE[key]?.role !== null);

  it.each(writes)('%s leaves an entry when it is done, and when it is refused', async (key) => {
    const known = new Set((await fleet.operations.audit({ limit: 1_000 })).map(({ id }) => id));
    const { reply } = await call(key, 'admin');
    expect(reply.statusCode).toBeLessThan(300);
    await call(key, 'viewer');
    const entries = (await fleet.operations.audit({ limit: 1_000 })).filter(({ id }) => !known.has(id));
    const route = fleet.app.routeEntries.find(({ method, url }) => `${method} ${url}` === key);
    expect(entries.map(({ action }) => action)).toEqual([route?.audit, route?.audit]);
    const done = entries.find(({ actor }) => actor === `token:${tokens.get('admin')?.id}`);
    const refused = entries.find(({ actor }) => actor === `token:${tokens.get('viewer')?.id}`);
    expect([done?.outcome, refused?.outcome, refused?.detail.status]).toEqual(['done', 'refused', 403]);
    if (TABLE[key]?.scope === 'workspace') expect(refused?.workspace).toBe('desk-a');
  });

  it('is not filled by those without a token', async () => {
    const before = (await fleet.operations.audit({ limit: 1_000 })).length;
    for (const key of writes) await call(key, null);
    expect(await fleet.operations.audit({ limit: 1_000 })).toHaveLength(before);
  });

  it('never holds a secret or a token', async () => {
    const text = JSON.stringify(await fleet.operations.audit({ limit: 1_000 }));
    expect(text).not.toContain('hush');
    expect(text).not.toContain('plb_');
  });
});
