import { classifyColumn, isAlwaysHashed } from '../../../src/domain/privacy/label-privacy.ts';
import { hasPhrase, hasWord } from './header.ts';
import { type Column, type Look, percent } from './look.ts';
import type { OpenOption } from './open-point.ts';

type Score = (column: Column) => number;

/** Score by the header's first wanted word: whole header best, every word more costs; some words speak against it. */
function like(wanted: readonly string[], against: readonly string[] = [], phrases: readonly string[] = []): Score {
  return ({ header }) => {
    if (phrases.includes(header.words.join(' '))) return 12;
    if (hasWord(header, against)) return 0;
    const at = header.words.findIndex((word) => wanted.includes(word));
    return at < 0 ? 0 : 10 - wanted.indexOf(header.words[at] as string) * 0.5 - 2 * (header.words.length - 1);
  };
}

const TIMES = ['at', 'date', 'time', 'count', 'stations', 'updated', 'changed', 'sla', 'status'];
const PERSON = ['member', 'lead', 'leader', 'manager', 'person', 'agent', 'email', 'mail'];

const named: Score = like(
  ['requester', 'requestor', 'caller', 'reporter', 'contact', 'customer', 'author', 'submitter', 'user', 'client'],
  [
    ...TIMES,
    'type',
    'interactions',
    'satisfaction',
    'reply',
    'replies',
    'response',
    'organization',
    'domain',
    'company',
    'group',
    'role',
    'country',
    'wait',
  ],
);

/** Names of a person that stand alone in an export of tickets, where agents have columns of their own: who wrote in. */
const ALONE = new Set(['from', 'from email', 'from name', 'full name', 'email', 'email address']);

/** Who wrote a row of a log is its actor, customer or not. */
const WRITERS = ['actor', 'author', 'performer'];

const FIELDS: Readonly<Record<string, Score>> = {
  group: like(
    ['group', 'team', 'queue', 'department', 'squad', 'mailbox', 'inbox', 'agency', 'workgroup'],
    [...TIMES, ...PERSON, 'requester', 'customer', 'user', 'stations'],
    [
      'assignment group',
      'assigned group',
      'support group',
      'assigned team',
      'owner group',
      'team assigned',
      'agent group',
    ],
  ),
  assignee: like(
    [
      'assignee',
      'agent',
      'technician',
      'assigned',
      'owner',
      'responder',
      'responsible',
      'teammate',
      'engineer',
      'operator',
    ],
    [...TIMES, 'group', 'team', 'interactions', 'replies', 'role', 'stations', 'type', 'purpose'],
    ['assigned to', 'team member', 'team mate', 'assigned person', 'assigned agent', 'first teammate', 'case owner'],
  ),
  requester: (column) => (ALONE.has(column.header.words.join(' ')) ? 4 : named(column)),
  organisation: like(['organization', 'account', 'company', 'tenant'], [...TIMES, 'owner', 'type', 'size', 'manager']),
  brand: like(['brand'], TIMES),
  product: like(
    ['product', 'service', 'application', 'app', 'component', 'components', 'module'],
    [...TIMES, 'level', 'version', 'hours', 'request', 'owner'],
  ),
  category: like(
    ['category', 'topic', 'reason', 'subject area', 'area'],
    [...TIMES, 'status', 'id', 'close', 'closed', 'resolution', 'escalation', 'breach'],
  ),
  severity: like(['severity', 'impact'], TIMES),
  support_line: like(
    ['tier', 'line'],
    [...TIMES, 'subject', 'product', 'business', 'manager'],
    ['support level', 'support line', 'support tier', 'level'],
  ),
  problem: like(['problem'], [...TIMES, 'type', 'description', 'category'], ['problem id', 'problem number']),
  cause_code: like(
    ['cause', 'resolution'],
    [...TIMES, 'first', 'notes', 'note', 'comment', 'text', 'details', 'description'],
    [
      'closed code',
      'close code',
      'closure code',
      'resolution code',
      'root cause',
      'close reason',
      'resolution category',
    ],
  ),
  form: like(['form'], TIMES),
};

/** Fields that are kept as keyed hashes whatever they hold: which person or company it is does not matter, whether it is the same does. */
const HASHED = new Set(['assignee', 'requester', 'organisation', 'problem']);

/** What is written the same on so many rows was chosen and not typed: a long name of a team or a company, whatever it reads like. */
const CHOSEN = new Set(['group', 'organisation']);
const ROWS_OF_A_CHOICE = 4;

function isChosen(field: string, column: Column): boolean {
  return CHOSEN.has(field) && column.distinct * ROWS_OF_A_CHOICE <= column.known;
}

function isId(column: Column): boolean {
  return hasWord(column.header, ['id', 'number', 'uuid', 'key']);
}

/**
 * Chooses team, people, organisation, product, category and codes by name. Where a column of ids and one of names are there, people are
 * told apart by the id and teams are named by their name. Prose and personal values are never taken in clear.
 */
export function findLabels(look: Look): void {
  for (const [field, score] of Object.entries(FIELDS)) {
    if (look.has(field)) continue;
    const fits = look
      .free()
      .filter(({ header }) => !(look.mode === 'events' && field === 'requester' && hasWord(header, WRITERS)))
      .map((column) => ({ column, score: score(column) + (isId(column) ? (HASHED.has(field) ? 3 : -3) : 0) }))
      .filter((one) => one.score > 3 && one.column.timeShare < 0.5 && one.column.longest <= 200)
      .sort((a, b) => b.score - a.score || b.column.known - a.column.known);
    for (const { column } of fits) if (takeLabel(look, field, column)) break;
  }
}

function takeLabel(look: Look, field: string, column: Column): boolean {
  const verdict = classifyColumn({
    header: column.column,
    values: column.top,
    distinct: column.distinct,
    filled: column.known,
  });
  const different = column.distinct === 1 ? '1 value' : `${column.distinct} different values`;
  if (HASHED.has(field)) {
    // A whole sentence is nobody's name.
    if (verdict.looksLike === 'sentences' && !isChosen(field, column)) return refuse(look, column, 'sentences');
    look.ticket(field, { column: column.column }, `named so; ${different}, kept as keyed hashes`);
    return true;
  }
  if (verdict.looksLike === 'sentences' && !isChosen(field, column)) return refuse(look, column, 'sentences');
  if (field === 'support_line' && column.distinct > 8) return false;
  if (verdict.looksLike !== null && isAlwaysHashed(verdict.looksLike)) {
    if (field !== 'group') return refuse(look, column, verdict.looksLike);
    look.ticket(
      field,
      { column: column.column, as: 'hash' },
      `named so; ${different} that look like ${verdict.looksLike}: kept as keyed hashes`,
    );
    return true;
  }
  if (verdict.looksLike !== null && field !== 'group' && column.distinct > 50)
    return refuse(look, column, verdict.looksLike);
  const afterwards =
    field === 'cause_code' && look.mode === 'events' && (look.constant.get(column.column) ?? 0) >= 0.99;
  // A code that is known at closure cannot stand on the first row of every ticket: it was written there afterwards.
  const why = afterwards
    ? `named so; ${different}; the same on all rows in ${percent(look.constant.get(column.column))} of tickets: written there afterwards`
    : `named so; ${different}`;
  look.ticket(field, afterwards ? { column: column.column, back_filled: true } : { column: column.column }, why);
  return true;
}

function refuse(look: Look, column: Column, looksLike: string): false {
  look.reasons.set(column.column, `looks like ${looksLike}: not proposed`);
  return false;
}

/** The person or machine of each row of a log; who of them is whom the file does not say, and nothing is made up. */
export function findActor(look: Look): void {
  if (look.mode !== 'events') return;
  const fits = look.free().filter(({ header, column, timeShare }) => {
    if (timeShare > 0.5) return false;
    if (/^org:resource$/i.test(column)) return true;
    if (hasPhrase(header, 'updated by') || hasPhrase(header, 'changed by') || hasPhrase(header, 'modified by'))
      return true;
    return header.words.length <= 2 && hasWord(header, ['actor', 'author', 'resource', 'performer', 'user', 'owner']);
  });
  const actor = fits[0];
  if (actor === undefined || look.draft.events.actor_id !== undefined) return;
  look.event(
    'actor_id',
    { column: actor.column },
    `named so; ${actor.distinct} different values, kept as keyed hashes`,
  );
  if (look.draft.events.actor !== undefined) return;
  const set = (value: unknown) => [{ path: ['events', 'actor'], value }];
  look.points.push({
    id: 'actor',
    target: 'events.actor',
    question: `Who is "${actor.column}": agents, customers or machines? The file does not say.`,
    options: [
      { label: 'unknown', evidence: 'nothing is counted as human work', patch: set(undefined) },
      {
        label: 'all of them are agents',
        evidence: `${actor.distinct} different values`,
        patch: set({ constant: 'agent' }),
      },
    ],
    samples: [],
  });
}

/**
 * "NA" and "None" in a column of labels may be a value (a team, a region) or stand for "unknown": a person must say. Everywhere else
 * (times, numbers, states, outcomes) they can only mean that there is none.
 */
export function askDoubtful(look: Look): void {
  const labels = new Set(
    Object.entries(look.draft.ticket).flatMap(([name, field]) =>
      field.column === undefined || field.missing !== undefined || !(name in FIELDS) || name === 'requester'
        ? []
        : [field.column],
    ),
  );
  for (const column of look.columns) {
    if (column.doubtful.length === 0) continue;
    const words = column.doubtful.map((one) => one.word);
    if (!labels.has(column.column) || column.numberShare > 0.9 || column.clockShare > 0.9) {
      look.draft.words[column.column] = words;
      continue;
    }
    // A dash is the name of nobody and nothing.
    const signs = words.filter((word) => !/\p{L}/u.test(word));
    if (signs.length > 0) look.draft.words[column.column] = signs;
    const spoken = column.doubtful.filter((one) => !signs.includes(one.word));
    if (spoken.length === 0) continue;
    const counted = spoken.map((one) => `"${one.word}" (${one.n})`).join(', ');
    const options: OpenOption[] = [
      {
        label: 'unknown',
        evidence: 'as many tools write an empty cell',
        patch: [{ path: ['words', column.column], value: words }],
      },
      {
        label: 'a value like the others',
        evidence: column.top
          .slice(0, 3)
          .map((one) => one.value.slice(0, 20))
          .join(', '),
        patch: [{ path: ['words', column.column], value: signs.length > 0 ? signs : undefined }],
      },
    ];
    look.points.push({
      id: `missing:${column.column}`,
      target: `missing in "${column.column}"`,
      question: `Does ${counted} in "${column.column}" stand for "unknown", or is it a value?`,
      options,
      samples: look.samples(column),
    });
  }
}
