import type { Ticket } from '../../src/domain/telemetry.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { TicketTable } from './settings.ts';

export type Status = Ticket['status'];
type Channel = NonNullable<Ticket['channel']>;

/** Values of the state as the vendor ships them; 4 and 5 of incidents are of older releases. */
const STATES: Readonly<Record<TicketTable, Readonly<Record<string, Status>>>> = {
  incident: {
    1: 'new',
    2: 'open',
    3: 'hold',
    4: 'pending',
    5: 'hold',
    6: 'solved',
    7: 'closed',
    8: 'closed',
  },
  sn_customerservice_case: { 1: 'new', 10: 'open', 18: 'pending', 6: 'solved', 3: 'closed', 7: 'closed' },
};

/** What labels of states and of reasons to hold say; first row that fits wins. */
const LABELS: Patterns<Status> = [
  [/(await|wait|pend|hold).*(caller|user|customer|client|requester|info)/i, 'pending'],
  [/await|wait|third|vendor|supplier|problem|change|evidence|on[ -]?hold|suspend/i, 'hold'],
  [/^pending/i, 'pending'],
  [/resolved|solved|solution proposed/i, 'solved'],
  [/clos|cancel|complete/i, 'closed'],
  [/^(new|draft|submitted)$/i, 'new'],
  [/progress|^open|active|assigned|reopen/i, 'open'],
];

export function statusByLabel(label: string | null): Status | null {
  return firstFit(LABELS, label);
}

export function shippedStatus(table: TicketTable, state: string): Status | null {
  return STATES[table][state] ?? null;
}

/** Reasons to hold an incident: 1 waits for its caller, others for something else. The reason itself may be a label. */
export function waitsForCaller(reason: string | null, label: string | null): boolean {
  const told = label ?? reason ?? '';
  return told === '1' || /caller|user|customer|requester/i.test(told);
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  email: 'email',
  phone: 'voice',
  'self-service': 'portal',
  'self service': 'portal',
  self_service: 'portal',
  service_portal: 'portal',
  portal: 'portal',
  web: 'web',
  chat: 'chat',
  virtual_agent: 'chat',
  'virtual agent': 'chat',
  messaging: 'messaging',
  sms: 'messaging',
  social: 'social',
  social_media: 'social',
  monitoring: 'monitoring',
  event: 'monitoring',
  alert: 'monitoring',
  api: 'api',
  integration: 'api',
};

export const WORDS = vocabulary({
  channel: CHANNELS,
  /** 5 is planning, the lowest. A label begins with its number ("1 - Critical"). */
  rank: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 4, critical: 1, high: 2, moderate: 3, medium: 3, low: 4, planning: 4 },
  stage: {
    in_progress: 'running',
    'in progress': 'running',
    paused: 'running',
    breached: 'running',
    completed: 'ended',
    achieved: 'ended',
    cancelled: 'voided',
    canceled: 'voided',
  },
});

export function rankOf(priority: string | null): number | null {
  return WORDS.rank(priority) ?? WORDS.rank(/^\s*([1-5])\s*-/.exec(priority ?? '')?.[1]);
}
