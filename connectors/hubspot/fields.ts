import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import { type HealthReading, healthReading } from '../../src/kit/health-scale.ts';
import { CUSTOMER_ROLES, type CustomerRole, customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import type { Property } from './schema.ts';
import type { Settings } from './settings.ts';

/** Properties of tickets that the vendor defines. */
export const TICKET_PROPERTIES = [
  ...['createdate', 'hs_lastmodifieddate', 'hs_pipeline', 'hs_pipeline_stage', 'hs_is_closed', 'closed_date'],
  ...['hubspot_owner_id', 'hubspot_team_id', 'hs_ticket_priority', 'hs_ticket_category', 'hs_resolution'],
  ...['source_type', 'hs_object_source', 'hs_originating_generic_channel_id', 'hs_outbound_ticket', 'hs_form_id'],
  ...['hs_conversations_originating_thread_id', 'hs_auto_generated_from_thread_id', 'hs_created_by_user_id'],
  ...['hs_all_assigned_business_unit_ids', 'hs_tag_ids', 'hs_merged_object_ids', 'hs_help_desk_onboarding_ticket'],
  ...['first_agent_reply_date', 'hs_first_agent_message_sent_at', 'time_to_close', 'time_to_first_agent_reply'],
  ...['hs_time_to_close_in_operating_hours', 'hs_time_to_first_response_in_operating_hours'],
  ...['hs_time_to_first_response_sla_at', 'hs_time_to_first_response_sla_status'],
  ...['hs_time_to_next_response_sla_at', 'hs_time_to_next_response_sla_status'],
  ...['hs_time_to_close_sla_at', 'hs_time_to_close_sla_status'],
  ...['hs_applied_sla_rule_config_id', 'hs_applied_sla_rule_config_at'],
] as const;

/** The vendor's own fields whose values are the desk's words. */
const VENDOR_CODES = new Set(['hs_ticket_category', 'hs_resolution']);
/** More properties with their history than this make replies too long. */
const MOST_FOLLOWED = 60;

/** Whether values of a property are codes from a list or a yes and no; others may be free text and are never kept. */
export function holdsCode({ type }: Pick<Property, 'type'>): boolean {
  return /^(?:enumeration|bool|boolean)$/i.test(type ?? '');
}

/** Properties that people of the account made. */
export function isOwn({ hubspotDefined, archived }: Property): boolean {
  return hubspotDefined !== true && archived !== true;
}

/** Properties of tickets that say something of the desk: its own, and the vendor's that the desk fills. */
export function isOfDesk(property: Property): boolean {
  return isOwn(property) || VENDOR_CODES.has(property.name);
}

/** Properties whose changes are followed. */
export function followedFields(properties: readonly Property[]): Property[] {
  const codes = properties.filter((one) => isOfDesk(one) && holdsCode(one) && one.calculated !== true);
  return codes.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MOST_FOLLOWED);
}

/** Properties with product, category, severity and cause: as stated, else the account's own by their labels, else the vendor's. */
export function codeFieldsOf(settings: Settings, properties: readonly Property[]): CodeFields {
  const own = properties.filter((one) => isOwn(one) && holdsCode(one));
  const lists = own.map(({ name, label }) => ({ name, title: label }));
  const has = (name: string) => (properties.some((one) => one.name === name) ? name : undefined);
  const found = chooseCodeFields(settings.fields, lists);
  return chooseCodeFields(
    { category: has('hs_ticket_category'), cause: has('hs_resolution'), ...Object.fromEntries(found) },
    [],
  );
}

/** Properties of companies that the vendor defines and whose values are codes. */
const COMPANY_CODES = ['type', 'industry', 'lifecyclestage', 'hubspot_owner_id', 'hubspot_team_id'];

export type CompanyRole = CustomerRole | 'tier';

/** What is read of companies. */
export interface CompanyFields {
  readonly codes: readonly string[];
  readonly tier: string | null;
  /** Names by role; those that people of the account made or named first. */
  readonly by: ReadonlyMap<CompanyRole, readonly string[]>;
  /** Roles for which people of the account keep a property of their own: there an empty one says something. */
  readonly kept: ReadonlySet<CompanyRole>;
  /** How health is read, by name of the property; a number whose scale nobody states is none of them. */
  readonly healthReadings: ReadonlyMap<string, HealthReading>;
}

export function companyFields(settings: Settings, properties: readonly Property[]): CompanyFields {
  const named = settings.companyFields;
  const by = new Map<CompanyRole, string[]>();
  const kept = new Set<CompanyRole>();
  const add = (role: CompanyRole, name: string, own: boolean) => {
    const names = by.get(role) ?? [];
    if (!names.includes(name)) by.set(role, [...names, name]);
    if (own) kept.add(role);
  };
  for (const role of ['tier', ...CUSTOMER_ROLES] as const) if (named[role] !== undefined) add(role, named[role], true);
  const live = properties.filter((one) => one.archived !== true);
  for (const property of [...live.filter(isOwn), ...live.filter((one) => !isOwn(one))]) {
    const role = roleOf(property);
    // What was named by people is all there is of its kind.
    if (role !== null && named[role] === undefined) add(role, property.name, isOwn(property));
  }
  const own = live.filter((one) => isOwn(one) && holdsCode(one)).map((one) => one.name);
  const healthReadings = new Map(
    (by.get('health') ?? []).flatMap((name): [string, HealthReading][] => {
      const reading = readingOf(name, live, settings);
      return reading === null ? [] : [[name, reading]];
    }),
  );
  const codes = [...COMPANY_CODES, ...own, ...(by.get('tier') ?? []).slice(0, 1)];
  return { codes: [...new Set(codes)].sort(), tier: by.get('tier')?.[0] ?? null, by, kept, healthReadings };
}

function readingOf(name: string, live: readonly Property[], settings: Settings): HealthReading | null {
  const property = live.find((one) => one.name === name);
  return healthReading({
    title: property?.label ?? name,
    description: property?.description ?? null,
    isNumber: /^number$/i.test(property?.type ?? ''),
    // Of a percentage the vendor does not say whether 72 percent is written 72 or 0.72.
    scale: settings.healthScale ?? (property?.numberDisplayHint === 'probability' ? { worst: 0, best: 1 } : null),
  });
}

function roleOf(property: Property): CompanyRole | null {
  if (isOwn(property) && holdsCode(property) && rolesOfField(property.label).includes('tier')) return 'tier';
  const role = customerRoleOf(property.label);
  if (role === 'value') return /^number$/i.test(property.type ?? '') ? role : null;
  if (role === 'renewal' || role === 'churned' || role === 'expanded')
    return /^date/i.test(property.type ?? '') ? role : null;
  return role;
}

/** All that is asked of a company. */
export function companyProperties({ codes, by }: CompanyFields): string[] {
  const named = [...by.values()].flat();
  return [...new Set(['createdate', 'hs_lastmodifieddate', 'domain', ...codes, ...named])].sort();
}
