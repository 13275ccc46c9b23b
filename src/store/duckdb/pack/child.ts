/**
 * The process in which SQL of foreign rule packs runs. It has no environment, no inherited handle but the channel to its parent, and an
 * engine that may touch one folder. Its parent ends it when time or memory run out, and it ends itself when the parent is gone.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { SqlValue } from '../../../domain/sql-session.ts';
import { textLiteral, toDuckdb } from '../sql-values.ts';
import { largestCell, MOST_CELL_BYTES, MOST_RESULT_BYTES } from './cell-bytes.ts';
import { NotOneSelect, prepareOneSelect } from './one-select.ts';
import type { PackOpening, PackReply, PackRequest, RunRequest } from './protocol.ts';

class Refused extends Error {}

let instance: DuckDBInstance | null = null;
let connection: DuckDBConnection | null = null;
const attached = new Set<string>();

async function open(opening: PackOpening): Promise<string> {
  instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${opening.memoryMb}MB`,
    threads: String(opening.threads),
    temp_directory: `${opening.folder}/spill-${process.pid}`,
    max_temp_directory_size: `${opening.spillMb}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run(`SET GLOBAL allowed_directories = [${textLiteral(`${opening.folder}/`)}]`);
  await connection.run('SET GLOBAL enable_external_access = false');
  await connection.run('SET GLOBAL lock_configuration = true');
  return '';
}

function opened(): DuckDBConnection {
  if (connection === null) throw new Error('The engine is not open yet.');
  return connection;
}

async function firstValue(sql: string): Promise<unknown> {
  return (await opened().runAndReadAll(sql)).getRows()[0]?.[0];
}

async function treeOf(sql: string): Promise<string> {
  const reader = await opened().runAndReadAll('SELECT CAST(json_serialize_sql($1::VARCHAR) AS VARCHAR)', [sql]);
  return String(reader.getRows()[0]?.[0]);
}

async function materialise(sql: string, params: Readonly<Record<string, SqlValue>>, maxRows: number): Promise<void> {
  // One row more than allowed tells a full result from one that was cut.
  const statement = await opened().prepare(
    `CREATE TABLE result.pack AS SELECT * FROM (${sql.replace(/[\s;]+$/, '')}\n) LIMIT ${maxRows + 1}`,
  );
  try {
    for (let i = 1; i <= statement.parameterCount; i++) {
      const name = statement.parameterName(i);
      const value = params[name];
      if (value === undefined) throw new Refused(`The SQL names the parameter $${name}, which nobody gives.`);
      if (value === null) statement.bindNull(i);
      else statement.bindValue(i, toDuckdb(value));
    }
    await statement.run();
  } finally {
    statement.destroySync();
  }
}

async function run(request: RunRequest): Promise<string> {
  const sql = opened();
  for (const [alias, path] of request.attach) {
    if (attached.has(alias)) continue;
    await sql.run(`ATTACH ${textLiteral(path)} AS ${alias} (READ_ONLY)`);
    attached.add(alias);
  }
  for (const view of request.views) await sql.run(view);
  await prepareOneSelect(sql, request.sql);
  await sql.run(`ATTACH ${textLiteral(request.result)} AS result`);
  try {
    await materialise(request.sql, request.params, request.maxRows);
    const rows = Number(await firstValue('SELECT count(*) FROM result.pack'));
    if (rows > request.maxRows) throw new Refused(`The SQL gives more than ${request.maxRows} rows.`);
    const { cell, whole } = await largestCell(sql, 'result.pack');
    if (cell > MOST_CELL_BYTES)
      throw new Refused(`The SQL gives a cell of ${cell} bytes; ${MOST_CELL_BYTES} are allowed.`);
    if (whole > MOST_RESULT_BYTES)
      throw new Refused(`The SQL gives ${whole} bytes of text; ${MOST_RESULT_BYTES} are allowed.`);
    return String(rows);
  } finally {
    await sql.run('DETACH result');
  }
}

/** A fresh connection has no views of the measurement before. */
async function reset(): Promise<string> {
  if (instance === null) return '';
  const next = await instance.connect();
  connection?.closeSync();
  connection = next;
  for (const alias of attached) await next.run(`DETACH ${alias}`);
  attached.clear();
  return '';
}

function serve(request: PackRequest): Promise<string> {
  switch (request.kind) {
    case 'open':
      return open(request);
    case 'tree':
      return treeOf(request.sql);
    case 'run':
      return run(request);
    case 'reset':
      return reset();
  }
}

async function answer(request: PackRequest): Promise<PackReply> {
  try {
    return { ok: true, value: await serve(request) };
  } catch (error) {
    const refused = error instanceof Refused || error instanceof NotOneSelect;
    const message = (error instanceof Error ? error.message : String(error)).slice(0, 2_000);
    return { ok: false, why: refused ? 'refused' : 'engine', message };
  }
}

process.on('message', (request: PackRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
// Threads of the engine would hold up an orderly exit until their statement ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
