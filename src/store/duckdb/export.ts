import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Column } from '../../domain/columns.ts';
import type { TableName } from '../../domain/telemetry.ts';
import type { Session } from './database.ts';
import { keyOf, TELEMETRY, tableOf } from './schema.ts';
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

/**
 * Writes one table, `connection` first, in key order, times as ISO 8601 UTC (parquet: TIMESTAMP). The engine may write only into
 * its exchange folder, so the file is made there and moved to `path` when it is whole. Returns the number of rows.
 */
export async function exportTelemetry(
  session: Session,
  exchangeDir: string,
  table: TableName,
  format: ExportFormat,
  path: string,
): Promise<number> {
  mkdirSync(exchangeDir, { recursive: true, mode: 0o700 });
  const part = join(exchangeDir, `${randomUUID()}.${format}`);
  const columns = Object.entries(tableOf(table).columns).map(
    ([name, { type }]) => `${SELECT[format](quoted(name), type)} AS ${quoted(name)}`,
  );
  const connection = `${SELECT[format]('connection', 'text')} AS connection`;
  const select = `SELECT ${[connection, ...columns].join(', ')} FROM ${TELEMETRY}.${table} AS t
    ORDER BY ${keyOf(table)
      .map((name) => `t.${quoted(name)}`)
      .join(', ')}`;
  try {
    const [row] = await session.rows(`COPY (${select}) TO ${textLiteral(part)} (${OPTIONS[format]})`);
    moveFile(part, resolve(path));
    return Number(row?.Count ?? 0);
  } finally {
    rmSync(part, { force: true });
  }
}
