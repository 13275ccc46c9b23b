import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SqlRow } from '../../domain/sql-session.ts';
import { TABLE_NAMES, type TableName, type TelemetryBatch } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { REQUESTER_COLUMN } from '../kept-out.ts';
import type { TelemetryArchive } from '../ports.ts';
import { Database, type Session, type Sql } from './database.ts';
import { digestTelemetry } from './digest.ts';
import { toRecord } from './find.ts';
import { sqlTypeOf, TELEMETRY, tableOf } from './schema.ts';
import { quoted, textLiteral, toRows } from './sql-values.ts';

export interface ArchiveOptions {
  /** Memory that the engine may use before it spills, engine syntax. */
  readonly memoryLimit: string;
  readonly threads: number;
}

function badFile(file: string, what: string, cause?: unknown): PlumblineError {
  return new PlumblineError(
    'BAD_BACKUP',
    `${file} ${what}.`,
    'Use another backup, or copy this one again from where it was kept.',
    {
      where: file,
      cause,
    },
  );
}

function expressionOf(table: TableName, column: string): string {
  const spec = tableOf(table).columns[column];
  const type = spec === undefined ? 'VARCHAR' : sqlTypeOf(spec);
  const cast = `CAST(f.${quoted(column)} AS ${type})`;
  if (column !== REQUESTER_COLUMN) return `${cast} AS ${quoted(column)}`;
  return `CASE WHEN sha256(${cast}) IN (SELECT key_hash FROM erased) THEN NULL ELSE ${cast} END AS ${quoted(column)}`;
}

/** Select list of the table over the columns of its file; a column that an older version did not have is unknown. */
function selectList(table: TableName, file: string, present: ReadonlySet<string>): string {
  const columns = ['connection', ...Object.keys(tableOf(table).columns)];
  const foreign = [...present].find((name) => !columns.includes(name));
  if (foreign !== undefined) throw badFile(file, `has a column ${foreign} that this version does not know`);
  return columns
    .map((name) => {
      if (present.has(name)) return expressionOf(table, name);
      const spec = tableOf(table).columns[name];
      if (spec?.nullable !== true) throw badFile(file, `has no column ${name}`);
      return `CAST(NULL AS ${sqlTypeOf(spec)}) AS ${quoted(name)}`;
    })
    .join(', ');
}

async function makeView(sql: Sql, folder: string, table: TableName): Promise<void> {
  const file = `${table}.parquet`;
  const path = join(folder, file);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw badFile(file, 'is not a regular file');
  if (found === undefined) {
    const columns = ['connection', ...Object.keys(tableOf(table).columns)].map((name) => {
      const spec = tableOf(table).columns[name];
      return `CAST(NULL AS ${spec === undefined ? 'VARCHAR' : sqlTypeOf(spec)}) AS ${quoted(name)}`;
    });
    await sql.run(`CREATE VIEW ${TELEMETRY}.${table} AS SELECT ${columns.join(', ')} WHERE false`);
    return;
  }
  const source = `read_parquet(${textLiteral(path)})`;
  let described: SqlRow[];
  try {
    described = await sql.rows(`DESCRIBE SELECT * FROM ${source}`);
  } catch (error) {
    throw badFile(file, 'cannot be read as parquet', error);
  }
  const present = new Set(described.map((row) => String(row.column_name)));
  await sql.run(`CREATE VIEW ${TELEMETRY}.${table} AS SELECT ${selectList(table, file, present)} FROM ${source} f`);
}

async function* readBatches(
  database: Database,
  table: TableName,
  batchRows: number,
): AsyncGenerator<{ connection: string; records: TelemetryBatch }> {
  const session = await database.connect();
  try {
    const result = await session.inTurn((sql) => sql.connection.stream(`SELECT * FROM ${TELEMETRY}.${table}`));
    const names = result.deduplicatedColumnNames();
    let connection = '';
    let held: unknown[] = [];
    const batch = () => ({ connection, records: { [table]: held } as TelemetryBatch });
    for await (const chunk of result.yieldRows()) {
      for (const row of toRows(names, chunk)) {
        if (held.length > 0 && (held.length >= batchRows || row.connection !== connection)) {
          yield batch();
          held = [];
        }
        connection = String(row.connection);
        held.push(toRecord(table, row));
      }
    }
    if (held.length > 0) yield batch();
  } catch (error) {
    if (error instanceof PlumblineError) throw error;
    throw badFile(`${table}.parquet`, 'cannot be read to its end', error);
  } finally {
    database.disconnect(session);
  }
}

async function countAll(session: Session): Promise<Map<TableName, number>> {
  const counts = new Map<TableName, number>();
  for (const table of TABLE_NAMES) {
    const [row] = await session.rows(`SELECT count(*) AS n FROM ${TELEMETRY}.${table}`);
    counts.set(table, Number(row?.n ?? 0));
  }
  return counts;
}

async function setErased(session: Session, erased: ReadonlySet<string>): Promise<void> {
  await session.transaction(async (sql) => {
    await sql.run('DELETE FROM erased');
    await sql.rows(`INSERT INTO erased SELECT unnest(from_json($1, '["VARCHAR"]'))`, [JSON.stringify([...erased])]);
  });
}

/**
 * Reads the parquet files of a backup in place, through an engine in memory that may touch nothing but the folder.
 * Errors: BAD_BACKUP for a file that is a link or not parquet, or whose columns do not fit; a missing file is an empty table.
 */
export async function openArchive(folder: string, options: ArchiveOptions): Promise<TelemetryArchive> {
  const dir = resolve(folder);
  const spillDir = mkdtempSync(join(tmpdir(), 'plumbline-archive-'));
  const database = await Database.open({
    path: ':memory:',
    readonly: false,
    memoryLimit: options.memoryLimit,
    threads: options.threads,
    spillDir,
    exchangeDir: dir,
  });
  const close = async () => {
    database.close();
    rmSync(spillDir, { recursive: true, force: true });
  };
  try {
    const session = await database.connect();
    await database.harden(session);
    await session.inTurn(async (sql) => {
      await sql.run(`CREATE SCHEMA ${TELEMETRY}`);
      await sql.run('CREATE TABLE erased (key_hash VARCHAR)');
      for (const table of TABLE_NAMES) await makeView(sql, dir, table);
    });
    return {
      rows: () => countAll(session),
      async digest(erased) {
        await setErased(session, erased);
        const digest = await digestTelemetry(session, undefined);
        await setErased(session, new Set());
        return digest;
      },
      read: (table, batchRows) => readBatches(database, table, batchRows),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
