import { DuckDBDataChunk, type DuckDBValue } from '@duckdb/node-api';
import type { SetAside } from '../../domain/observability.ts';
import type { TableName } from '../../domain/telemetry.ts';
import { BAD, type ColumnWriter, columnWriter } from './column-writer.ts';
import type { Sql } from './database.ts';
import { columnNames, tableOf } from './schema.ts';
import { quoted } from './sql-values.ts';

type LooseRecord = Readonly<Record<string, unknown>>;

/** Rows the engine takes in one chunk. */
const CHUNK_ROWS = 2048;

const WRITERS = new Map<TableName, readonly ColumnWriter[]>();

function writersOf(table: TableName): readonly ColumnWriter[] {
  const known = WRITERS.get(table);
  if (known !== undefined) return known;
  const made = Object.entries(tableOf(table).columns).map(([name, column]) => columnWriter(name, column));
  WRITERS.set(table, made);
  return made;
}

/** Records of one table turned into columns, ready for the engine. */
export interface StagedTable {
  readonly table: TableName;
  readonly rows: number;
  /** Columns that hold at least one value; the others are null in every row and are not staged. */
  readonly columns: readonly { readonly writer: ColumnWriter; readonly values: DuckDBValue[] }[];
  readonly rejected: readonly SetAside[];
}

function keyText(record: LooseRecord, key: readonly string[]): string {
  let text = '';
  for (const column of key) {
    const value = record[column];
    text += `${value instanceof Date ? value.getTime() : String(value)}\u0000`;
  }
  return text;
}

/** Keeps the last record of each key, at the place of the first. */
function lastOfEachKey(records: readonly LooseRecord[], key: readonly string[]): readonly LooseRecord[] {
  const byKey = new Map<unknown, LooseRecord>();
  const [only] = key;
  if (key.length === 1 && only !== undefined) for (const record of records) byKey.set(record[only], record);
  else for (const record of records) byKey.set(keyText(record, key), record);
  return byKey.size === records.length ? records : [...byKey.values()];
}

interface Converted {
  readonly columns: { readonly writer: ColumnWriter; readonly values: DuckDBValue[] }[];
  /** First bad column of each bad row. */
  readonly bad: ReadonlyMap<number, ColumnWriter>;
}

function convert(records: readonly LooseRecord[], writers: readonly ColumnWriter[]): Converted {
  const columns: Converted['columns'] = [];
  const bad = new Map<number, ColumnWriter>();
  for (const writer of writers) {
    const values = new Array<DuckDBValue>(records.length);
    let holdsValue = false;
    for (let i = 0; i < records.length; i++) {
      const value = writer.convert((records[i] as LooseRecord)[writer.name]);
      if (value === BAD) {
        if (!bad.has(i)) bad.set(i, writer);
        values[i] = null;
      } else {
        values[i] = value;
        holdsValue ||= value !== null;
      }
    }
    if (holdsValue) columns.push({ writer, values });
  }
  return { columns, bad };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'an invalid date';
  if (typeof value === 'string') return value.includes('\u0000') ? 'text with NUL' : 'another text';
  if (typeof value === 'number') return 'another number';
  return typeof value;
}

function setAside(table: TableName, record: LooseRecord, position: number, writer: ColumnWriter): SetAside {
  const key = tableOf(table).key.map((column) => record[column]);
  const readable = key.every((part) => typeof part === 'string' && part.length <= 100 && !part.includes('\u0000'));
  return {
    stream: table,
    ref: readable ? key.join('/') : `#${position}`,
    code: 'RECORD_REJECTED',
    path: `${table}.${writer.name}`,
    detail: `expected ${writer.expected}, found ${kindOf(record[writer.name])}`,
  };
}

/**
 * Checks and converts the records of one table. A record with a value that its column may not hold (wrong type, null, not
 * finite, invalid date, NUL in a text, unknown word) is set aside by name of the column, and the others go on. The last record of a
 * key wins.
 */
export function stageRecords(table: TableName, records: readonly LooseRecord[]): StagedTable {
  const unique = lastOfEachKey(records, tableOf(table).key);
  const writers = writersOf(table);
  const first = convert(unique, writers);
  if (first.bad.size === 0) return { table, rows: unique.length, columns: first.columns, rejected: [] };
  const rejected = [...first.bad].map(([i, writer]) => setAside(table, unique[i] as LooseRecord, i, writer));
  const good = unique.filter((_, i) => !first.bad.has(i));
  return { table, rows: good.length, columns: convert(good, writers).columns, rejected };
}

/** Writes staged columns into a fresh temporary table `stage` of the connection. */
export async function writeStage(sql: Sql, staged: StagedTable): Promise<void> {
  const columns = staged.columns.map(({ writer }) => `${quoted(writer.name)} ${writer.stageSql}`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE stage (${columns.join(', ')})`);
  const appender = await sql.connection.createAppender('stage', 'main', 'temp');
  const types = staged.columns.map(({ writer }) => writer.stageType);
  for (let from = 0; from < staged.rows; from += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setColumns(staged.columns.map(({ values }) => values.slice(from, from + CHUNK_ROWS)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Select list that turns the rows of `stage` into rows of the table, without `connection`. */
export function stageSelect(staged: StagedTable): string {
  const present = new Map(staged.columns.map(({ writer }) => [writer.name, writer.select]));
  return columnNames(staged.table)
    .map((name) => present.get(name) ?? 'NULL')
    .join(', ');
}
