import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CONNECTORS } from '../../connectors/index.ts';
import { syncConnection } from '../../src/pipeline/sync.ts';
import { bodyText } from '../conformance/connector.ts';
import { memoryTelemetry } from './memory-telemetry.ts';
import type { DeskRows } from './read-desk.ts';

export type Cells = Record<string, unknown>;

/** Tables of a made-up warehouse, by name. */
export type MadeTables = Record<string, readonly Cells[]>;

/** Rows with the stamp of the tool in a column, and more beside it. */
export function stampedBy(column: string, at: Date, more: Cells = {}) {
  const stamp = at.toISOString().replace('T', ' ').replace('Z', '');
  return (rows: readonly Cells[]): Cells[] => rows.map((row) => ({ ...row, ...more, [column]: stamp }));
}

/** A cell as a tool writes it into CSV: nothing for null, nested parts as JSON, big ids as their digits. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? bodyText(value) : String(value).replace(/^@big:/, '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes tables as CSV, one file a table, `prefix` in front of the name. */
export function writeCsv(dir: string, tables: MadeTables, prefix = ''): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = rows.map((row) => columns.map((column) => cellText(row[column])).join(','));
    writeFileSync(join(dir, `${prefix}${name}.csv`), `${[columns.join(','), ...lines].join('\n')}\n`);
  }
}

/** Writes tables as Parquet in folders of parts, with the types that an engine finds in them. */
export async function writeParquet(dir: string, tables: MadeTables): Promise<void> {
  const raw = join(dir, '.csv');
  writeCsv(raw, tables);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const name of Object.keys(tables)) {
    const folder = join(dir, name.toUpperCase());
    mkdirSync(folder, { recursive: true });
    await connection.run(
      `copy (select * from read_csv('${join(raw, `${name}.csv`)}', header = true)) to '${join(folder, 'part-0.parquet')}' (format parquet)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

export function connectorNamed(id: string) {
  const found = CONNECTORS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no connector ${id}`);
  return found;
}

/** One sync of a folder of tables into a memory. */
export async function readTables(id: string, dir: string, settings: Cells = {}, store = memoryTelemetry()) {
  const connector = connectorNamed(id);
  const parsed = connector.settings.parse({ dir, ...settings });
  const client = connector.client?.(parsed, null);
  if (client === undefined) throw new Error(`${id} reads no folder`);
  try {
    const result = await syncConnection(
      'desk',
      connector,
      {
        settings: parsed,
        http: client,
        pseudonymise: (kind: string, value: string) => `${kind}:${value.length}:${value.charCodeAt(0)}`,
        signal: new AbortController().signal,
      },
      { telemetry: store.telemetry, batchRows: 5000, progress: () => undefined },
    );
    const observed = await store.telemetry.observability();
    return {
      result,
      store,
      rows: store.all() as DeskRows,
      aside: store.aside(),
      shows: (stream: string) => observed.find((one) => one.stream === stream),
    };
  } finally {
    client.close();
  }
}

/** Rows of a table without some columns, in an order of their own: what two readings are compared by. */
export function bare(rows: DeskRows, table: string, without: readonly string[] = []): unknown[] {
  const left = Object.values(rows[table] ?? {}).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !without.includes(column))),
  );
  return left.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
