import { rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Column } from '../../domain/columns.ts';
import type { Observability } from '../../domain/observability.ts';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { putObservability } from '../duckdb/bookkeeping.ts';
import type { Session, Sql } from '../duckdb/database.ts';
import { columnNames, sqlTypeOf as duckdbType, keyOf, TELEMETRY, tableOf } from '../duckdb/schema.ts';
import { quoted, textLiteral } from '../duckdb/sql-values.ts';
import { observabilityIn } from './bookkeeping.ts';
import type { RemovalKind } from './change.ts';
import type { PostgresSql } from './pool.ts';
import type { Scope } from './scope.ts';

/** Where in the history of a workspace something stands. */
export interface Position {
  readonly seq: number;
  /** Random word of that change; empty at the very beginning. */
  readonly mark: string;
}

export const BEGINNING: Position = { seq: 0, mark: '' };

export async function positionIn(sql: PostgresSql, workspace: string): Promise<Position> {
  const [row] = await sql.rows(
    `SELECT c.seq, m.mark FROM store.change c JOIN store.change_mark m ON m.workspace = c.workspace AND m.seq = c.seq
     WHERE c.workspace = $1`,
    [workspace],
  );
  return row === undefined ? BEGINNING : { seq: Number(row.seq), mark: String(row.mark) };
}

/** The history still holds that very change: what came after it is all that is missing. */
async function isKnown(sql: PostgresSql, workspace: string, { seq, mark }: Position): Promise<boolean> {
  if (seq === 0) return true;
  const rows = await sql.rows('SELECT 1 FROM store.change_mark WHERE workspace = $1 AND seq = $2 AND mark = $3', [
    workspace,
    seq,
    mark,
  ]);
  return rows.length > 0;
}

/** How a column travels: as the server writes it in CSV, and the SQL that the engine reads it with. */
interface Carriage {
  readonly name: string;
  readonly send: string;
  readonly type: string;
  readonly read: string;
}

function carriageOf(name: string, column: Column): Carriage {
  const q = quoted(name);
  const plain = { name, send: q, type: duckdbType(column), read: q };
  if (column.type === 'texts')
    return { ...plain, send: `array_to_json(${q})`, type: 'VARCHAR', read: `from_json(${q}, '["VARCHAR"]')` };
  if (column.type === 'json') return { ...plain, type: 'VARCHAR', read: `CAST(${q} AS JSON)` };
  return plain;
}

const CONNECTION: Carriage = { name: 'connection', send: 'connection', type: 'VARCHAR', read: 'connection' };

const carriagesOf = (table: TableName): readonly Carriage[] => [
  CONNECTION,
  ...Object.entries(tableOf(table).columns).map(([name, column]) => carriageOf(name, column)),
];

const plainText = (name: string): Carriage => ({ ...CONNECTION, name, send: name, read: name });
const REMOVAL: readonly Carriage[] = ['kind', 'table_name', 'connection', 'key'].map(plainText);

/** No row is longer than its file; the reader's own bound of 2 MB would make one long row the end of all measuring. */
const MIN_ROW_BYTES = 64 * 1024;
const MAX_ROW_BYTES = 16 * 1024 * 1024;
/** Rows that the reader wants to hold at the same time. */
const ROWS_IN_BUFFER = 4;

/** Everything is said, nothing is guessed: quoted empties are texts, unquoted ones null, and a line may hold line breaks. */
function readCsv(path: string, columns: readonly Carriage[]): string {
  const rowBytes = Math.min(Math.max(statSync(path).size, MIN_ROW_BYTES), MAX_ROW_BYTES);
  const types = columns.map(({ name, type }) => `${textLiteral(name)}: ${textLiteral(type)}`).join(', ');
  return `SELECT ${columns.map(({ read, name }) => `${read} AS ${quoted(name)}`).join(', ')}
    FROM read_csv(${textLiteral(path)}, columns = {${types}}, auto_detect = false, header = false, delim = ',', quote = '"',
      escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', null_padding = false, strict_mode = true,
      parallel = false, max_line_size = ${rowBytes}, buffer_size = ${ROWS_IN_BUFFER * rowBytes})`;
}

/** What went wrong on this machine (file, disk, engine), kept apart from what went wrong with the server. */
export class ReplicaFault {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Runs work on the replica's side of a transaction with the server; its errors come out as ReplicaFault. */
class Side {
  fault: ReplicaFault | null = null;
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.fault ??= new ReplicaFault(error);
      throw error;
    }
  }
}

interface Course {
  readonly scope: Scope;
  readonly from: number;
  readonly pgsql: PostgresSql;
  readonly sql: Sql;
  readonly side: Side;
  readonly exchangeDir: string;
}

/**
 * Writes all that comes into a file. After an error of the disk it goes on reading without writing: a COPY that is left in the middle would
 * hold its connection for ever.
 */
async function writeAll(source: AsyncIterable<Buffer>, path: string, side: Side): Promise<void> {
  const file = await side.run(() => open(path, 'w', 0o600)).catch(() => null);
  try {
    for await (const chunk of source)
      if (file !== null && side.fault === null) await side.run(() => file.writeFile(chunk)).catch(() => undefined);
  } finally {
    await side.run(async () => file?.close());
  }
  if (side.fault !== null) throw side.fault.cause;
}

/** Sends the rows of one table since the last change into a file; null when there are none. */
async function fetchRows(course: Course, table: string, columns: readonly Carriage[], seq: string) {
  const path = join(course.exchangeDir, `${table.replace('.', '-')}.csv`);
  const select = `SELECT ${columns.map(({ send }) => send).join(', ')} FROM ${table}
    WHERE workspace = ${pg.escapeLiteral(course.scope.workspace)} AND ${seq} > ${course.from}`;
  const copy = course.pgsql.client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT csv)`));
  await pipeline(copy, (source: AsyncIterable<Buffer>) => writeAll(source, path, course.side));
  return course.side.run(async () => (statSync(path).size === 0 ? null : path));
}

async function applyRemovals(course: Course): Promise<void> {
  const path = await fetchRows(course, 'store.removal', REMOVAL, 'seq');
  if (path === null) return;
  const { sql } = course;
  await course.side.run(async () => {
    await sql.run(`CREATE OR REPLACE TEMP TABLE removed AS ${readCsv(path, REMOVAL)}`);
    const kinds = await sql.rows('SELECT DISTINCT kind, table_name FROM removed');
    const has = (kind: RemovalKind, table: TableName): boolean =>
      kinds.some((row) => row.kind === kind && (kind !== 'row' || row.table_name === table));
    for (const table of TABLE_NAMES) {
      const target = `${TELEMETRY}.${table}`;
      if (has('all', table)) await sql.run(`DELETE FROM ${target}`);
      if (has('connection', table))
        await sql.run(
          `DELETE FROM ${target} WHERE connection IN (SELECT connection FROM removed WHERE kind = 'connection')`,
        );
      if (!has('row', table)) continue;
      const { key, columns } = tableOf(table);
      const same = key.map((name, i) => {
        const column = columns[name] as Column;
        return `t.${quoted(name)} = CAST(r.key[${i + 1}] AS ${duckdbType(column)})`;
      });
      await sql.run(
        `DELETE FROM ${target} t USING (SELECT connection, from_json(key, '["VARCHAR"]') AS key FROM removed
           WHERE kind = 'row' AND table_name = '${table}') r
         WHERE t.connection = r.connection AND ${same.join(' AND ')}`,
      );
    }
    await sql.run('DROP TABLE temp.main.removed');
    rmSync(path);
  });
}

async function applyRows(course: Course, table: TableName): Promise<void> {
  const columns = carriagesOf(table);
  const path = await fetchRows(course, `telemetry.${table}`, columns, 'change_seq');
  if (path === null) return;
  const { sql, from } = course;
  await course.side.run(async () => {
    const names = ['connection', ...columnNames(table)].map(quoted).join(', ');
    const into = `INSERT INTO ${TELEMETRY}.${table} (${names})`;
    if (from === 0) await sql.run(`${into} ${readCsv(path, columns)}`);
    else {
      await sql.run(`CREATE OR REPLACE TEMP TABLE changed AS ${readCsv(path, columns)}`);
      const same = keyOf(table).map((name) => `t.${quoted(name)} = s.${quoted(name)}`);
      await sql.run(`DELETE FROM ${TELEMETRY}.${table} t USING changed s WHERE ${same.join(' AND ')}`);
      await sql.run(`${into} SELECT ${names} FROM changed`);
      await sql.run('DROP TABLE temp.main.changed');
    }
    rmSync(path);
  });
}

async function changedTables({ scope, pgsql, from }: Course): Promise<TableName[]> {
  if (from === 0) return TABLE_NAMES;
  const looks = TABLE_NAMES.map(
    (name) => `EXISTS (SELECT 1 FROM telemetry.${name} WHERE workspace = $1 AND change_seq > $2) AS ${name}`,
  );
  const [row] = await pgsql.rows(`SELECT ${looks.join(', ')}`, [scope.workspace, from]);
  return TABLE_NAMES.filter((name) => row?.[name] === true);
}

async function keepPosition(sql: Sql, observability: readonly Observability[], at: Position): Promise<void> {
  await sql.run('DELETE FROM store.observability');
  await putObservability(sql, observability);
  await sql.rows('UPDATE store.replica SET seq = $1, mark = $2', [at.seq, at.mark]);
}

/**
 * Brings a replica from where it stands to the latest change: one snapshot of the server, one transaction of the replica. Gives the new
 * position, or null when the server's history does not hold the old one (restored, or too long ago): such a replica is of no use.
 * Errors: ReplicaFault for what fails on this machine; STORE_FAILED for the server. The replica is then as it was.
 */
export async function catchUp(
  scope: Scope,
  session: Session,
  exchangeDir: string,
  from: Position,
): Promise<Position | null> {
  const side = new Side();
  try {
    return await scope.transaction(
      'reading changes for a replica',
      async (pgsql) => {
        const to = await positionIn(pgsql, scope.workspace);
        if (!(await isKnown(pgsql, scope.workspace, from))) return null;
        if (to.seq === from.seq) return to;
        const observability = await observabilityIn(pgsql, scope.workspace);
        // What fails in here but was not laid on either side is the replica's own: beginning or ending its transaction.
        let inside = false;
        try {
          await session.transaction(async (sql) => {
            inside = true;
            const course: Course = { scope, from: from.seq, pgsql, sql, side, exchangeDir };
            if (from.seq > 0) await applyRemovals(course);
            for (const table of await changedTables(course)) await applyRows(course, table);
            await side.run(() => keepPosition(sql, observability, to));
            inside = false;
          });
        } catch (error) {
          if (!inside) side.fault ??= new ReplicaFault(error);
          throw error;
        }
        return to;
      },
      'ISOLATION LEVEL REPEATABLE READ, READ ONLY',
    );
  } catch (error) {
    throw side.fault ?? error;
  }
}
