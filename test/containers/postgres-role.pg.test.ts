import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratePostgres } from '../../src/store/postgres/migrations.ts';
import { openPostgresOperations } from '../../src/store/postgres/operations.ts';
import { Postgres } from '../../src/store/postgres/pool.ts';
import { type PostgresServer, startPostgresServer } from '../harness/postgres-server.ts';
import { readText } from './product.ts';

const PASSWORD = "a'password";

/** What psql sends of the file: its `\set` takes a secret, `:'password'` puts it in as a literal. */
function statements(): string[] {
  const text = readText('docker/postgres-role.sql');
  const sql = text
    .split('\n')
    .filter((line) => !line.startsWith('--') && !line.startsWith('\\'))
    .join('\n');
  return sql
    .replaceAll(":'password'", pg.escapeLiteral(PASSWORD))
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

describe('docker/postgres-role.sql', () => {
  // A server of its own: the names of the role and the database are fixed.
  let server: PostgresServer;
  let postgres: Postgres;
  beforeAll(async () => {
    server = await startPostgresServer();
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    for (const statement of statements()) await client.query(statement);
    await client.end();
    const url = new URL(server.url);
    url.username = 'plumbline';
    url.password = encodeURIComponent(PASSWORD);
    url.pathname = '/plumbline';
    postgres = new Postgres({ url: url.href, connections: 2, name: 'test' });
  });
  afterAll(async () => {
    await postgres.close();
    await server.remove();
  });

  it('reads the password from the secret that docker-compose.yml mounts', () => {
    expect(readText('docker/postgres-role.sql')).toContain('\\set password `cat /run/secrets/database_password`');
  });

  it('gives a role that can do all the product needs, and that row-level security holds', async () => {
    await migratePostgres(postgres, new Date('2026-03-01T00:00:00Z'));
    await (await openPostgresOperations(postgres)).close();
    await postgres.rows('making a schema, as the queue does', 'CREATE SCHEMA plumbline_queue');
    const [role] = await postgres.rows(
      'reading the role',
      'SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
    const [database] = await postgres.rows(
      'reading the database',
      'SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()',
    );
    expect(database).toEqual({ encoding: 'UTF8' });
    await postgres.transaction('writing', async (sql) => {
      await sql.rows("SET LOCAL plumbline.workspace = 'a'");
      await sql.rows("INSERT INTO store.change (workspace, seq) VALUES ('a', 1)");
    });
    expect(await postgres.rows('reading another workspace', 'SELECT workspace FROM store.change')).toEqual([]);
  });
});
