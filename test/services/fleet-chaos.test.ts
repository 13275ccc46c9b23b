import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOfNow } from '../../src/pipeline/runs.ts';
import { planSchedule } from '../../src/pipeline/schedules.ts';
import type { Operations } from '../../src/store/operations-port.ts';
import { migratePostgres } from '../../src/store/postgres/migrations.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openPostgresOperations } from '../../src/store/postgres/operations.ts';
import { Postgres } from '../../src/store/postgres/pool.ts';
import { type FleetVendor, startFleetVendor } from '../harness/fleet-vendor.ts';
import { type PostgresServer, startPostgresServer } from '../harness/postgres-server.ts';
import { HAS_REDIS, type RedisServer, startRedisServer } from '../harness/redis-server.ts';

/**
 * Twenty desks on a one-minute schedule and three workers of the built product, one of which is killed every ten seconds. `CHAOS_MINUTES`
 * shortens it for trying out; a slot that was due while this ran must have exactly one run and one published snapshot.
 */
const MINUTES = Number(process.env.CHAOS_MINUTES ?? '5');
const DESKS = 20;
const TICKETS = 300;
const WORKERS = 3;
const KILL_EVERY_MS = 10_000;
const MINUTE_MS = 60_000;
const SETTLE_MS = 15 * MINUTE_MS;
const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js');
const names = Array.from({ length: DESKS }, (_, i) => `desk-${String(i).padStart(2, '0')}`);

interface Fleet {
  readonly url: string;
  readonly postgres: Postgres;
  readonly operations: Operations;
  readonly vendor: FleetVendor;
  readonly queue: Readonly<Record<string, string>>;
}

/** A worker in a folder of its own; a killed one is followed by another in the same folder, as an orchestrator does. */
class Worker {
  readonly dir = mkdtempSync(join(tmpdir(), 'plumbline-chaos-'));
  readonly #log = openSync(join(this.dir, 'log'), 'a');
  readonly #fleet: Fleet;
  #child: ChildProcess;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    this.#child = this.#spawn();
  }

  #spawn(): ChildProcess {
    return spawn(process.execPath, [MAIN, 'work', '--quiet'], {
      cwd: this.dir,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: this.dir,
        DATABASE_URL: this.#fleet.url,
        ...this.#fleet.queue,
        PLUMBLINE_KEY: '1'.repeat(64),
        PLUMBLINE_PSEUDONYM_KEY: '2'.repeat(64),
        PLUMBLINE_THREADS: '1',
        PLUMBLINE_LOG_LEVEL: 'info',
        FLEET_TOKEN: 'fleet-token',
      },
      stdio: ['ignore', this.#log, this.#log],
    });
  }

  async killAndReplace(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    this.#child = this.#spawn();
  }

  /** SIGTERM; gives the exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [code] = await ended;
    return code as number | null;
  }

  text(): string {
    return readFileSync(join(this.dir, 'log'), 'utf8');
  }
}

/** Instants from which the schedule of each desk holds: entering all of them may go over the turn of a minute. */
async function enterDesks({ postgres, operations, vendor }: Fleet): Promise<ReadonlyMap<string, number>> {
  const entered = new Map<string, number>();
  for (const [i, workspace] of names.entries()) {
    const now = await operations.now();
    await operations.addWorkspace(workspace);
    const store = await openPostgresStore({ postgres, workspace, replicaDir: '', clock: () => now });
    await store.ledger.saveConnection({
      name: 'desk',
      vendor: 'zendesk',
      role: 'desk',
      settings: { url: vendor.urls[i], user: vendor.user },
      secret: 'env:FLEET_TOKEN',
      allow_private: true,
      status: 'connected',
      created_at: now,
    });
    await store.close();
    const plan = {
      workspace,
      name: 'minutely',
      kind: 'snapshot' as const,
      model: null,
      models: null,
      window_days: null,
      every: '1m',
      jitter: '10s',
      by: 'test',
    };
    await operations.saveSchedule(planSchedule(plan, now));
    entered.set(workspace, now.getTime());
  }
  return entered;
}

/** Slots of a minute grid in (from, to]. */
function slotsBetween(from: number, to: number): string[] {
  const slots: string[] = [];
  for (let at = (Math.floor(from / MINUTE_MS) + 1) * MINUTE_MS; at <= to; at += MINUTE_MS)
    slots.push(new Date(at).toISOString());
  return slots;
}

const open: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

async function openFleet(server: PostgresServer, redis: RedisServer | null): Promise<Fleet> {
  const vendor = await startFleetVendor(names.map(() => ({ tickets: TICKETS, growth: 5, steps: 30 })));
  open.push(() => vendor.close());
  const postgres = new Postgres({ url: server.url, connections: 8, name: 'chaos' });
  open.push(() => postgres.close());
  const operations = await openPostgresOperations(postgres);
  await migratePostgres(postgres, await operations.now());
  const queue: Record<string, string> = redis === null ? { QUEUE: 'postgres' } : { REDIS_URL: redis.url };
  return { url: server.url, postgres, operations, vendor, queue };
}

async function settled(operations: Operations): Promise<void> {
  const end = performance.now() + SETTLE_MS;
  for (;;) {
    const counts = await operations.countRuns();
    const going = counts.filter((one) => ['due', 'queued', 'running'].includes(one.status));
    if (going.length === 0) return;
    if (performance.now() > end) throw new Error(`Runs that do not end: ${JSON.stringify(going)}`);
    await sleep(1_000);
  }
}

async function liveThrough(fleet: Fleet): Promise<void> {
  const { operations, vendor, postgres } = fleet;
  const entered = await enterDesks(fleet);
  const workers = Array.from({ length: WORKERS }, () => new Worker(fleet));
  const kills = Math.round((MINUTES * MINUTE_MS) / KILL_EVERY_MS);
  for (let n = 0; n < kills; n += 1) {
    await sleep(KILL_EVERY_MS);
    await workers[n % WORKERS]?.killAndReplace();
    if (n % 6 === 5) vendor.advance();
  }
  // What is due from here on is nobody's business; the slots before have to come to their end.
  const to = (await operations.now()).getTime();
  for (const workspace of names) {
    const [schedule] = await operations.schedules(workspace);
    if (schedule !== undefined) await operations.saveSchedule({ ...schedule, paused: true });
  }
  await settled(operations);
  // One sync more, so that what the vendor showed while the last one was under way is read too.
  const last = await operations.now();
  await operations.addRuns(names.map((workspace) => runOfNow({ workspace, requestedBy: 'test' }, 'sync', {}, last)));
  await settled(operations);
  expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual(workers.map(() => 0));

  // The slot that ends with the test may have been fired or not.
  for (const workspace of names) {
    const due = slotsBetween(entered.get(workspace) ?? Number.NaN, to - 15_000);
    expect(due.length).toBeGreaterThanOrEqual(Math.max(1, Math.floor(MINUTES) - 1));
    const runs = (await operations.runs({ workspace, limit: 1_000 })).filter(
      (run) => run.slot.getTime() <= to - 15_000,
    );
    expect([workspace, runs.map((run) => run.slot.toISOString()).sort()]).toEqual([workspace, due]);
    expect(runs.map((run) => [run.id, run.status, run.failure])).toEqual(runs.map((run) => [run.id, 'done', null]));
    const store = await openPostgresStore({ postgres, workspace, replicaDir: '', clock: () => new Date(to) });
    const published = (await store.ledger.publications()).filter((one) => runs.some((run) => run.id === one.run));
    expect(published.map((one) => [one.run, one.digest]).sort()).toEqual(
      runs.map((run) => [run.id, run.digest]).sort(),
    );
    const kept = new Set((await store.ledger.snapshots()).map((head) => head.digest));
    expect(published.every((one) => kept.has(one.digest))).toBe(true);
    // Nothing lost and nothing doubled: what is stored is what the vendor shows.
    const observed = (await store.telemetry.observability()).find((row) => row.stream === 'tickets');
    expect([workspace, observed?.reconciled_share]).toEqual([workspace, 1]);
    await store.close();
  }
  const log = workers.map((worker) => worker.text()).join('');
  expect(log).not.toContain('fleet-token');
  expect(log).toContain('snapshot published');
  for (const worker of workers) rmSync(worker.dir, { recursive: true, force: true });
}

describe('twenty desks while workers are killed', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
    open.push(() => server.remove());
  });

  it.skipIf(!HAS_REDIS)(
    'on PostgreSQL and Redis, every due snapshot exists exactly once',
    async () => {
      const redis = await startRedisServer();
      open.push(() => redis.remove());
      await liveThrough(await openFleet(server, redis));
    },
    MINUTES * MINUTE_MS + SETTLE_MS + MINUTE_MS,
  );
});
