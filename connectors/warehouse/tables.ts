import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type JS } from '@duckdb/node-api';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { openStageFolder } from '../../src/kit/stage-folder.ts';
import { cellSql, lit, quoted } from './cells.ts';
import type { TableFiles } from './folder.ts';
import { type DerivedTable, kindOf, type TableSpec } from './layout.ts';

/** Tables of a folder inside a DuckDB of its own, every value as text. */
export interface Tables {
  /** Columns of the files of a table, in lower case. Errors: BAD_INPUT_FILE. */
  columns(files: TableFiles): Promise<readonly string[]>;
  /** Reads a table once; the columns that the files do not have are null. Errors: BAD_INPUT_FILE, which names file and cause. */
  load(name: string, files: TableFiles | null, spec: TableSpec, marks: ToolMarks): Promise<void>;
  /** Makes a table of loaded ones. */
  derive(name: string, spec: DerivedTable): Promise<void>;
  /** SQL of the name of a loaded table. */
  name(table: string): string;
  query(sql: string): Promise<Record<string, JS>[]>;
  run(sql: string): Promise<void>;
  close(): void;
}

/** Columns that the tool adds: when a row was written, and that it is gone. */
interface ToolMarks {
  readonly synced: string;
  readonly deleted: string | null;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

const MEMORY_MB = 1024;

/** Opens an empty engine below `folder`; memory is bounded, what does not fit is on disk. Close it: it owns a temporary folder. */
export async function openTables(folder: string | null): Promise<Tables> {
  const own = await openStageFolder(folder);
  const instance = await DuckDBInstance.create(join(own, 'tables.duckdb'), {
    memory_limit: `${MEMORY_MB}MB`,
    temp_directory: join(own, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run('set preserve_insertion_order = true');
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  const name = (table: string) => quoted(`t ${table}`);
  return {
    query,
    name,
    run: async (sql) => void (await connection.run(sql)),
    columns: async (files) => (await columnsOf(connection, files)).map((column) => column.name.toLowerCase()),
    load: async (table, files, spec, marks) => {
      const columns = files === null ? [] : await columnsOf(connection, files);
      const sql = loadSql(spec, columns, marks, files === null ? null : sourceSql(files));
      await guard(files, () => connection.run(`create table ${name(table)} as ${sql}`));
    },
    derive: async (table, { sql }) => {
      const own = sql.replace(/\{(\w+)\}/g, (_all, from: string) => name(from));
      await connection.run(
        `create table ${name(table)} as select *, cast(null as varchar) as ${quoted(SYNCED)}, false as ${quoted(DELETED)} from (${own})`,
      );
    },
    close() {
      connection.closeSync();
      instance.closeSync();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

function sourceSql({ format, paths }: TableFiles): string {
  const list = `[${paths.map(lit).join(', ')}]`;
  return format === 'parquet'
    ? `read_parquet(${list}, union_by_name = true, binary_as_string = true, hive_partitioning = false)`
    : `read_csv(${list}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', union_by_name = true, null_padding = false, max_line_size = 33554432, hive_partitioning = false)`;
}

async function columnsOf(connection: DuckDBConnection, files: TableFiles): Promise<Column[]> {
  const rows = await guard(files, async () =>
    (await connection.runAndReadAll(`describe select * from ${sourceSql(files)}`)).getRowObjectsJS(),
  );
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

/** Of the rows of one key the one that was written last stands; which of two alike does not depend on the order of the files. */
function loadSql(spec: TableSpec, columns: readonly Column[], marks: ToolMarks, source: string | null): string {
  const by = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const cell = (name: string, kind: Parameters<typeof cellSql>[2]): string => {
    const column = by.get(name.toLowerCase());
    return column === undefined ? 'cast(null as varchar)' : cellSql(quoted(column.name), column.type, kind);
  };
  const list = [
    ...Object.entries(spec.columns).map(([name, column]) => `${cell(name, kindOf(column))} as ${quoted(name)}`),
    `${cell(marks.synced, 'time')} as ${quoted(SYNCED)}`,
    // Many tables have no mark: a row without one is there.
    `coalesce(lower(${marks.deleted === null ? "'false'" : cell(marks.deleted, 'bool')}) in ('true', 't', '1'), false) as ${quoted(DELETED)}`,
  ];
  const rows = `select ${list.join(', ')} from ${source ?? '(select 1) where false'}`;
  if (spec.key.length === 0) return rows;
  const key = spec.key.map(quoted);
  const latest = [...(spec.latest === undefined ? [] : [spec.latest]), SYNCED];
  const order = [...latest.map((one) => `${quoted(one)} desc nulls last`), ...Object.keys(spec.columns).map(quoted)];
  return `select * from (${rows}) qualify ${key.map((one) => `${one} is null`).join(' or ')}
    or row_number() over (partition by ${key.join(', ')} order by ${order.join(', ')}) = 1`;
}

/** Columns of a loaded table that no tool has: when the row was written, as time text, and whether it is marked as deleted. */
export const SYNCED = ' synced';
export const DELETED = ' deleted';

async function guard<T>(files: TableFiles | null, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const what = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.slice(0, 300) ?? '';
    const where = files?.paths.find((path) => what.includes(path)) ?? files?.paths[0] ?? '';
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `The table ${files?.name ?? ''} (${where}) cannot be read as ${files?.format ?? 'a table'}: ${what}`,
      /out of memory|no space/i.test(what)
        ? 'Keep about three times the size of the folder free on disk.'
        : 'Export the table again: as Parquet, or as CSV with commas, a header and quoted texts.',
      { where, cause },
    );
  }
}
