import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type JS } from '@duckdb/node-api';
import type { SetAside } from '../../src/domain/observability.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import { type CsvHeader, readCsvHeader } from './csv-header.ts';
import { type FileFacts, inspectFile } from './inspect-file.ts';
import type { Mapping } from './mapping-schema.ts';
import { ident, lit } from './sql.ts';

export type StageOptions = Pick<Mapping, 'format' | 'delimiter' | 'encoding'>;

/** The files as one table `raw` of text columns plus `row_nr`, inside a DuckDB of its own that lives in a temporary folder. */
export interface Stage {
  readonly columns: readonly string[];
  /** Rows in `raw`. */
  readonly rows: number;
  /** Lines that are not rows. */
  readonly malformed: readonly SetAside[];
  readonly format: FileFacts['format'];
  query(sql: string): Promise<Record<string, JS>[]>;
  /** Rows in chunks: memory does not grow with the result. */
  stream(sql: string): AsyncIterable<JS[][]>;
  close(): Promise<void>;
}

/**
 * Loads files of one kind and one set of columns. Nothing is typed or guessed: every value stays text, times and numbers are read later
 * under the mapping. Lines that cannot be rows are kept apart with their line number, never their content.
 * Memory: bounded by `memoryMb`, the rest spills to the temporary folder, which `close` removes.
 * Errors: BAD_INPUT_FILE for a file that is not what it claims to be, has no rows, or whose columns differ from the first one's.
 */
export async function stageFiles(
  paths: readonly string[],
  options: StageOptions = {},
  memoryMb = 1024,
): Promise<Stage> {
  const first = paths[0];
  if (first === undefined) throw new PlumblineError('BAD_USAGE', 'No file is named.', 'Name a file to import.');
  const facts = await Promise.all(paths.map((path) => inspectFile(path, options.format)));
  const formats = new Set(facts.map((one) => one.format));
  const format = [...formats][0];
  if (format === undefined || formats.size > 1)
    throw new PlumblineError('BAD_INPUT_FILE', 'The files are of different formats.', 'Import them one after another.');
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-import-'));
  const instance = await DuckDBInstance.create(join(folder, 'stage.duckdb'), {
    memory_limit: `${memoryMb}MB`,
    temp_directory: join(folder, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = async (): Promise<void> => {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await connection.run("set TimeZone = 'UTC'");
    const loaded = await load(connection, facts, format, options);
    const rows = Number((await readAll(connection, 'select count(*) as n from raw'))[0]?.n ?? 0);
    if (rows === 0)
      throw new PlumblineError(
        'BAD_INPUT_FILE',
        `${first} has no readable row${loaded.malformed.length > 0 ? `; ${loaded.malformed.length} lines are malformed` : ''}.`,
        'Export it again; nothing was imported.',
        { where: first, problems: loaded.malformed.slice(0, 5).map((one) => `${one.ref}: ${one.detail}`) },
      );
    return {
      ...loaded,
      rows,
      format,
      query: (sql) => readAll(connection, sql),
      stream: (sql) => streamRows(connection, sql),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readAll(connection: DuckDBConnection, sql: string): Promise<Record<string, JS>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

async function* streamRows(connection: DuckDBConnection, sql: string): AsyncIterable<JS[][]> {
  yield* (await connection.stream(sql)).yieldRowsJs();
}

interface Loaded {
  readonly columns: readonly string[];
  readonly malformed: readonly SetAside[];
}

async function load(
  connection: DuckDBConnection,
  facts: readonly FileFacts[],
  format: FileFacts['format'],
  options: StageOptions,
): Promise<Loaded> {
  const name = facts.map((one) => one.path).join(', ');
  try {
    if (format === 'csv') return await loadCsv(connection, facts, options);
    if (format === 'jsonl') return await loadJsonl(connection, facts);
    return await loadParquet(connection, facts);
  } catch (error) {
    if (error instanceof PlumblineError) throw error;
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${name} cannot be read as ${format}.`,
      'The file is damaged or incomplete: export it again.',
      { where: name, cause: error },
    );
  }
}

function sameColumns(header: CsvHeader, other: CsvHeader, path: string): void {
  if (JSON.stringify(header.columns) === JSON.stringify(other.columns)) return;
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `${path} has other columns than the first file.`,
    'Import files of different form under their own mapping and --name.',
    { where: path },
  );
}

async function loadCsv(
  connection: DuckDBConnection,
  facts: readonly FileFacts[],
  options: StageOptions,
): Promise<Loaded> {
  const headers = facts.map((one) => readCsvHeader(one.path, one.head, options));
  const header = headers[0] as CsvHeader;
  for (const [i, other] of headers.entries()) sameColumns(header, other, facts[i]?.path ?? '');
  const columns = header.columns.map((name) => `${lit(name)}: 'VARCHAR'`).join(', ');
  const malformed: SetAside[] = [];
  for (const [i, one] of facts.entries()) {
    const source = `read_csv(${lit(one.path)}, auto_detect = false, header = true, delim = ${lit(header.delimiter)}, quote = '"',
      escape = '"', columns = {${columns}}, compression = ${one.gzip ? "'gzip'" : "'none'"}, encoding = ${lit(header.encoding)},
      ignore_errors = true, store_rejects = true, rejects_table = 'rejects_${i}', rejects_scan = 'scans_${i}')`;
    await connection.run(
      i === 0
        ? `create table raw as select row_number() over () as row_nr, * from ${source}`
        : `insert into raw select row_number() over () + (select max(row_nr) from raw), * from ${source}`,
    );
    const rejects = await readAll(
      connection,
      `select line, min(cast(error_type as varchar)) as type, min(column_name) as col, min(error_message) as message,
         max((length(csv_line) - length(replace(csv_line, '"', ''))) % 2) as odd_quotes
       from rejects_${i} group by line order by line`,
    );
    for (const reject of rejects) malformed.push(describeReject(one.path, reject));
  }
  return { columns: header.columns, malformed };
}

function describeReject(path: string, reject: Record<string, JS>): SetAside {
  const type = String(reject.type);
  if (type === 'UNQUOTED VALUE' || Number(reject.odd_quotes) === 1)
    // Everything behind an open quote was swallowed: no row after it can be trusted.
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${path}: a quote opened at line ${String(reject.line)} does not end properly.`,
      'Export it again with quotes doubled inside quoted fields.',
      { where: `${path}:${String(reject.line)}` },
    );
  const found = /Expected Number of Columns: \d+ Found: \d+/.exec(String(reject.message ?? ''))?.[0];
  const word: Record<string, string> = {
    'MISSING COLUMNS': 'fewer columns than the header',
    'TOO MANY COLUMNS': 'more columns than the header',
    'INVALID ENCODING': 'bytes that are not of the encoding of the file',
    'LINE SIZE OVER MAXIMUM': 'a line longer than 2 MB',
  };
  return {
    stream: 'rows',
    ref: `line ${String(reject.line)}`,
    code: 'MALFORMED_ROW',
    path: String(reject.col ?? ''),
    detail: `${word[type] ?? type.toLowerCase()}${found === undefined ? '' : ` (${found.toLowerCase()})`}`,
  };
}

async function loadJsonl(connection: DuckDBConnection, facts: readonly FileFacts[]): Promise<Loaded> {
  const selects = facts.map(
    (one) =>
      `select json from read_ndjson_objects(${lit(one.path)}, ignore_errors = true, compression = ${one.gzip ? "'gzip'" : "'uncompressed'"})`,
  );
  await connection.run(
    `create table lines as select row_number() over () as row_nr, json from (${selects.join(' union all ')})`,
  );
  const pointers: { name: string; pointer: string }[] = [];
  const walk = async (prefix: string, pointer: string, depth: number): Promise<void> => {
    const keys = await readAll(
      connection,
      `select distinct unnest(json_keys(json, ${lit(pointer)})) as key from lines where json_type(json, ${lit(pointer)}) = 'OBJECT' order by key`,
    );
    for (const { key } of keys) {
      const name = `${prefix}${String(key)}`;
      const next = `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const objects = await readAll(
        connection,
        `select count(*) filter (where json_type(json, ${lit(next)}) = 'OBJECT') as n,
           count(*) filter (where json_type(json, ${lit(next)}) not in ('OBJECT', 'NULL')) as plain from lines`,
      );
      if (Number(objects[0]?.n) > 0 && depth < 3) await walk(`${name}.`, next, depth + 1);
      if (Number(objects[0]?.n) === 0 || Number(objects[0]?.plain) > 0) pointers.push({ name, pointer: next });
    }
  };
  await walk('', '', 0);
  if (pointers.length === 0)
    throw new PlumblineError('BAD_INPUT_FILE', 'No line is a JSON object.', 'Write one object a line.', {
      where: facts[0]?.path ?? '',
    });
  const columns = pointers
    .map((one) => `json_extract_string(json, ${lit(one.pointer)}) as ${ident(one.name)}`)
    .join(', ');
  await connection.run(`create table raw as select row_nr, ${columns} from lines where json_type(json) = 'OBJECT'`);
  const bad = await readAll(
    connection,
    "select row_nr from lines where coalesce(json_type(json), 'BROKEN') <> 'OBJECT' order by row_nr",
  );
  await connection.run('drop table lines');
  return {
    columns: pointers.map((one) => one.name),
    malformed: bad.map((one) => ({
      stream: 'rows',
      ref: `object ${String(one.row_nr)}`,
      code: 'MALFORMED_ROW',
      path: '',
      detail: 'the line is not a JSON object',
    })),
  };
}

async function loadParquet(connection: DuckDBConnection, facts: readonly FileFacts[]): Promise<Loaded> {
  const source = `read_parquet([${facts.map((one) => lit(one.path)).join(', ')}], union_by_name = true)`;
  const described = await readAll(connection, `describe select * from ${source}`);
  const columns = described.map((one) => String(one.column_name));
  const list = columns.map((name) => `cast(${ident(name)} as varchar) as ${ident(name)}`).join(', ');
  await connection.run(`create table raw as select row_number() over () as row_nr, ${list} from ${source}`);
  return { columns, malformed: [] };
}
