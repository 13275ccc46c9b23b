import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Column, ColumnType, Table } from '../../domain/columns.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import type { TableName } from '../../domain/telemetry.ts';
import type { Session } from './database.ts';
import { keyOf, sqlTypeOf, TELEMETRY, tableOf } from './schema.ts';
import { quoted, textLiteral } from './sql-values.ts';

export type ExportFormat = 'parquet' | 'jsonl' | 'csv';

const ISO_TIME = "'%Y-%m-%dT%H:%M:%S.%gZ'";

/**
 * A spreadsheet runs a cell that begins with one of these as a formula, also behind blanks and in its full-width form; an apostrophe
 * before it makes it text again. Columns of numbers are left alone: "-5" stays a number.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function neutralised(text: string): string {
  return `CASE WHEN regexp_matches(${text}, '^(\\s*[=+\\-@＝＋－＠]|[\\t\\r\\n])') THEN '''' || ${text} ELSE ${text} END`;
}

const SELECT: Readonly<Record<ExportFormat, (name: string, type: Column['type']) => string>> = {
  parquet: (name) => name,
  jsonl: (name, type) => (type === 'time' ? `strftime(${name}, ${ISO_TIME})` : name),
  csv: (name, type) => {
    if (type === 'time') return `strftime(${name}, ${ISO_TIME})`;
    if (type === 'text') return neutralised(name);
    return type === 'texts' || type === 'json' ? `CAST(to_json(${name}) AS VARCHAR)` : name;
  },
};

const OPTIONS: Readonly<Record<ExportFormat, string>> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd',
  jsonl: 'FORMAT json',
  csv: 'FORMAT csv, HEADER',
};

/** The engine makes files as the umask says; what leaves it is for its owner only. */
function moveFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  chmodSync(from, 0o600);
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    copyFileSync(from, to);
    if (statSync(to).isFile()) chmodSync(to, 0o600);
    rmSync(from);
  }
}

/** Rows on their way out: columns in order, where they come from, and the columns that order them. */
interface Outgoing {
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
  readonly from: string;
  readonly order: readonly string[];
}

/**
 * Writes rows in order, times as ISO 8601 UTC (parquet: TIMESTAMP). The engine may write only into its exchange folder, so the file is made there
 * and moved to `path` when it is whole. Returns the number of rows.
 */
async function writeFile(
  session: Session,
  exchangeDir: string,
  { columns, from, order }: Outgoing,
  { format, path }: { readonly format: ExportFormat; readonly path: string },
): Promise<number> {
  mkdirSync(exchangeDir, { recursive: true, mode: 0o700 });
  const part = join(exchangeDir, `${randomUUID()}.${format}`);
  const cells = columns.map(([name, type]) => `${SELECT[format](quoted(name), type)} AS ${quoted(name)}`);
  const sorted = order.map((name) => `t.${quoted(name)}`).join(', ');
  const select = `SELECT ${cells.join(', ')} FROM ${from} AS t ORDER BY ${sorted}`;
  try {
    const [row] = await session.rows(`COPY (${select}) TO ${textLiteral(part)} (${OPTIONS[format]})`);
    moveFile(part, resolve(path));
    return Number(row?.Count ?? 0);
  } finally {
    rmSync(part, { force: true });
  }
}

function columnsOf(table: Table): (readonly [string, ColumnType])[] {
  return Object.entries(table.columns).map(([name, { type }]) => [name, type]);
}

/** One recorded table, `connection` first, in key order. Returns the number of rows. */
export async function exportTelemetry(
  session: Session,
  exchangeDir: string,
  table: TableName,
  format: ExportFormat,
  path: string,
): Promise<number> {
  const columns = [['connection', 'text'] as const, ...columnsOf(tableOf(table))];
  const outgoing = { columns, from: `${TELEMETRY}.${table}`, order: keyOf(table) };
  return writeFile(session, exchangeDir, outgoing, { format, path });
}

/** A relation that the session has made, `connection` first, in key order and then by every column. Returns the number of rows. */
export async function exportView(
  session: Session,
  exchangeDir: string,
  table: Table,
  format: ExportFormat,
  path: string,
): Promise<number> {
  const columns = [['connection', 'text'] as const, ...columnsOf(table)];
  const order = [...new Set(['connection', ...table.key, ...columns.map(([name]) => name)])];
  return writeFile(session, exchangeDir, { columns, from: table.name, order }, { format, path });
}

/** Rows of ours as a table of that description. Returns the number of rows. */
export async function exportRows(
  session: Session,
  exchangeDir: string,
  table: Table,
  rows: readonly SqlRow[],
  format: ExportFormat,
  path: string,
): Promise<number> {
  mkdirSync(exchangeDir, { recursive: true, mode: 0o700 });
  const part = join(exchangeDir, `${randomUUID()}.rows`);
  writeFileSync(part, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 });
  const types = Object.entries(table.columns).map(([name, column]) => `${quoted(name)}: '${sqlTypeOf(column)}'`);
  const from = `read_json(${textLiteral(part)}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
  try {
    return await writeFile(
      session,
      exchangeDir,
      { columns: columnsOf(table), from, order: table.key },
      { format, path },
    );
  } finally {
    rmSync(part, { force: true });
  }
}
