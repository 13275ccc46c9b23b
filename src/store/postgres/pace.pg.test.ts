import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paceConformance } from '../../../test/conformance/pace.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
import { openPostgresPace } from './pace.ts';
import { Postgres } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

paceConformance('PostgreSQL', async (callers) => {
  const pools = Array.from(
    { length: callers },
    () => new Postgres({ url: database.url, connections: 2, name: 'test' }),
  );
  return {
    callers: await Promise.all(pools.map(openPostgresPace)),
    close: async () => {
      for (const pool of pools) await pool.close();
    },
  };
});

describe('pace on PostgreSQL', () => {
  it('makes nobody wait for a clock that was set back', async () => {
    const postgres = new Postgres({ url: database.url, connections: 1, name: 'test' });
    const pace = await openPostgresPace(postgres);
    await pace.take('back', 10);
    await pace.pause('back-paused', 5_000);
    // An hour back for the clock is an hour ahead for what it wrote.
    await postgres.rows(
      'setting the clock back',
      'UPDATE operations.pace SET turn_at = turn_at + 3600000, paused_until = paused_until + 3600000 WHERE account IN ($1, $2)',
      ['back', 'back-paused'],
    );
    expect(await pace.take('back', 10)).toBeLessThanOrEqual(6_000);
    expect(await pace.pausedForMs('back-paused')).toBe(5_000);
    await postgres.close();
  });
});
