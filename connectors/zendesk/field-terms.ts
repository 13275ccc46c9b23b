import type { Directory } from './directory.ts';
import { fieldName, fieldValue } from './field-names.ts';
import type { EarlyContext } from './pages.ts';
import { ANY, type Understood, valuesOf } from './read-terms.ts';
import { holdsCode } from './recognise.ts';
import type { Condition, Organisation, OrganisationField, TicketField } from './schema-config.ts';
import { keptTag } from './tags.ts';

export interface FieldTerms extends Understood {
  readonly name: string;
}

/** Fields of an organisation whose values are codes from a list; anything else may be free text or an amount, and is never kept. */
const LISTED = new Set(['dropdown', 'tagger', 'multiselect', 'checkbox']);

/** The code of an option, where a rule names it by its id. */
function optionOf(field: Pick<TicketField | OrganisationField, 'custom_field_options'>, value: string): string {
  return field.custom_field_options?.find((option) => option.id === value)?.value ?? value;
}

/** Ticked and unticked boxes: unset is what records show for the latter. */
function boxTerms(prefix: string, values: readonly string[]): Pick<Understood, 'terms' | 'whole'> {
  const known = values.every((value) => /^(true|false|1|0|yes|no)$/i.test(value));
  return {
    terms: values.map((value) => (/^(true|1|yes)$/i.test(value) ? `${prefix}=true` : `!${prefix}=true`)),
    whole: known && values.length > 0,
  };
}

/** Terms of values of a ticket field, in the words of its events. No value stands for any. */
export function codeTerms(id: string, value: unknown, directory: Directory): FieldTerms {
  const name = fieldName(directory, id);
  const prefix = `field:${name}`;
  const field = directory.fields.get(id);
  const values = valuesOf(value).filter((one) => one !== '' && one !== '-');
  if (values.length === 0) return { name, terms: [`${prefix}=${ANY}`], whole: true, none: true };
  if (field === undefined) return { name, terms: [prefix], whole: false };
  if (field.type === 'checkbox') return { name, ...boxTerms(prefix, values) };
  if (!holdsCode(field.type)) return { name, terms: [prefix], whole: false };
  return {
    name,
    terms: values.map((one) => `${prefix}=${fieldValue(directory, id, optionOf(field, one))}`),
    whole: true,
  };
}

/** Terms of a condition on a field of the organisation; null when it looks at none. Values of fields without a list of codes are not read. */
export function organisationTerms({ field, value }: Condition, directory: Directory): FieldTerms | null {
  const name = /^organi[sz]ation\.(?:custom_fields\.)?(.+)$/.exec(field)?.[1];
  if (name === undefined || name === 'tags') return null;
  const prefix = `org:${name}`;
  const values = valuesOf(value).filter((one) => one !== '' && one !== '-');
  if (values.length === 0) return { name, terms: [`${prefix}=${ANY}`], whole: true, none: true };
  const known = directory.organisationFields.get(name);
  if (known?.type === 'checkbox') return { name, ...boxTerms(prefix, values) };
  if (known === undefined || !LISTED.has(known.type ?? '')) return { name, terms: [prefix], whole: false };
  return { name, terms: values.map((one) => `${prefix}=${optionOf(known, one)}`), whole: true };
}

/** What is recorded of an organisation, as terms: values of its listed fields and its tags. Null when the source shows neither. */
export function recordedTerms(source: Organisation, directory: Directory, context: EarlyContext): string[] | null {
  const { organization_fields: fields, tags } = source;
  if ((fields === null || fields === undefined) && (tags === null || tags === undefined)) return null;
  const codes = Object.entries(fields ?? {}).flatMap(([key, value]) => {
    if (!LISTED.has(directory.organisationFields.get(key)?.type ?? '')) return [];
    return valuesOf(value)
      .filter((one) => one !== '' && one !== 'false')
      .map((one) => `org:${key}=${one}`);
  });
  return [...new Set([...codes, ...(tags ?? []).map((tag) => `tag:${keptTag(context, tag)}`)])].sort();
}
