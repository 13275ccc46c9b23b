import { Redis } from 'ioredis';
import pino from 'pino';
import type { Run } from '../../src/domain/operations.ts';
import { built } from '../measure.ts';
import type { Fleet } from './fleet.ts';

const { createBullmqCarrier } = await built<typeof import('../../workers/bullmq/carrier.ts')>('workers/bullmq/carrier');
const { planRun } = await built<typeof import('../../workers/plan-run.ts')>('workers/plan-run');
const { zendesk } = await built<typeof import('../../connectors/zendesk/index.ts')>('connectors/zendesk/index');

const FLOWS = 500;

async function usedBytes(client: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1] ?? 0);
}

function runOf(index: number): Run {
  const at = new Date(0);
  return {
    id: `size-${index}`,
    workspace: 'small-0',
    kind: 'snapshot',
    schedule: 'daily',
    slot: at,
    due_at: at,
    params: { model: null, models: null, window_days: null, as_of: null, sync: true, connections: null, missed: 0 },
    status: 'due',
    attempts: 0,
    progress: null,
    digest: null,
    failure: null,
    requested_by: 'cli',
    created_at: at,
    started_at: null,
    ended_at: null,
    seen_at: null,
  };
}

/** Jobs of one snapshot run of a desk with one connection, and the bytes that they take in Redis while they wait. No worker may be up. */
export async function redisPerRun(fleet: Fleet): Promise<{ readonly jobs: number; readonly bytes: number } | null> {
  if (fleet.redisUrl === null) return null;
  const client = new Redis(fleet.redisUrl);
  const carrier = createBullmqCarrier({
    backend: { kind: 'redis', url: fleet.redisUrl },
    clock: { now: () => new Date() },
    log: pino({ level: 'silent' }),
    random: Math.random,
    name: 'bench',
    attempts: 8,
    backoffMs: 1_000,
    turnMs: 60_000,
  });
  const connection = { name: 'desk', vendor: 'zendesk', role: 'desk', status: 'connected' } as const;
  const desk = { connections: [connection], tickets: 0 };
  const plan = (index: number) =>
    planRun(runOf(index), desk, { connectors: new Map([['zendesk', zendesk]]), largeTickets: 100_000 });
  const count = (flow: ReturnType<typeof plan>): number =>
    1 + flow.children.reduce((sum, child) => sum + count(child), 0);
  await carrier.put(plan(-1));
  const before = await usedBytes(client);
  for (let i = 0; i < FLOWS; i++) await carrier.put(plan(i));
  const bytes = ((await usedBytes(client)) - before) / FLOWS;
  await carrier.close();
  client.disconnect();
  return { jobs: count(plan(0)), bytes };
}

export interface StoredBytes {
  readonly tickets: number;
  readonly rows: number;
  /** Tables with their indexes. */
  readonly bytes: number;
  readonly indexBytes: number;
}

/** What telemetry takes in PostgreSQL. */
export async function storedBytes(fleet: Fleet): Promise<StoredBytes> {
  const [size] = await fleet.ask(
    `SELECT sum(pg_total_relation_size(oid)) AS total, sum(pg_indexes_size(oid)) AS indexes FROM pg_class
      WHERE relnamespace = 'telemetry'::regnamespace AND relkind = 'r'`,
  );
  const tables = await fleet.ask(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'telemetry'::regnamespace AND relkind = 'p'`,
  );
  let rows = 0;
  for (const { name } of tables)
    rows += Number((await fleet.ask(`SELECT count(*) AS n FROM telemetry.${String(name)}`))[0]?.n);
  const [tickets] = await fleet.ask('SELECT count(*) AS n FROM telemetry.ticket');
  return { tickets: Number(tickets?.n), rows, bytes: Number(size?.total), indexBytes: Number(size?.indexes) };
}

/** Bytes of the log that PostgreSQL has written so far: what replicas, backups and disks have to carry. */
export async function writtenBytes(fleet: Fleet): Promise<number> {
  const [row] = await fleet.ask(`SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS n`);
  return Number(row?.n);
}
