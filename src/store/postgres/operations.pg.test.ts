import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRun, operationsConformance } from '../../../test/conformance/operations.ts';
import { sessionConformance } from '../../../test/conformance/sessions.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
import { OPERATIONS_MIGRATIONS } from '../operations/migrations.ts';
import type { Operations } from '../operations-port.ts';
import { openPostgresOperations } from './operations.ts';
import { Postgres } from './pool.ts';

let database: TestDatabase;
const pools: Postgres[] = [];
function connect(): Postgres {
  const postgres = new Postgres({ url: database.url, connections: 8, name: 'test' });
  pools.push(postgres);
  return postgres;
}

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const postgres of pools.splice(0)) await postgres.close();
});
afterAll(() => database.drop());

async function emptyJournal(): Promise<Operations> {
  const postgres = connect();
  await postgres.rows('emptying', 'DROP SCHEMA IF EXISTS operations CASCADE');
  return openPostgresOperations(postgres);
}
operationsConformance('PostgreSQL', emptyJournal);
sessionConformance('PostgreSQL', emptyJournal);

describe('journal on PostgreSQL', () => {
  it('is made once by many processes that start at the same time', async () => {
    await connect().rows('emptying', 'DROP SCHEMA IF EXISTS operations CASCADE');
    const journals = await Promise.all(Array.from({ length: 6 }, () => openPostgresOperations(connect())));
    await Promise.all(journals.map((journal, i) => journal.addWorkspace(`desk${i}`)));
    expect(await journals[0]?.workspaces()).toHaveLength(6);
    expect(await connect().rows('reading', 'SELECT version FROM operations.migration ORDER BY version')).toEqual(
      OPERATIONS_MIGRATIONS.map(({ version }) => ({ version })),
    );
  });

  it('goes by the clock of the database', async () => {
    const postgres = connect();
    const journal = await openPostgresOperations(postgres);
    const text = async () => {
      const [row] = await postgres.rows('reading', 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms');
      return Number(row?.ms);
    };
    const [before, now, after] = [await text(), (await journal.now()).getTime(), await text()];
    expect(now).toBeGreaterThanOrEqual(Math.floor(before));
    expect(now).toBeLessThanOrEqual(after);
  });

  it('looks at no ended run to find those that are due or silent, nor for a sign of life', async () => {
    const filling = connect();
    await openPostgresOperations(filling);
    await filling.rows('emptying', 'DELETE FROM operations.run');
    await filling.rows(
      'filling',
      `INSERT INTO operations.run (id, workspace, kind, slot, due_at, params, status, attempts, requested_by, created_at, ended_at, seen_at)
      SELECT 'r' || i, 'desk' || i % 50, 'snapshot', t, t, '{}', 'done', 1, 'x', t, t, t
      FROM (SELECT i, timestamptz '2026-01-01' + i * interval '1 minute' AS t FROM generate_series(1, 20000) AS g(i)) AS g`,
    );
    await filling.rows('analysing', 'VACUUM ANALYZE operations.run');
    const scans = async (): Promise<{ whole: number; indexed: number; fetched: number }> => {
      const [row] = await filling.rows(
        'reading',
        `SELECT seq_tup_read::float8 AS whole, idx_scan::float8 AS indexed, idx_tup_fetch::float8 AS fetched
        FROM pg_stat_user_tables WHERE schemaname = 'operations' AND relname = 'run'`,
      );
      return { whole: Number(row?.whole), indexed: Number(row?.indexed), fetched: Number(row?.fetched) };
    };
    await filling.rows('telling', 'SELECT pg_stat_force_next_flush()');
    const before = await scans();
    const worker = new Postgres({ url: database.url, connections: 1, name: 'test' });
    const journal = await openPostgresOperations(worker);
    await journal.addRuns([aRun()]);
    const now = new Date('2027-01-01T00:00:00Z');
    expect(await journal.claimDue(now, 10)).toHaveLength(1);
    await journal.touchRun(aRun().id, now, { begin: true });
    expect(await journal.silentRuns(new Date(now.getTime() + 1))).toHaveLength(1);
    await journal.endRun(aRun().id, now, { status: 'done' });
    // The server tells what a connection read at the latest when it ends.
    await worker.close();
    await expect.poll(async () => (await scans()).indexed, { timeout: 20_000 }).toBeGreaterThan(before.indexed + 3);
    const after = await scans();
    expect(after.whole).toBe(before.whole);
    expect(after.fetched - before.fetched).toBeLessThan(50);
  });
});
