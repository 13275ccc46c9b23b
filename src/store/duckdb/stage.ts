import type { SetAside } from '../../domain/observability.ts';
import type { TableName } from '../../domain/telemetry.ts';
import { BAD, type ColumnWriter, columnWriter, ESCAPE, SEPARATOR } from './column-writer.ts';
import { columnNames, tableOf } from './schema.ts';
import { quoted } from './sql-values.ts';

export type LooseRecord = Readonly<Record<string, unknown>>;

const WRITERS = new Map<TableName, readonly ColumnWriter[]>();

/** Writers of the columns of a table, in the order of its description. */
export function writersOf(table: TableName): readonly ColumnWriter[] {
  const known = WRITERS.get(table);
  if (known !== undefined) return known;
  const { columns, key } = tableOf(table);
  const made = Object.entries(columns).map(([name, column]) =>
    columnWriter(name, column, key.includes(name) || name === 'ticket_id'),
  );
  WRITERS.set(table, made);
  return made;
}

/** All values of one column as one text. */
interface PackedColumn {
  readonly writer: ColumnWriter;
  readonly text: string;
  readonly holdsNull: boolean;
  /** A text begins with the mark of null and has been sent with one more. */
  readonly escaped: boolean;
}

/** Records of one table turned into columns, ready for the engine. */
export interface StagedTable {
  readonly table: TableName;
  readonly rows: number;
  /** Columns that hold at least one value; the others are null in every row and are not staged. */
  readonly columns: readonly PackedColumn[];
  readonly rejected: readonly SetAside[];
}

/** Half a surrogate pair is stored as U+FFFD, so two texts that differ only in it are one key. */
function keyPart(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

function keyText(record: LooseRecord, key: readonly string[]): string {
  let text = '';
  for (const column of key) {
    const value = keyPart(record[column]);
    text += `${value instanceof Date ? value.getTime() : String(value)}\u0000`;
  }
  return text;
}

/** Keeps the last record of each key, at the place of the first. */
export function lastOfEachKey(records: readonly LooseRecord[], key: readonly string[]): readonly LooseRecord[] {
  const byKey = new Map<unknown, LooseRecord>();
  const [only] = key;
  if (key.length === 1 && only !== undefined) for (const record of records) byKey.set(keyPart(record[only]), record);
  else for (const record of records) byKey.set(keyText(record, key), record);
  return byKey.size === records.length ? records : [...byKey.values()];
}

interface Packed {
  readonly columns: readonly PackedColumn[];
  /** First bad column of each bad row. */
  readonly bad: ReadonlyMap<number, ColumnWriter>;
}

function packColumn(
  records: readonly LooseRecord[],
  writer: ColumnWriter,
  bad: Map<number, ColumnWriter>,
): PackedColumn | null {
  const { name, nullable, pack } = writer;
  const texts = new Array<string>(records.length);
  let nulls = 0;
  let escaped = false;
  for (let i = 0; i < texts.length; i++) {
    const value = (records[i] as LooseRecord)[name];
    if (value === null && nullable) {
      texts[i] = ESCAPE;
      nulls += 1;
      continue;
    }
    const text = pack(value);
    if (text === BAD) {
      if (!bad.has(i)) bad.set(i, writer);
      texts[i] = ESCAPE;
    } else if (text.charCodeAt(0) === 1) {
      texts[i] = ESCAPE + text;
      escaped = true;
    } else texts[i] = text;
  }
  if (nulls === texts.length) return null;
  return { writer, text: texts.join(SEPARATOR), holdsNull: nulls > 0, escaped };
}

function packRecords(records: readonly LooseRecord[], writers: readonly ColumnWriter[]): Packed {
  const columns: PackedColumn[] = [];
  const bad = new Map<number, ColumnWriter>();
  for (const writer of writers) {
    const column = packColumn(records, writer, bad);
    if (column !== null) columns.push(column);
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

/** What is kept of a record with a bad value: where, not what. */
export function setAside(table: TableName, record: LooseRecord, position: number, writer: ColumnWriter): SetAside {
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
 * Checks and packs the records of one table. A record with a value that its column may not hold (wrong type, null, not
 * finite, invalid date, NUL in a text, unknown word) is set aside by name of the column, and the others go on. The last record of a
 * key wins.
 */
export function stageRecords(table: TableName, records: readonly LooseRecord[]): StagedTable {
  const unique = lastOfEachKey(records, tableOf(table).key);
  const writers = writersOf(table);
  const first = packRecords(unique, writers);
  if (first.bad.size === 0) return { table, rows: unique.length, columns: first.columns, rejected: [] };
  const rejected = [...first.bad].map(([i, writer]) => setAside(table, unique[i] as LooseRecord, i, writer));
  const good = unique.filter((_, i) => !first.bad.has(i));
  return { table, rows: good.length, columns: packRecords(good, writers).columns, rejected };
}

/** SQL that gives back the nulls and texts that were packed. */
function unescaped({ writer, holdsNull, escaped }: PackedColumn): string {
  const name = quoted(writer.name);
  if (escaped)
    return `CASE WHEN ${name} = chr(1) THEN NULL WHEN starts_with(${name}, chr(1)) THEN substr(${name}, 2) ELSE ${name} END AS ${name}`;
  return holdsNull ? `nullif(${name}, chr(1)) AS ${name}` : name;
}

/** A select that gives the packed rows, every value as text; its parameters are $1, $2, ... in the order of the columns. */
export function stagedRows(staged: StagedTable): { readonly sql: string; readonly params: readonly string[] } {
  const values = staged.columns.map(
    ({ writer }, i) => `unnest(string_split($${i + 1}, chr(0))) AS ${quoted(writer.name)}`,
  );
  return {
    sql: `SELECT ${staged.columns.map(unescaped).join(', ')} FROM (SELECT ${values.join(', ')})`,
    params: staged.columns.map(({ text }) => text),
  };
}

/** Select list that turns staged rows into rows of the table, without `connection`. */
export function stageSelect(staged: StagedTable): string {
  const present = new Map(staged.columns.map(({ writer }) => [writer.name, writer.select]));
  return columnNames(staged.table)
    .map((name) => present.get(name) ?? 'NULL')
    .join(', ');
}
