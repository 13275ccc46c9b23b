import { isLostCell } from '../../src/domain/set-aside.ts';
import { each } from '../../src/kit/each.ts';
import { readVisibleRows } from '../../src/kit/feed/read-all.ts';
import type { Parsed } from '../../src/kit/parse-each.ts';
import { purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { isProgram as isNamedProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Early } from './calls.ts';
import { groupList, memberList } from './calls.ts';
import type { Group, User } from './schema.ts';
import type { Settings } from './settings.ts';

/** Groups that Jira itself makes to give access; the first kind gives it to agents. */
const AGENT_ACCESS = /^jira-service-?(?:management|desk)-(?:users|agents)/i;
const ACCESS =
  /^(?:jira|confluence|site|org|system|atlassian|opsgenie|statuspage|trello|bitbucket|administrators)(?:-|$)/i;

/** People and groups of the desk. Null = they may not be seen, or no group with agents is known. */
export interface Staff {
  readonly agents: ReadonlyMap<string, User> | null;
  /** Whether all agents are known: else who is not among them may be one all the same. */
  readonly isWhole: boolean;
  readonly groups: readonly Group[];
  /** Whether groups are shown at all. */
  readonly seesGroups: boolean;
  /** Ids of members by id of the group, for those of the desk. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

function givesAgents(group: Group, settings: Settings): boolean {
  const { agentGroups } = settings;
  return agentGroups.length === 0 ? AGENT_ACCESS.test(group.name) : agentGroups.includes(group.name);
}

/** A group stands for a team of the desk when settings or its name say what it is for; groups that only give access do not. */
export function isTeam(group: Group, settings: Settings): boolean {
  if (settings.groupPurposes[group.id] !== undefined || settings.groupTiers[group.id] !== undefined) return true;
  if (ACCESS.test(group.name)) return false;
  return purposeOf(group.name) !== null || tierOfName(group.name) !== null;
}

export function isProgram(user: User, settings: Settings): boolean {
  return user.accountType === 'app' || isNamedProgram({ id: user.id, name: user.displayName }, statedOf(settings));
}

/** Agents are the members of the groups that give access to them. */
export async function readStaff(context: Early): Promise<Staff> {
  const { settings } = context;
  const shown = await readVisibleRows(context, groupList(settings));
  const groups = shown?.kept ?? [];
  const own = groups.filter((group) => givesAgents(group, settings) || isTeam(group, settings));
  const read = await each(own, (group) => readVisibleRows(context, memberList(settings, group)));
  const members = new Map(own.map((group, i) => [group.id, (read[i]?.kept ?? []).map((user) => user.id)]));
  const givers = read.filter((_, i) => givesAgents(own[i] as Group, settings));
  const agents = givers.flatMap((list) => list?.kept ?? []).filter((user) => user.accountType !== 'customer');
  return {
    // A desk has agents: groups without members are not shown whole.
    agents: agents.length === 0 ? null : new Map(agents.map((user) => [user.id, user])),
    isWhole: [shown, ...givers].every((list) => list !== null && !losesRows(list)),
    groups: own,
    seesGroups: shown !== null,
    members,
  };
}

function losesRows({ rejected }: Parsed<unknown>): boolean {
  return !rejected.every(isLostCell);
}
