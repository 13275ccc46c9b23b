import type { TelemetryRecord, Ticket } from '../domain/telemetry.ts';
import { type FieldRole, rolesOfField } from './recognise-field.ts';
import { type RuleField, ruleField, toAutomation } from './rule-terms.ts';

type Automation = TelemetryRecord<'automation'>;

/** What a field with codes can tell of a ticket. */
export const CODE_ROLES = ['product', 'category', 'severity', 'cause'] as const satisfies readonly FieldRole[];
export type CodeRole = (typeof CODE_ROLES)[number];
export type CodeFields = ReadonlyMap<CodeRole, string>;

/** Columns of tickets that hold the codes, by what they tell. */
export const COLUMNS = { product: 'product', category: 'category', severity: 'severity', cause: 'cause_code' } as const;

/** In which order titles are judged: what says a cause or a severity is rarely meant for the product that it names beside (`Root cause category`). */
const TELLING = ['severity', 'cause', 'product', 'category'] as const satisfies readonly CodeRole[];

/** Fields with product, category, severity and cause: as stated, else lists whose title says so. Each field serves once. */
export function chooseCodeFields(
  stated: Readonly<Partial<Record<CodeRole, string | undefined>>>,
  lists: readonly { readonly name: string; readonly title: string | null }[],
): CodeFields {
  const chosen = new Map<CodeRole, string>();
  for (const role of CODE_ROLES) if (stated[role] !== undefined) chosen.set(role, stated[role]);
  const taken = new Set(chosen.values());
  const found = new Map<CodeRole, string>();
  for (const role of TELLING) {
    const list = lists.find(({ name, title }) => !taken.has(name) && rolesOfField(title).includes(role));
    if (chosen.has(role) || list === undefined) continue;
    found.set(role, list.name);
    taken.add(list.name);
  }
  return new Map([...chosen, ...CODE_ROLES.flatMap((role) => [...found].filter(([one]) => one === role))]);
}

/** Column of a ticket that each chosen field fills, by field. */
export function columnsByField(fields: CodeFields): Map<string, (typeof COLUMNS)[CodeRole]> {
  return new Map([...fields].map(([role, field]) => [field, COLUMNS[role]]));
}

/** What a field tells of a ticket; null = nothing that was chosen. */
export function codeRole(fields: CodeFields, name: string): CodeRole | null {
  return [...fields].find(([, field]) => field === name)?.[0] ?? null;
}

/** A field with codes as rules look at it and set it, by what it tells. */
export function codeField(fields: CodeFields, name: string): RuleField {
  return ruleField(codeRole(fields, name) ?? 'field', (value) => `${name}=${value}`, 'field');
}

/** Columns of a ticket with codes; `codeIn` gives the code of a field, null where it is empty. */
export function codeColumns(
  fields: CodeFields,
  codeIn: (field: string) => string | null,
): Pick<Ticket, 'product' | 'category' | 'severity' | 'cause_code'> {
  const of = (role: CodeRole) => {
    const field = fields.get(role);
    return field === undefined ? null : codeIn(field);
  };
  return { product: of('product'), category: of('category'), severity: of('severity'), cause_code: of('cause') };
}

/** Columns of tickets for which no field was found: what the account lacks. `otherwise` = roles that are filled in another way too. */
export function lackedCodes(fields: CodeFields, otherwise: readonly CodeRole[] = []): string[] {
  return CODE_ROLES.filter((role) => !fields.has(role) && !otherwise.includes(role)).map((role) => COLUMNS[role]);
}

/** A code as text: texts and numbers; null for anything else and for ''. */
export function codeText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/** A field holds something; an unticked box holds nothing. */
export function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== false;
}

/** Names of the fields that hold something, sorted. `more` = further ones that the caller found filled. */
export function filledNames(values: Readonly<Record<string, unknown>>, more: readonly string[] = []): string[] {
  return [...Object.keys(values).filter((name) => isFilled(values[name])), ...more].sort();
}

export type Holds = 'code' | 'number' | 'date' | 'text' | 'checkbox';

/** A field of tickets, by the hints of its title and type. `name` = as events and requirements name it. */
export function toField(
  field: {
    readonly id: string;
    readonly name: string;
    readonly title: string | null;
    readonly holds: Holds;
    readonly active?: boolean;
  } & Partial<Pick<Automation, 'vendor_default' | 'required_fields' | 'required_to_solve' | 'updated_at'>>,
): Automation {
  const { name, title, holds, active = true, ...facts } = field;
  const terms = [...rolesOfField(title).map((role) => `role:${role}`), `holds:${holds}`];
  return toAutomation({ ...facts, kind: 'field', active, conditions: [{ word: name, terms }], action_terms: null });
}
