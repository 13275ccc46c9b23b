import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { TableFiles } from './folder.ts';
import { type Layout, layoutName, TOOLS } from './layout.ts';

interface Choice {
  readonly dir: string;
  readonly files: readonly TableFiles[];
  /** Layout that was named; absent = it is recognised. */
  readonly named?: string | undefined;
  readonly layouts: readonly Layout[];
  /** Columns of the files of a table, in lower case. */
  readonly columns: (files: TableFiles) => Promise<readonly string[]>;
}

/**
 * The layout of a folder, by its tables and their columns: each has core tables with columns of their own and the tool's stamp. A named one must fit
 * too. Errors: BAD_USAGE for a name that is none; BAD_INPUT_FILE when none fits or several do, with what was found and what each expects.
 */
export async function chooseLayout(choice: Choice): Promise<Layout> {
  const { dir, files, named, layouts } = choice;
  const names = layouts.map(layoutName);
  if (named !== undefined && !names.includes(named))
    throw new PlumblineError('BAD_USAGE', `There is no layout named ${named}.`, `Known: ${names.join(', ')}.`);
  const asked = named === undefined ? layouts : layouts.filter((layout) => layoutName(layout) === named);
  const misses = new Map<Layout, readonly string[]>();
  for (const layout of asked) misses.set(layout, await missesOf(layout, choice));
  const fitting = asked.filter((layout) => misses.get(layout)?.length === 0);
  const [only, second] = fitting;
  if (only !== undefined && second === undefined) return only;
  const found = `Found: ${files.map(({ name }) => name).join(', ')}.`;
  if (only !== undefined)
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `The tables of ${dir} fit several layouts: ${fitting.map(layoutName).join(', ')}. ${found}`,
      `Name one: --set layout=${layoutName(only)}. Or keep the tables of each vendor in a folder of its own.`,
      { where: dir },
    );
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `The tables of ${dir} are of ${named === undefined ? 'no layout that is known' : `another layout than ${named}`}. ${found}`,
    'Name the folder with the raw tables as the tool writes them, not models that were made of them.',
    {
      where: dir,
      problems: asked.map((layout) => `${layoutName(layout)} lacks ${(misses.get(layout) ?? []).join(', ')}`),
    },
  );
}

/** What a folder lacks of a layout: `ticket` or `ticket.via_channel`; none = it fits. */
async function missesOf(layout: Layout, { files, columns }: Choice): Promise<readonly string[]> {
  const misses: string[] = [];
  for (const table of layout.core) {
    const own = files.find(({ name }) => name === table);
    if (own === undefined) {
      misses.push(table);
      continue;
    }
    const there = await columns(own);
    const spec = layout.tables[table];
    const marks = [TOOLS[layout.tool].synced, ...(spec?.key ?? []), ...(spec?.marks ?? [])];
    misses.push(
      ...marks.filter((column) => !there.includes(column.toLowerCase())).map((column) => `${table}.${column}`),
    );
  }
  return misses;
}
