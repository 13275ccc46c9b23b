import { each } from '../../src/kit/each.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { Group, type Membership, type Named, type Project, type Role, type User } from './schema.ts';
import type { Early, Settings } from './settings.ts';

export interface Person {
  readonly id: string;
  readonly name: string | null;
  readonly admin: boolean;
  readonly active: boolean;
  readonly createdAt: Date | null;
}

interface Team {
  readonly id: string;
  readonly name: string | null;
  /** Null = not shown. */
  readonly members: readonly string[] | null;
}

/** Who works on issues. */
export interface Staff {
  /** Null = it is not shown who has which right. */
  readonly agents: ReadonlyMap<string, Person> | null;
  /** Members of a project without a role of agents: customers. */
  readonly others: ReadonlySet<string>;
  /** Groups with a role of agents, and projects where these are teams. */
  readonly teams: ReadonlyMap<string, Team>;
  /** Every group that issues may be given to; null = they are not shown. */
  readonly groups: ReadonlySet<string> | null;
  /** All accounts, for administrators; an author who is none of them is anonymous or was deleted. */
  readonly accounts: ReadonlySet<string> | null;
}

/** Who may change issues works on them; the role that customers report with may only add and answer. */
function givesAgents(role: Named, rights: Role | undefined, { agentRoles }: Settings): boolean {
  if (agentRoles.length > 0)
    return agentRoles.some((one) => one === role.id || one.toLowerCase() === role.name?.toLowerCase());
  return rights?.permissions?.includes('edit_issues') === true;
}

export const projectTeam = (project: string): string => `project:${project}`;

export async function readStaff(
  context: Early,
  memberships: ReadonlyMap<string, readonly Membership[] | null>,
  roles: ReadonlyMap<string, Role>,
  users: { readonly active: readonly User[]; readonly locked: readonly User[] } | null,
  projects: readonly Project[],
): Promise<Staff> {
  const { settings } = context;
  const held = [...memberships].flatMap(([project, all]) => (all ?? []).map((one) => ({ ...one, project })));
  const isAgents = (one: Membership) => one.roles.some((role) => givesAgents(role, roles.get(role.id), settings));
  const groups = new Map(held.flatMap(({ group }) => (group === null ? [] : [[group.id, group] as const])));
  const own = [...groups.values()].filter((group) => held.some((one) => one.group?.id === group.id && isAgents(one)));
  const members = await each(own, (group) => readMembers(context, group.id));
  const agents = peopleOf(
    held.filter(isAgents).flatMap(({ user }) => user ?? []),
    users,
  );
  // Who manages the whole Redmine may work on every issue, without being a member.
  for (const { id } of users?.active ?? [])
    for (const person of peopleOf([{ id, name: null }], users).values()) if (person.admin) agents.set(id, person);
  const direct = (project: string) =>
    held.filter((one) => one.project === project && isAgents(one)).flatMap(({ user }) => user?.id ?? []);
  const desks = settings.projectsAre !== 'teams' ? [] : projects;
  const isKnown = settings.agentRoles.length > 0 || [...roles.values()].some((role) => role.permissions !== null);
  const isShown = [...memberships.values()].some((all) => all !== null);
  return {
    agents: isKnown && isShown ? agents : null,
    others: new Set(held.flatMap(({ user }) => user?.id ?? []).filter((id) => !agents.has(id))),
    teams: new Map(
      [
        ...own.map((group, i): Team => ({ id: group.id, name: group.name, members: members[i] ?? null })),
        ...desks.map(({ id, name }): Team => ({ id: projectTeam(id), name, members: direct(id) })),
      ].map((team) => [team.id, team]),
    ),
    groups: isShown ? new Set(groups.keys()) : null,
    accounts: users === null ? null : new Set([...users.active, ...users.locked].map((user) => user.id)),
  };
}

async function readMembers(context: Early, id: string): Promise<readonly string[] | null> {
  const ask = { path: `/groups/${id}.json`, query: { include: 'users' } };
  const found = await readShown(context, ask, withoutOddCells(Group));
  return found?.group.users?.map((user) => user.id) ?? null;
}

/** Who is locked out counts as inactive; where accounts are not shown all members count as active. */
function peopleOf(
  named: readonly Named[],
  users: { readonly active: readonly User[]; readonly locked: readonly User[] } | null,
): Map<string, Person> {
  const known = new Map([...(users?.active ?? []), ...(users?.locked ?? [])].map((user) => [user.id, user]));
  const locked = new Set(users?.locked.map((user) => user.id));
  return new Map(
    named.map(({ id, name }) => {
      const user = known.get(id);
      const full =
        user === undefined ? name : [user.firstname, user.lastname].filter((part) => part !== null).join(' ');
      const person: Person = {
        id,
        name: full,
        admin: user?.admin === true,
        active: !locked.has(id),
        createdAt: user?.created_on ?? null,
      };
      return [id, person];
    }),
  );
}
