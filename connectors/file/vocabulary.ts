import type { CHANNELS, STATUSES, TICKET_TYPES } from '../../src/domain/telemetry.ts';

type Status = (typeof STATUSES)[number];
type Channel = (typeof CHANNELS)[number];
type TicketType = (typeof TICKET_TYPES)[number];

/** Words that stand for "unknown" in exports of many tools. */
export const MISSING_WORDS = [
  '?',
  'NULL',
  'null',
  '(null)',
  '[null]',
  '\\N',
  'N/A',
  'n/a',
  'NA',
  'NaN',
  'nan',
  'None',
  '(empty)',
  '(none)',
  '-',
  '--',
];

const STATUS_WORDS: Readonly<Record<Status, readonly string[]>> = {
  new: ['new', 'created', 'submitted', 'unassigned', 'to do', 'todo', 'registered', 'logged', 'neu'],
  open: ['open', 'active', 'assigned', 'in progress', 'work in progress', 'reopened', 'accepted', 'started', 'offen'],
  pending: [
    'pending',
    'awaiting user info',
    'waiting for customer',
    'waiting on customer',
    'awaiting customer',
    'awaiting user',
    'awaiting evidence',
    'awaiting caller',
    'pending customer',
    'waiting for user',
    'need info',
  ],
  hold: [
    'hold',
    'on hold',
    'on-hold',
    'onhold',
    'awaiting vendor',
    'awaiting problem',
    'awaiting change',
    'waiting for third party',
    'pending vendor',
    'suspended',
    'stalled',
    'blocked',
    'waiting',
  ],
  solved: ['solved', 'resolved', 'fixed', 'done', 'completed', 'complete', 'answered', 'gelöst'],
  closed: ['closed', 'cancelled', 'canceled', 'archived', 'rejected', 'geschlossen'],
};

const PRIORITY_WORDS: readonly (readonly string[])[] = [
  ['critical', 'urgent', 'highest', 'blocker', 'p1', 'emergency', 'very high', '1'],
  ['high', 'major', 'p2', '2'],
  ['medium', 'moderate', 'normal', 'p3', '3', 'average'],
  ['low', 'minor', 'lowest', 'planning', 'trivial', 'p4', '4', 'p5', '5'],
];

const CHANNEL_WORDS: Readonly<Record<Channel, readonly string[]>> = {
  email: ['email', 'e-mail', 'mail', 'inbound email'],
  web: ['web', 'web form', 'form', 'website', 'direct opening', 'widget'],
  chat: ['chat', 'live chat', 'livechat'],
  messaging: ['messaging', 'whatsapp', 'sms', 'messenger', 'slack', 'teams'],
  voice: ['voice', 'phone', 'telephone', 'call', 'ivr', 'phone call'],
  social: ['social', 'twitter', 'facebook', 'instagram'],
  api: ['api', 'integration'],
  portal: ['portal', 'self service', 'self-service', 'selfservice', 'customer portal', 'service portal'],
  monitoring: ['monitoring', 'event', 'alert', 'event management'],
  other: ['other', 'walk-in', 'walk in', 'fax', 'letter'],
};

const TYPE_WORDS: Readonly<Record<TicketType, readonly string[]>> = {
  question: ['question', 'request', 'service request', 'inquiry'],
  incident: ['incident', 'issue', 'bug', 'failure', 'outage'],
  problem: ['problem'],
  task: ['task'],
  change: ['change', 'change request', 'request for change'],
  other: ['other'],
};

function lookup<T extends string>(words: Readonly<Record<T, readonly string[]>>, word: string): T | null {
  const wanted = word.trim().toLowerCase();
  for (const [canonical, list] of Object.entries(words) as [T, readonly string[]][])
    if (list.includes(wanted)) return canonical;
  return null;
}

/** Status category that a vendor's word usually means; null when it is not a common one. */
export function statusOf(word: string): Status | null {
  return lookup(STATUS_WORDS, word);
}

/** Priority rank 1..4 that a word such as "2 - High" or "P3" usually means; null when it is not a common one. */
export function priorityOf(word: string): number | null {
  const lower = word.trim().toLowerCase();
  const bare = lower.replace(/^(p?\d)\s*[-–:.]\s*/, '');
  const rank = PRIORITY_WORDS.findIndex((list) => list.includes(lower) || (bare !== '' && list.includes(bare)));
  return rank < 0 ? null : rank + 1;
}

/** Channel that a word usually means; null when it is not a common one. */
export function channelOf(word: string): Channel | null {
  return lookup(CHANNEL_WORDS, word);
}

/** Type of ticket that a word usually means; null when it is not a common one. */
export function typeOf(word: string): TicketType | null {
  return lookup(TYPE_WORDS, word);
}

/** Truth of a word such as yes, false, 1; null when it is neither. */
export function flagOf(word: string): boolean | null {
  const lower = word.trim().toLowerCase();
  if (['true', 'yes', 'y', '1', 't', 'met', 'achieved', 'within', 'ja'].includes(lower)) return true;
  if (['false', 'no', 'n', '0', 'f', 'missed', 'breached', 'violated', 'nein'].includes(lower)) return false;
  return null;
}
