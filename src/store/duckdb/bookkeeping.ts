import { BESIDE_ROLES } from '../../domain/connection-role.ts';
import { Observability, type SetAside } from '../../domain/observability.ts';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { lessRemoved, type Removed } from '../kept-out.ts';
import { type SourcesBeside, toSources } from '../sources-beside.ts';
import type { Session, Sql } from './database.ts';
import { TELEMETRY } from './schema.ts';

const ROLES = `SELECT name, vendor, role FROM ledger.connection WHERE role IN (${BESIDE_ROLES.map((role) => `'${role}'`).join(', ')}) ORDER BY name`;

export function toObservability(row: SqlRow): Observability {
  return Observability.parse({
    connection: row.connection,
    stream: row.stream,
    status: row.status,
    detail: row.detail,
    fields: JSON.parse(String(row.fields)),
    since: row.since,
    until: row.until,
    rows: row.row_count,
    rejected: row.rejected,
    reconciled_share: row.reconciled_share,
  });
}

/** What stands beside the desks. One file is one workspace. */
export async function readSources(session: Session): Promise<SourcesBeside> {
  const connections = await session.rows(ROLES);
  const pairs = await session.rows(
    'SELECT desk, source, organisation_id, customer_id FROM ledger.customer_pair ORDER BY ALL',
  );
  return toSources(connections, pairs);
}

/** Rows of every connection, or of one. */
export async function readObserved(session: Session, connection?: string): Promise<Observability[]> {
  const rows = await session.rows('SELECT * FROM store.observability ORDER BY connection, stream');
  return rows.map(toObservability).filter((row) => connection === undefined || row.connection === connection);
}

const REMOVED = 'SELECT DISTINCT e.connection, r.before FROM store.expired e, store.retention r ORDER BY e.connection';

/** Rows of the desks, as far as retention has left them. */
export async function readObservability(session: Session): Promise<Observability[]> {
  const beside = new Set((await session.rows(ROLES)).map(({ name }) => String(name)));
  const rows = (await readObserved(session)).filter(({ connection }) => !beside.has(connection));
  return lessRemoved(rows, (await session.rows(REMOVED)).flatMap(toRemoved));
}

/** A connection and the bound of retention, as stores give them. */
export function toRemoved({ connection, before }: SqlRow): Removed[] {
  return before instanceof Date ? [{ connection: String(connection), before }] : [];
}

/** The latest row for each connection and stream stands; all rows of one call are written or none. */
export async function writeObservability(session: Session, rows: readonly Observability[]): Promise<void> {
  await session.transaction((sql) => putObservability(sql, rows));
}

const OBSERVED = [
  'connection',
  'stream',
  'status',
  'detail',
  'fields',
  'since',
  'until',
  'row_count',
  'rejected',
  'reconciled_share',
] as const;

/** One statement for all rows: fifteen streams in fifteen statements cost more than a small measurement. */
export async function putObservability(sql: Sql, rows: readonly Observability[]): Promise<void> {
  const latest = [...new Map(rows.map((row) => [JSON.stringify([row.connection, row.stream]), row])).values()];
  if (latest.length === 0) return;
  const params: Record<string, SqlValue> = {};
  const tuples = latest.map((row, i) => {
    const values: Record<(typeof OBSERVED)[number], SqlValue> = {
      connection: row.connection,
      stream: row.stream,
      status: row.status,
      detail: row.detail,
      fields: JSON.stringify(row.fields),
      since: row.since,
      until: row.until,
      row_count: row.rows,
      rejected: row.rejected,
      reconciled_share: row.reconciled_share,
    };
    return `(${OBSERVED.map((name) => {
      params[`${name}_${i}`] = values[name];
      return `$${name}_${i}`;
    }).join(', ')})`;
  });
  await sql.rows(
    `INSERT OR REPLACE INTO store.observability (${OBSERVED.join(', ')}) VALUES ${tuples.join(', ')}`,
    params,
  );
}

export async function readCheckpoints(session: Session, connection: string): Promise<Map<string, string>> {
  const rows = await session.rows(
    'SELECT stream, checkpoint FROM store.checkpoint WHERE connection = $connection ORDER BY stream',
    { connection },
  );
  return new Map(rows.map((row) => [String(row.stream), String(row.checkpoint)]));
}

export async function countRows(session: Session, connection: string): Promise<Map<TableName, number>> {
  const counts = TABLE_NAMES.map(
    (name) => `(SELECT count(*) FROM ${TELEMETRY}.${name} WHERE connection = $connection) AS ${name}`,
  );
  const [row] = await session.rows(`SELECT ${counts.join(', ')}`, { connection });
  return new Map(TABLE_NAMES.map((name) => [name, Number(row?.[name] ?? 0)]));
}

export async function readSetAside(
  session: Session,
  connection: string,
): Promise<(SetAside & { readonly times: number })[]> {
  const rows = await session.rows(
    'SELECT * FROM store.set_aside WHERE connection = $connection ORDER BY stream, ref, code, path',
    { connection },
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

/** Removes all that one connection left in the store, in one transaction. */
export async function forgetConnection(session: Session, connection: string): Promise<void> {
  const tables = [
    ...TABLE_NAMES.map((name) => `${TELEMETRY}.${name}`),
    'store.checkpoint',
    'store.set_aside',
    'store.observability',
    'store.expired',
  ];
  await session.transaction(async (sql) => {
    for (const table of tables) await sql.rows(`DELETE FROM ${table} WHERE connection = $connection`, { connection });
  });
}
