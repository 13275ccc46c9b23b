import { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { batchesOf } from '../../src/kit/batches.ts';
import { each } from '../../src/kit/each.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readAll, readVisible } from '../../src/kit/feed/read-all.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { offset, onePage } from '../../src/kit/page/counted.ts';
import type { Pager, Query } from '../../src/kit/page/pager.ts';
import { CustomField, Issue, Me, Membership, Priority, Project, Role, Status, User } from './schema.ts';
import type { Early, Settings } from './settings.ts';
import { readStaff, type Staff } from './staff.ts';

/** 100 rows at most: the vendor gives fewer than asked for without a word, and says how many. */
export const PAGES = offset({
  param: 'offset',
  size: { param: 'limit', rows: 100 },
  total: 'total_count',
  given: 'limit',
});

export const PROJECT_LIST = {
  path: '/projects.json',
  query: { include: 'enabled_modules' },
  at: 'projects',
  page: PAGES,
} as const;

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the key may not see it. */
export interface Session {
  readonly me: () => Promise<Me>;
  /** Those that are read. */
  readonly projects: () => Promise<readonly Project[]>;
  readonly memberships: () => Promise<ReadonlyMap<string, readonly Membership[] | null>>;
  readonly roles: () => Promise<ReadonlyMap<string, Role>>;
  readonly staff: () => Promise<Staff>;
  readonly statuses: () => Promise<ReadonlyMap<string, Status> | null>;
  /** Least urgent first, as the vendor orders them. */
  readonly priorities: () => Promise<readonly Priority[] | null>;
  readonly fields: () => Promise<readonly CustomField[] | null>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe({ http, signal }: Early) {
  return http.getJson({
    path: '/users/current.json',
    query: { include: 'memberships' },
    schema: withoutOddCells(Me),
    signal,
  });
}

export function openSession(context: Early): Session {
  const visible = <R>(path: string, at: string, rows: z.ZodType<R>, page: Pager = onePage(), query: Query = {}) =>
    readVisible(context, { path, query, at, rows, page });
  const projects = once(async () =>
    chosenProjects(await readAll(context, { ...PROJECT_LIST, rows: Project }), context),
  );
  const memberships = once(async () => {
    const chosen = await projects();
    const read = await each(chosen, ({ id }) =>
      visible(`/projects/${id}/memberships.json`, 'memberships', Membership, PAGES),
    );
    return new Map(chosen.map(({ id }, i) => [id, read[i] ?? null]));
  });
  const me = once(async () => (await readMe(context)).data.user);
  const roles = once(async () => {
    const held = [...(await memberships()).values()].flatMap((all) => all ?? []);
    const ids = new Set([...held, ...(await me()).memberships].flatMap((one) => one.roles.map((role) => role.id)));
    const read = await each([...ids].sort(), (id) => readRole(context, id));
    return new Map(read.flatMap((role) => (role === null ? [] : [[role.id, role] as const])));
  });
  const users = once(async () => {
    // Versions differ in the word for "all of them"; each understands the numbers.
    const read = await each([ACTIVE, LOCKED], (status) => visible('/users.json', 'users', User, PAGES, { status }));
    const [active, locked] = read;
    return active && locked ? { active, locked } : null;
  });
  return {
    me,
    projects,
    memberships,
    roles,
    staff: once(async () => readStaff(context, await memberships(), await roles(), await users(), await projects())),
    statuses: once(async () => {
      return byId(await visible('/issue_statuses.json', 'issue_statuses', Status));
    }),
    priorities: once(() => visible('/enumerations/issue_priorities.json', 'issue_priorities', Priority)),
    fields: once(() => visible('/custom_fields.json', 'custom_fields', CustomField)),
  };
}

const ACTIVE = 1;
const LOCKED = 3;

async function readRole(context: Early, id: string): Promise<Role | null> {
  return (await readShown(context, { path: `/roles/${id}.json` }, withoutOddCells(Role)))?.role ?? null;
}

export function isChosen({ id, identifier }: Project, { projects }: Settings): boolean {
  return projects.length === 0 || projects.includes(id) || (identifier !== null && projects.includes(identifier));
}

/** Errors: UNKNOWN_NAME for a project that people named and that cannot be seen: without it all others would be read. */
function chosenProjects(all: readonly Project[], { settings }: Early): Project[] {
  const unseen = settings.projects.filter((name) => !all.some((one) => one.id === name || one.identifier === name));
  if (unseen.length > 0)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `The key sees no project ${unseen.join(', ')}.`,
      'Make its user a member of the project, or correct the setting `projects` (identifiers as they stand in the address of the project).',
    );
  return all.filter((project) => isChosen(project, settings));
}

type Filter = readonly [field: string, operator: string, values?: readonly string[]];

/** A search for issues. The plain list would leave closed ones out. */
function searchQuery(filters: readonly Filter[]): Query {
  const all: readonly Filter[] = [['status_id', '*'], ...filters];
  return {
    set_filter: 1,
    'f[]': all.map(([field]) => field),
    ...Object.fromEntries(all.map(([field, operator]) => [`op[${field}]`, operator])),
    ...Object.fromEntries(all.flatMap(([field, , values]) => (values ? [[`v[${field}][]`, values]] : []))),
  };
}

/** Key of the instant in a search by the last change, which `changedQuery` asks with. */
export const CHANGED_SINCE = 'v[updated_on][]';

async function projectFilter({ settings, session }: Context): Promise<readonly Filter[]> {
  if (settings.projects.length === 0) return [];
  return [['project_id', '=', (await session.projects()).map((project) => project.id)]];
}

export async function changedQuery(context: Context): Promise<Query> {
  return { ...searchQuery([['updated_on', '>='], ...(await projectFilter(context))]), include: 'relations' };
}

/** How many issues there are now. */
export async function countIssues(context: Context): Promise<number | null> {
  const query = { ...searchQuery(await projectFilter(context)), limit: 1 };
  const { data } = await context.http.getJson({
    path: '/issues.json',
    query,
    schema: Total,
    signal: context.signal,
  });
  return data.total_count;
}

const Total = z.looseObject({ total_count: z.int() });

const IDS_PER_SEARCH = 100;

/** Issues by id, wherever they are; those that the key may not see are missing. */
export async function readIssues(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Issue>> {
  const found = new Map<string, Issue>();
  for (const some of batchesOf(ids, IDS_PER_SEARCH)) {
    const query = searchQuery([['issue_id', '=', [some.join(',')]]]);
    const rows = await readVisible(context, { path: '/issues.json', query, at: 'issues', page: PAGES, rows: Issue });
    for (const row of rows ?? []) found.set(row.id, row);
  }
  return found;
}
