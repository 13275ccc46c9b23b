import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeText, isFilled } from '../../src/kit/code-fields.ts';
import { dayOf } from '../../src/kit/instants.ts';
import { healthRank } from '../../src/kit/recognise-customer.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Directory } from './directory.ts';
import { type Desk, recordedTerms } from './field-terms.ts';
import { tierOfTags } from './recognise.ts';
import type { Organisation, User } from './schema-config.ts';
import type { Settings } from './settings.ts';

/** Member of the support organisation, by id. */
export function toAgent(user: User, directory: Directory, settings: Settings): TelemetryRecord<'agent'> {
  const own = directory.memberships.filter((one) => one.user_id === user.id).map((one) => one.group_id);
  return agentRecord(
    {
      id: user.id,
      name: user.name,
      role: roleOf(user, directory),
      active: user.active !== false && user.suspended !== true,
      // A group that is not listed has a purpose where settings name one.
      teams: own.map((id) => directory.groups.find((group) => group.id === id) ?? { id, name: null }),
      created_at: user.created_at,
      program: directory.machines.has(user.id),
    },
    statedOf(settings),
  );
}

/** `role_type` 1 = light agent; light roles can also be custom ones. */
function roleOf(user: User, directory: Directory): TelemetryRecord<'agent'>['role'] {
  const light =
    user.role_type === 1 ||
    (user.custom_role_id !== null && directory.lightRoles.has(user.custom_role_id)) ||
    (user.role_type === null && user.only_private_comments === true);
  if (light) return 'light';
  return user.role === 'admin' ? 'admin' : 'agent';
}

export function toOrganisation(source: Organisation, desk: Desk): TelemetryRecord<'organisation'> {
  const { directory, context } = desk;
  const keys = directory.organisationKeys;
  const { healthReading: reading } = keys;
  const fields = source.organization_fields ?? {};
  const tier =
    codeText(keys.tier === null ? null : fields[keys.tier]) ??
    tierOfTags(source.tags ?? [], keys.tierValues, context.settings);
  const partner = keys.partner === null ? null : fields[keys.partner];
  const facts = {
    id: source.id,
    created_at: source.created_at,
    tier,
    terms: directory.refused.has('organization_fields') ? null : recordedTerms(source, desk),
    partner: keys.partner === null ? null : isFilled(partner) && partner !== 'no' && partner !== 'false',
    domain: source.domain_names?.[0],
    externalIds: [source.external_id],
    has_contract: keys.contract.length === 0 ? null : keys.contract.some((key) => isFilled(fields[key])),
    has_health: keys.health === null ? null : isFilled(fields[keys.health]),
    health_rank:
      keys.health === null || reading === null ? null : healthRank(fields[keys.health], reading.title, reading.scale),
    renews_at: keys.renewal.flatMap((key) => dayOf(fields[key]) ?? [])[0] ?? null,
  };
  return organisationRecord(facts, context);
}
