import { byKey } from '../../src/kit/feed/read-all.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { Group, GroupMember, QueueObject, User, UserRole } from './schema.ts';
import type { Settings } from './settings.ts';
import { type Early, names, visible } from './soql.ts';

/** People of the org and the queues of cases. Null = they may not be seen. */
export interface Staff {
  /** Employees by id; users of portals are none. */
  readonly users: ReadonlyMap<string, User> | null;
  readonly queues: ReadonlyMap<string, Group> | null;
  /** Whether all is shown by which users belong to queues: groups, their members, roles. */
  readonly seesMembers: boolean;
  /** Users by queue, also those who belong to it by a role or another group. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Addresses of employees, to tell colleagues who ask from customers. Never kept. */
  readonly addresses: ReadonlySet<string>;
}

const USER = names(
  'Id Name Email UserType IsActive CreatedDate Department? UserPermissionsSupportUser? UserRoleId?',
  'UserRole.Name Profile.Name',
);

export async function readStaff(
  context: Early,
  select: (object: string, wanted: readonly string[]) => Promise<string>,
): Promise<Staff> {
  const users = await visible(context, await select('User', USER), 'User', User, "UserType = 'Standard'");
  const groups = await visible(context, 'Id, Name, Type, RelatedId', 'Group', Group);
  const objects = await visible(context, 'Id, QueueId, SobjectType', 'QueueSobject', QueueObject);
  const members = await visible(context, 'Id, GroupId, UserOrGroupId', 'GroupMember', GroupMember);
  const roles = await visible(context, 'Id, ParentRoleId', 'UserRole', UserRole);
  const ofCases = new Set((objects ?? []).filter((row) => row.SobjectType === 'Case').map((row) => row.QueueId));
  const queues =
    groups?.filter((group) => group.Type === 'Queue' && (objects === null || ofCases.has(group.Id))) ?? null;
  const resolve = memberResolver(groups ?? [], members ?? [], users ?? [], roles ?? []);
  return {
    users: byKey(users, 'Id'),
    queues: byKey(queues, 'Id'),
    seesMembers: groups !== null && members !== null && roles !== null,
    members: new Map((queues ?? []).map((queue) => [queue.Id, resolve(queue.Id)])),
    addresses: new Set((users ?? []).flatMap((user) => user.Email?.toLowerCase() ?? [])),
  };
}

/** Users below a group, however deep: groups hold groups, and some stand for the people of a role or of all roles below it. */
function memberResolver(
  groups: readonly Group[],
  members: readonly GroupMember[],
  users: readonly User[],
  roles: readonly UserRole[],
): (groupId: string) => ReadonlySet<string> {
  const byId = byKey(groups, 'Id');
  const below = groupBy(members, (member) => member.GroupId);
  const rolesBelow = groupBy(roles, (role) => role.ParentRoleId);
  const ofRole = groupBy(users, (user) => user.UserRoleId);
  return (groupId) => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const addRole = (id: string, deeper: boolean): void => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const user of ofRole.get(id) ?? []) found.add(user.Id);
      if (deeper) for (const role of rolesBelow.get(id) ?? []) addRole(role.Id, true);
    };
    const addGroup = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      const group = byId.get(id);
      if (group?.RelatedId != null && /^Role/.test(group.Type ?? '')) addRole(group.RelatedId, group.Type !== 'Role');
      for (const { UserOrGroupId: member } of below.get(id) ?? []) {
        if (byId.has(member)) addGroup(member);
        else found.add(member);
      }
    };
    addGroup(groupId);
    return found;
  };
}

/** A user that is a program: as stated, else by its name or that of its profile. */
export function isProgramUser(user: User, settings: Settings): boolean {
  const byProfile = /\bintegration\b|api only/i.test(user.Profile?.Name ?? '');
  return byProfile || isProgram({ id: user.Id, name: user.Name }, statedOf(settings));
}

export type Side = 'customer' | 'agent' | 'machine' | null;

/** On whose side a user acts. `type` is what the vendor says of the user beside the record; who left is known by it too. */
export function sideOf(id: string | null, type: string | null, staff: Staff, settings: Settings): Side {
  if (id === null) return null;
  if (settings.machineUsers.includes(id)) return 'machine';
  const user = staff.users?.get(id);
  if (user !== undefined) return isProgramUser(user, settings) ? 'machine' : 'agent';
  if (type === null) return null;
  if (/^(?:AutomatedProcess|CloudIntegrationUser|LicenseManager|SelfServiceBot|System)/i.test(type)) return 'machine';
  if (/^(?:Csp|PowerCustomer|CustomerSuccess|PowerPartner|SelfService|Guest)/i.test(type)) return 'customer';
  return /^(?:Standard|CsnOnly)$/i.test(type) ? 'agent' : null;
}
