import type { TableName } from '../../domain/telemetry.ts';
import { quoted } from '../duckdb/sql-values.ts';
import type { PostgresSql } from './pool.ts';
import { ownKeyOf } from './schema.ts';

/** Changes that are remembered; a replica that is further behind is made anew. */
const KEPT_CHANGES = 10_000;
const PRUNE_EVERY = 100;

/**
 * Number of the change that this transaction makes, counted in each workspace. Ask for it before anything else: the lock of the counter makes
 * the writers of a workspace take turns (so numbers are committed in order and no two of them can wait for each other).
 */
export async function nextChange(sql: PostgresSql, workspace: string): Promise<number> {
  const [row] = await sql.rows(
    `WITH next AS (
       INSERT INTO store.change AS c (workspace, seq) VALUES ($1, 1)
       ON CONFLICT (workspace) DO UPDATE SET seq = c.seq + 1 RETURNING seq)
     INSERT INTO store.change_mark (workspace, seq, mark) SELECT $1, seq, gen_random_uuid()::text FROM next RETURNING seq`,
    [workspace],
  );
  const seq = Number(row?.seq);
  if (seq % PRUNE_EVERY === 0)
    for (const table of ['change_mark', 'removal'])
      await sql.rows(`DELETE FROM store.${table} WHERE workspace = $1 AND seq <= $2`, [workspace, seq - KEPT_CHANGES]);
  return seq;
}

/** What a removal is about, for replicas to follow: one row, all of a connection, or everything. */
export type RemovalKind = 'row' | 'connection' | 'all';

/**
 * Statement that removes rows `t` of a table and notes each removal with its key (after the connection) as a JSON list. `$1` workspace,
 * `$2` change; the rest of `where` belongs to the caller.
 */
export function removingRows(table: TableName, where: string): string {
  const columns = ownKeyOf(table).map((name) => `t.${quoted(name)}`);
  return `WITH gone AS (
      DELETE FROM telemetry.${table} t WHERE t.workspace = $1 AND ${where}
      RETURNING t.connection, json_build_array(${columns.join(', ')})::text AS key)
    INSERT INTO store.removal (workspace, seq, kind, table_name, connection, key)
    SELECT $1, $2::bigint, 'row', '${table}', connection, key FROM gone`;
}

/** Notes that everything of one connection, or with null of the workspace, has been removed. */
export async function noteRemoval(
  sql: PostgresSql,
  workspace: string,
  change: number,
  connection: string | null,
): Promise<void> {
  const kind: RemovalKind = connection === null ? 'all' : 'connection';
  await sql.rows('INSERT INTO store.removal (workspace, seq, kind, connection) VALUES ($1, $2, $3, $4)', [
    workspace,
    change,
    kind,
    connection,
  ]);
}
