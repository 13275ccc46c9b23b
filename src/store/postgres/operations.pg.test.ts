import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operationsConformance } from '../../../test/conformance/operations.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
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

operationsConformance('PostgreSQL', async () => {
  const postgres = connect();
  await postgres.rows('emptying', 'DROP SCHEMA IF EXISTS operations CASCADE');
  return openPostgresOperations(postgres);
});

describe('journal on PostgreSQL', () => {
  it('is made once by many processes that start at the same time', async () => {
    await connect().rows('emptying', 'DROP SCHEMA IF EXISTS operations CASCADE');
    const journals = await Promise.all(Array.from({ length: 6 }, () => openPostgresOperations(connect())));
    await Promise.all(journals.map((journal, i) => journal.addWorkspace(`desk${i}`)));
    expect(await journals[0]?.workspaces()).toHaveLength(6);
    expect(await connect().rows('reading', 'SELECT version FROM operations.migration')).toEqual([{ version: 1 }]);
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
});
