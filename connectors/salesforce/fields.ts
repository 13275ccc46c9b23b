import { type CodeFields, chooseCodeFields, type Holds } from '../../src/kit/code-fields.ts';
import { type HealthReading, healthReading } from '../../src/kit/health-scale.ts';
import { type CustomerRole, customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { toolClass } from '../../src/kit/recognise-tool.ts';
import type { Field } from './schema.ts';
import type { Settings } from './settings.ts';

/** What values of a field are. Only codes from a list are kept; others may be free text. */
export function holdsOf({ type }: Field): Holds {
  if (type === 'boolean') return 'checkbox';
  if (/^(?:int|double|currency|percent|long)$/.test(type ?? '')) return 'number';
  if (/^(?:date|datetime|time)$/.test(type ?? '')) return 'date';
  return /^(?:picklist|multipicklist|combobox)$/.test(type ?? '') ? 'code' : 'text';
}

/** Fields of cases that an org made itself, by what they are used for. */
export interface CaseFields {
  readonly codes: CodeFields;
  /** Fields with the key of a record in an issue tracker: the name and the system. */
  readonly issues: ReadonlyMap<string, string>;
}

/** From settings, else by label; each field serves once. `fields` null = the object could not be described. */
export function caseFields(fields: readonly Field[] | null, settings: Settings): CaseFields {
  const own = (fields ?? []).filter((field) => field.custom === true);
  const lists = own.filter((field) => holdsOf(field) === 'code').map(({ name, label }) => ({ name, title: label }));
  const trackers = own.flatMap((field): [string, string][] => {
    const system = trackerOf(field.label);
    return system === null || !/^(?:string|url|reference)$/.test(field.type ?? '') ? [] : [[field.name, system]];
  });
  return { codes: chooseCodeFields(settings.fields, lists), issues: new Map(trackers) };
}

/** The tracker that a label names: `Jira key`, `GitHub issue`. */
function trackerOf(label: string | null): string | null {
  if (label === null || toolClass(label) !== 'issue_tracker') return null;
  return (
    /jira|github|gitlab|linear|azure ?devops|asana|trello|shortcut|youtrack|bugzilla|redmine/i
      .exec(label)?.[0]
      .toLowerCase()
      .replace(/azure ?devops/, 'azure_devops') ?? null
  );
}

/** Fields of accounts by what they tell of a customer; null = nobody has set up such a field, or it may not be seen. */
export interface AccountFields {
  readonly tier: string | null;
  readonly contract: readonly string[];
  /** Those of them with the day of renewal, and with what it is worth. */
  readonly renewal: readonly string[];
  readonly value: readonly string[];
  readonly health: string | null;
  /** Null where there is none, or where it holds a number whose scale nobody states. */
  readonly healthReading: HealthReading | null;
  /** Days of leaving and of buying more. */
  readonly churned: readonly string[];
  readonly expanded: readonly string[];
  /** Fields that hold codes, by which customers are told apart. */
  readonly codes: readonly string[];
}

const TIER =
  /\btier\b|support (?:plan|level|package)|service (?:plan|level)|customer (?:priority|tier|segment|level)|success plan|sla\b|kundenstufe/i;

export function accountFields(fields: readonly Field[] | null, settings: Settings): AccountFields {
  const all = fields ?? [];
  const { accountFields: named } = settings;
  const own = all.filter((field) => field.custom === true);
  const labelled = (pattern: RegExp) => own.filter((field) => pattern.test(field.label ?? field.name));
  const tier =
    named.tier ??
    labelled(TIER).find((field) => holdsOf(field) === 'code')?.name ??
    own.find((field) => holdsOf(field) === 'code' && rolesOfField(field.label).includes('tier'))?.name ??
    null;
  const has = (role: CustomerRole) => own.filter((field) => customerRoleOf(field.label ?? field.name) === role);
  const health = named.health ?? has('health').find((field) => field.type !== 'textarea')?.name ?? null;
  const contract =
    named.contract === undefined
      ? [...has('renewal'), ...has('value')]
          .filter((field) => field.name !== tier && field.name !== health)
          .map((field) => field.name)
      : [named.contract];
  const holding = (names: readonly string[], kind: Holds) =>
    names.filter((name) => all.some((field) => field.name === name && holdsOf(field) === kind));
  const namesOf = (role: CustomerRole) => has(role).map(({ name }) => name);
  const codes = all.filter(
    (field) =>
      field.type === 'picklist' && (field.custom === true || /^(?:Type|Industry|Rating|Ownership)$/.test(field.name)),
  );
  return {
    tier,
    contract,
    renewal: holding(contract, 'date'),
    value: holding(contract, 'number'),
    health,
    healthReading: health === null ? null : readingOf(health, all, settings),
    churned: holding(named.churned === undefined ? namesOf('churned') : [named.churned], 'date'),
    expanded: holding(named.expanded === undefined ? namesOf('expanded') : [named.expanded], 'date'),
    codes: codes.map((field) => field.name),
  };
}

function readingOf(name: string, all: readonly Field[], { healthScale }: Settings): HealthReading | null {
  const field = all.find((one) => one.name === name);
  return healthReading({
    title: field?.label ?? name,
    description: field?.inlineHelpText ?? null,
    isNumber: field !== undefined && holdsOf(field) === 'number',
    // The vendor writes 72 percent as 72.
    scale: healthScale ?? (field?.type === 'percent' ? { worst: 0, best: 100 } : null),
  });
}
