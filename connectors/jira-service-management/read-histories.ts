import type { SetAside } from '../../src/domain/observability.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import type { Context } from './account.ts';
import { api, isCloud, PAGES } from './calls.ts';
import { History, type Issue } from './schema.ts';

/** Cloud gives the newest changes with an issue, forty or more, and says of how many. Below that they are all. */
const SURELY_WHOLE = 40;

interface Histories {
  /** All changes of an issue; null = it was gone before they could be read. */
  of(row: Issue): readonly History[] | null;
  readonly rejected: readonly SetAside[];
  /** Some change of an issue could not be read, or not whole. */
  isPartly(row: Issue): boolean;
}

export function isWhole({ changelog }: Issue, cloud: boolean): boolean {
  if (changelog === null || changelog.histories === null) return false;
  const given = changelog.histories.length;
  if (!cloud) return changelog.total === null || given >= changelog.total;
  return given < SURELY_WHOLE && changelog.total !== null && given >= changelog.total;
}

/** Changes as they came with the issues, and from their own list where those may not be all. Errors: those of the client and the pager. */
export async function readHistories(rows: readonly Issue[], context: Context, seesRest: boolean): Promise<Histories> {
  const cloud = isCloud(context.settings);
  const given = new Map<Issue, readonly History[] | null>();
  const rejected: SetAside[] = [];
  const partly = new Set<Issue>();
  for (const row of rows.filter((one) => isWhole(one, cloud))) {
    const parsed = parseEach(History, row.changelog?.histories ?? [], 'tickets');
    given.set(row, parsed.kept);
    rejected.push(...parsed.rejected);
    if (parsed.rejected.length > 0) partly.add(row);
  }
  const others = seesRest ? rows.filter((row) => !given.has(row)) : [];
  const asked = await readChildren(context, 'tickets', others, {
    path: (row) => `${api(context.settings)}/issue/${row.id}/changelog`,
    at: 'values',
    page: PAGES,
    rows: History,
  });
  // Sites were seen whose own list is empty where changes come with the issue: those happened, though they may not be all.
  for (const row of others) {
    const told = row.changelog?.histories ?? [];
    if ((asked.of.get(row)?.length ?? told.length) >= told.length) continue;
    given.set(row, parseEach(History, told, 'tickets').kept);
    partly.add(row);
  }
  return {
    of: (row) => given.get(row) ?? asked.of.get(row) ?? null,
    rejected: [...rejected, ...asked.rejected],
    isPartly: (row) => partly.has(row) || asked.partly.has(row),
  };
}
