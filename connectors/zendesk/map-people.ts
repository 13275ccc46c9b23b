import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { departmentOfTeams, purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { tierRank } from '../../src/kit/recognise-tier.ts';
import type { Directory } from './directory.ts';
import { recordedTerms } from './field-terms.ts';
import { tierOfTags } from './map-rules.ts';
import type { EarlyContext } from './pages.ts';
import type { Group, Organisation, User } from './schema-config.ts';
import type { Settings } from './settings.ts';

export function toTeam(group: Group, settings: Settings): TelemetryRecord<'team'> {
  return {
    id: group.id,
    active: group.deleted !== true,
    purpose: settings.groupPurposes[group.id] ?? purposeOf(group.name),
    tier: settings.groupTiers[group.id] ?? tierOfName(group.name),
  };
}

/** Member of the support organisation, by id. The department is that of the groups, when all of them agree. */
export function toAgent(user: User, directory: Directory, settings: Settings): TelemetryRecord<'agent'> {
  const machine = settings.machineUsers.includes(user.id) || directory.machines.has(user.id);
  return {
    id: user.id,
    role: machine ? 'integration' : roleOf(user, directory),
    department: departmentOf(user.id, directory, settings),
    active: user.active !== false && user.suspended !== true,
    human: !machine,
    created_at: user.created_at,
  };
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

function departmentOf(
  userId: string,
  directory: Directory,
  settings: Settings,
): TelemetryRecord<'agent'>['department'] {
  const groups = directory.memberships.filter((one) => one.user_id === userId).map((one) => one.group_id);
  return departmentOfTeams(
    groups.map(
      (id) => settings.groupPurposes[id] ?? purposeOf(directory.groups.find((one) => one.id === id)?.name ?? null),
    ),
  );
}

export function toOrganisation(
  source: Organisation,
  directory: Directory,
  context: EarlyContext,
): TelemetryRecord<'organisation'> {
  const keys = directory.organisationKeys;
  const fields = source.organization_fields ?? {};
  const tier =
    codeOf(keys.tier === null ? null : fields[keys.tier]) ?? tierOfTags(source.tags ?? [], directory, context.settings);
  const partner = keys.partner === null ? null : fields[keys.partner];
  const domain = source.domain_names?.[0];
  return {
    id: source.id,
    created_at: source.created_at,
    tier,
    tier_rank: tierRank(tier, context.settings.tierOrder),
    terms: recordedTerms(source, directory, context),
    partner: keys.partner === null ? null : isSet(partner) && partner !== 'no' && partner !== 'false',
    domain_hash: domain === undefined ? null : context.pseudonymise('domain', domain.toLowerCase()),
    has_contract: keys.contract.length === 0 ? null : keys.contract.some((key) => isSet(fields[key])),
    has_health: keys.health === null ? null : isSet(fields[keys.health]),
    // The export stamps the organisation, not the field: using its `updated_at` would invent freshness.
    health_changed_at: null,
  };
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== false;
}

function codeOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}
