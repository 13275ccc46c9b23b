import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toField as fieldRecord } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toAgent, toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { holdsCode } from './field-roles.ts';
import type { DeskNode, Field, Group, RequestField, User } from './schema.ts';
import type { Settings } from './settings.ts';
import { isTeam, type Staff } from './staff.ts';
import { namesOf } from './words.ts';

/** Agents and teams of some groups. People of a team who are no agents are no members of the desk. */
export function toPeople(groups: readonly Group[], staff: Staff, settings: Settings): Mapped {
  const { agents, members } = staff;
  const own = groups.filter((group) => members.has(group.id));
  const teams = own.filter((group) => isTeam(group, settings));
  const people = new Set(own.flatMap((group) => members.get(group.id) ?? []));
  return {
    agent: [...people].flatMap((id) => {
      const user = agents?.get(id);
      return user === undefined ? [] : [agentOf(user, staff, settings)];
    }),
    team: teams.map((group) => toTeam(group, statedOf(settings))),
    membership: toMemberships(
      teams.flatMap((group) =>
        (members.get(group.id) ?? []).filter((id) => agents?.has(id) === true).map((id) => [id, group.id] as const),
      ),
    ),
  };
}

/** The vendor gives access to its desk and no seats apart. */
function agentOf(user: User, { groups, members }: Staff, settings: Settings): TelemetryRecord<'agent'> {
  const isOf = (group: Group) => isTeam(group, settings) && members.get(group.id)?.includes(user.id) === true;
  return toAgent(
    {
      id: user.id,
      name: user.displayName,
      role: 'agent',
      active: user.active !== false,
      teams: groups.filter(isOf),
      program: user.accountType === 'app',
    },
    statedOf(settings),
  );
}

/** A field by the hints of its name and type (docs/recognition.md). */
export function toField(row: Field): TelemetryRecord<'automation'> {
  const type = row.schema?.type ?? '';
  const holds = holdsCode(row) ? 'code' : type === 'number' ? 'number' : /^date/.test(type) ? 'date' : 'text';
  return fieldRecord({
    id: row.id,
    name: row.id,
    title: namesOf(row)[0] ?? null,
    holds,
    vendor_default: row.custom !== true,
  });
}

/** Fields that every request has by nature: requiring them asks nothing of anybody. */
const GIVEN = new Set(['summary', 'description', 'attachment', 'reporter', 'issuetype', 'project']);

/** A request type is the form that customers fill in. Fields that are filled in for them are not on it. */
export function toForm(type: DeskNode, fields: readonly RequestField[]): TelemetryRecord<'automation'> {
  const shown = fields.filter((field) => field.visible !== false);
  const required = shown.filter((field) => field.required === true && !GIVEN.has(field.fieldId));
  const names = (some: readonly RequestField[]) => some.map((field) => field.fieldId);
  return formRecord({ id: type.id, active: true, shown: names(shown), required: names(required) });
}
