import type { TelemetryRecord } from '../domain/telemetry.ts';
import { blank } from './blank.ts';
import { type ReplyPromise, readPromise } from './read-promise.ts';
import { saysEscalation } from './recognise-escalation.ts';
import { purposeOf } from './recognise-team.ts';

type Automation = TelemetryRecord<'automation'>;

/** What one condition or action of a rule was understood as (docs/recognition.md). */
export interface Understood {
  /** Canonical word of what it looks at or sets; null = none is known. */
  readonly word: string | null;
  /** Null = not understood: it counts as unread. Empty = understood, and it selects nothing that terms name. */
  readonly terms: readonly string[] | null;
}

export const UNREAD: Understood = { word: null, terms: null };

/** Stands for any value: `group:*` = some team, `!group:*` = none. */
export const ANY = '*';

/** Looks at something, or does something, whatever the value. */
export function lookedAt(word: string, term = word): Understood {
  return { word, terms: [term] };
}

/** A field that rules look at or set: its canonical word, and the term of one value; null = the value is not understood. */
export interface RuleField {
  readonly word: string;
  readonly term: (value: string) => string | null;
}

/** `ruleField('priority', words.rank)` gives `priority:<rank>`; without a meaning the value stands as it is: `ruleField('group')`. `kind` = the term's own word. */
export function ruleField(
  word: string,
  meaning: (value: string) => string | number | null = (value) => value,
  kind = word,
): RuleField {
  return {
    word,
    term(value) {
      const meant = meaning(value);
      return meant === null ? null : `${kind}:${meant}`;
    },
  };
}

/** Terms of the values of one condition or action: of all of them, or the whole is not understood. No value is not understood either. */
export function readValues({ word, term }: RuleField, values: readonly string[]): Understood {
  const terms = values.map(term);
  const known = terms.filter((one) => one !== null);
  return { word, terms: known.length === terms.length && known.length > 0 ? known : null };
}

/** The same, excluded; what was excluded is not. */
export function denied({ word, terms }: Understood): Understood {
  return { word, terms: terms?.map((term) => (term.startsWith('!') ? term.slice(1) : `!${term}`)) ?? null };
}

/** What is looked at, without saying that the values are understood. */
export function unread({ word }: Understood): Understood {
  return { word, terms: null };
}

/** Things by what a vendor calls them: canonical word, and the term where it is another one; `$1` in a term is what the pattern found. */
export type Called = readonly (readonly [pattern: RegExp, word: string, term?: string])[];

/** Looked at or done, whatever the value: the first that fits. Null = none does. */
export function calledIn(all: Called, name: string): Understood | null {
  for (const [pattern, word, term = word] of all) {
    const match = pattern.exec(name);
    if (match !== null) return lookedAt(word, term.replace('$1', match[1] ?? ''));
  }
  return null;
}

/**
 * What an action does that gives a field values (`removes` = takes them away): `set_<word>`, or `escalate` where a tag says so or the team takes escalations;
 * `teamOf` = name of the team that a value stands for. A field without a word is not understood.
 */
export function setTo(
  field: Understood,
  values: readonly string[],
  teamOf: (value: string) => string | null | undefined,
  removes = false,
): Understood {
  const { word, terms } = field;
  if (word === null) return UNREAD;
  if (removes) return { ...denied(field), word: `set_${word}` };
  const escalates =
    (word === 'tag' && values.some(saysEscalation)) ||
    (word === 'group' && values.some((one) => purposeOf(teamOf(one) ?? null) === 'escalation'));
  return { word: escalates ? 'escalate' : `set_${word}`, terms };
}

/** Values of a condition or action as texts, however they are written: one value, a list, lists within. */
export function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

/** A message to the customer, and the reply time that its text states; the text is dropped. Null = there is none, or it is not shown. */
export function tellsRequester(text: string | null): Understood {
  const promise = text === null ? null : readPromise(text);
  return { word: 'notify_requester', terms: ['notify:requester', ...promiseTerms(promise)] };
}

/** A reply time that a message states, as terms; none of one that states none. */
export function promiseTerms(promise: ReplyPromise | null): string[] {
  if (promise === null) return [];
  return [`promise:${promise.seconds}`, ...(promise.businessHours ? ['promise_in:business_hours'] : [])];
}

/** Words, terms and unread count of conditions, for rules, queues and policies; null = the source shows no conditions. */
export function conditionFacts(
  conditions: readonly Understood[] | null,
): Pick<Automation, 'condition_fields' | 'condition_terms' | 'unread_conditions'> {
  return {
    condition_fields: wordsOf(conditions ?? []),
    condition_terms: conditions === null ? null : termsOf(conditions),
    unread_conditions: conditions === null ? null : unreadOf(conditions),
  };
}

/** Words, terms and unread count of actions; null = the source shows no actions. */
function actionFacts(
  actions: readonly Understood[] | null,
): Pick<Automation, 'actions' | 'action_terms' | 'unread_actions'> {
  return {
    actions: wordsOf(actions ?? []),
    action_terms: actions === null ? null : termsOf(actions),
    unread_actions: actions === null ? null : unreadOf(actions),
  };
}

/** What is known of a piece of configuration. */
type AutomationFacts = Pick<Automation, 'id' | 'kind' | 'active'> &
  Partial<Automation> & {
    readonly conditions?: readonly Understood[] | null;
    readonly does?: readonly Understood[] | null;
  };

/** A rule, queue, form or macro of the whole desk that the vendor did not ship; `conditions` and `does` as they were understood, absent = not shown. */
export function toAutomation({ conditions = null, does = null, ...facts }: AutomationFacts): Automation {
  return {
    ...blank('automation'),
    shared: true,
    vendor_default: false,
    ...conditionFacts(conditions),
    ...actionFacts(does),
    ...facts,
  };
}

function wordsOf(all: readonly Understood[]): string[] {
  return [...new Set(all.flatMap(({ word }) => word ?? []))].sort();
}
function termsOf(all: readonly Understood[]): string[] {
  return [...new Set(all.flatMap(({ terms }) => terms ?? []))].sort();
}
function unreadOf(all: readonly Understood[]): number {
  return all.filter(({ terms }) => terms === null).length;
}
