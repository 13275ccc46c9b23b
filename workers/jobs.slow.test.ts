import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { zendesk } from '../connectors/zendesk/index.ts';
import type { Run, RunParams } from '../src/domain/operations.ts';
import { PlumblineError } from '../src/errors/index.ts';
import type { Connector } from '../src/kit/connector.ts';
import { createHttpClient } from '../src/kit/http-client.ts';
import { onlyStaged, readModels } from '../src/models/index.ts';
import { accountOf, type OpensConnections } from '../src/pipeline/open-connection.ts';
import { runOfNow } from '../src/pipeline/runs.ts';
import { takeSnapshot } from '../src/pipeline/snapshot.ts';
import { syncConnection, syncUnits } from '../src/pipeline/sync.ts';
import { METHODS } from '../src/scoring/index.ts';
import { loadSignals } from '../src/signals/index.ts';
import { openMemoryStore } from '../src/store/duckdb/open.ts';
import { openMemoryOperations } from '../src/store/operations/embedded.ts';
import { memoryPace } from '../src/store/operations/memory-pace.ts';
import type { AccountPace, Operations } from '../src/store/operations-port.ts';
import type { ConnectionRow, Store } from '../src/store/ports.ts';
import { type FleetVendor, startFleetVendor } from '../test/harness/fleet-vendor.ts';
import { trustShipped } from '../test/harness/shipped-packs.ts';
import type { JobContext } from './contract.ts';
import { createInProcessCarrier } from './in-process.ts';
import type { JobDeps } from './job-deps.ts';
import { maintainHandler } from './maintain.ts';
import { assertSynced, chooseAsOf, snapshotHandler } from './snapshot.ts';
import { syncHandler } from './sync.ts';
import { work } from './worker-process.ts';

const ROOT = join(import.meta.dirname, '..');
const LOG = pino({ level: 'silent' });
const NOW = new Date('2026-11-22T12:00:00Z');
const CONNECTORS = new Map([[zendesk.id, zendesk as unknown as Connector<unknown>]]);

/** The rules and the model that ship; the vendor over real HTTP; journal and store of the embedded engine in memory. */
describe('jobs of one desk', () => {
  const signals = loadSignals(join(ROOT, 'rules/signals')).signals.map((s) => s.definition);
  const loaded = onlyStaged(readModels(join(ROOT, 'rules/models'), METHODS, signals)).find(
    (m) => m.model.id === 'six-stage',
  );
  if (loaded === undefined) throw new Error('The model six-stage is missing.');
  let vendor: FleetVendor;
  let operations: Operations;
  let store: Store;
  let pace: AccountPace;
  let deps: JobDeps;

  beforeAll(async () => {
    vendor = await startFleetVendor([{ tickets: 300 }]);
  });
  afterAll(() => vendor.close());
  beforeEach(async () => {
    const clock = { now: () => new Date(NOW) };
    operations = await openMemoryOperations({ clock });
    store = await openMemoryStore({ workspace: 'harbor', trusts: trustShipped() });
    pace = memoryPace(clock);
    await store.ledger.saveConnection(row());
    deps = {
      operations,
      pace,
      clock,
      log: LOG,
      version: 'test',
      settings: {
        batchRows: 100,
        signalTimeoutMs: 60_000,
        windowDays: 90,
        keepTelemetryDays: null,
        keepRunsDays: 90,
        keepAuditDays: 730,
        staleAfterMs: 36 * 3_600_000,
      },
      store: async () => ({ ...store, close: async () => undefined }),
      opens: () => opens,
      rules: async () => ({ signals, hash: 'rules' }),
      model: async () => loaded,
      judging: async () => [loaded],
    };
  });
  afterEach(async () => {
    vendor.setFault(0, 'none');
    await store.close();
    await operations.close();
  });

  const row = (): ConnectionRow => ({
    name: 'main',
    vendor: zendesk.id,
    role: 'desk',
    settings: { url: vendor.urls[0], user: vendor.user },
    secret: 'none',
    allow_private: true,
    status: 'connected',
    created_at: NOW,
  });
  const opens: OpensConnections = async (connection, signal) => {
    const connector = zendesk as unknown as Connector<unknown>;
    const settings = connector.settings.parse(connection.settings);
    const http = createHttpClient({
      ...connector.account(settings, 'token'),
      clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
      random: () => 0,
      allowPrivate: true,
      signal,
      timeouts: { waitMs: 200, totalMs: 1_000 },
    });
    const pseudonymise = (_: string, value: string): string => value;
    return { row: connection, connector, context: { settings, http, signal, pseudonymise }, close: () => http.close() };
  };
  const context = (more: Partial<JobContext> = {}): JobContext => ({
    signal: new AbortController().signal,
    turnEnds: new Date(NOW.getTime() + 60_000),
    attempt: 1,
    last: false,
    children: [],
    alive: async () => undefined,
    ...more,
  });
  const asked = async (kind: 'snapshot' | 'sync', params: Partial<RunParams> = {}): Promise<string> => {
    const run = runOfNow({ workspace: 'harbor', requestedBy: 'test' }, kind, params, NOW);
    await operations.addRuns([run]);
    return run.id;
  };
  const workOff = async (attempts = 2): Promise<void> => {
    const clock = { ...deps.clock, sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, ms)) };
    const carrier = createInProcessCarrier({ clock, log: LOG, attempts, backoffMs: 5, turnMs: 60_000 });
    await work(
      {
        jobs: deps,
        carrier,
        notify: {
          queue: 'notify',
          payload: (await import('./notify.ts')).NotifyJob,
          run: async () => ({ kind: 'done', result: null }),
          failed: async () => undefined,
        },
        connectors: CONNECTORS,
        clock,
        log: LOG,
        settings: {
          syncs: 4,
          memoryBytes: 2e9,
          storeMemoryBytes: 1e9,
          drainMs: 1_000,
          attempts,
          largeTickets: 1e6,
          tickMs: 10,
        },
        alone: true,
      },
      { once: true, signal: new AbortController().signal },
    );
  };
  const runOf = async (id: string): Promise<Run | null> => operations.run(id);
  const unit = (run: string, name: string) =>
    ({ part: 'unit', run, workspace: 'harbor', connection: 'main', unit: name }) as const;
  const requests = (): number => Object.values(vendor.requests()).reduce((a, b) => a + b, 0);

  it('give the snapshot that a sync and a snapshot by hand give, published once', async () => {
    const id = await asked('snapshot');
    await workOff();
    const run = await runOf(id);
    expect(run).toMatchObject({ status: 'done', failure: null, attempts: 1 });
    const byHand = await openMemoryStore({ workspace: 'harbor', trusts: trustShipped() });
    await byHand.ledger.saveConnection(row());
    const open = await opens(row(), new AbortController().signal);
    const progress = (): void => undefined;
    await syncConnection('main', open.connector, open.context, {
      telemetry: byHand.telemetry,
      batchRows: 20_000,
      progress,
    });
    const expected = await takeSnapshot(
      { asOf: null, windowDays: 90, workspace: 'harbor' },
      {
        store: byHand,
        signals,
        rulesHash: 'rules',
        models: [loaded],
        version: 'test',
        now: NOW,
        signalTimeoutMs: 60_000,
        keep: false,
      },
    );
    expect(run?.digest).toBe(expected.digest);
    expect(await store.telemetry.digest()).toBe(await byHand.telemetry.digest());
    expect((await store.ledger.publications()).map((p) => [p.run, p.digest])).toEqual([[id, expected.digest]]);
    await byHand.close();

    // Another worker is given the same job again, twice at once, without the results of its children: it only finds what is there.
    const job = { run: id, workspace: 'harbor' };
    await Promise.all([snapshotHandler(deps).run(job, context()), snapshotHandler(deps).run(job, context())]);
    expect(await store.ledger.publications()).toHaveLength(1);
  });

  it('publish once when two workers have the same job at the same time', async () => {
    const sync = await asked('sync');
    await workOff();
    expect((await runOf(sync))?.status).toBe('done');
    const id = await asked('snapshot', { sync: false });
    const job = { run: id, workspace: 'harbor' };
    await Promise.all([snapshotHandler(deps).run(job, context()), snapshotHandler(deps).run(job, context())]);
    expect(await store.ledger.publications()).toHaveLength(1);
    expect(await runOf(id)).toMatchObject({ status: 'done', digest: (await store.ledger.publications())[0]?.digest });
  });

  it('publish nothing when the vendor answers with a web page, say why, and are mended by a retry', async () => {
    vendor.setFault(0, 'html');
    const id = await asked('snapshot');
    await workOff();
    expect(await runOf(id)).toMatchObject({ status: 'failed', digest: null });
    expect(['VENDOR_BROKEN', 'NOT_A_HELPDESK']).toContain((await runOf(id))?.failure?.code);
    expect(await store.ledger.publications()).toEqual([]);
    expect(await store.telemetry.observability()).toEqual([]);
    expect((await operations.notices('harbor', 10)).map((n) => [n.kind, n.subject])).toEqual([['sync_broken', 'main']]);
    vendor.setFault(0, 'none');
    await operations.retryRun(id, NOW);
    await workOff();
    expect(await runOf(id)).toMatchObject({ status: 'done', failure: null });
    expect(await store.ledger.publications()).toHaveLength(1);
    expect((await operations.notices('harbor', 10)).map((n) => n.kind)).toContain('sync_restored');
  });

  it('publish nothing while the vendor hangs, and are mended by a retry', async () => {
    vendor.setFault(0, 'hang');
    const id = await asked('snapshot');
    await workOff();
    expect(await runOf(id)).toMatchObject({ status: 'failed', digest: null, failure: { code: 'VENDOR_UNREACHABLE' } });
    expect(await store.ledger.publications()).toEqual([]);
    vendor.setFault(0, 'none');
    await operations.retryRun(id, NOW);
    await workOff();
    expect(await runOf(id)).toMatchObject({ status: 'done', failure: null });
  });

  it('read the same from a vendor that changes its page size while it is read', async () => {
    vendor.setFault(0, 'pages');
    const id = await asked('sync');
    await workOff();
    expect((await runOf(id))?.status).toBe('done');
    const digest = await store.telemetry.digest();
    vendor.setFault(0, 'none');
    const steady = await openMemoryStore({ workspace: 'harbor', trusts: trustShipped() });
    const open = await opens(row(), new AbortController().signal);
    await syncConnection('main', open.connector, open.context, {
      telemetry: steady.telemetry,
      batchRows: 20_000,
      progress: () => undefined,
    });
    expect(digest).toBe(await steady.telemetry.digest());
    await steady.close();
  });

  it('pause the account of a vendor that asks to wait, and then leave it alone', async () => {
    vendor.setFault(0, 'rate', 90);
    const id = await asked('sync');
    const first = await syncHandler(deps).run(unit(id, 'tickets'), context());
    expect(first).toEqual({ kind: 'again', afterMs: 90_000 });
    const before = requests();
    expect(await syncHandler(deps).run(unit(id, 'articles'), context())).toEqual({ kind: 'again', afterMs: 90_000 });
    expect(requests()).toBe(before);
    const open = await opens(row(), new AbortController().signal);
    expect(accountOf(open)).toBe(`zendesk@${new URL(vendor.urls[0] ?? '').host}`);
    expect(await pace.pausedForMs(accountOf(open))).toBe(90_000);
    expect((await runOf(id))?.status).toBe('running');
  });

  it('read in turns, and end with what one turn gives', async () => {
    const id = await asked('sync');
    const over = context({ turnEnds: NOW });
    for (const name of syncUnits(zendesk)) {
      let turns = 0;
      for (;;) {
        const outcome = await syncHandler(deps).run(unit(id, name), over);
        turns += 1;
        if (outcome.kind === 'done') break;
        expect(outcome.afterMs).toBe(0);
        expect(turns, name).toBeLessThan(50);
      }
    }
    expect((await store.telemetry.rows('main')).get('ticket')).toBe(300);
  });

  it('stop when their run is cancelled, before they ask the vendor or publish', async () => {
    const id = await asked('snapshot', { sync: false });
    await operations.endRun(id, NOW, { status: 'cancelled' });
    const before = requests();
    const nothing = { kind: 'done', result: null };
    expect(await syncHandler(deps).run(unit(id, 'tickets'), context())).toEqual(nothing);
    expect(await snapshotHandler(deps).run({ run: id, workspace: 'harbor' }, context())).toEqual(nothing);
    expect(requests()).toBe(before);
    expect(await store.ledger.publications()).toEqual([]);
    expect((await runOf(id))?.status).toBe('cancelled');
  });

  it('publish nothing when the run was cancelled while it was measured', async () => {
    const sync = await asked('sync');
    await workOff();
    expect((await runOf(sync))?.status).toBe('done');
    const id = await asked('snapshot', { sync: false });
    const cancelling: JobDeps = {
      ...deps,
      rules: async () => {
        await operations.endRun(id, NOW, { status: 'cancelled' });
        return deps.rules();
      },
    };
    const job = { run: id, workspace: 'harbor' };
    expect(await snapshotHandler(cancelling).run(job, context())).toEqual({ kind: 'done', result: null });
    expect(await store.ledger.publications()).toEqual([]);
  });

  it('name a connection that is gone', async () => {
    await store.ledger.saveConnection({ ...row(), status: 'disconnected' });
    const id = await asked('sync');
    await expect(syncHandler(deps).run(unit(id, 'tickets'), context())).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
  });

  it('maintain: remove what is old, say what is stale', async () => {
    const sync = await asked('sync');
    await workOff();
    expect((await runOf(sync))?.status).toBe('done');
    const id = 'maintain.harbor.daily.1';
    const base = { workspace: 'harbor', kind: 'maintain', schedule: 'daily', slot: NOW, due_at: NOW } as const;
    const { params } = runOfNow({ workspace: 'harbor', requestedBy: 'test' }, 'sync', {}, NOW);
    await operations.addRuns([{ ...base, id, params, requested_by: 'test', created_at: NOW }]);
    const tickets = (await store.telemetry.rows('main')).get('ticket') ?? 0;
    const keeping: JobDeps = { ...deps, settings: { ...deps.settings, keepTelemetryDays: 30 } };
    const outcome = await maintainHandler(keeping).run({ run: id, workspace: 'harbor' }, context());
    const left = (await store.telemetry.rows('main')).get('ticket') ?? 0;
    expect(left).toBeLessThan(tickets);
    expect(outcome).toMatchObject({ kind: 'done', result: { tickets: tickets - left } });
    // The simulated desk ends in the past of the machine's clock: far more than 36 hours ago.
    expect((await operations.notices('harbor', 10)).map((n) => [n.kind, n.subject])).toEqual([['data_stale', 'main']]);
    expect((await runOf(id))?.status).toBe('done');
  });
});

describe('the instant of a run', () => {
  const slot = new Date('2026-03-01T12:00:00Z');
  const params = { as_of: null } as RunParams;
  it('is its slot where the data reach it, otherwise the end of the data', () => {
    expect(chooseAsOf({ slot, params }, new Date('2026-03-01T12:00:01Z'))).toEqual(slot);
    expect(chooseAsOf({ slot, params }, slot)).toBeNull();
    expect(chooseAsOf({ slot, params }, new Date('2026-03-01T11:59:00Z'))).toBeNull();
    expect(chooseAsOf({ slot, params }, null)).toBeNull();
    const past = '2025-01-01T00:00:00.000Z';
    expect(chooseAsOf({ slot, params: { ...params, as_of: past } }, slot)).toEqual(new Date(past));
  });
});

describe('assertSynced', () => {
  const run = { id: 'r', params: { sync: true } as RunParams };
  const good = { connection: 'main', until: '2026-03-01T12:00:00.000Z' };
  it.each([
    [[], true],
    [[good], true],
    [[good, good], true],
    [[good, null], false],
    [[{ connection: 'main' }], false],
  ])('%j: %s', (children, accepted) => {
    const refusal = (): unknown => {
      try {
        assertSynced(run, children);
        return null;
      } catch (error) {
        return error;
      }
    };
    if (accepted) expect(refusal()).toBeNull();
    else expect(refusal()).toBeInstanceOf(PlumblineError);
  });
});
