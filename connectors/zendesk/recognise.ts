import type { z } from 'zod';
import { chooseCodeFields, columnsByField } from '../../src/kit/code-fields.ts';
import { type HealthReading, healthReading } from '../../src/kit/health-scale.ts';
import { customerRoleOf } from '../../src/kit/recognise-customer.ts';
import type { OrganisationField, TicketField } from './schema-config.ts';
import type { Settings } from './settings.ts';

const CODE_TYPES = new Set([
  'tagger',
  'dropdown',
  'multiselect',
  'checkbox',
  'integer',
  'decimal',
  'date',
  'lookup',
  'tickettype',
  'priority',
  'basic_priority',
  'status',
]);

/** Values of such a field are codes from a list or numbers; anything else may be free text and its values are never kept. */
export function holdsCode(type: string): boolean {
  return CODE_TYPES.has(type);
}

export type MappedField = 'product' | 'category' | 'severity' | 'cause_code' | 'billable';

/** Ticket fields that carry product, category, severity, cause code and billable time: from settings, else lists by their titles. Each field serves once. */
export function mapTicketFields(settings: Settings, fields: readonly TicketField[]): ReadonlyMap<string, MappedField> {
  const { productField: product, categoryField: category, severityField: severity, causeField: cause } = settings;
  const { billableField: billable } = settings;
  const lists = fields
    .filter(({ id, type, active }) => active !== false && id !== billable && MAPPABLE_TYPES.has(type))
    .map(({ id, title }) => ({ name: id, title }));
  const byId = new Map<string, MappedField>(
    columnsByField(chooseCodeFields({ product, category, severity, cause }, lists)),
  );
  return billable === undefined ? byId : byId.set(billable, 'billable');
}
/** Free-text and date fields never carry these codes. */
const MAPPABLE_TYPES = new Set(['tagger', 'dropdown', 'multiselect', 'integer', 'lookup']);

export interface OrganisationKeys {
  readonly tier: string | null;
  /** Values that the tier can take, as far as they are listed; tags of these names stand for the tier. */
  readonly tierValues: readonly string[];
  readonly contract: readonly string[];
  /** Those of them that hold the day on which the contract renews or ends. */
  readonly renewal: readonly string[];
  readonly health: string | null;
  /** How its values are read; null where it holds a number whose scale nobody states. */
  readonly healthReading: HealthReading | null;
  readonly partner: string | null;
}

type Field = z.infer<typeof OrganisationField>;

/** Keys of the organisation fields that carry tier, contract, health and partner: from settings, else by key or title. */
export function mapOrganisationFields(settings: Settings, fields: readonly Field[]): OrganisationKeys {
  const active = fields.filter((field) => field.active !== false);
  const matching = (pattern: RegExp) =>
    active.filter((field) => pattern.test(`${field.key} ${field.title ?? ''}`)).map((field) => field.key);
  const tier =
    settings.tierField ??
    matching(/tier|support[_ ]?plan|support[_ ]?level|service[_ ]?level|segment|\bplan\b|subscription/i)[0] ??
    null;
  const contract = settings.contractFields ?? matching(/contract|renewal|\barr\b|\bmrr\b|annual|revenue/i);
  const dated = active.filter(({ type }) => type === 'date').map(({ key }) => key);
  const renewing = active.filter(({ key, title }) =>
    [title ?? '', key].some((name) => customerRoleOf(name) === 'renewal'),
  );
  const options = active.find((field) => field.key === tier)?.custom_field_options ?? [];
  const health = settings.healthField ?? matching(/health|churn|risk|sentiment/i)[0] ?? null;
  const ofHealth = active.find((field) => field.key === health);
  const reading = healthReading({
    title: ofHealth?.title ?? health,
    description: ofHealth?.description ?? null,
    isNumber: /^(?:integer|decimal)$/.test(ofHealth?.type ?? ''),
    scale: settings.healthScale ?? null,
  });
  return {
    tierValues: [...new Set([...(settings.tierOrder ?? []), ...options.flatMap((option) => option.value ?? [])])],
    health,
    healthReading: health === null ? null : reading,
    tier,
    contract,
    // A date among fields that people named is what they named it for.
    renewal: (settings.contractFields ?? renewing.map(({ key }) => key)).filter((key) => dated.includes(key)),
    partner: settings.partnerField ?? matching(/partner|reseller/i)[0] ?? null,
  };
}

/** Tier among tags; null when none of them names one. */
export function tierOfTags(
  tags: readonly string[],
  values: readonly string[],
  { tierTagPrefix: prefix }: Settings,
): string | null {
  if (prefix !== undefined) return tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? null;
  return tags.find((tag) => values.includes(tag)) ?? null;
}
