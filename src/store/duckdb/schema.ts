import { type Column, DUCKDB_TYPE, type Table } from '../../domain/columns.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../domain/telemetry.ts';
import { quoted } from './sql-values.ts';

/** Schema of the engine that holds the recorded tables, so that the names of the measure views stay free. */
export const TELEMETRY = 'telemetry';

export function tableOf(name: TableName): Table {
  return TABLES[name];
}

export function sqlTypeOf(column: Column): string {
  return DUCKDB_TYPE[column.type];
}

export function columnNames(name: TableName): string[] {
  return Object.keys(TABLES[name].columns);
}

/** Key columns with `connection` first, as every telemetry table has them. */
export function keyOf(name: TableName): string[] {
  return ['connection', ...TABLES[name].key];
}

function createTable(table: Table): string {
  const columns = Object.entries(table.columns).map(
    ([name, column]) => `${quoted(name)} ${sqlTypeOf(column)}${column.nullable ? '' : ' NOT NULL'}`,
  );
  return `CREATE TABLE IF NOT EXISTS ${TELEMETRY}.${table.name} (connection VARCHAR NOT NULL, ${columns.join(', ')})`;
}

/**
 * DDL of all telemetry tables. There is no PRIMARY KEY on purpose: every write goes through one transaction that first
 * deletes the keys of the batch (commit.ts), and an index costs more than it gives: with it a repeated batch of tickets is written
 * at 8,000 rows/s and takes 28 MB, without it 50,000 rows/s and 4 MB (list columns turn each update into delete + insert, and
 * a table with an index is never vacuumed).
 */
export function telemetryDdl(): string[] {
  return [`CREATE SCHEMA IF NOT EXISTS ${TELEMETRY}`, ...TABLE_NAMES.map((name) => createTable(tableOf(name)))];
}

/** Statements that add the columns that a store of an older version does not have yet; they start as unknown. */
export function growthDdl(present: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return TABLE_NAMES.flatMap((name) =>
    Object.entries(tableOf(name).columns)
      .filter(([column]) => present.get(name)?.has(column) === false)
      .map(([column, spec]) => `ALTER TABLE ${TELEMETRY}.${name} ADD COLUMN ${quoted(column)} ${sqlTypeOf(spec)}`),
  );
}
