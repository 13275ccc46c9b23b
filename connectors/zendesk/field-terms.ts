import {
  ANY,
  lookedAt,
  type RuleField,
  readValues,
  ruleField,
  UNREAD,
  type Understood,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Directory } from './directory.ts';
import { fieldName } from './field-names.ts';
import type { EarlyContext } from './pages.ts';
import { holdsCode } from './recognise.ts';
import type { Organisation, OrganisationField, TicketField } from './schema-config.ts';
import { keptTag, tagList } from './tags.ts';
import { channelWord, priorityRank, statusOf, typeWord } from './words.ts';

/** What rules are understood by. */
export interface Desk {
  readonly directory: Directory;
  readonly context: EarlyContext;
}

/** What a condition or action says of a field: that it has one of some values. */
export interface FieldSaid {
  /** Canonical word of the field. */
  readonly word: string;
  /** The field as terms name it. */
  readonly what: string;
  readonly said: readonly Understood[];
  /** The value is empty, so that `said` is "any": to be it is to have none. */
  readonly none: boolean;
}

/** Looks at something, or does something, in a way that terms cannot say: counted as unread all the same. */
export function partly(word: string, term = word): readonly Understood[] {
  return [lookedAt(word, term), UNREAD];
}

type Field = RuleField & { readonly what: string };
const field = (word: string, meaning?: (value: string) => string | number | null): Field => ({
  ...ruleField(word, meaning),
  what: word,
});
/** Whoever looks or acts, and the teams of that person, are said in words instead of an id. */
const byId = (word: string) => field(word, (id) => (/^current_(user|groups?)$/.test(id) ? 'self' : id));
/** Looked at, whichever value is named. */
const whichever = (what: string, word = what): Field => ({ word, what, term: () => what });

/** Fields that every ticket has; the first that fits. */
const SYSTEM: Patterns<Field> = [
  [/^status$/, field('status', statusOf)],
  [/^(basic_)?priority$/, field('priority', priorityRank)],
  [/^(ticket_)?type(_id)?$/, field('type', typeWord)],
  [/^group(_id)?$/, byId('group')],
  [/^assignee(_id)?$/, byId('assignee')],
  [/^organi[sz]ation(_id)?$/, byId('organisation')],
  [/^(ticket_)?form(_id)?$/, byId('form')],
  [/^brand(_id)?$/, byId('brand')],
  [/^(current_)?via(_id|_type)?$|^channel$/, field('channel', channelWord)],
  [/^recipient(_email)?$|^received_at$/, whichever('recipient', 'channel')],
  [/^requester(_id|_role)?$/, whichever('requester')],
  [/^(role|current_user|submitter(_id)?)$/, whichever('actor')],
  [/^(reopens|replies|(agent|group)_stations)$/, whichever('count')],
];
export const SCHEDULE = byId('schedule');

/** What is said of a field, or of tags; null for what is no field. */
export function readField(name: string, value: unknown, { directory, context }: Desk): FieldSaid | null {
  const id = /^(?:custom_fields?_|ticket_fields?_)(\d+)$/.exec(name)?.[1];
  if (id !== undefined)
    return readCodes(
      { word: fieldWord(id, directory), what: `field:${fieldName(directory, id)}` },
      value,
      directory.fields.get(id),
      holdsCode,
    );
  const key = /^organi[sz]ation\.(?:custom_fields\.)?(.+)$/.exec(name)?.[1];
  if (key !== undefined && key !== 'tags')
    return readCodes(
      { word: organisationWord(key, directory), what: `org:${key}` },
      value,
      directory.organisationFields.get(key),
      isListed,
    );
  const lower = name.toLowerCase();
  if (/tags?$/.test(lower)) {
    const terms = tagList(valuesOf(value).join(' ')).map((tag) => `tag:${keptTag(context, tag)}`);
    return { word: 'tag', what: 'tag', said: [{ word: 'tag', terms }], none: false };
  }
  if (lower === 'custom_status_id') return readStatus(value, directory);
  const known = firstFit(SYSTEM, lower);
  return known === null ? null : readSystem(known, value);
}

export function readSystem(known: Field, value: unknown): FieldSaid {
  return said(known, `${known.what}:${ANY}`, value, (values) => [readValues(known, values)]);
}

function said(
  { word, what }: Pick<FieldSaid, 'word' | 'what'>,
  any: string,
  value: unknown,
  read: (values: readonly string[]) => readonly Understood[],
): FieldSaid {
  const values = valuesOf(value).filter((one) => one !== '' && one !== '-');
  const none = values.length === 0;
  return { word, what, said: none ? [lookedAt(word, any)] : read(values), none };
}

/** An own status of the account: its category, and the status itself. */
function readStatus(value: unknown, { statuses }: Directory): FieldSaid {
  const category = field('status', (id) => statusOf(statuses.get(id)?.category ?? null));
  return said(category, `status:${ANY}`, value, (values) => {
    const read = readValues(category, values);
    return read.terms === null ? [read] : [read, readValues(ruleField('status', undefined, 'state'), values)];
  });
}

/** Fields of an organisation whose values are codes from a list; anything else may be free text or an amount, and is never kept. */
const isListed = (type: string) => /^(dropdown|tagger|multiselect|checkbox)$/.test(type);

/** Ticked and unticked boxes: unset is what records show for the latter. */
const BOX = vocabulary({ ticked: { true: true, '1': true, yes: true, false: false, '0': false, no: false } });

/** Values of a field with codes. Free text and amounts are looked at, and not understood. */
function readCodes(
  named: Pick<FieldSaid, 'word' | 'what'>,
  value: unknown,
  known: ({ readonly type: string | null } & Pick<TicketField | OrganisationField, 'custom_field_options'>) | undefined,
  isCoded: (type: string) => boolean,
): FieldSaid {
  const { word, what } = named;
  return said(named, `${what}=${ANY}`, value, (values) => {
    if (known === undefined || !isCoded(known.type ?? '')) return partly(word, what);
    const box = (one: string) => {
      const ticked = BOX.ticked(one);
      return ticked === null ? null : `${ticked ? '' : '!'}${what}=true`;
    };
    // A rule may name an option by its id.
    const code = (one: string) => known.custom_field_options?.find(({ id }) => id === one)?.value ?? one;
    const term = known.type === 'checkbox' ? box : (one: string) => `${what}=${code(one)}`;
    return [readValues({ word, term }, values)];
  });
}

function organisationWord(key: string, { organisationKeys: keys }: Directory): string {
  if (key === keys.tier) return 'tier';
  if (key === keys.health) return 'health';
  if (keys.contract.includes(key)) return 'contract';
  return key === keys.partner ? 'partner' : 'organisation';
}

function fieldWord(id: string, directory: Directory): string {
  const mapped = directory.mapped.get(id);
  if (mapped !== undefined) return mapped;
  const title = directory.fields.get(id)?.title ?? '';
  if (/\btier\b|\bplan\b|segment/i.test(title)) return 'tier';
  if (/sentiment/i.test(title)) return 'sentiment';
  return /intent/i.test(title) ? 'intent' : 'field';
}

/** What is recorded of an organisation, as terms: values of its listed fields and its tags. Null when the source shows neither. */
export function recordedTerms(source: Organisation, { directory, context }: Desk): string[] | null {
  const { organization_fields: fields, tags } = source;
  if ((fields === null || fields === undefined) && (tags === null || tags === undefined)) return null;
  const codes = Object.entries(fields ?? {}).flatMap(([key, value]) => {
    if (!isListed(directory.organisationFields.get(key)?.type ?? '')) return [];
    return valuesOf(value)
      .filter((one) => one !== '' && one !== 'false')
      .map((one) => `org:${key}=${one}`);
  });
  return [...codes, ...(tags ?? []).map((tag) => `tag:${keptTag(context, tag)}`)];
}
