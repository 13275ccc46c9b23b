import type { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { HttpClient, HttpRequest } from '../../src/kit/http.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { once } from '../../src/kit/once.ts';
import { describeIssues } from '../../src/kit/parse-each.ts';
import { requestUrl } from '../../src/kit/request-parts.ts';
import { digestOf, listTables, type TableFiles } from './folder.ts';
import { type Layout, TOOLS } from './layout.ts';
import { type Lists, openLists } from './lists.ts';
import { chooseLayout } from './recognise.ts';
import { openTables, SYNCED, type Tables } from './tables.ts';

/** A question of the vendor's connector. */
export interface Ask {
  readonly url: URL;
  readonly body: unknown;
  /** What the pattern of the route caught. */
  readonly parts: readonly string[];
}

/** One call of the vendor's interface, answered from lists. */
export interface Route {
  readonly path: RegExp;
  answer(ask: Ask, lists: Lists): Promise<unknown>;
}

/** The folder as it was when it was opened. */
export interface Desk {
  readonly layout: Layout;
  readonly lists: Lists;
  /** Names of the tables that are there, and of optional columns that some row holds. */
  readonly tables: ReadonlySet<string>;
  /** Newest instant at which the tool wrote a row: what happened later is not in the folder. */
  readonly synced: Date;
  /** The same files give the same. */
  readonly digest: string;
}

/** Answers the calls of a vendor's connector from a folder of tables. No network. */
export interface DeskClient extends HttpClient {
  /** Errors: FILE_REFUSED, BAD_INPUT_FILE. */
  desk(): Promise<Desk>;
  close(): void;
}

interface DeskPlaces {
  readonly dir: string;
  /** Layout that was named; absent = it is recognised. */
  readonly layout?: string | undefined;
  /** Where tables are laid out while they are read; null = the temporary folder. */
  readonly stageFolder: string | null;
}

/** Origin that the answers are said to come from: a name that no network has. */
export const ORIGIN = 'https://warehouse.invalid';

/** Opens nothing before it is asked. `layouts` are those of one vendor, `all` those that a folder is told from. */
export function openDeskClient(
  places: DeskPlaces,
  routes: readonly Route[],
  layouts: readonly Layout[],
  all: readonly Layout[],
): DeskClient {
  let tables: Tables | null = null;
  const desk = once(async () => {
    tables = await openTables(places.stageFolder);
    return openDesk(places, tables, layouts, all);
  });
  const answer = async (request: Omit<HttpRequest<unknown>, 'schema'>) => {
    const { lists, synced } = await desk();
    const url = requestUrl(request, new URL(ORIGIN));
    request.signal?.throwIfAborted();
    for (const route of routes) {
      const found = route.path.exec(url.pathname);
      if (found === null) continue;
      const parts = found.slice(1).map((part) => decodeURIComponent(part));
      return { data: await route.answer({ url, body: request.body, parts }, lists), date: synced };
    }
    throw absent(url.pathname);
  };
  return {
    origin: ORIGIN,
    desk,
    async getJson({ schema, ...request }) {
      const { data, date } = await answer(request);
      return { data: readAs(schema, data, request.path), status: 200, date, headers: {}, bytes: 0, empty: false };
    },
    async getText({ path }) {
      throw absent(path);
    },
    close: () => tables?.close(),
  };
}

/** The call is of no table that is there. */
export function absent(path: string): HttpStatusError {
  return new HttpStatusError('PERMISSION_DENIED', 404, null, path, 'The tables of the folder do not hold it.');
}

function readAs<T>(schema: z.ZodType<T>, data: unknown, path: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new PlumblineError(
    'BUG',
    `The tables give ${path} in a form that its connector does not know.`,
    'Report this.',
    {
      where: path,
      problems: describeIssues(parsed.error),
    },
  );
}

async function openDesk(
  { dir, layout: named }: DeskPlaces,
  tables: Tables,
  layouts: readonly Layout[],
  all: readonly Layout[],
): Promise<Desk> {
  const files = await listTables(dir, tableNames(all));
  const layout = await chooseLayout({ dir, files, named, layouts: all, columns: tables.columns });
  if (!layouts.includes(layout))
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${dir} now holds the tables of ${layout.vendor}, not those that were connected.`,
      'Name the folder that was connected, or connect this one under another --name.',
      { where: dir },
    );
  const by = new Map(files.map((one) => [one.name, one]));
  const present = await loadTables(tables, layout, by);
  return {
    layout,
    lists: openLists(layout, tables, present),
    tables: present,
    synced: await newest(tables, layout, present, dir),
    digest: await digestOf(
      dir,
      files.filter(({ name }) => present.has(name)),
    ),
  };
}

/** Names of all tables of some layouts. */
export function tableNames(layouts: readonly Layout[]): ReadonlySet<string> {
  return new Set(layouts.flatMap(({ tables }) => Object.keys(tables)));
}

/** Loads all tables of the layout, those without files as empty ones, and gives the names of those that are there. */
async function loadTables(
  tables: Tables,
  layout: Layout,
  files: ReadonlyMap<string, TableFiles>,
): Promise<ReadonlySet<string>> {
  const present = new Set(Object.keys(layout.tables).filter((table) => files.has(table)));
  for (const [name, spec] of Object.entries(layout.tables))
    await tables.load(name, files.get(name) ?? null, spec, TOOLS[layout.tool]);
  for (const [name, spec] of Object.entries(layout.derived ?? {})) {
    if (!spec.from.some((table) => present.has(table))) continue;
    await tables.derive(name, spec);
    present.add(name);
  }
  for (const column of optionalColumns(layout)) if (await isHeld(tables, column, present)) present.add(column);
  return present;
}

/** Columns that a layout can do without: `issues.changelog`. */
function optionalColumns({ streams }: Layout): string[] {
  const wants = Object.values(streams).flatMap((stream) => Object.keys(stream.wants ?? {}));
  return [...new Set(wants.filter((want) => want.includes('.')))];
}

async function isHeld(tables: Tables, want: string, present: ReadonlySet<string>): Promise<boolean> {
  const [table = '', column = ''] = want.split('.');
  if (!present.has(table)) return false;
  const [row] = await tables.query(`select count("${column}") as n from ${tables.name(table)}`);
  return Number(row?.n ?? 0) > 0;
}

async function newest(tables: Tables, layout: Layout, present: ReadonlySet<string>, dir: string): Promise<Date> {
  const read = Object.keys(layout.tables).filter((table) => present.has(table));
  const parts = read.map((table) => `select max("${SYNCED}") as moment from ${tables.name(table)}`);
  const [row] = await tables.query(`select max(moment) as moment from (${parts.join(' union all ')})`);
  const at = typeof row?.moment === 'string' ? new Date(row.moment) : null;
  if (at !== null && !Number.isNaN(at.getTime())) return at;
  const { synced, title } = TOOLS[layout.tool];
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `No row of ${dir} says when ${title} wrote it: the column ${synced} is empty.`,
    `Export the tables with ${synced}: it says up to when they are complete.`,
    { where: dir },
  );
}
