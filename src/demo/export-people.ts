import { DAY_S, formatInstant } from './calendar.ts';
import type { AccountField } from './kinds.ts';
import { healthOptionId } from './steering.ts';
import { showsTier, tierOptionId, tierTags } from './tiers.ts';
import { showId } from './vendor-json.ts';
import type { SimOrganisation, SimUser, World } from './world.ts';

type Row = Record<string, unknown>;

export const ROLE_IDS = { agent: 360_000_210_616, light: 360_000_210_636, admin: 360_000_210_656 } as const;

export function showUser(world: World, user: SimUser, url: string): Row {
  const staff = user.role !== 'end-user';
  return {
    id: showId(user.id),
    url: `${url}/api/v2/users/${user.id}.json`,
    name: user.name,
    email: user.email,
    created_at: formatInstant(user.createdAt),
    updated_at: formatInstant(stampUser(world, user)),
    time_zone: world.practices.vendorZone,
    iana_time_zone: world.practices.zone,
    phone: null,
    shared_phone_number: null,
    photo: null,
    locale_id: 1,
    locale: 'en-US',
    organization_id: user.organisation?.id ?? null,
    role: user.role,
    verified: true,
    external_id: null,
    tags: tierTags(world, user.organisation),
    alias: '',
    active: true,
    shared: false,
    shared_agent: false,
    last_login_at: staff && !user.machine ? formatInstant(world.now - DAY_S) : null,
    two_factor_auth_enabled: staff ? !user.machine : null,
    signature: staff ? user.name : null,
    details: '',
    notes: '',
    role_type: user.role === 'admin' ? 4 : staff ? (user.light ? 1 : 0) : null,
    custom_role_id:
      user.role === 'admin' ? ROLE_IDS.admin : staff ? (user.light ? ROLE_IDS.light : ROLE_IDS.agent) : null,
    moderator: staff,
    ticket_restriction: staff ? null : 'requested',
    only_private_comments: user.light,
    restricted_agent: !staff,
    suspended: false,
    default_group_id: null,
    report_csv: user.role === 'admin',
    user_fields: {},
  };
}

export function stampUser(world: World, user: SimUser): number {
  return Math.min(user.createdAt + 90 * DAY_S, world.now - 7200);
}

export function listGroups(world: World, url: string): Row[] {
  return world.groups.map((group, index) => ({
    url: `${url}/api/v2/groups/${group.id}.json`,
    id: group.id,
    is_public: true,
    name: group.name,
    description: group.description,
    default: index === 0,
    deleted: false,
    created_at: formatInstant(group.createdAt),
    updated_at: formatInstant(group.createdAt),
  }));
}

export function listMemberships(world: World, url: string): Row[] {
  const pairs = world.agents.flatMap((agent) =>
    agent.groups.map((group, position) => ({ user: agent.user, group, position })),
  );
  // Every seat belongs to a group, a program's too.
  const home = world.groups.find((group) => group.role === 'front');
  if (world.seatBot !== null && home !== undefined) pairs.push({ user: world.seatBot, group: home, position: 0 });
  return pairs.map(({ user, group, position }, index) => ({
    url: `${url}/api/v2/group_memberships/${6_770_805_033_615 + index}.json`,
    id: 6_770_805_033_615 + index,
    user_id: showId(user.id),
    group_id: group.id,
    default: position === 0,
    created_at: formatInstant(user.createdAt),
    updated_at: formatInstant(user.createdAt),
  }));
}

export function listRoles(world: World): Row[] {
  const role = (id: number, name: string, type: number, count: number, light: boolean): Row => ({
    id,
    name,
    description: name,
    role_type: type,
    team_member_count: count,
    created_at: formatInstant(world.start - 400 * DAY_S),
    updated_at: formatInstant(world.start - 400 * DAY_S),
    configuration: {
      light_agent: light,
      ticket_access: light ? 'all' : 'within-groups',
      ticket_comment_access: light ? 'none' : 'public',
      manage_business_rules: type === 4,
    },
  });
  const light = world.agents.filter((agent) => agent.light).length;
  return [
    role(ROLE_IDS.agent, 'Agent', 0, world.agents.length - light + (world.seatBot === null ? 0 : 1), false),
    role(ROLE_IDS.light, 'Light agent', 1, light, true),
    role(ROLE_IDS.admin, 'Administrator', 4, 1, false),
  ];
}

export function stampOrganisation(organisation: SimOrganisation): number {
  return organisation.healthAt ?? organisation.createdAt;
}

export function showOrganisation(world: World, organisation: SimOrganisation, url: string): Row {
  const kept = listAccountFields(world);
  const { accountFields } = world.words;
  const values: Readonly<Record<AccountField, unknown>> = {
    tier: organisation.tier,
    renewal_date: organisation.renewalDate === null ? null : `${organisation.renewalDate}T00:00:00+00:00`,
    health: organisation.health,
    owner: organisation.owner,
    partner: organisation.partner,
  };
  return {
    url: `${url}/api/v2/organizations/${organisation.id}.json`,
    id: organisation.id,
    name: organisation.name,
    shared_tickets: false,
    shared_comments: false,
    external_id: null,
    created_at: formatInstant(organisation.createdAt),
    updated_at: formatInstant(stampOrganisation(organisation)),
    domain_names: [organisation.domain],
    details: '',
    notes: '',
    group_id: null,
    tags: tierTags(world, organisation),
    organization_fields: Object.fromEntries(kept.map((key) => [accountFields[key].key, values[key] ?? null])),
  };
}

/** The tier is kept on the account page only where the desk shows it there. */
function listAccountFields(world: World): readonly AccountField[] {
  const { practices, words } = world;
  return practices.customers.accountFields.filter((key) => key !== 'tier' || showsTier(practices, words, 'org_field'));
}

export function listOrganisationFields(world: World, url: string): Row[] {
  const types = {
    tier: 'dropdown',
    renewal_date: 'date',
    health: 'dropdown',
    owner: 'text',
    partner: 'checkbox',
  } as const;
  const words = world.words.accountFields;
  return listAccountFields(world).map((key, index) => ({
    url: `${url}/api/v2/organization_fields/${7_376_684_398_223 + index}.json`,
    id: 7_376_684_398_223 + index,
    type: types[key],
    key: words[key].key,
    title: words[key].title,
    description: '',
    raw_title: words[key].title,
    raw_description: '',
    position: index,
    active: true,
    system: false,
    regexp_for_validation: null,
    created_at: formatInstant(world.start - 380 * DAY_S),
    updated_at: formatInstant(world.start - 380 * DAY_S),
    ...(key === 'tier' || key === 'health' ? { custom_field_options: listOptions(world, key) } : {}),
  }));
}

function listOptions(world: World, key: 'tier' | 'health'): Row[] {
  const values = key === 'tier' ? world.practices.customers.tiers.map((tier) => tier.name) : world.words.health;
  return values.map((value, place) => ({
    id: key === 'tier' ? tierOptionId(place) : healthOptionId(place),
    name: value,
    raw_name: value,
    value,
  }));
}
