import type { Ticket as CanonicalTicket } from '../../src/domain/telemetry.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Settings } from './settings.ts';

export type Status = CanonicalTicket['status'];

const STATUS: Readonly<Record<string, Status>> = {
  2: 'open',
  3: 'pending',
  4: 'solved',
  5: 'closed',
  6: 'pending',
  7: 'hold',
};

/** Numbers and words that the vendor fixes; statuses beyond 7 are an account's own. */
const WORDS = {
  status: STATUS,
  /** 1 most urgent; the vendor counts the other way. */
  rank: { 4: 1, 3: 2, 2: 3, 1: 4 },
  priority: { 4: 'urgent', 3: 'high', 2: 'medium', 1: 'low' },
  source: {
    1: 'email',
    2: 'portal',
    3: 'voice',
    5: 'social',
    6: 'social',
    7: 'chat',
    8: 'messaging',
    9: 'web',
    10: 'email',
    13: 'messaging',
    15: 'chat',
  },
  type: { question: 'question', incident: 'incident', problem: 'problem', task: 'task', change: 'change' },
  /** Sources of messages are numbered apart from those of tickets. */
  messageSource: { 0: 'email', 5: 'social', 7: 'social', 9: 'voice', 13: 'messaging' },
} as const;

export const PHONE = '3';
export const OUTBOUND = '10';
/** The comment of a survey, shown among the messages. */
export const SURVEY_COMMENT = '6';
/** Sent on to somebody else than the requester. */
export const FORWARD = '8';

export function wordsOf(settings: Settings) {
  return vocabulary(WORDS, { status: settings.statuses });
}
export type VendorWords = ReturnType<typeof wordsOf>;

const NAMES: Patterns<Status> = [
  [/third|vendor|supplier|partner|engineering|develop|on[ -]?hold|escalat|internal/i, 'hold'],
  [/customer|requester|reply|feedback|response|pending|awaiting|waiting/i, 'pending'],
  [/resolved|solved|fixed|done|complete/i, 'solved'],
  [/closed|cancel|reject|duplicate/i, 'closed'],
  [/^new$/i, 'new'],
];

/** Category of an own status by its name; work goes on in one that says nothing. */
export function statusByName(name: string | null): Status {
  return firstFit(NAMES, name) ?? 'open';
}
