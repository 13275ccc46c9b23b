import { hasConnection } from '../../domain/analysis/index.ts';
import { type Column, DUCKDB_TYPE, is, type Table } from '../../domain/columns.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { StoredSnapshot } from '../../domain/snapshot.ts';
import { windowVariable } from '../../signals/index.ts';

export type AnalysisFormat = 'parquet' | 'jsonl' | 'csv';

/** Business seconds over the exported openings; null without a calendar and when b is before a. */
const BUSINESS_S = `CREATE OR REPLACE MACRO calendar_of(of_connection, of_calendar) AS coalesce(of_calendar,
  (SELECT min(id) FROM calendar WHERE is_default AND calendar.connection = of_connection));
CREATE OR REPLACE MACRO open_s(of_connection, of_calendar, t) AS (
  SELECT max(i.cumulative_s + epoch(least(t, i.closes_at) - i.opens_at)) FROM business_interval i
  WHERE i.connection = of_connection AND i.calendar_id = of_calendar AND i.basis = 'true' AND i.opens_at <= t);
CREATE OR REPLACE MACRO business_s(of_connection, of_calendar, a, b) AS CASE WHEN b >= a THEN
  open_s(of_connection, calendar_of(of_connection, of_calendar), b) - open_s(of_connection, calendar_of(of_connection, of_calendar), a) END;`;

function listOf(columns: readonly (readonly [string, Column])[], typeOf: (column: Column) => string): string {
  return columns.map(([name, column]) => `"${name}": '${typeOf(column)}'`).join(', ');
}

/** How the engine reads one file; lists stand in CSV as JSON. */
function sourceOf(table: Table, columns: readonly (readonly [string, Column])[], format: AnalysisFormat): string {
  const file = `'${table.name}.${format}'`;
  if (format === 'parquet') return `SELECT * FROM read_parquet(${file})`;
  if (format === 'jsonl')
    return `SELECT * FROM read_json(${file}, format = 'newline_delimited', columns = {${listOf(columns, ({ type }) => DUCKDB_TYPE[type])}})`;
  const lists = columns.filter(([, { type }]) => type === 'texts');
  const again = lists.map(([name]) => `from_json("${name}", '["VARCHAR"]') AS "${name}"`).join(', ');
  const types = listOf(columns, ({ type }) => (type === 'texts' ? 'VARCHAR' : DUCKDB_TYPE[type]));
  return `SELECT *${lists.length === 0 ? '' : ` REPLACE (${again})`} FROM read_csv(${file}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${types}})`;
}

const CONNECTION: Column = is.text('Connection that the row comes from.');

/** Begins of the windows of the snapshot, by the variable that queries name. */
function windowsOf(snapshot: StoredSnapshot, signals: readonly SignalDefinition[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const definitions = new Map(signals.map((signal) => [signal.id, signal]));
  for (const { signal, window, carried_from } of snapshot.findings) {
    const definition = definitions.get(signal);
    if (definition !== undefined && carried_from === null) found.set(windowVariable(definition), window.from);
  }
  return new Map([...found].sort());
}

/** SQL for DuckDB that makes a view of each file of the folder, sets the instants of the snapshot and the one function that signals use. */
export function writeLoadScript(
  snapshot: StoredSnapshot,
  tables: readonly Table[],
  signals: readonly SignalDefinition[],
  format: AnalysisFormat,
): string {
  const views = tables.map((table) => {
    const own = Object.entries(table.columns);
    const columns = hasConnection(table) ? [['connection', CONNECTION] as const, ...own] : own;
    return `CREATE OR REPLACE VIEW "${table.name}" AS ${sourceOf(table, columns, format)};`;
  });
  const names = new Set(tables.map(({ name }) => name));
  const variables = [['as_of', snapshot.as_of] as const, ...windowsOf(snapshot, signals)].map(
    ([name, instant]) => `SET VARIABLE ${name} = TIMESTAMP '${instant.replace('T', ' ').replace('Z', '')}';`,
  );
  return [
    '-- In this folder: duckdb -init load.sql, then .read queries/<signal>.sql',
    "SET TimeZone = 'UTC';",
    ...variables,
    ...views,
    ...(names.has('calendar') && names.has('business_interval') ? [BUSINESS_S] : []),
    '',
  ].join('\n');
}
