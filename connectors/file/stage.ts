import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type JS } from '@duckdb/node-api';
import type { SetAside } from '../../src/domain/observability.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import { openStageFolder } from '../../src/kit/stage-folder.ts';
import { type FileFacts, inspectFile } from './inspect-file.ts';
import { readCsvFiles } from './read-csv.ts';
import { type JsonDeps, readJsonFiles } from './read-json.ts';
import { readParquetFiles } from './read-parquet.ts';
import { readWorkbooks } from './read-workbook.ts';
import { type MalformedReason, RowTally } from './row-tally.ts';
import type { Loaded, StageOptions } from './stage-types.ts';

export type { MalformedReason } from './row-tally.ts';
export type { StageOptions } from './stage-types.ts';

export interface StageSettings {
  /** Memory of the staging database; what does not fit spills to its folder. Readers of text add some 100 MB of their own. */
  readonly memoryMb?: number | undefined;
  /** Where the folder of this import is made, e.g. the data folder; the temporary folder when left out. */
  readonly folder?: string | undefined;
  /** Columns to stage (those that a mapping uses); all when left out. */
  readonly only?: readonly string[] | undefined;
}

/** The files as one table `raw` of text columns plus `row_nr`, inside a DuckDB of its own that lives in a folder of this import. */
export interface Stage {
  /** All columns of the files, in their order. */
  readonly columns: readonly string[];
  /** Those of them that are in `raw`. */
  readonly staged: readonly string[];
  /** Rows in `raw`. Lines of the files = `rows` + `malformedRows`, blank lines apart. */
  readonly rows: number;
  /** Lines that are not rows. */
  readonly malformedRows: number;
  /** The first 1,000 of them, one by one. */
  readonly malformed: readonly SetAside[];
  /** All of them by reason, the commonest first. */
  readonly malformedByReason: readonly MalformedReason[];
  /** What was found and put right: encoding, short rows, numbered columns, passed-over lines; whole sentences. */
  readonly notes: readonly string[];
  /** First value of each column, staged or not, cut to 60 characters; columns without any value are missing. For the screen only. */
  readonly samples: ReadonlyMap<string, string>;
  readonly format: FileFacts['format'];
  query(sql: string): Promise<Record<string, JS>[]>;
  /** Rows in chunks: memory does not grow with the result. */
  stream(sql: string): AsyncIterable<JS[][]>;
  close(): Promise<void>;
}

/**
 * Loads files of one kind and one set of columns. Nothing is typed or guessed: every value stays text, times and numbers are read later
 * under the mapping. Lines that cannot be rows are kept apart with their line number, never their content.
 * Memory: bounded by `memoryMb`, the rest spills to the folder of the stage, which `close` removes (the next import, after a kill).
 * Errors: BAD_INPUT_FILE for a file that is not what it claims to be, has no rows, or whose columns differ from the first one's.
 */
export async function stageFiles(
  paths: readonly string[],
  options: StageOptions = {},
  settings: StageSettings = {},
): Promise<Stage> {
  const first = paths[0];
  if (first === undefined) throw new PlumblineError('BAD_USAGE', 'No file is named.', 'Name a file to import.');
  const facts = await Promise.all(paths.map((path) => inspectFile(path, options.format)));
  const format = oneFormat(facts);
  const folder = await openStageFolder(settings.folder ?? null);
  const instance = await DuckDBInstance.create(join(folder, 'stage.duckdb'), {
    memory_limit: `${settings.memoryMb ?? 1024}MB`,
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
    const tally = new RowTally();
    const loaded = await load({ connection, facts, options, only: settings.only ?? null, tally, folder }, format);
    const rows = Number((await readAll(connection, 'select count(*) as n from raw'))[0]?.n ?? 0);
    if (rows === 0) throw noRows(first, tally);
    return {
      ...loaded,
      rows,
      malformedRows: tally.malformedRows,
      malformed: tally.malformed,
      malformedByReason: tally.reasonsFound(),
      notes: tally.notesFound(),
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

function oneFormat(facts: readonly FileFacts[]): FileFacts['format'] {
  const [first, ...others] = facts;
  const other = others.find((one) => one.format !== first?.format);
  if (first !== undefined && other === undefined) return first.format;
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `The files are of different formats: ${first?.path ?? ''} is ${first?.format ?? ''}, ${other?.path ?? ''} is ${other?.format ?? ''}.`,
    'Import them one after another.',
  );
}

function noRows(path: string, tally: RowTally): PlumblineError {
  const [main] = tally.reasonsFound();
  return new PlumblineError(
    'BAD_INPUT_FILE',
    `${path} has no readable row${main === undefined ? '' : `; ${tally.malformedRows} lines are malformed: ${main.reason}`}.`,
    main?.remedy ?? 'Export it again; nothing was imported.',
    { where: path, problems: tally.malformed.slice(0, 5).map((one) => `${one.ref}: ${one.detail}`) },
  );
}

async function readAll(connection: DuckDBConnection, sql: string): Promise<Record<string, JS>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

async function* streamRows(connection: DuckDBConnection, sql: string): AsyncIterable<JS[][]> {
  yield* (await connection.stream(sql)).yieldRowsJs();
}

async function load(deps: JsonDeps, format: FileFacts['format']): Promise<Loaded> {
  const name = deps.facts.map((one) => one.path).join(', ');
  try {
    if (format === 'csv') return await readCsvFiles(deps);
    if (format === 'jsonl') return await readJsonFiles(deps);
    if (format === 'xlsx') return await readWorkbooks(deps);
    return await readParquetFiles(deps);
  } catch (error) {
    if (error instanceof PlumblineError) throw error;
    const { what, remedy } = explainEngine(error);
    throw new PlumblineError('BAD_INPUT_FILE', `${name} cannot be read as ${format}: ${what}`, remedy, {
      where: name,
      cause: error,
    });
  }
}

/** The engine's own cause, first line only, with what helps against it. */
function explainEngine(error: unknown): { what: string; remedy: string } {
  const what = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? '';
  if (/no space left|failed to (write|offload)|ENOSPC/i.test(what))
    return { what, remedy: 'The disk of the staging folder is full: keep about three times the unpacked file free.' };
  if (/out of memory/i.test(what))
    return { what, remedy: 'Give the import more memory, or split the file and import the parts together.' };
  if (/maximum_object_size/i.test(what))
    return { what, remedy: 'Write one object a line (jq -c ".[]" in.json > out.jsonl).' };
  return { what, remedy: 'The file is damaged or was cut off: export it again.' };
}
