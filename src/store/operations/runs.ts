import { type NewRun, Run, RunFailure, RunProgress, RunStatus } from '../../domain/operations.ts';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import type { Operations, RunFilter } from '../operations-port.ts';
import {
  asJson,
  asJsonOrNull,
  checked,
  insertNew,
  limitOf,
  type OperationsSql,
  placesFor,
  rowReader,
  type Statements,
} from './operations-sql.ts';

const NewRunForm = Run.pick({
  id: true,
  workspace: true,
  kind: true,
  schedule: true,
  slot: true,
  due_at: true,
  params: true,
  requested_by: true,
  created_at: true,
}).strip();
const toRun = rowReader(Run, ['params', 'progress', 'failure']);
const NOT_ENDED = "status IN ('due', 'queued', 'running')";

function newRow(run: NewRun): SqlRow {
  const { params, ...rest } = checked(NewRunForm, run, 'run');
  return { ...rest, params: asJson(params), status: 'due', attempts: 0 };
}

/** Enters runs as due; those with a known id stay as they are. Gives how many are new. */
export async function enterRuns(sql: Statements, runs: readonly NewRun[]): Promise<number> {
  return (await insertNew(sql, 'run', 'id', runs.map(newRow))).size;
}

function selection(filter: RunFilter): { sql: string; params: SqlValue[] } {
  const params: SqlValue[] = [];
  const conditions: string[] = [];
  if (filter.workspace !== undefined) conditions.push(`workspace = ${placesFor(params, [filter.workspace])}`);
  if (filter.schedule !== undefined) conditions.push(`schedule = ${placesFor(params, [filter.schedule])}`);
  if (filter.status !== undefined) conditions.push(`status IN (${placesFor(params, filter.status)})`);
  if (filter.after !== undefined) {
    const { created_at, slot, id } = filter.after;
    const [c, s, i] = [placesFor(params, [created_at]), placesFor(params, [slot]), placesFor(params, [id])];
    // The first condition alone is what an index can begin at.
    conditions.push(`created_at <= ${c}`, `(created_at < ${c} OR slot < ${s} OR (slot = ${s} AND id > ${i}))`);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sql = `SELECT * FROM operations.run ${where} ORDER BY created_at DESC, slot DESC, id
    LIMIT ${placesFor(params, [limitOf(filter.limit)])}`;
  return { sql, params };
}

/** Columns that a sign of life sets. Only the first `begin` since the run was claimed counts as an attempt. */
function lifeSigns(change: Parameters<Operations['touchRun']>[2], params: SqlValue[]): string {
  const sets = ['seen_at = $2'];
  if (change.requeued === true) sets.push("status = 'queued'");
  if (change.begin === true)
    sets.push(
      "attempts = attempts + CASE WHEN status = 'running' THEN 0 ELSE 1 END",
      'started_at = coalesce(started_at, $2)',
      "status = 'running'",
    );
  if (change.progress !== undefined)
    sets.push(`progress = ${placesFor(params, [asJson(checked(RunProgress, change.progress, 'progress'))])}`);
  return sets.join(', ');
}

type Part = Pick<
  Operations,
  'addRuns' | 'run' | 'runs' | 'claimDue' | 'silentRuns' | 'touchRun' | 'endRun' | 'retryRun' | 'countRuns'
>;

export function sqlRuns(db: OperationsSql): Part {
  return {
    async addRuns(runs) {
      return runs.length === 0 ? 0 : db.transaction((sql) => enterRuns(sql, runs));
    },
    async run(id) {
      const [row] = await db.rows('SELECT * FROM operations.run WHERE id = $1', [id]);
      return row === undefined ? null : toRun(row);
    },
    async runs(filter) {
      if (filter.status?.length === 0) return [];
      const { sql, params } = selection(filter);
      return (await db.rows(sql, params)).map(toRun);
    },
    async claimDue(now, limit) {
      if (limit <= 0) return [];
      // Materialised: the choice is made once, so that never more than `limit` are taken.
      const rows = await db.rows(
        `WITH picked AS MATERIALIZED (SELECT id FROM operations.run WHERE status = 'due' AND due_at <= $1
          ORDER BY due_at, id LIMIT $2 ${db.skipLocked})
        UPDATE operations.run SET status = 'queued', seen_at = $1 FROM picked WHERE run.id = picked.id RETURNING run.*`,
        [now, limitOf(limit)],
      );
      return rows.map(toRun).sort((a, b) => a.due_at.getTime() - b.due_at.getTime() || (a.id < b.id ? -1 : 1));
    },
    async silentRuns(before) {
      const sql = `SELECT * FROM operations.run WHERE status IN ('queued', 'running') AND seen_at < $1 ORDER BY seen_at, id`;
      return (await db.rows(sql, [before])).map(toRun);
    },
    async touchRun(id, at, change) {
      const params: SqlValue[] = [id, at];
      const sql = `UPDATE operations.run SET ${lifeSigns(change, params)} WHERE id = $1 AND ${NOT_ENDED} RETURNING id`;
      return (await db.rows(sql, params)).length > 0;
    },
    async endRun(id, at, end) {
      const failure = end.failure == null ? null : checked(RunFailure, end.failure, 'failure');
      const sql = `UPDATE operations.run SET status = $3, ended_at = $2, digest = $4, failure = $5 WHERE id = $1 AND ${NOT_ENDED}
        RETURNING id`;
      return (await db.rows(sql, [id, at, end.status, end.digest ?? null, asJsonOrNull(failure)])).length > 0;
    },
    async retryRun(id, at) {
      const sql = `UPDATE operations.run SET status = 'due', due_at = $2, ended_at = NULL, started_at = NULL, seen_at = NULL,
          progress = NULL, failure = NULL, digest = NULL
        WHERE id = $1 AND status IN ('failed', 'cancelled') RETURNING id`;
      return (await db.rows(sql, [id, at])).length > 0;
    },
    async countRuns() {
      const rows = await db.rows(
        'SELECT workspace, status, count(*) AS n FROM operations.run GROUP BY workspace, status ORDER BY workspace, status',
      );
      return rows.map((row) => ({
        workspace: String(row.workspace),
        status: RunStatus.parse(row.status),
        n: Number(row.n),
      }));
    },
  };
}
