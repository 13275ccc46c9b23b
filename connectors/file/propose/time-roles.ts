import { type Header, hasPhrase, hasWord } from './header.ts';

export type TimeRole = 'created_at' | 'solved_at' | 'closed_at' | 'first_reply_at' | 'updated_at' | 'due' | 'other';

interface RoleGuess {
  readonly role: TimeRole;
  /** 10 = named exactly so; below 6 a person must say. */
  readonly score: number;
}

const DEADLINE = [
  ...[
    'due',
    'target',
    'sla',
    'required',
    'expected',
    'promised',
    'planned',
    'estimated',
    'eta',
    'deadline',
    'scheduled',
  ],
  ...[
    'needed',
    'committed',
    'limit',
    'breach',
    'breaches',
    'breached',
    'goal',
    'until',
    'expiry',
    'expires',
    'desired',
  ],
  ...['forecast', 'agreed', 'overdue', 'milestone', 'proposed', 'projected', 'faellig', 'fällig'],
];
/** Between the words of a header these say nothing. */
const FILLER = new Set([
  ...[
    'at',
    'on',
    'date',
    'time',
    'timestamp',
    'ticket',
    'case',
    'issue',
    'incident',
    'request',
    'last',
    'local',
    'the',
    'of',
  ],
  ...[
    'actual',
    'real',
    'final',
    'sr',
    'conversation',
    'agent',
    'stamp',
    'datum',
    'email',
    'was',
    'when',
    'to',
    'complete',
  ],
]);
const UPDATED = ['updated', 'modified', 'changed', 'change', 'update', 'modification', 'edited', 'activity', 'touched'];
const CREATED = [
  'created',
  'create',
  'creation',
  'opened',
  'open',
  'submitted',
  'submit',
  'reported',
  'raised',
  'logged',
];
const CREATED_TOO = ['received', 'registered', 'started', 'start', 'entered', 'opening', 'begin', 'requested'];
const SOLVED = [
  'resolved',
  'solved',
  'resolution',
  'resolve',
  'completed',
  'completion',
  'fixed',
  'fulfilled',
  'solve',
];
const SOLVED_TOO = ['done', 'finished', 'finish', 'end', 'ended', 'restored'];
const CLOSED = ['closed', 'close', 'closure', 'closing'];
const REPLIED = ['reply', 'replied', 'response', 'responded', 'respond', 'answer', 'answered'];
const FIRST = ['first', 'initial', 'initially', '1st'];
const ELSE = [
  ...[
    'assigned',
    'assignment',
    'reopened',
    'reopen',
    'escalated',
    'survey',
    'rating',
    'viewed',
    'acknowledged',
    'approval',
  ],
  ...[
    'birth',
    'purchase',
    'comment',
    'contacted',
    'satisfaction',
    'exit',
    'login',
    'export',
    'exported',
    'next',
    'follow',
  ],
  ...['customer', 'requester', 'status', 'stage', 'category', 'paused', 'hold', 'tracked', 'invoice', 'chart'],
];

function rest(header: Header, core: readonly string[]): number {
  return header.words.filter((word) => !core.includes(word) && !FILLER.has(word)).length;
}

/**
 * What a time column is by its name. A deadline (due, target, SLA, required, expected, by) is never an end or a reply, and a stamp of
 * the last change is never a resolution, whatever else the header says.
 */
export function guessRole(header: Header): RoleGuess {
  const firstReply = hasWord(header, FIRST) && hasWord(header, [...REPLIED, 'contact', 'touch']);
  if (hasWord(header, DEADLINE) || hasWord(header, ['by'])) return { role: 'due', score: 10 };
  if (hasWord(header, UPDATED)) return { role: 'updated_at', score: 10 - 2 * rest(header, UPDATED) };
  if (firstReply)
    return { role: 'first_reply_at', score: 10 - 2 * rest(header, [...FIRST, ...REPLIED, 'contact', 'touch']) };
  if (hasWord(header, ELSE)) return { role: 'other', score: 10 };
  const last = header.words.includes('last');
  for (const [role, strong, weak] of [
    ['solved_at', SOLVED, SOLVED_TOO],
    ['closed_at', CLOSED, []],
    ['created_at', CREATED, CREATED_TOO],
  ] as const) {
    const core = [...strong, ...weak, ...FIRST];
    if (hasWord(header, strong)) return { role, score: 10 - 2 * rest(header, core) - (hasWord(header, FIRST) ? 3 : 0) };
    if (hasWord(header, weak)) return { role, score: 7 - 2 * rest(header, core) };
  }
  if (!last && hasWord(header, REPLIED)) return { role: 'first_reply_at', score: 5 - 2 * rest(header, REPLIED) };
  return { role: 'other', score: 0 };
}

type SlaMetric = 'first_reply' | 'next_reply' | 'resolution' | 'overall';

/** The promise that a service-level column speaks of. */
export function slaMetricOf(header: Header): SlaMetric {
  if (hasPhrase(header, 'next reply') || hasPhrase(header, 'next response') || hasWord(header, ['every']))
    return 'next_reply';
  if (hasWord(header, REPLIED)) return 'first_reply';
  if (hasWord(header, [...SOLVED, ...CLOSED, 'fix', 'restore'])) return 'resolution';
  return 'overall';
}
