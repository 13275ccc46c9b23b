import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSnapshot, aTicket, at } from '../../../test/harness/records.ts';
import { blank } from '../../kit/blank.ts';
import { LATEST_VERSION, MIGRATIONS } from './migrations.ts';
import { openDuckdbStore } from './open.ts';

const clock = () => new Date('2026-03-01T00:00:00Z');
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-migrations-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Changes a closed store behind its back, as another version of the program would have. */
async function tamper(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(join(dataDir, 'plumbline.duckdb'));
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

async function openOnce(): Promise<void> {
  await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
}

describe('migrate', () => {
  it('is done once', async () => {
    await openOnce();
    await openOnce();
    const instance = await DuckDBInstance.create(join(dataDir, 'plumbline.duckdb'));
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll('SELECT version FROM store.migration ORDER BY version');
    expect(rows.getRows().map(([version]) => Number(version))).toEqual(
      Array.from({ length: LATEST_VERSION }, (_, i) => i + 1),
    );
    connection.closeSync();
    instance.closeSync();
  });

  it('refuses a store of a newer program', async () => {
    await openOnce();
    await tamper(`INSERT INTO store.migration VALUES (${LATEST_VERSION + 1}, 'from the future', now())`);
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock })).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining(String(LATEST_VERSION + 1)),
    });
  });

  it('lets columns be unknown that had to be known before', async () => {
    await openOnce();
    const before = ['article.published', 'article.public', 'agent.human'].map((place) => place.split('.'));
    await tamper(
      ...before.map(([table, column]) => `ALTER TABLE telemetry.${table} ALTER COLUMN ${column} SET NOT NULL`),
      'DELETE FROM store.migration WHERE version >= 8',
    );
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    const article = { ...blank('article'), id: '1', created_at: clock() };
    const agent = { ...blank('agent'), id: '2', active: true };
    const records = { article: [article], agent: [agent] };
    await store.telemetry.commit({ connection: 'd', stream: null, checkpoint: null, records, rejected: [] });
    const rows = await store.telemetry.rows('d');
    expect([rows.get('article'), rows.get('agent')]).toEqual([1, 1]);
    await store.close();
  });

  it('adds columns that an older program did not know, as unknown', async () => {
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    const ticket = aTicket({ id: '1', brand: 'b', product: 'p' });
    const batch = { connection: 'd', stream: null, checkpoint: null, records: { ticket: [ticket] }, rejected: [] };
    await store.telemetry.commit(batch);
    await store.close();
    await tamper('ALTER TABLE telemetry.ticket DROP COLUMN brand');
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock, readonly: true })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('lacks 1 of the tables and columns'),
    });
    const grown = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    expect(await grown.telemetry.find('ticket', 'd', '1')).toEqual([{ ...ticket, brand: null }]);
    // The column is at another place in the table now: a batch is written by name, not by place.
    await grown.telemetry.commit(batch);
    expect(await grown.telemetry.find('ticket', 'd', '1')).toEqual([ticket]);
    await grown.close();
  });

  it('keeps the ledger of a store of version 1 and gives it to its workspace', async () => {
    const [first] = MIGRATIONS;
    const snapshot = aSnapshot({ digest: 'd', as_of: '2026-01-31T00:00:00.000Z' });
    await tamper(
      'CREATE SCHEMA store',
      'CREATE SCHEMA ledger',
      'CREATE TABLE store.migration (version BIGINT PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)',
      ...(first?.statements('desk') ?? []),
      "INSERT INTO store.migration VALUES (1, 'bookkeeping and ledger', now())",
      `INSERT INTO ledger.connection VALUES ('d', 'zendesk', '{}', 'none', false, 'connected', '2026-01-01')`,
      `INSERT INTO ledger.answer VALUES ('h', 'm', 'S1.1', 'lead', 'operations', '2', NULL, NULL, NULL, '2026-01-01', '2027-01-01', 1)`,
      `INSERT INTO ledger.not_applicable VALUES ('m', 'S1.2', 'no phone', 'me', '2026-01-01')`,
      `INSERT INTO ledger.snapshot VALUES ('d', 'six-stages', '2026-01-31', '2026-02-01', '${JSON.stringify(snapshot)}')`,
    );
    // Later the folder is moved to another name: one file is one workspace.
    for (const workspace of ['desk', 'desk', 'renamed']) {
      const store = await openDuckdbStore({ dataDir, workspace, clock });
      expect((await store.ledger.connections()).map((row) => row.name)).toEqual(['d']);
      expect((await store.ledger.answers('m')).map((row) => row.value)).toEqual([2]);
      expect((await store.ledger.notApplicable('m')).map((row) => row.reason)).toEqual(['no phone']);
      expect(await store.ledger.snapshot('d')).toEqual(snapshot);
      expect(await store.ledger.saveSnapshot(snapshot, at('2026-03-01T00:00:00Z'), 'run')).toBe('d');
      expect(await store.ledger.snapshots()).toHaveLength(1);
      await store.close();
    }
  });
});
