import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection, JS } from '@duckdb/node-api';
import { PlumblineError } from '../../src/errors/index.ts';
import { nameColumns } from './csv-header.ts';
import { findEncoding, readText } from './encoding.ts';
import { type FileFacts, headText } from './inspect-file.ts';
import type { ReadDeps } from './read-csv.ts';
import { ident, lit } from './sql.ts';
import { type Loaded, stagedOf } from './stage-types.ts';

/** Members under which programs hand out their list of records. */
const WRAPPERS =
  /^(tickets|requests|issues|incidents|cases|conversations|records|results?|data|items|values|rows|nodes|entries|content|response|list)$/i;
/** One object of this many bytes at most; DuckDB sets the room aside. */
const MAX_OBJECT = 268_435_456;

const readAll = async (connection: DuckDBConnection, sql: string): Promise<Record<string, JS>[]> =>
  (await connection.runAndReadAll(sql)).getRowObjectsJS();

/** DuckDB reads UTF-8 without a mark: everything else is written anew into the folder of the stage. */
async function asPlainUtf8(file: FileFacts, nr: number, deps: JsonDeps): Promise<{ path: string; gzip: boolean }> {
  const { encoding, note } = await findEncoding(file, file.head, deps.options.encoding);
  if (note !== null) deps.tally.note(`${basename(file.path)}: ${note}.`);
  const marked = file.head[0] === 0xef && file.head[1] === 0xbb;
  if (encoding === 'utf-8' && !marked && note === null) return file;
  const path = join(deps.folder, `text-${nr}.json`);
  await pipeline(Readable.from(readText(file, encoding)), createWriteStream(path));
  return { path, gzip: false };
}

export interface JsonDeps extends ReadDeps {
  readonly folder: string;
}

function layout(file: FileFacts): 'array' | 'lines' | 'document' {
  const text = headText(file.head);
  if (text.startsWith('[')) return 'array';
  const first = text.slice(0, text.search(/[\r\n]|$/)).trimEnd();
  // The first line of a printed document opens something or goes on; a line of JSON lines is closed.
  return /[{[,:]$/.test(first) && text.length > first.length ? 'document' : 'lines';
}

function selectObjects(file: { path: string; gzip: boolean }, kind: ReturnType<typeof layout>): string {
  const compression = file.gzip ? "'gzip'" : "'uncompressed'";
  if (kind === 'lines')
    return `select json from read_ndjson_objects(${lit(file.path)}, ignore_errors = true, compression = ${compression})`;
  const format = kind === 'array' ? 'array' : 'unstructured';
  return `select json from read_json_objects(${lit(file.path)}, format = '${format}', maximum_object_size = ${MAX_OBJECT}, compression = ${compression})`;
}

/**
 * Stages JSON: one object a line, an array of objects, or one object that holds the array. Members of objects inside are columns with a
 * dotted name, three levels deep; arrays stay JSON text; numbers keep their digits, whole ones lose ".0". What is no object is set aside.
 */
export async function readJsonFiles(deps: JsonDeps): Promise<Loaded> {
  const { connection, facts } = deps;
  const selects: string[] = [];
  for (const [nr, file] of facts.entries())
    selects.push(selectObjects(await asPlainUtf8(file, nr, deps), layout(file)));
  await connection.run(
    `create table lines as select row_number() over () as row_nr, json from (${selects.join(' union all ')})`,
  );
  await unwrap(deps);
  const pointers = await findPointers(connection);
  if (pointers.length === 0)
    throw new PlumblineError('BAD_INPUT_FILE', 'No line is a JSON object.', 'Write one object a line.', {
      where: facts[0]?.path ?? '',
    });
  const { columns } = nameColumns(pointers.map((one) => one.name));
  const staged = stagedOf(columns, deps.only);
  const value = (column: string): string => {
    const one = pointers[columns.indexOf(column)];
    const text = `json_extract_string(json, ${lit(one?.pointer ?? '')})`;
    return one?.decimal === true ? `regexp_replace(${text}, '^(-?[0-9]+)\\.0+$', '\\1')` : text;
  };
  const list = ['row_nr', ...staged.map((column) => `${value(column)} as ${ident(column)}`)].join(', ');
  await connection.run(`create table raw as select ${list} from lines where json_type(json) = 'OBJECT'`);
  await setAsideBroken(deps);
  const samples = await findSamples(connection, columns, value);
  await connection.run('drop table lines');
  return { columns, staged, samples };
}

/** How deep a list may lie: `data.tickets.nodes`. */
const DEEPEST_LIST = 4;

/** A single object with a well-known list inside, also inside of objects that are well known themselves: the list is the table. */
async function unwrap({ connection, tally }: JsonDeps): Promise<void> {
  const path: string[] = [];
  const here = (): string => (path.length === 0 ? 'json' : `json_extract(json, ${lit(`/${path.join('/')}`)})`);
  for (let depth = 0; depth < DEEPEST_LIST; depth++) {
    const rows = await readAll(
      connection,
      `select key, json_type(j, '/' || key) as kind, json_type(j, '/' || key || '/0') as first from (
         select unnest(json_keys(j)) as key, j from (select ${here()} as j from lines where (select count(*) from lines) = 1) where json_type(j) = 'OBJECT')`,
    );
    const lists = rows.filter((row) => row.first === 'OBJECT');
    const inner = rows.filter((row) => row.kind === 'OBJECT' && WRAPPERS.test(String(row.key)));
    const next = lists.length === 1 ? lists[0] : lists.length === 0 && inner.length === 1 ? inner[0] : undefined;
    if (next === undefined || !WRAPPERS.test(String(next.key))) return;
    path.push(String(next.key));
    if (lists.length === 1) break;
  }
  await connection.run(
    `create or replace table lines as select row_number() over () as row_nr, json
     from (select unnest(${here()}::json[]) as json from lines)`,
  );
  tally.note(`The list "${path.join('.')}" of the file was read.`);
}

interface Pointer {
  readonly name: string;
  readonly pointer: string;
  readonly decimal: boolean;
}

async function findPointers(connection: DuckDBConnection): Promise<Pointer[]> {
  const found: Pointer[] = [];
  const walk = async (prefix: string, pointer: string, depth: number): Promise<void> => {
    const keys = await readAll(
      connection,
      `select distinct unnest(json_keys(json, ${lit(pointer)})) as key from lines where json_type(json, ${lit(pointer)}) = 'OBJECT' order by key`,
    );
    for (const { key } of keys) {
      const name = `${prefix}${String(key)}`;
      const next = `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const kinds = await readAll(
        connection,
        `select count(*) filter (where k = 'OBJECT') as n, count(*) filter (where k not in ('OBJECT', 'NULL')) as plain,
           count(*) filter (where k = 'DOUBLE') as decimals from (select json_type(json, ${lit(next)}) as k from lines)`,
      );
      const [objects, plain] = [Number(kinds[0]?.n), Number(kinds[0]?.plain)];
      if (objects > 0 && depth < 3) await walk(`${name}.`, next, depth + 1);
      if (objects === 0 || plain > 0 || depth >= 3)
        found.push({ name, pointer: next, decimal: Number(kinds[0]?.decimals) > 0 });
    }
  };
  await walk('', '', 0);
  return found;
}

async function setAsideBroken({ connection, tally }: JsonDeps): Promise<void> {
  const stream = await connection.stream(
    "select row_nr from lines where coalesce(json_type(json), 'BROKEN') <> 'OBJECT' order by row_nr",
  );
  for await (const chunk of stream.yieldRowsJs())
    for (const [nr] of chunk)
      tally.setAside(
        `object ${String(nr)}`,
        'the line is not a JSON object',
        'Write one whole object a line; the export may have been cut off.',
      );
}

async function findSamples(
  connection: DuckDBConnection,
  columns: readonly string[],
  value: (column: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const list = columns.map((column, i) => `any_value(left(nullif(trim(${value(column)}), ''), 60)) as s${i}`);
  const rows = await readAll(connection, `select ${list.join(', ')} from (select json from lines limit 1000)`);
  return new Map(
    columns.flatMap((column, i) => (rows[0]?.[`s${i}`] == null ? [] : [[column, String(rows[0][`s${i}`])] as const])),
  );
}
