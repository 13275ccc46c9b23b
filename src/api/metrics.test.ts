import { afterEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { PATIENT } from '../../test/harness/patience.ts';
import { RunParams } from '../domain/operations.ts';
import { requestTallies, snapshotDurationTallies } from '../domain/tallies.ts';
import type { ApiDeps, DeskStatus } from './deps.ts';

let fleet: ApiFleet;
afterEach(() => fleet.close());

const DESKS: readonly DeskStatus[] = [
  {
    workspace: 'desk-a',
    connections: [
      { connection: 'main', until: new Date('2026-06-01T11:58:30.000Z') },
      { connection: 'new', until: null },
    ],
    placements: [{ model: 'six-stage', stage: 3, assured: 2 }],
    verdicts: [
      { model: 'six-stage', kind: 'staged', value: 3 },
      { model: 'activity-score', kind: 'activity', value: 2.25 },
    ],
  },
  {
    workspace: 'desk-b',
    connections: [],
    placements: [{ model: 'six-stage', stage: null, assured: null }],
    verdicts: [{ model: 'six-stage', kind: 'staged', value: null }],
  },
];

async function open(open_metrics = false): Promise<void> {
  fleet = await openApiFleet(['desk-a', 'desk-b'], ({ config }: ApiDeps) => ({
    config: { ...config, serve: { ...config.serve, open_metrics } },
    fleetStatus: async () => DESKS,
    queueCounts: async () => [
      { queue: 'sync', lane: 'usual', state: 'waiting', n: 4 },
      { queue: 'snapshot', lane: 'large', state: 'active', n: 1 },
    ],
  }));
  const { operations, clock } = fleet;
  const now = clock.now();
  const run = { kind: 'sync', schedule: null, slot: now, due_at: now, requested_by: 'cli', created_at: now } as const;
  const params = RunParams.parse({});
  await operations.addRuns([
    { ...run, params, id: 'a1', workspace: 'desk-a' },
    { ...run, params, id: 'a2', workspace: 'desk-a' },
    { ...run, params, id: 'b1', workspace: 'desk-b' },
  ]);
  await operations.endRun('a2', now, { status: 'failed' });
  await operations.addTallies([
    ...requestTallies('zendesk', 200),
    ...requestTallies('zendesk', 200),
    ...requestTallies('zendesk', 429),
    ...requestTallies('freshdesk', null),
    ...snapshotDurationTallies(4),
    ...snapshotDurationTallies(90),
  ]);
}

async function scrape(workspaces: readonly string[] | null = null) {
  const { token } = await fleet.token('viewer', workspaces);
  const reply = await fleet.ask({ method: 'GET', url: '/metrics', token });
  const samples = new Map<string, number>();
  for (const line of reply.body.split('\n').filter((l) => l !== '' && !l.startsWith('#'))) {
    const at = line.lastIndexOf(' ');
    expect(samples.has(line.slice(0, at)), line).toBe(false);
    samples.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  return { reply, samples };
}

describe('/metrics', () => {
  it('is OpenMetrics text that ends as the standard says', async () => {
    await open();
    const { reply } = await scrape();
    expect(reply.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(reply.body.endsWith('# EOF\n')).toBe(true);
    // A counter's family has no suffix, its samples have `_total`.
    expect(reply.body).toContain('# TYPE plumbline_vendor_requests counter\n');
  });

  it('shows the journal, the queues, the vendors and the desks', async () => {
    await open();
    const { samples } = await scrape();
    expect(Object.fromEntries(samples)).toMatchObject({
      'plumbline_runs{status="due"}': 2,
      'plumbline_runs{status="failed"}': 1,
      'plumbline_runs{status="running"}': 0,
      'plumbline_queue_jobs{queue="sync",lane="usual",state="waiting"}': 4,
      'plumbline_queue_jobs{queue="snapshot",lane="large",state="active"}': 1,
      'plumbline_vendor_requests_total{status="200",vendor="zendesk"}': 2,
      'plumbline_vendor_requests_total{status="429",vendor="zendesk"}': 1,
      'plumbline_vendor_requests_total{status="error",vendor="freshdesk"}': 1,
      'plumbline_vendor_rate_limited_total{vendor="zendesk"}': 1,
      'plumbline_sync_lag_seconds{workspace="desk-a",connection="main"}': 90,
      'plumbline_stage{workspace="desk-a",model="six-stage"}': 3,
      'plumbline_assured_stage{workspace="desk-a",model="six-stage"}': 2,
      'plumbline_verdict{workspace="desk-a",model="six-stage",kind="staged"}': 3,
      'plumbline_verdict{workspace="desk-a",model="activity-score",kind="activity"}': 2.25,
    });
  });

  it('has no sample for what is not known, and never 0 in its place', async () => {
    await open();
    const { reply } = await scrape();
    expect(reply.body).not.toMatch(/plumbline_((assured_)?stage|verdict)\{workspace="desk-b"/);
    expect(reply.body).not.toContain('connection="new"');
  });

  it('adds up a histogram: one of 4 s, one of 90 s', async () => {
    await open();
    const { samples } = await scrape();
    const bucket = (le: string) => samples.get(`plumbline_snapshot_duration_seconds_bucket{le="${le}"}`);
    expect(['2', '5', '60', '120', '+Inf'].map(bucket)).toEqual([0, 1, 1, 2, 2]);
    expect(samples.get('plumbline_snapshot_duration_seconds_sum')).toBe(94);
    expect(samples.get('plumbline_snapshot_duration_seconds_count')).toBe(2);
  });

  it('shows a token for one desk that desk and nothing of the fleet', async () => {
    await open();
    const { reply, samples } = await scrape(['desk-b']);
    expect(samples.get('plumbline_runs{status="due"}')).toBe(1);
    expect(reply.body).not.toMatch(/desk-a|plumbline_queue|plumbline_vendor/);
  });

  it('asks for a token unless the configuration opens it', async () => {
    await open();
    expect((await fleet.ask({ method: 'GET', url: '/metrics' })).statusCode).toBe(401);
    await fleet.close();
    await open(true);
    const reply = await fleet.ask({ method: 'GET', url: '/metrics' });
    expect([reply.statusCode, reply.body.includes('plumbline_queue_jobs')]).toEqual([200, true]);
  });
});

describe('probes', () => {
  it('are ready when every part is', async () => {
    const parts = [
      { part: 'store', ready: true, reason: null },
      { part: 'queue', ready: false, reason: 'Redis does not answer.' },
    ] as const;
    fleet = await openApiFleet([], () => ({ checkReady: async () => parts }));
    const reply = await fleet.ask({ method: 'GET', url: '/readyz' });
    expect([reply.statusCode, reply.json()]).toEqual([503, { ready: false, parts }]);
    expect((await fleet.ask({ method: 'GET', url: '/healthz' })).statusCode).toBe(200);
  });

  it('say so within 5 seconds where a part hangs, and keep the reason of a fault to the log', async () => {
    let hangs = true;
    fleet = await openApiFleet([], () => ({
      checkReady: () => (hangs ? new Promise(() => undefined) : Promise.reject(new Error('password=hunter2'))),
    }));
    const asked = fleet.ask({ method: 'GET', url: '/readyz' });
    await expect.poll(() => fleet.clock.sleepers(), PATIENT).toBe(1);
    fleet.clock.advance(5_000);
    expect((await asked).statusCode).toBe(503);
    hangs = false;
    const failed = await fleet.ask({ method: 'GET', url: '/readyz' });
    expect([failed.statusCode, failed.body.includes('hunter2')]).toEqual([503, false]);
  });
});

describe('figures of the process', () => {
  it('stand beside those of the fleet, for those who see the whole fleet', async () => {
    await open();
    const { token } = await fleet.token('viewer');
    await fleet.ask({ method: 'GET', url: '/v1/workspaces/desk-a/runs', token });
    const count = 'plumbline_http_request_duration_seconds_count';
    const route = '{method="GET",route="/v1/workspaces/:workspace/runs",status="2xx"}';
    const whole = await scrape();
    expect(whole.samples.get(`${count}${route}`)).toBe(1);
    expect(whole.samples.get(`plumbline_build_info{version="0.0.0",node="${process.version}"}`)).toBe(1);
    const some = await scrape(['desk-a']);
    expect([...some.samples.keys()].filter((name) => /http_request|build_info|process_|nodejs_/.test(name))).toEqual(
      [],
    );
  });
});
