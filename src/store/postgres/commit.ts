import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { SetAsideTimes } from '../../domain/observability.ts';
import type { TableName } from '../../domain/telemetry.ts';
import { assertCursor, countsAside, tablesOf } from '../duckdb/commit.ts';
import { columnNames } from '../duckdb/schema.ts';
import { quoted } from '../duckdb/sql-values.ts';
import { stampedTickets, withoutOlder } from '../keep-newer.ts';
import { withoutKeptOut } from '../kept-out.ts';
import type { CommitCounts, TelemetryCommit } from '../ports.ts';
import { lastOfEach } from '../set-aside-rows.ts';
import { nextChange, removingRows } from './change.ts';
import type { PostgresSql } from './pool.ts';
import { forgetExpiry, readKeptOut } from './privacy.ts';
import { ownKeyOf, sqlTypeOf } from './schema.ts';
import type { Scope } from './scope.ts';
import { type StagedRows, stageRows } from './stage.ts';

const stageName = (table: TableName): string => `pg_temp.stage_${table}`;

async function sendRows(sql: PostgresSql, staged: StagedRows): Promise<void> {
  const names = columnNames(staged.table);
  const columns = names.map((name) => `${quoted(name)} ${sqlTypeOf(staged.table, name)}`);
  await sql.rows(`CREATE TEMP TABLE stage_${staged.table} (${columns.join(', ')}) ON COMMIT DROP`);
  const copy = copyFrom(`COPY ${stageName(staged.table)} (${names.map(quoted).join(', ')}) FROM STDIN`);
  await pipeline(Readable.from(staged.chunks), sql.client.query(copy));
}

/** Rows that are as they were keep their change number: a batch that is written again costs a replica nothing. */
function upsert(table: TableName): string {
  const names = columnNames(table);
  const key = ownKeyOf(table);
  const others = names.filter((name) => !key.includes(name));
  const list = (prefix: string, columns: readonly string[]): string =>
    columns.map((name) => `${prefix}${quoted(name)}`).join(', ');
  const sets = [...others.map(quoted), 'change_seq'].map((name) => `${name} = excluded.${name}`).join(', ');
  const conflict =
    others.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${sets} WHERE (${list('t.', others)}) IS DISTINCT FROM (${list('excluded.', others)})`;
  return `INSERT INTO telemetry.${table} AS t (workspace, connection, ${list('', names)}, change_seq)
    SELECT $1, $2, ${list('s.', names)}, $3::bigint FROM ${stageName(table)} s
    ON CONFLICT (workspace, connection, ${list('', key)}) ${conflict}`;
}

async function removeOthers(sql: PostgresSql, scope: readonly [string, number, string], staged: StagedRows) {
  const key = ownKeyOf(staged.table);
  const same = key.map((name) => `s.${quoted(name)} = t.${quoted(name)}`).join(' AND ');
  const others = staged.rows === 0 ? 'true' : `NOT EXISTS (SELECT 1 FROM ${stageName(staged.table)} s WHERE ${same})`;
  await sql.rows(removingRows(staged.table, `t.connection = $3 AND ${others}`), scope);
}

async function writeSetAside(
  sql: PostgresSql,
  workspace: string,
  batch: TelemetryCommit,
  rows: readonly SetAsideTimes[],
) {
  if (rows.length === 0) return;
  const each = lastOfEach(rows);
  await sql.rows(
    `INSERT INTO store.set_aside AS a (workspace, connection, stream, ref, code, path, detail, times, last_checkpoint)
     SELECT $1, $2, stream, ref, code, path, detail, times, $3
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[]) AS r (stream, ref, code, path, detail, times)
     ON CONFLICT (workspace, connection, stream, code, md5(ref), md5(path)) DO UPDATE SET detail = excluded.detail,
       times = a.times + CASE WHEN a.last_checkpoint IS DISTINCT FROM excluded.last_checkpoint THEN excluded.times ELSE 0 END,
       last_checkpoint = excluded.last_checkpoint`,
    [
      workspace,
      batch.connection,
      batch.checkpoint,
      each.map((row) => row.stream),
      each.map((row) => row.ref),
      each.map((row) => row.code),
      each.map((row) => row.path),
      each.map((row) => row.detail),
      each.map((row) => row.times ?? 1),
    ],
  );
}

async function checkCursor(sql: PostgresSql, workspace: string, batch: TelemetryCommit): Promise<void> {
  if (batch.previous === undefined || batch.stream === null) return;
  const [row] = await sql.rows(
    'SELECT checkpoint FROM store.checkpoint WHERE workspace = $1 AND connection = $2 AND stream = $3',
    [workspace, batch.connection, batch.stream],
  );
  assertCursor(batch, row === undefined ? null : String(row.checkpoint));
}

async function writeCursor(sql: PostgresSql, workspace: string, batch: TelemetryCommit): Promise<void> {
  if (batch.stream === null || batch.checkpoint === null) return;
  await sql.rows(
    `INSERT INTO store.checkpoint (workspace, connection, stream, checkpoint) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace, connection, stream) DO UPDATE SET checkpoint = excluded.checkpoint`,
    [workspace, batch.connection, batch.stream, batch.checkpoint],
  );
}

async function withoutStoredNewer(
  sql: PostgresSql,
  workspace: string,
  batch: TelemetryCommit,
): Promise<ReturnType<typeof withoutOlder>> {
  const ids = batch.keepNewer === true ? stampedTickets(batch.records) : [];
  if (ids.length === 0) return { records: batch.records, older: 0 };
  const rows = await sql.rows(
    `SELECT id, updated_at FROM telemetry.ticket
     WHERE workspace = $1 AND connection = $2 AND updated_at IS NOT NULL AND id = ANY($3::text[])`,
    [workspace, batch.connection, ids],
  );
  return withoutOlder(batch.records, new Map(rows.map((row) => [String(row.id), row.updated_at as Date])));
}

/**
 * Writes one batch in one transaction, with the same meaning and the same counts as the embedded store (duckdb/commit.ts). Two writers of one
 * workspace take turns; the one that read from a cursor which has moved meanwhile is refused.
 * Errors: CURSOR_MOVED; STORE_FAILED (nothing of the batch is there, or all of it: writing it again is safe).
 */
export async function commitBatch(scope: Scope, batch: TelemetryCommit): Promise<CommitCounts> {
  const { workspace } = scope;
  return scope.transaction('writing a batch', async (sql) => {
    const change = await nextChange(sql, workspace);
    await checkCursor(sql, workspace, batch);
    const newer = await withoutStoredNewer(sql, workspace, batch);
    const keptOut = await readKeptOut(sql, workspace, { connection: batch.connection, records: newer.records });
    const { records, returned } = withoutKeptOut(newer.records, keptOut);
    await forgetExpiry(sql, workspace, batch.connection, returned);
    const rejected = [...batch.rejected];
    let written = 0;
    for (const table of tablesOf(batch)) {
      const staged = stageRows(table, records[table] ?? []);
      rejected.push(...staged.rejected);
      written += staged.rows;
      if (staged.rows > 0) await sendRows(sql, staged);
      if (batch.replace?.includes(table) === true)
        await removeOthers(sql, [workspace, change, batch.connection], staged);
      if (staged.rows > 0) await sql.rows(upsert(table), [workspace, batch.connection, change]);
    }
    await writeSetAside(sql, workspace, batch, rejected);
    await writeCursor(sql, workspace, batch);
    return { written, ...countsAside(rejected), ...(batch.keepNewer === true ? { older: newer.older } : {}) };
  });
}
