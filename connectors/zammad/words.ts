import type { Ticket } from '../../src/domain/telemetry.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';

export type Status = Ticket['status'];

/** The account that the vendor itself acts as, and that stands for "nobody" as an owner. */
export const SYSTEM = '1';
/** The state that every installation gives merged tickets. */
export const MERGED = '5';

/** Words that the vendor fixes, by name and by the id that every installation has. */
export const WORDS = vocabulary({
  sender: { agent: 'agent', customer: 'customer', system: 'machine', 1: 'agent', 2: 'customer', 3: 'machine' },
  channel: {
    email: 'email',
    sms: 'messaging',
    chat: 'chat',
    fax: 'other',
    phone: 'voice',
    'twitter status': 'social',
    'twitter direct-message': 'social',
    'facebook feed post': 'social',
    'facebook feed comment': 'social',
    'facebook direct-message': 'social',
    web: 'web',
    'telegram personal-message': 'messaging',
    'whatsapp message': 'messaging',
    1: 'email',
    2: 'messaging',
    3: 'chat',
    4: 'other',
    5: 'voice',
    6: 'social',
    7: 'social',
    8: 'social',
    9: 'social',
    11: 'web',
    12: 'messaging',
    13: 'social',
    14: 'messaging',
  },
  stateType: {
    new: 'new',
    open: 'open',
    'pending reminder': 'pending',
    'pending action': 'pending',
    closed: 'closed',
    merged: 'closed',
    removed: 'closed',
    1: 'new',
    2: 'open',
    3: 'pending',
    4: 'pending',
    5: 'closed',
    6: 'closed',
    7: 'closed',
  },
  /** States that every installation has. */
  state: { 1: 'new', 2: 'open', 3: 'pending', 4: 'closed', 5: 'closed', 6: 'closed', 7: 'pending' },
  type: {
    incident: 'incident',
    problem: 'problem',
    'request for change': 'change',
    change: 'change',
    question: 'question',
    task: 'task',
  },
});

/** An article that goes to nobody: words between agents, or words that customers find in the portal. */
export function isNote(type: string | null): boolean {
  return /^(note|10)$/i.test(type ?? '');
}

/** Channel of an article type by name or id. A note came through none. */
export function channelOf(type: string | null): Ticket['channel'] {
  return type === null || isNote(type) ? null : (WORDS.channel(type) ?? 'other');
}

/** Types of states by name, where the desk does not show them. */
const NAMES: Patterns<Status> = [
  [/pending|waiting|wartet/i, 'pending'],
  [/clos|merged|removed|geschlossen/i, 'closed'],
  [/^new$/i, 'new'],
];

/** Category of a state by its name; work goes on in one that says nothing. */
export function statusByName(name: string | null): Status {
  return firstFit(NAMES, name) ?? 'open';
}

const RANKS: Patterns<number> = [
  [/very high|highest|urgent|critical|emergency|disaster|blocker|sehr hoch|dringend|kritisch|notfall/i, 1],
  [/high|major|hoch/i, 2],
  [/normal|medium|standard|mittel/i, 3],
  [/low|minor|niedrig|gering/i, 4],
];

/** Rank of a priority by its name (`3 high` is 2); null where the name does not say. */
export function rankByName(name: string | null): number | null {
  return firstFit(RANKS, name);
}
