import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { type Holds, toField } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent, toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { lookedAt, toAutomation, UNREAD } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import { firstOf, holdsCode } from './desk.ts';
import type { Category, CustomField, Project } from './schema.ts';
import type { Settings } from './settings.ts';
import type { Person, Staff } from './staff.ts';

/** People, teams and who belongs to which. */
export function toStaff(staff: Staff, settings: Settings): Mapped {
  const stated = statedOf(settings);
  const agents = staff.agents ?? new Map<string, Person>();
  const teams = [...staff.teams.values()];
  return {
    agent: [...agents.values()].map(({ id, name, admin, active, createdAt }) =>
      toAgent(
        {
          id,
          name,
          role: admin ? 'admin' : 'agent',
          active,
          teams: teams.filter((team) => team.members?.includes(id) === true),
          created_at: createdAt,
        },
        stated,
      ),
    ),
    team: teams.map((team) => toTeam(team, stated)),
    membership: toMemberships(
      teams.flatMap((team) =>
        (team.members ?? []).filter((one) => agents.has(one)).map((one) => [one, team.id] as const),
      ),
    ),
  };
}

/** A project that stands for a customer. The tier is the value of one field; others may be free text and are not kept. */
export function toOrganisation(row: Project, context: Context): TelemetryRecord<'organisation'> {
  const { tierField } = context.settings;
  const field = row.custom_fields?.find((one) =>
    tierField === undefined ? rolesOfField(one.name).includes('tier') : one.id === tierField || one.name === tierField,
  );
  return organisationRecord({ id: row.id, created_at: row.created_on, tier: firstOf(field?.value) }, context);
}

/** A category of a project that gives its issues to somebody. */
export function toRouting(row: Category, project: Project, staff: Staff): TelemetryRecord<'automation'> | null {
  const owner = row.assigned_to?.id;
  if (owner === undefined) return null;
  const given = staff.groups?.has(owner) === true ? 'group' : 'assignee';
  const gives = lookedAt(`set_${given}`, `${given}:${owner}`);
  return toAutomation({
    id: `category:${project.id}:${row.id}`,
    kind: 'routing',
    active: true,
    conditions: [lookedAt('category', `field:category=${row.id}`)],
    does: [staff.groups === null ? UNREAD : gives],
  });
}

const HOLDS: Readonly<Record<string, Holds>> = {
  bool: 'checkbox',
  int: 'number',
  float: 'number',
  progressbar: 'number',
  date: 'date',
};

export function fieldOf(row: CustomField): TelemetryRecord<'automation'> {
  const name = `cf.${row.id}`;
  return toField({
    id: name,
    name,
    title: row.name,
    holds: HOLDS[row.field_format ?? ''] ?? (holdsCode(row) ? 'code' : 'text'),
    required_fields: row.is_required === true ? [name] : [],
  });
}
