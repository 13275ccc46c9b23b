import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { departmentOfTeams, purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { holdsCode } from './field-roles.ts';
import type { DeskNode, Field, Group, RequestField, User } from './schema.ts';
import type { Settings } from './settings.ts';
import { isProgram, isTeam, type Staff } from './staff.ts';

/** Agents and teams of some groups. People of a team who are no agents are no members of the desk. */
export function toPeople(groups: readonly Group[], staff: Staff, settings: Settings): Mapped {
  const { agents, members } = staff;
  const own = groups.filter((group) => members.has(group.id));
  const teams = own.filter((group) => isTeam(group, settings));
  const people = new Set(own.flatMap((group) => members.get(group.id) ?? []));
  return {
    agent: [...people].flatMap((id) => {
      const user = agents?.get(id);
      return user === undefined ? [] : [toAgent(user, staff, settings)];
    }),
    team: teams.map((group) => toTeam(group, settings)),
    membership: teams.flatMap((group) =>
      (members.get(group.id) ?? [])
        .filter((id) => agents?.has(id) === true)
        .map((agent) => ({ agent_id: agent, team_id: group.id })),
    ),
  };
}

function toTeam(group: Group, settings: Settings): TelemetryRecord<'team'> {
  return {
    id: group.id,
    active: true,
    purpose: settings.groupPurposes[group.id] ?? purposeOf(group.name),
    tier: settings.groupTiers[group.id] ?? tierOfName(group.name),
  };
}

function toAgent(user: User, { groups, members }: Staff, settings: Settings): TelemetryRecord<'agent'> {
  const program = isProgram(user, settings);
  const teams = groups.filter((group) => isTeam(group, settings) && members.get(group.id)?.includes(user.id) === true);
  return {
    ...blank('agent'),
    id: user.id,
    role: program ? 'integration' : 'agent',
    department: departmentOfTeams(teams.map((team) => settings.groupPurposes[team.id] ?? purposeOf(team.name))),
    active: user.active !== false,
    human: !program,
  };
}

/** A field by the hints of its name and type (docs/recognition.md). */
export function toField(row: Field): TelemetryRecord<'automation'> {
  const type = row.schema?.type ?? '';
  const holds = holdsCode(row) ? 'code' : type === 'number' ? 'number' : /^date/.test(type) ? 'date' : 'text';
  return {
    ...blank('automation'),
    id: row.id,
    kind: 'field',
    active: true,
    shared: true,
    vendor_default: row.custom !== true,
    condition_fields: [row.id],
    condition_terms: [...rolesOfField(row.name).map((role) => `role:${role}`), `holds:${holds}`].sort(),
    unread_conditions: 0,
    actions: [],
  };
}

/** Fields that every request has by nature: requiring them asks nothing of anybody. */
const GIVEN = new Set(['summary', 'description', 'attachment', 'reporter', 'issuetype', 'project']);

/** A request type is the form that customers fill in. Fields that are filled in for them are not on it. */
export function toForm(type: DeskNode, fields: readonly RequestField[]): TelemetryRecord<'automation'> {
  const names = (wanted: (field: RequestField) => boolean) =>
    [
      ...new Set(fields.filter((field) => field.visible !== false && wanted(field)).map((field) => field.fieldId)),
    ].sort();
  return {
    ...blank('automation'),
    id: type.id,
    kind: 'form',
    active: true,
    shared: true,
    vendor_default: false,
    condition_fields: names(() => true),
    actions: [],
    required_fields: names((field) => field.required === true && !GIVEN.has(field.fieldId)),
  };
}
