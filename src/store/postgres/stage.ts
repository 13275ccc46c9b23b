import type { ColumnType } from '../../domain/columns.ts';
import type { SetAside } from '../../domain/observability.ts';
import type { TableName } from '../../domain/telemetry.ts';
import { BAD, type ColumnWriter, isCleanText } from '../duckdb/column-writer.ts';
import { tableOf } from '../duckdb/schema.ts';
import { type LooseRecord, lastOfEachKey, setAside, writersOf } from '../duckdb/stage.ts';

/** Records of one table as text of COPY, ready to be sent. */
export interface StagedRows {
  readonly table: TableName;
  readonly rows: number;
  /** Whole lines. */
  readonly chunks: readonly string[];
  readonly rejected: readonly SetAside[];
}

const CHUNK_CHARS = 64 * 1024;
const NULL = '\\N';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Source: https://www.postgresql.org/docs/current/sql-copy.html, text format. */
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : text;
}

/** Source: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT; quotes keep the word NULL and empty texts what they are. */
function arrayText(value: unknown): string | typeof BAD {
  if (!Array.isArray(value) || !value.every(isCleanText)) return BAD;
  return `{${value.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

type Encoder = (value: unknown) => string | typeof BAD;

function encoderOf({ pack }: ColumnWriter, type: ColumnType): Encoder {
  const text: Encoder =
    type === 'texts'
      ? arrayText
      : type === 'time'
        ? (value) => (pack(value) === BAD ? BAD : (value as Date).toISOString())
        : pack;
  return (value) => {
    const packed = text(value);
    return packed === BAD ? BAD : escaped(packed);
  };
}

const ENCODERS = new Map<TableName, readonly { readonly writer: ColumnWriter; readonly encode: Encoder }[]>();

function encodersOf(table: TableName) {
  const known = ENCODERS.get(table);
  if (known !== undefined) return known;
  const made = writersOf(table).map((writer) => {
    const type = tableOf(table).columns[writer.name]?.type ?? 'text';
    return { writer, encode: encoderOf(writer, type) };
  });
  ENCODERS.set(table, made);
  return made;
}

/**
 * Checks and writes out the records of one table by the same rules as the embedded store (duckdb/stage.ts): a record with a value that its
 * column may not hold is set aside by name of the column, the last record of a key wins.
 */
export function stageRows(table: TableName, records: readonly LooseRecord[]): StagedRows {
  const encoders = encodersOf(table);
  const rejected: SetAside[] = [];
  const chunks: string[] = [];
  let chunk = '';
  let rows = 0;
  const cells = new Array<string>(encoders.length);
  lastOfEachKey(records, tableOf(table).key).forEach((record, position) => {
    let bad: ColumnWriter | null = null;
    for (let i = 0; i < encoders.length && bad === null; i++) {
      const { writer, encode } = encoders[i] as (typeof encoders)[number];
      const value = record[writer.name];
      const text = value === null && writer.nullable ? NULL : encode(value);
      if (text === BAD) bad = writer;
      else cells[i] = text;
    }
    if (bad !== null) {
      rejected.push(setAside(table, record, position, bad));
      return;
    }
    rows += 1;
    chunk += `${cells.join('\t')}\n`;
    if (chunk.length < CHUNK_CHARS) return;
    chunks.push(chunk);
    chunk = '';
  });
  if (chunk !== '') chunks.push(chunk);
  return { table, rows, chunks, rejected };
}
