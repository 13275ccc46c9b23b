import { z } from 'zod';
import { FIELD_ROLES, type Meaning } from '../domain/meaning.ts';
import { TEAM_PURPOSES } from '../domain/telemetry.ts';

const CATEGORIES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const ROLES = [...FIELD_ROLES, 'none'];
/** A term, perhaps of one connection: `tag:vip`, `desk/org:plan=gold`. */
const TERM = /^([^:/]+\/)?(tag|org|field|status):./;

/** What may be written, and what was. */
function say(words: readonly string[], more = ''): { readonly error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      `write one of ${words.join(', ')}${more}${typeof input === 'string' ? ` (not "${input}")` : ''}`,
  };
}

function oneOf(words: readonly string[]): z.ZodType<string> {
  return z.string(say(words)).refine((word) => words.includes(word), say(words));
}

const Key = z.string().min(1).max(300);
const WHERE = '`connection/…` in front of a key makes it true of that connection alone.';
/** A section that holds no lines, or a key that is none. */
const LINES = 'write lines of a name or id and what it is below it, or leave it out';

const PURPOSES: readonly string[] = [...TEAM_PURPOSES, 'none'];
const LINE = ', or a line of support such as "line 2"';

/** A team: its purpose, or `line 2` for the second line of support. */
const Team = z
  .string(say(PURPOSES, LINE))
  .refine((word) => PURPOSES.includes(word) || /^line [1-9]$/.test(word), say(PURPOSES, LINE));

const Tiers = z.record(Key, z.union([z.int(), z.string()]), LINES).superRefine((tiers, context) => {
  for (const [key, value] of Object.entries(tiers)) {
    const problem = problemOfTier(key, value);
    if (problem !== null) context.addIssue({ code: 'custom', path: [key], message: problem });
  }
});

function problemOfTier(key: string, value: number | string): string | null {
  if (TERM.test(key))
    return typeof value === 'string' && value !== ''
      ? null
      : 'write the name of the tier that the term stands for, or none';
  if (value === 'none' || (typeof value === 'number' && value >= 1 && value <= 99)) return null;
  return 'write the place of the tier (1 = highest) or none; of a tag or field write the term, e.g. tag:vip: gold';
}

const Escalations = z.record(Key, z.boolean('write true or false'), LINES).superRefine((marks, context) => {
  for (const key of Object.keys(marks))
    if (!TERM.test(key))
      context.addIssue({
        code: 'custom',
        path: [key],
        message: 'write a term such as tag:urgent-help or field:12345=yes',
      });
});

/** Keys of plumbline.yaml by which people say what things of the desk are; each entry is one statement in one line. */
export const MEANING_KEYS = {
  teams: z
    .record(Key, Team, LINES)
    .default({})
    .describe(
      `What teams are for, by id: ${TEAM_PURPOSES.join(', ')}, "line 2", none. ${WHERE} Default: as recognised`,
    ),
  tiers: Tiers.default({}).describe(
    'Customer tiers: a name and its place (gold: 1), or a tag or field and the tier that it stands for ("tag:vip": gold, "org:plan=b": none). Default: as recognised',
  ),
  bots: z
    .record(Key, z.boolean('write true (a program) or false (a person)'), LINES)
    .default({})
    .describe('Agents and requesters that are programs (true) or people (false), by id. Default: as recognised'),
  fields: z
    .record(Key, oneOf(ROLES), LINES)
    .default({})
    .describe(`What ticket fields are used for, by id or name: ${ROLES.join(', ')}. Default: as recognised`),
  statuses: z
    .record(Key, oneOf(CATEGORIES), LINES)
    .default({})
    .describe(`Category of a status word of the source: ${CATEGORIES.join(', ')}. Default: as the source says`),
  escalations: Escalations.default({}).describe(
    'Tags and fields that mark an escalation (true) or do not (false), e.g. "tag:boss": true. Default: as recognised',
  ),
} as const;

type MeaningKey = keyof typeof MEANING_KEYS;
type Statements = { readonly [K in MeaningKey]: z.infer<(typeof MEANING_KEYS)[K]> };

function ofTeam(subject: string, word: string): Meaning {
  const line = /^line (\d)$/.exec(word)?.[1];
  return line === undefined
    ? { kind: 'team', subject, meaning: word, rank: null }
    : { kind: 'team', subject, meaning: 'support', rank: Number(line) };
}

function ofTier(subject: string, value: number | string): Meaning {
  return typeof value === 'number'
    ? { kind: 'tier', subject, meaning: subject.replace(/^.*\//, ''), rank: value }
    : { kind: 'tier', subject, meaning: value, rank: null };
}

/** What people stated, in an order that does not depend on that of the file. */
export function meaningsOf(statements: Statements): readonly Meaning[] {
  const plain = (kind: Meaning['kind'], said: Readonly<Record<string, string | boolean>>): Meaning[] =>
    Object.entries(said).map(([subject, meaning]) => ({ kind, subject, meaning: String(meaning), rank: null }));
  const all = [
    ...Object.entries(statements.teams).map(([subject, word]) => ofTeam(subject, word)),
    ...Object.entries(statements.tiers).map(([subject, value]) => ofTier(subject, value)),
    ...plain('bot', statements.bots),
    ...plain('field', statements.fields),
    ...plain('status', statements.statuses),
    ...plain('escalation', statements.escalations),
  ];
  const key = (m: Meaning) => `${m.kind}\u0000${m.subject}`;
  return all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
