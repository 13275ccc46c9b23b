import type { z } from 'zod';
import type { TelemetryRecord, TicketEvent } from '../../src/domain/telemetry.ts';
import { batchesOf } from '../../src/kit/batches.ts';
import { each } from '../../src/kit/each.ts';
import { byKey } from '../../src/kit/feed/read-all.ts';
import { isProgram, type Named, toAgent } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { type Early, isIn, readCounted, readSide } from './calls.ts';
import { type Group, HeldRole, Member, type Task, User } from './schema.ts';
import type { Settings } from './settings.ts';

/** Roles that work on tickets, and those that run the desk. */
const RUNS = ['admin', 'itil_admin', 'sn_customerservice_manager'];
const WORKS = [...RUNS, 'itil', 'sn_incident_write', 'sn_customerservice_agent'];
export const HELD_ROLES = isIn('role.name', WORKS);

/** People of the desk: members of its groups and holders of its roles. */
export interface Staff {
  /** By id; null = neither groups nor roles may be seen, so that nobody can be told apart. */
  readonly users: ReadonlyMap<string, User> | null;
  /** By user id (`user_name`), as histories name people. */
  readonly byName: ReadonlyMap<string, User>;
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
  /** Whether all of them are shown, by their groups or by their roles: else who is not among them may be of the desk all the same. */
  readonly isWhole: boolean;
  /** Whether members of groups may be seen. */
  readonly seesMembers: boolean;
  /** Null = roles may not be seen. */
  readonly rolesOf: ReadonlyMap<string, readonly string[]> | null;
  /** Whether the accounts of those people may be seen, not only their ids. */
  readonly accounts: boolean;
}

export async function readStaff(context: Early): Promise<Staff> {
  const inGroups = await readCounted(context, 'sys_user_grmember', Member, null);
  const members = inGroups?.rows ?? [];
  const withRoles = await readCounted(context, 'sys_user_has_role', HeldRole, HELD_ROLES);
  const held = withRoles?.rows;
  const working = held?.filter((row) => WORKS.includes(row['role.name'] ?? '') && isHeld(row)) ?? [];
  // Somebody runs every instance: roles without one are hidden, or come without their names.
  const roles = working.length === 0 ? null : working;
  const ids = [...new Set([...members, ...(roles ?? [])].map((row) => row.user))].sort();
  const read = await each(batchesOf(ids, 100), (chunk) => readSide(context, 'sys_user', User, isIn('sys_id', chunk)));
  const found = byKey(
    read.flatMap((rows) => rows ?? []),
    'sys_id',
  );
  const users = new Map(ids.map((id) => [id, found.get(id) ?? User.parse({ sys_id: id })]));
  return {
    users: ids.length === 0 ? null : users,
    byName: new Map([...users.values()].flatMap((user) => (user.user_name === null ? [] : [[user.user_name, user]]))),
    isWhole: (members.length > 0 && inGroups?.isWhole === true) || (roles !== null && withRoles?.isWhole === true),
    // A desk has groups with people in them: some instances do not count what they hide.
    seesMembers: members.length > 0,
    groupsOf: gather(members.map((row) => [row.user, row.group])),
    accounts: found.size > 0,
    rolesOf: roles === null ? null : gather(roles.map((row) => [row.user, row['role.name'] ?? ''])),
  };
}

/** Where the state is not shown the role is held, as the row is there. */
function isHeld({ state }: z.infer<typeof HeldRole>): boolean {
  return state === null || /^active$/i.test(state);
}

function gather(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [key, value] of pairs) all.set(key, [...(all.get(key) ?? []), value]);
  return all;
}

function isMachine(user: User, settings: Settings): boolean {
  if (user.web_service_access_only === true || user.internal_integration_user === true) return true;
  if (/machine|ai_agent/i.test(user.identity_type ?? '')) return true;
  return (
    settings.machineUsers.includes(user.user_name ?? '') ||
    isProgram({ id: user.sys_id, name: user.name }, statedOf(settings))
  );
}

/** Somebody of the desk; who holds no role that works on tickets takes part from the side. */
export function toStaff(
  user: User,
  { groupsOf, rolesOf }: Staff,
  groups: ReadonlyMap<string, Group> | null,
  settings: Settings,
): TelemetryRecord<'agent'> {
  const roles = rolesOf?.get(user.sys_id) ?? [];
  const role = roles.some((one) => RUNS.includes(one)) ? 'admin' : roles.length > 0 ? 'agent' : 'light';
  const teams = (groupsOf.get(user.sys_id) ?? []).map((id): Named => ({ id, name: groups?.get(id)?.name ?? null }));
  return toAgent(
    {
      id: user.sys_id,
      name: user.name,
      role: rolesOf === null ? null : role,
      active: user.active !== false,
      teams,
      created_at: user.sys_created_on,
      program: isMachine(user, settings),
    },
    statedOf(settings),
  );
}

/** Whether somebody is of the desk; null where those who are may not all be seen and he is not among those shown. */
export function isOfDesk(id: string, { users, isWhole }: Staff): boolean | null {
  return users?.has(id) === true ? true : isWhole ? false : null;
}

/** Who asks: the caller of an incident, the contact or consumer of a case. */
export const requesterOf = (row: Task) => row.caller_id ?? row.contact ?? row.consumer;

/** User id of who asks: of who opened it where that is the same person. */
function requesterName(row: Task): string | null {
  const told = row['caller_id.user_name'] ?? row['contact.user_name'];
  return told ?? (requesterOf(row) !== null && requesterOf(row) === row.opened_by ? row.sys_created_by : null);
}

export type Side = Exclude<TicketEvent['actor'], 'system' | 'automation'> | 'machine' | 'system';

/**
 * Which side somebody is on, by user id. The vendor's own account `system` runs jobs and flows. Who is neither of the desk nor asks (somebody on the watch
 * list, an agent of former times, the account `guest`) is unknown; so is everybody who is not shown where the desk's people may not all be seen.
 */
export function sideOf(name: string | null, row: Task, staff: Staff, settings: Settings): Side {
  if (name === null) return null;
  if (name === 'system') return 'system';
  const user = staff.byName.get(name);
  if (user !== undefined) return isMachine(user, settings) ? 'machine' : 'agent';
  if (settings.machineUsers.includes(name)) return 'machine';
  return staff.isWhole && name === requesterName(row) ? 'customer' : null;
}
