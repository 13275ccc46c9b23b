import type { z } from 'zod';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible, type SideList } from '../../src/kit/feed/read-all.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { onePage, pageNumber } from '../../src/kit/page/counted.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { Field, Group, Me, Policy, Priority, Role, State, User } from './schema.ts';
import type { Settings } from './settings.ts';
import { MERGED, rankByName, type Status, SYSTEM, statusByName, WORDS } from './words.ts';

export const API = '/api/v1';

/** 100 rows a page: servers cut longer pages without a word, and the next number would pass rows over. */
export const PAGES = pageNumber({ param: 'page', size: { param: 'per_page', rows: 100 } });
export const WHOLE = onePage();

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  readonly me: () => Promise<z.infer<typeof Me>>;
  readonly users: () => Promise<readonly User[] | null>;
  readonly roles: () => Promise<ReadonlyMap<string, Role> | null>;
  readonly groups: () => Promise<ReadonlyMap<string, Group> | null>;
  readonly states: () => Promise<ReadonlyMap<string, State> | null>;
  readonly priorities: () => Promise<ReadonlyMap<string, Priority> | null>;
  readonly fields: () => Promise<readonly Field[] | null>;
  readonly policies: () => Promise<ReadonlyMap<string, Policy> | null>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe(context: EarlyContext<Settings>) {
  return context.http.getJson({
    path: `${API}/users/me`,
    query: { expand: true },
    schema: withoutOddCells(Me),
    signal: context.signal,
  });
}

export function openSession(context: EarlyContext<Settings>): Session {
  const rows = <R>(path: string, schema: z.ZodType<R>, more: Partial<SideList<R>> = {}) =>
    readVisible(context, { path: `${API}${path}`, page: PAGES, rows: schema, ...more });
  const named = { query: { expand: true } };
  return {
    me: once(async () => (await readMe(context)).data),
    users: once(() => rows('/users', User)),
    roles: once(async () => byId(await rows('/roles', Role, named))),
    groups: once(async () => byId(await rows('/groups', Group))),
    states: once(async () => byId(await rows('/ticket_states', State, named))),
    priorities: once(async () => byId(await rows('/ticket_priorities', Priority))),
    fields: once(() => rows('/object_manager_attributes', Field, { page: WHOLE })),
    policies: once(async () => byId(await rows('/slas', Policy))),
  };
}

/** What the mapping of tickets and rules has to know of the desk. */
export interface Desk {
  readonly context: Context;
  readonly staff: ReadonlyMap<string, User> | null;
  readonly groups: ReadonlyMap<string, Group> | null;
  readonly states: ReadonlyMap<string, State> | null;
  readonly priorities: ReadonlyMap<string, Priority> | null;
  readonly policies: ReadonlyMap<string, Policy> | null;
  /** Attributes of all objects; null = not shown. */
  readonly fields: readonly Field[] | null;
  /** Names of attributes of tickets whose values are codes. */
  readonly codes: ReadonlySet<string>;
  readonly roles: CodeFields;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const [fields, users, roles] = [await session.fields(), await session.users(), await session.roles()];
  const own = ownFields(fields ?? [], 'Ticket');
  const byRole = codeFieldsOf(settings, own);
  return {
    context,
    staff: users === null ? null : new Map(users.filter((user) => isStaff(user, roles)).map((user) => [user.id, user])),
    groups: await session.groups(),
    states: await session.states(),
    priorities: await session.priorities(),
    policies: await session.policies(),
    fields,
    codes: new Set([...own.filter(holdsCode).map((field) => field.name), ...byRole.values()]),
    roles: byRole,
  };
}

const SEED_ADMIN = '1';
const SEED_STAFF = new Set([SEED_ADMIN, '2']);

/** Whether somebody works at the desk, by roles. Where roles are not shown, the two that every installation has count. */
export function isStaff(user: User, roles: ReadonlyMap<string, Role> | null): boolean {
  return user.id !== SYSTEM && user.role_ids.some((id) => worksHere(id, roles?.get(id)));
}

function worksHere(id: string, role: Role | undefined): boolean {
  if (role === undefined) return SEED_STAFF.has(id);
  if (role.permissions === null) return /agent|admin/i.test(role.name ?? '');
  return role.permissions.some((one) => /^(ticket(\.agent)?|admin(\..+)?)$/.test(one));
}

export function isAdmin(user: User, roles: ReadonlyMap<string, Role> | null): boolean {
  return user.role_ids.some((id) => {
    const role = roles?.get(id);
    return role === undefined
      ? id === SEED_ADMIN
      : (role.permissions?.includes('admin') ?? /admin/i.test(role.name ?? ''));
  });
}

/** The name is looked at and dropped. */
export function nameOf({ login, firstname, lastname }: Pick<User, 'login' | 'firstname' | 'lastname'>): string | null {
  const name = [firstname, lastname].filter((part) => part !== null).join(' ');
  return name === '' ? login : name;
}

/** Whether somebody is a program; who is not of the desk is one only when it is stated. */
export function isProgramId(id: string | null, { staff, context }: Desk): boolean {
  if (id === null) return false;
  const user = staff?.get(id);
  return isProgram({ id, name: user === undefined ? null : nameOf(user) }, statedOf(context.settings));
}

export function ownFields(fields: readonly Field[], object: string): Field[] {
  return fields.filter((field) => field.object === object && field.editable === true && field.active !== false);
}

/** Whether values of an attribute are codes from a list; others may be free text and are never kept. */
export function holdsCode(field: Pick<Field, 'data_type'>): boolean {
  return /^(select|multiselect|tree_select|multi_tree_select|boolean|checkbox)$/i.test(field.data_type ?? '');
}

/** Attributes with product, category, severity and cause. */
function codeFieldsOf(settings: Settings, own: readonly Field[]): CodeFields {
  const lists = own.filter((field) => /select$/i.test(field.data_type ?? ''));
  return chooseCodeFields(
    settings.fields,
    lists.map(({ name, display }) => ({ name, title: display })),
  );
}

/** Category of a state: what people said, else that of its type, else by its name. Of a state that is not shown its id tells, which every installation has. */
/** An unreadable state is as an unknown word. */
export function statusOf(id: string | null, name: string | null, { states, context }: Desk): Status {
  if (id === null) return statusByName(name);
  const state = states?.get(id);
  const known = state === undefined ? WORDS.state(id) : WORDS.stateType(state.state_type ?? state.state_type_id);
  return context.settings.statuses[id] ?? known ?? statusByName(state?.name ?? name);
}

export function isMergedState(id: string | null, name: string | null, { states }: Desk): boolean {
  if (id === null) return /^merged$/i.test(name ?? '');
  const state = states?.get(id);
  return state === undefined ? id === MERGED : /^merged$/i.test(state.state_type ?? state.name ?? name ?? '');
}

/** Rank of a priority: what people said, else what its name says. */
export function rankOf(id: string | null, name: string | null, { priorities, context }: Desk): number | null {
  if (id === null) return null;
  return context.settings.priorities[id] ?? rankByName(priorities?.get(id)?.name ?? name);
}
