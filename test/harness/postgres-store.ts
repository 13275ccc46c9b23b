import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Store } from '../../src/store/ports.ts';
import { migratePostgres } from '../../src/store/postgres/migrations.ts';
import { openPostgresStore, type PostgresStoreOptions } from '../../src/store/postgres/open.ts';
import { Postgres } from '../../src/store/postgres/pool.ts';
import { at } from './records.ts';
import { createTestDatabase } from './test-database.ts';

/** A database brought up to date, whose owner is an ordinary role: row-level security holds for it, as it would in production. */
export interface StoreDatabase {
  /** Address for the ordinary role. */
  readonly url: string;
  /** Address for a superuser, whom row-level security does not hold. */
  readonly superuserUrl: string;
  readonly postgres: Postgres;
  /** Folder of replicas. */
  readonly replicaDir: string;
  open(workspace: string, more?: Partial<PostgresStoreOptions>): Promise<Store>;
  remove(): Promise<void>;
}

async function admin(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

export async function createStoreDatabase(serverUrl: string = inject('postgresUrl')): Promise<StoreDatabase> {
  const database = await createTestDatabase(serverUrl);
  const role = `app_${randomBytes(8).toString('hex')}`;
  const url = new URL(database.url);
  await admin(
    serverUrl,
    `CREATE ROLE ${role} LOGIN NOSUPERUSER PASSWORD 'app'`,
    `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${role}`,
  );
  url.username = role;
  url.password = 'app';
  const postgres = new Postgres({ url: url.href, connections: 8, name: 'test' });
  const replicaDir = mkdtempSync(join(tmpdir(), 'plumbline-replicas-'));
  await migratePostgres(postgres, at('2026-03-01T00:00:00Z'));
  return {
    url: url.href,
    superuserUrl: database.url,
    postgres,
    replicaDir,
    open: (workspace, more = {}) =>
      openPostgresStore({
        postgres,
        workspace,
        replicaDir,
        clock: () => at('2026-03-01T00:00:00Z'),
        memoryLimit: '512MB',
        ...more,
      }),
    async remove() {
      await postgres.close();
      await database.drop();
      await admin(serverUrl, `DROP ROLE ${role}`);
      await rm(replicaDir, { recursive: true, force: true });
    },
  };
}
