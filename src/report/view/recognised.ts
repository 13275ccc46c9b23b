import type { Learnt, NotUnderstood, Statement } from '../../domain/meaning.ts';
import { count } from '../numbers.ts';

const isPlain = (word: string): boolean =>
  /^[A-Za-z][A-Za-z_-]*$/.test(word) && !/^(true|false|yes|no|null|on|off)$/i.test(word);
const quote = (word: string): string => (isPlain(word) ? word : JSON.stringify(word));

/** One line of plumbline.yaml: `teams: { "4711": escalation }`. */
export function sayStatement({ section, subject, value }: Statement): string {
  return `${section}: { ${quote(subject)}: ${typeof value === 'string' ? quote(value) : String(value)} }`;
}

/** The line that says what was not understood, with the words that may stand in it; null where none helps. */
export function sayChoices({ say }: NotUnderstood): string | null {
  if (say === null) return null;
  return `${say.section}: { ${quote(say.subject)}: … }   ${say.choices.join(', ')}`;
}

const isTerm = (subject: string): boolean => /^(tag|org|field|status):/.test(subject);

/** What a thing was found to be: "tag:9f3c = premium", "gold = place 1", "4711 = escalation team". */
export function sayMeaning({ kind, subject, meaning }: Learnt): string {
  if (kind === 'tier') return isTerm(subject) ? `${subject} = ${meaning}` : `${subject} = place ${meaning}`;
  if (kind === 'escalation') return `${subject} marks an escalation`;
  return kind === 'bot'
    ? `${subject} = a program${meaning === 'source' ? ' that opens tickets' : ''}`
    : `${subject} = ${meaning}`;
}

const TEAM_CASES: Readonly<Record<string, string>> = {
  premium: 'tickets are of the top tier',
  escalation: 'tickets are escalated ones',
  partner: 'tickets are of partners',
};
const FIELD_CASES: Readonly<Record<string, string>> = {
  severity: 'cases give an order of urgency',
  cause: 'values come near the solution, by people',
  reason: 'values come with an escalation',
  tier: 'values go with a tier',
  product: 'values are asked for by rules; customers keep theirs',
  category: 'values are asked for by rules',
};

function casesOf({ kind, subject, meaning }: Learnt): string {
  if (kind === 'tier')
    return isTerm(subject) ? 'that carry it are of this tier' : 'organisations have it; order by what policies promise';
  if (kind === 'team') return TEAM_CASES[meaning] ?? 'tickets say so';
  if (kind === 'field') return FIELD_CASES[meaning] ?? 'tickets say so';
  if (kind === 'bot')
    return meaning === 'source' ? 'tickets of it got no answer from it' : 'acts look like those of a program';
  return 'tickets say so';
}

const BY_NAME: Readonly<Record<string, string>> = {
  tier: 'common words of plans and tiers',
  field: 'its title or its values',
};

/** Why a thing is taken to be what it is: "by its work: 42 of 45 tickets are escalated ones". */
export function sayWhy(learnt: Learnt): string {
  const { how, kind, support, base } = learnt;
  if (how === 'stated') return 'stated';
  if (how === 'source') return 'as the source hands it over';
  if (how === 'name') return BY_NAME[kind] === undefined ? 'by its name only' : `by name only: ${BY_NAME[kind]}`;
  if (support === null || base === null) return 'by its work';
  return `by its work: ${count(support)} of ${count(base)} ${casesOf(learnt)}`;
}
