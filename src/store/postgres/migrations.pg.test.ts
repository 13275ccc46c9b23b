import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
import { TABLE_NAMES } from '../../domain/telemetry.ts';
import { LATEST_VERSION, migratePostgres } from './migrations.ts';
import { Postgres } from './pool.ts';

const now = new Date('2026-03-01T00:00:00Z');
let database: TestDatabase;
let pools: Postgres[];

beforeEach(async () => {
  database = await createTestDatabase();
  pools = [];
});
afterEach(async () => {
  for (const pool of pools) await pool.close();
  await database.drop();
});

function connect(): Postgres {
  const postgres = new Postgres({ url: database.url, connections: 2, name: 'test' });
  pools.push(postgres);
  return postgres;
}

describe('migratePostgres', () => {
  it('is done once, however many processes start at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => migratePostgres(connect(), now)));
    const postgres = connect();
    await migratePostgres(postgres, now);
    const versions = await postgres.rows('looking', 'SELECT version FROM store.migration ORDER BY version');
    expect(versions.map((row) => row.version)).toEqual(Array.from({ length: LATEST_VERSION }, (_, i) => i + 1));
    const tables = await postgres.rows(
      'looking',
      `SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'telemetry' AND relkind = 'p'`,
    );
    expect(tables.map((row) => row.relname).sort()).toEqual([...TABLE_NAMES].sort());
  });

  it('divides each telemetry table by workspace in 16', async () => {
    const postgres = connect();
    await migratePostgres(postgres, now);
    const parts = await postgres.rows(
      'looking',
      `SELECT p.relname AS parent, count(*) AS parts, min(pg_get_partkeydef(p.oid)) AS by
       FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
       WHERE p.relkind = 'p' AND p.relnamespace = 'telemetry'::regnamespace GROUP BY p.relname`,
    );
    expect(parts).toHaveLength(TABLE_NAMES.length);
    for (const part of parts) expect(part).toMatchObject({ parts: 16, by: 'HASH (workspace)' });
  });

  it('puts a policy on every table and partition that holds rows of a workspace', async () => {
    const postgres = connect();
    await migratePostgres(postgres, now);
    const open = await postgres.rows(
      'looking',
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('telemetry', 'ledger', 'store') AND c.relkind IN ('r', 'p')
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid))`,
    );
    expect(open.map((row) => row.name)).toEqual(['store.migration']);
  });

  it('goes on after a kill between two steps', async () => {
    const postgres = connect();
    await migratePostgres(postgres, now);
    await postgres.rows('breaking', 'DROP TABLE telemetry.link, telemetry.team');
    await migratePostgres(postgres, now);
    expect(await postgres.rows('looking', 'SELECT count(*) AS n FROM telemetry.link')).toEqual([{ n: 0 }]);
  });

  it('adds columns that an older program did not know', async () => {
    const postgres = connect();
    await migratePostgres(postgres, now);
    await postgres.rows('breaking', 'ALTER TABLE telemetry.ticket DROP COLUMN brand');
    await migratePostgres(postgres, now);
    expect(await postgres.rows('looking', 'SELECT brand FROM telemetry.ticket')).toEqual([]);
  });

  it('refuses a store of a newer program', async () => {
    const postgres = connect();
    await migratePostgres(postgres, now);
    await postgres.rows('aging', 'INSERT INTO store.migration VALUES ($1, $2, $3)', [LATEST_VERSION + 1, 'x', now]);
    await expect(migratePostgres(postgres, now)).rejects.toMatchObject({ code: 'STORE_NEWER' });
  });
});
