import type { SealedSecrets } from '../operations-port.ts';
import { preparePostgresOperations } from './operations.ts';
import type { Postgres } from './pool.ts';

const READING = 'reading a sealed secret';
const WRITING = 'writing a sealed secret';

/** Sealed secrets of a fleet, in `operations.sealed_secret`; the key is never in the database. Errors: STORE_NEWER, STORE_FAILED. */
export async function openPostgresSealedSecrets(postgres: Postgres): Promise<SealedSecrets> {
  await preparePostgresOperations(postgres);
  return {
    async get(workspace, name) {
      const sql = 'SELECT sealed FROM operations.sealed_secret WHERE workspace = $1 AND name = $2';
      const [row] = await postgres.rows(READING, sql, [workspace, name]);
      return row === undefined ? null : String(row.sealed);
    },
    async put(workspace, name, sealed) {
      const sql = `INSERT INTO operations.sealed_secret (workspace, name, sealed) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, name) DO UPDATE SET sealed = excluded.sealed`;
      await postgres.rows(WRITING, sql, [workspace, name, sealed]);
    },
    async remove(workspace, name) {
      const sql = 'DELETE FROM operations.sealed_secret WHERE workspace = $1 AND name = $2';
      await postgres.rows(WRITING, sql, [workspace, name]);
    },
    async all() {
      const sql = `SELECT workspace, name, sealed FROM operations.sealed_secret ORDER BY workspace COLLATE "C", name COLLATE "C"`;
      const rows = await postgres.rows(READING, sql);
      return rows.map((row) => ({
        workspace: String(row.workspace),
        name: String(row.name),
        sealed: String(row.sealed),
      }));
    },
  };
}
