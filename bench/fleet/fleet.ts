import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run, RunKind } from '../../src/domain/operations.ts';
import type { Operations } from '../../src/store/operations-port.ts';
import { startPostgresServer } from '../../test/harness/postgres-server.ts';
import { startRedisServer } from '../../test/harness/redis-server.ts';
import { built } from '../measure.ts';
import { startVendorProcess, type VendorProcess } from './vendor-process.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

const { Postgres } = await built<typeof import('../../src/store/postgres/pool.ts')>('src/store/postgres/pool');
const { openPostgresOperations } = await built<typeof import('../../src/store/postgres/operations.ts')>(
  'src/store/postgres/operations',
);
const { migratePostgres } = await built<typeof import('../../src/store/postgres/migrations.ts')>(
  'src/store/postgres/migrations',
);
const { openPostgresStore } = await built<typeof import('../../src/store/postgres/open.ts')>('src/store/postgres/open');

export interface Desk {
  readonly workspace: string;
  /** Its number at the vendor. */
  readonly index: number;
}

export interface FleetOptions {
  readonly queue: 'redis' | 'postgres';
  /** Streams that a worker reads at a time. */
  readonly syncs: number;
  readonly small: { readonly desks: number; readonly tickets: number };
  /** Tickets of the huge desks, one each. */
  readonly huge: readonly number[];
}

export type WorkerSettings = Readonly<Record<`PLUMBLINE_${string}`, string>>;

export interface Fleet {
  readonly small: readonly Desk[];
  readonly huge: readonly Desk[];
  readonly vendor: VendorProcess;
  readonly operations: Operations;
  /** Starts `n` workers; they may take a second or two until they work. */
  startWorkers(n: number, settings: WorkerSettings): WorkerProcess[];
  /** Enters one run for each desk, due now; gives their ids. */
  enter(desks: readonly Desk[], kind: RunKind, sync: boolean): Promise<string[]>;
  /** Waits until all have ended. Errors: when one fails, or none ends for ten minutes. */
  settle(ids: readonly string[]): Promise<Run[]>;
  /** Bytes of the database. */
  databaseBytes(): Promise<number>;
  /** One statement as the owner of the server, for figures. */
  ask(sql: string): Promise<readonly Record<string, unknown>[]>;
  readonly redisUrl: string | null;
  close(): Promise<void>;
}

const POLL_MS = 250;
const STUCK_MS = 600_000;

/** PostgreSQL, Redis and the vendor as processes of their own, and the desks in the journal, as `connect` would leave them. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const server = await startPostgresServer();
  const redis = options.queue === 'redis' ? await startRedisServer() : null;
  const sizes = [
    ...options.huge.map((tickets) => ({ tickets, growth: 200 })),
    ...Array.from({ length: options.small.desks }, () => ({ tickets: options.small.tickets, growth: 20 })),
  ];
  const vendor = await startVendorProcess(sizes);
  const owner = new Postgres({ url: server.url, connections: 2, name: 'plumbline-bench' });
  // An ordinary role, as in production: row-level security is checked on each row that it touches.
  await owner.rows('bench', `CREATE ROLE plumbline LOGIN NOSUPERUSER PASSWORD 'plumbline'`);
  await owner.rows('bench', 'ALTER DATABASE postgres OWNER TO plumbline');
  const url = new URL(server.url);
  url.username = 'plumbline';
  url.password = 'plumbline';
  const postgres = new Postgres({ url: url.href, connections: 4, name: 'plumbline-bench' });
  const operations = await openPostgresOperations(postgres);
  await migratePostgres(postgres, new Date());
  const desks: Desk[] = sizes.map((_, index) => ({
    workspace: index < options.huge.length ? `huge-${index}` : `small-${index}`,
    index,
  }));
  for (const { workspace, index } of desks) {
    await operations.addWorkspace(workspace);
    const store = await openPostgresStore({ postgres, workspace, replicaDir: '', clock: () => new Date() });
    await store.ledger.saveConnection({
      name: 'desk',
      vendor: 'zendesk',
      role: 'desk',
      settings: { url: vendor.urls[index], user: vendor.user },
      secret: 'env:FLEET_TOKEN',
      allow_private: true,
      status: 'connected',
      created_at: new Date(),
    });
    await store.close();
  }
  const environment: Record<string, string> = {
    DATABASE_URL: url.href,
    ...(redis === null ? { QUEUE: 'postgres' } : { REDIS_URL: redis.url }),
    PLUMBLINE_KEY: randomBytes(32).toString('hex'),
    PLUMBLINE_PSEUDONYM_KEY: randomBytes(32).toString('hex'),
    FLEET_TOKEN: 'fleet-token',
    PLUMBLINE_LOG_LEVEL: 'error',
  };
  return {
    small: desks.slice(options.huge.length),
    huge: desks.slice(0, options.huge.length),
    vendor,
    operations,
    redisUrl: redis?.url ?? null,
    startWorkers: (n, settings) =>
      Array.from({ length: n }, () =>
        startWorkerProcess({ ...environment, ...settings }, `work: { syncs: ${options.syncs} }\n`),
      ),
    enter: (chosen, kind, sync) => enterRuns(operations, chosen, kind, sync),
    settle: (ids) => settleRuns(operations, ids),
    async databaseBytes() {
      const [row] = await owner.rows('bench', 'SELECT pg_database_size(current_database()) AS n');
      return Number(row?.n);
    },
    ask: (sql) => owner.rows('bench', sql),
    async close() {
      await operations.close();
      await postgres.close();
      await owner.close();
      await vendor.close();
      await redis?.remove();
      await server.remove();
    },
  };
}

async function enterRuns(
  operations: Operations,
  desks: readonly Desk[],
  kind: RunKind,
  sync: boolean,
): Promise<string[]> {
  const now = await operations.now();
  const runs = desks.map(({ workspace }) => ({
    id: `bench-${randomUUID()}`,
    workspace,
    kind,
    schedule: null,
    slot: now,
    due_at: now,
    params: { model: null, models: null, window_days: null, as_of: null, sync, connections: null, missed: 0 },
    requested_by: 'cli',
    created_at: now,
  }));
  await operations.addRuns(runs);
  return runs.map((run) => run.id);
}

async function settleRuns(operations: Operations, ids: readonly string[]): Promise<Run[]> {
  const open = new Set(ids);
  const ended: Run[] = [];
  let moved = performance.now();
  while (open.size > 0) {
    for (const id of [...open].slice(0, 20)) {
      const run = await operations.run(id);
      if (run === null || run.ended_at === null) continue;
      if (run.status !== 'done')
        throw new Error(`${run.workspace}: ${run.status} ${run.failure?.code ?? ''} ${run.failure?.message ?? ''}`);
      open.delete(id);
      ended.push(run);
      moved = performance.now();
    }
    if (performance.now() - moved > STUCK_MS) throw new Error(`${open.size} runs do not end.`);
    if (open.size > 0) await sleep(POLL_MS);
  }
  return ended;
}

/** From the first sign of work to the last end, seconds: without the start of the workers. */
export function spanS(runs: readonly Run[]): number {
  const starts = runs.map((run) => run.started_at?.getTime() ?? Number.NaN);
  const ends = runs.map((run) => run.ended_at?.getTime() ?? Number.NaN);
  return (Math.max(...ends) - Math.min(...starts)) / 1000;
}

/** From due to ended, seconds. */
export function waitedS(run: Run): number {
  return ((run.ended_at?.getTime() ?? Number.NaN) - run.due_at.getTime()) / 1000;
}
