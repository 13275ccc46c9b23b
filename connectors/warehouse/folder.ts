import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';

/** The files of one table. */
export interface TableFiles {
  readonly name: string;
  readonly format: 'parquet' | 'csv';
  readonly paths: readonly string[];
}

const DATA = /\.(parquet|csv|csv\.gz)$/i;

/**
 * Tables of a folder, by name in lower case and without the prefix of a schema: a file (`ticket.parquet`, `zendesk.ticket.csv`) is a table, and so is a
 * folder of the name of a `known` one with all files below it (`ticket/part-0.parquet`); other folders are schemas. Other files are passed over.
 * Errors: FILE_REFUSED for a folder that cannot be read; BAD_INPUT_FILE when it holds no table, or one table in two formats.
 */
export async function listTables(dir: string, known: ReadonlySet<string>): Promise<readonly TableFiles[]> {
  const found = new Map<string, string[]>();
  const walk = async (at: string, table: string | null, depth: number): Promise<void> => {
    for (const entry of await entriesOf(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        const name = tableName(entry.name);
        if (depth < MOST_DEEP && !entry.name.startsWith('.'))
          await walk(path, known.has(name) ? name : table, depth + 1);
      } else if (DATA.test(entry.name)) {
        const name = table ?? tableName(entry.name);
        found.set(name, [...(found.get(name) ?? []), path]);
      }
    }
  };
  await walk(dir, null, 0);
  if (found.size === 0)
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${dir} holds no Parquet or CSV file.`,
      'Name the folder that holds one file or one sub-folder a table, e.g. ticket.parquet or ticket/part-0.parquet.',
      { where: dir },
    );
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, paths]) => tableOf(name, paths));
}

/** Folders below the one that is named: a schema, a table, partitions by day. */
const MOST_DEEP = 5;

function tableName(name: string): string {
  const bare = name.replace(DATA, '').toLowerCase();
  return bare.split(/\.|__/).pop() ?? bare;
}

async function entriesOf(dir: string) {
  try {
    return (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new PlumblineError('FILE_REFUSED', `The folder ${dir} cannot be read.`, 'Check --dir and its rights.', {
      where: dir,
      cause,
    });
  }
}

function tableOf(name: string, paths: readonly string[]): TableFiles {
  const [first = ''] = paths;
  const format = formatOf(first);
  const other = paths.find((path) => formatOf(path) !== format);
  if (other === undefined) return { name, format, paths };
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `The table ${name} is there twice: ${first} and ${other}.`,
    'Keep one format of each table in the folder.',
    { where: other },
  );
}

function formatOf(path: string): TableFiles['format'] {
  return /\.parquet$/i.test(path) ? 'parquet' : 'csv';
}

/** One hash of names and content of all files: the same folder gives the same. */
export async function digestOf(dir: string, tables: readonly TableFiles[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of tables.flatMap((table) => table.paths)) {
    hash.update(`${relative(dir, path)}\0${(await stat(path)).size}\0`);
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
