import type { Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { type CodeFields, chooseCodeFields, codeText } from '../../src/kit/code-fields.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import type { CustomField, Issue, Named, Priority, Status } from './schema.ts';
import type { Settings } from './settings.ts';
import { projectTeam, type Staff } from './staff.ts';
import { statusOf, WORDS } from './words.ts';

/** What the mapping of issues has to know of this Redmine. */
export interface Desk {
  readonly context: Context;
  readonly staff: Staff;
  /** Null = it is not shown what they are; so with priorities and fields. */
  readonly statuses: ReadonlyMap<string, Status> | null;
  readonly priorities: readonly Priority[] | null;
  /** Ids of the custom fields with these codes. */
  readonly codes: CodeFields;
  readonly fields: readonly CustomField[] | null;
  /** Ids of the projects that are read, by identifier. */
  readonly projects: ReadonlyMap<string, string>;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const fields = await session.fields();
  return {
    context,
    staff: await session.staff(),
    statuses: await session.statuses(),
    priorities: await session.priorities(),
    codes: codeFields(settings, fields ?? []),
    fields,
    projects: new Map((await session.projects()).map(({ id, identifier }) => [identifier ?? id, id])),
  };
}

/** Fields whose values are chosen from a list: their values are codes. */
export function holdsCode({ field_format }: CustomField): boolean {
  return /^(?:list|enumeration|version)$/.test(field_format ?? '');
}

/** Ids, from settings (ids or names), else by name among the lists of issues. */
export function codeFields(settings: Settings, fields: readonly CustomField[]): CodeFields {
  const idOf = (wanted: string) => fields.find(({ id, name }) => id === wanted || name === wanted)?.id ?? wanted;
  const stated = Object.entries(settings.fields).flatMap(([role, field]) => (field ? [[role, idOf(field)]] : []));
  const lists = fields.filter((field) => field.customized_type === 'issue' && holdsCode(field));
  return chooseCodeFields(
    Object.fromEntries(stated),
    lists.map(({ id, name }) => ({ name: id, title: name })),
  );
}

/** A custom field by its id; by its name where settings name it so and the list of fields is not shown. */
export function fieldValue(row: Pick<Issue, 'custom_fields'>, field: string): string | null {
  return firstOf(row.custom_fields?.find((one) => one.id === field || one.name === field)?.value);
}

/** Of several values the first. */
export function firstOf(value: unknown): string | null {
  return codeText(Array.isArray(value) ? value[0] : value);
}

/** Category of a status by its id; null for one that is gone. `row` = what an issue itself says of its status. */
export function statusById(id: string, desk: Desk, row: Status | null = null): Ticket['status'] | null {
  const known = desk.statuses?.get(id) ?? row;
  return known === null ? (desk.context.settings.statuses[id] ?? null) : statusOf(known, desk.context.settings);
}

/** What people said, else what the name says, else the place among those in use: the last is the most urgent. */
export function rankOf(id: string | null, name: string | null, desk: Desk): number | null {
  if (id === null) return null;
  const own = desk.context.settings.priorities[id];
  if (own !== undefined) return own;
  const known = desk.priorities?.find((one) => one.id === id);
  const word = WORDS.rank(known?.name ?? name);
  if (word !== null) return word;
  const inUse = (desk.priorities ?? []).filter((one) => one.active !== false);
  const place = inUse.findIndex((one) => one.id === id);
  return place < 0 ? null : Math.min(inUse.length - place, 4);
}

/** An issue is given to a person or to a group, never to both; where groups are not shown it is not known to which. */
export function ownersOf(assigned: string | null, project: string | null, { staff, context }: Desk) {
  const isGroup = assigned !== null && staff.groups?.has(assigned) === true;
  const team = context.settings.projectsAre === 'teams' && project !== null ? projectTeam(project) : null;
  return { group: isGroup ? assigned : team, assignee: isGroup || staff.groups === null ? null : assigned };
}

export type Side = Ticket['created_by'];

/**
 * On whose side somebody writes. `internal` = what customers cannot write. Who is no member and did not report the issue may be a colleague of the
 * reporter or an agent of former times, and the anonymous user may be anybody: unknown.
 */
export function sideOf(user: Named | null, reporter: Named | null, { context, staff }: Desk, internal = false): Side {
  if (user === null) return null;
  if (isProgram(user, statedOf(context.settings))) return 'machine';
  if (internal || staff.agents?.has(user.id) === true) return 'agent';
  if (staff.agents === null || staff.accounts?.has(user.id) === false) return null;
  return staff.others.has(user.id) || user.id === reporter?.id ? 'customer' : null;
}

export function actorOf(
  user: Named | null,
  reporter: Named | null,
  desk: Desk,
): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const side = sideOf(user, reporter, desk);
  return { actor: side === 'machine' ? 'automation' : side, actor_id: side === 'agent' ? (user?.id ?? null) : null };
}
