import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreDatabase } from '../../../test/harness/postgres-store.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
import { TABLE_NAMES } from '../../domain/telemetry.ts';
import { LATEST_VERSION, migratePostgres } from './migrations.ts';
import { Postgres } from './pool.ts';

const EARLIER = resolve(import.meta.dirname, '../../../test/fixtures/snapshot-1/backup/ledger/snapshots.jsonl');
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

  it('tells of the snapshots of every workspace what their one model said, though a wall stands before each', async () => {
    const lines = readFileSync(EARLIER, 'utf8').trim().split('\n');
    const old = lines.map((line) => (JSON.parse(line) as { snapshot: { digest: string; as_of: string } }).snapshot);
    const desks = await createStoreDatabase();
    try {
      const superuser = new Postgres({ url: desks.superuserUrl, connections: 1, name: 'test' });
      pools.push(superuser);
      await superuser.rows(
        'aging',
        'DROP TABLE ledger.verdict, ledger.model_document, ledger.resolution, ledger.customer_pair',
      );
      await superuser.rows('aging', 'ALTER TABLE ledger.connection DROP COLUMN role');
      await superuser.rows('aging', 'DELETE FROM store.migration WHERE version >= 2');
      for (const [index, snapshot] of old.entries())
        await superuser.rows('aging', 'INSERT INTO ledger.snapshot VALUES ($1, $2, $3, $4, $5, $6)', [
          `desk-${index}`,
          snapshot.digest,
          'six-stage',
          new Date(snapshot.as_of),
          now,
          JSON.stringify(snapshot),
        ]);
      // As the owner of the tables, who is held by the wall.
      await migratePostgres(desks.postgres, now);
      const headlines = [
        { value: null, label: 'not placed', of: 6, assured: null, status: 'not_placed', coverage: 0 },
        { value: 2, label: 'stage 2', of: 6, assured: null, status: 'self_reported', coverage: 0 },
      ];
      for (const [index, snapshot] of old.entries()) {
        const { ledger } = await desks.open(`desk-${index}`);
        const [verdict, ...others] = await ledger.verdicts();
        expect(others).toEqual([]);
        expect(verdict).toMatchObject({
          digest: snapshot.digest,
          version: 2,
          kind: 'staged',
          headline: headlines[index],
        });
        expect(await ledger.snapshot(snapshot.digest)).toEqual(snapshot);
      }
      const open = await superuser.rows(
        'looking',
        `SELECT relname FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind = 'r'
           AND NOT (relrowsecurity AND relforcerowsecurity)`,
      );
      expect(open).toEqual([]);
      await superuser.close();
      pools.pop();
    } finally {
      await desks.remove();
    }
  });
});
