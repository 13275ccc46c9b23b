import type { Ticket } from '../../src/domain/telemetry.ts';
import type { Context } from './account.ts';
import type { FieldRoles } from './field-roles.ts';
import type { Issue, Named, Status, User } from './schema.ts';
import { isProgram, type Staff } from './staff.ts';
import { isCalled, statusOf, WORDS } from './words.ts';

/** What the mapping of requests has to know of the site. */
export interface Desk {
  readonly context: Context;
  readonly roles: FieldRoles;
  readonly staff: Staff;
  /** Null = it is not shown what they are; so with priorities. */
  readonly statuses: ReadonlyMap<string, Status> | null;
  readonly priorities: readonly Named[] | null;
  /** Whether it is shown what fields there are. */
  readonly seesFields: boolean;
  /** Keys of the service projects: issues of others belong to other teams' work. */
  readonly projectKeys: ReadonlySet<string>;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session } = context;
  return {
    context,
    roles: await session.roles(),
    staff: await session.staff(),
    statuses: await session.statuses(),
    priorities: await session.priorities(),
    seesFields: (await session.fields()) !== null,
    projectKeys: new Set((await session.desks()).map((desk) => desk.projectKey)),
  };
}

/** A further field of an issue; null where the site has no such field or it is empty. */
export function fieldOf(row: Issue, field: string | null): unknown {
  return field === null ? null : (row.fields[field] ?? null);
}

export type Side = Ticket['created_by'];

/**
 * On whose side somebody writes. `internal` = what customers cannot write. Who has an account of the site, is no agent now and did not ask may be a
 * colleague of the requester or an agent of former times: unknown.
 */
export function sideOf(user: User | null, reporter: User | null, desk: Desk, internal = false): Side {
  if (user === null) return null;
  if (isProgram(user, desk.context.settings)) return 'machine';
  if (user.accountType === 'customer') return 'customer';
  const isAgent = isOfDesk(user, desk);
  if (internal || isAgent === true) return 'agent';
  return user.id === reporter?.id && isAgent === false ? 'customer' : null;
}

/** Whether somebody is an agent now; null = not all agents are known. */
export function isOfDesk(user: User, { staff: { agents, isWhole } }: Desk): boolean | null {
  if (agents?.has(user.id) === true) return true;
  return agents !== null && isWhole ? false : null;
}

/** What people said, else the place in the site's own order, else what the name says on a new site; null where the order is not shown. */
export function rankOf(id: string | null, name: string | null, desk: Desk): number | null {
  const own = id === null ? undefined : desk.context.settings.priorities[id];
  if (own !== undefined) return own;
  if (desk.priorities === null) return null;
  const place = desk.priorities.findIndex((one) => one.id === id);
  return place < 0 ? WORDS.rank(name) : Math.min(place + 1, 4);
}

/** Category of the status that an issue has; the list of the site has names that the issue leaves out. An unreadable status is as an unknown word. */
export function presentStatus(row: Status | null, { context, statuses }: Desk): Ticket['status'] {
  if (row === null) return 'open';
  const untranslatedName = row.untranslatedName ?? statuses?.get(row.id)?.untranslatedName ?? null;
  return statusOf({ ...row, untranslatedName }, context.settings);
}

/**
 * Category of a status that the history names: as the site has it now, else by its name alone. Of a site that was moved the ids in histories may be none, or those
 * of other statuses: then the name counts, where the site has it. A status that was renamed is told by its id.
 */
export function pastStatus(id: string | null, name: string | null, desk: Desk): string | null {
  if (id === null && name === null) return null;
  const byId = id === null ? undefined : desk.statuses?.get(id);
  const byName = [...(desk.statuses?.values() ?? [])].find((one) => isCalled(one, name));
  const known = byId !== undefined && isCalled(byId, name) ? byId : byName;
  const row = known ?? byId ?? { id: id ?? '', name, untranslatedName: null, statusCategory: null };
  return statusOf(row, desk.context.settings);
}

/** Group of a value of the team field: an Atlassian team, a group, or an option; teams of plans are told by their id alone. */
export function teamOf(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value !== 'object' || value === null) return null;
  const { id, groupId, name } = value as Record<string, unknown>;
  const found = groupId ?? id ?? name;
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Histories write groups as `[name]`; where the group is known by it, its id. */
export function pastTeam(id: string | null, desk: Desk): string | null {
  const name = id?.replace(/^\[(.*)\]$/, '$1') ?? null;
  return name === null ? null : (desk.staff.groups.find((group) => group.name === name)?.id ?? name);
}

/** Code of a select field: the label of its first option; of nested ones the upper, as histories write the lower in words of the site's language. */
export function codeOf(value: unknown): string | null {
  const option: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof option !== 'object' || option === null) return null;
  const { value: label } = option as Record<string, unknown>;
  return typeof label === 'string' && label !== '' ? label : null;
}

/** As codeOf, of a value that a history shows: `Parent values: Cloud(10)Level 1 values: Api(11)` for nested options. */
export function pastCode(text: string | null): string | null {
  return /^Parent values: (.+?)\(\d+\)/.exec(text ?? '')?.[1] ?? text;
}
