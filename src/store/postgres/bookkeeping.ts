import { BESIDE_ROLES } from '../../domain/connection-role.ts';
import type { Observability, SetAside } from '../../domain/observability.ts';
import { TABLE_NAMES, type TableName, type TelemetryRecord } from '../../domain/telemetry.ts';
import { toObservability, toRemoved } from '../duckdb/bookkeeping.ts';
import { ticketColumn, toRecord } from '../duckdb/find.ts';
import { keyOf, tableOf } from '../duckdb/schema.ts';
import { quoted } from '../duckdb/sql-values.ts';
import { lessRemoved } from '../kept-out.ts';
import { type SourcesBeside, toSources } from '../sources-beside.ts';
import { nextChange, noteRemoval } from './change.ts';
import type { PostgresSql } from './pool.ts';
import type { Scope } from './scope.ts';

const OBSERVABILITY = 'SELECT * FROM store.observability WHERE workspace = $1 ORDER BY connection, stream';

const ROLES = `SELECT name, vendor, role FROM ledger.connection
  WHERE workspace = $1 AND role IN (${BESIDE_ROLES.map((role) => `'${role}'`).join(', ')}) ORDER BY name`;

/** What stands beside the desks. */
export async function readSources(scope: Scope): Promise<SourcesBeside> {
  const connections = await scope.rows('reading roles of connections', ROLES);
  const pairs = await scope.rows(
    'reading pairs of customers',
    `SELECT desk, source, organisation_id, customer_id FROM ledger.customer_pair WHERE workspace = $1
     ORDER BY desk, source, organisation_id, customer_id`,
  );
  return toSources(connections, pairs);
}

/** Rows of every connection, or of one. */
export async function readObserved(scope: Scope, connection?: string): Promise<Observability[]> {
  const rows = (await scope.rows('reading what can be seen', OBSERVABILITY)).map(toObservability);
  return rows.filter((row) => connection === undefined || row.connection === connection);
}

const REMOVED = `SELECT DISTINCT e.connection, r.before FROM store.expired e JOIN store.retention r USING (workspace)
  WHERE e.workspace = $1 ORDER BY e.connection`;

/** Rows of the desks, as far as retention has left them. */
export async function readObservability(scope: Scope): Promise<Observability[]> {
  const beside = new Set((await scope.rows('reading roles of connections', ROLES)).map(({ name }) => String(name)));
  const rows = (await readObserved(scope)).filter(({ connection }) => !beside.has(connection));
  return lessRemoved(rows, (await scope.rows('reading the bound of retention', REMOVED)).flatMap(toRemoved));
}

/** The same inside of a transaction. */
export async function observabilityIn(sql: PostgresSql, workspace: string): Promise<Observability[]> {
  return (await sql.rows(OBSERVABILITY, [workspace])).map(toObservability);
}

/** The latest row for each connection and stream stands; all rows of one call are written or none. */
export async function writeObservability(scope: Scope, rows: readonly Observability[]): Promise<void> {
  await scope.transaction('writing what can be seen', async (sql) => {
    await nextChange(sql, scope.workspace);
    for (const row of rows)
      await sql.rows(
        `INSERT INTO store.observability (workspace, connection, stream, status, detail, fields, since, until, row_count,
           rejected, reconciled_share)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (workspace, connection, stream) DO UPDATE SET status = excluded.status, detail = excluded.detail,
           fields = excluded.fields, since = excluded.since, until = excluded.until, row_count = excluded.row_count,
           rejected = excluded.rejected, reconciled_share = excluded.reconciled_share`,
        [
          scope.workspace,
          row.connection,
          row.stream,
          row.status,
          row.detail,
          JSON.stringify(row.fields),
          row.since,
          row.until,
          row.rows,
          row.rejected,
          row.reconciled_share,
        ],
      );
  });
}

export async function readCheckpoints(scope: Scope, connection: string): Promise<Map<string, string>> {
  const rows = await scope.rows(
    'reading cursors',
    'SELECT stream, checkpoint FROM store.checkpoint WHERE workspace = $1 AND connection = $2 ORDER BY stream',
    [connection],
  );
  return new Map(rows.map((row) => [String(row.stream), String(row.checkpoint)]));
}

export async function countRows(scope: Scope, connection: string): Promise<Map<TableName, number>> {
  const counts = TABLE_NAMES.map(
    (name) => `(SELECT count(*) FROM telemetry.${name} WHERE workspace = $1 AND connection = $2) AS ${name}`,
  );
  const [row] = await scope.rows('counting rows', `SELECT ${counts.join(', ')}`, [connection]);
  return new Map(TABLE_NAMES.map((name) => [name, Number(row?.[name] ?? 0)]));
}

export async function readSetAside(
  scope: Scope,
  connection: string,
): Promise<(SetAside & { readonly times: number })[]> {
  const rows = await scope.rows(
    'reading what was set aside',
    'SELECT * FROM store.set_aside WHERE workspace = $1 AND connection = $2 ORDER BY stream, ref, code, path',
    [connection],
  );
  return rows.map((row) => ({
    stream: String(row.stream),
    ref: String(row.ref),
    code: String(row.code),
    path: String(row.path),
    detail: String(row.detail),
    times: Number(row.times),
  }));
}

/** Records of one case, in order of time where they have one, then of key. Empty when the case is not known. */
export async function findRecords<T extends TableName>(
  scope: Scope,
  table: T,
  connection: string,
  ticketId: string,
): Promise<TelemetryRecord<T>[]> {
  const { columns } = tableOf(table);
  const order = [...['at', 'seq'].filter((name) => name in columns), ...keyOf(table)];
  const rows = await scope.rows(
    'looking up a ticket',
    `SELECT ${Object.keys(columns).map(quoted).join(', ')} FROM telemetry.${table}
     WHERE workspace = $1 AND connection = $2 AND ${quoted(ticketColumn(table))} = $3 ORDER BY ${order.map(quoted).join(', ')}`,
    [connection, ticketId],
  );
  return rows.map((row) => toRecord(table, row));
}

/** Tables that belong to connections, beside the telemetry. */
const OF_CONNECTION = ['checkpoint', 'set_aside', 'observability', 'expired'] as const;

/** Removes all that one connection left in the store, in one transaction. */
export async function forgetConnection(scope: Scope, connection: string): Promise<void> {
  const { workspace } = scope;
  const tables = [...TABLE_NAMES.map((name) => `telemetry.${name}`), ...OF_CONNECTION.map((name) => `store.${name}`)];
  await scope.transaction('removing a connection', async (sql) => {
    const change = await nextChange(sql, workspace);
    for (const table of tables)
      await sql.rows(`DELETE FROM ${table} WHERE workspace = $1 AND connection = $2`, [workspace, connection]);
    await noteRemoval(sql, workspace, change, connection);
  });
}

/** Empties the telemetry of the workspace in one transaction; who was erased stays erased. */
export async function clearTelemetry(scope: Scope): Promise<void> {
  const { workspace } = scope;
  const bookkeeping = [...OF_CONNECTION, 'retention'].map((name) => `store.${name}`);
  const tables = [...TABLE_NAMES.map((name) => `telemetry.${name}`), ...bookkeeping];
  await scope.transaction('emptying the store', async (sql) => {
    const change = await nextChange(sql, workspace);
    for (const table of tables) await sql.rows(`DELETE FROM ${table} WHERE workspace = $1`, [workspace]);
    await noteRemoval(sql, workspace, change, null);
  });
}
