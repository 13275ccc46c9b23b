import type { Ticket } from '../../src/domain/telemetry.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';

export type Status = Ticket['status'];

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  status: { open: 'open', snoozed: 'pending', closed: 'closed' },
  ticketStatus: { submitted: 'new', in_progress: 'open', waiting_on_customer: 'pending', resolved: 'solved' },
  /** What tickets of a category are; those of customers are conversations. */
  work: { customer: 'customer', 'back-office': 'task', tracker: 'problem' },
  /** `priority` and `not_priority` before version 2.16. */
  rank: { urgent: 1, high: 2, medium: 3, low: 4, priority: 2 },
  channel: {
    conversation: 'chat',
    email: 'email',
    facebook: 'social',
    instagram: 'social',
    twitter: 'social',
    phone_call: 'voice',
    phone_switch: 'voice',
    sms: 'messaging',
    whatsapp: 'messaging',
    push: 'messaging',
  },
  /** How a conversation began: who wrote first. */
  begun: {
    customer_initiated: 'customer',
    admin_initiated: 'agent',
    campaigns_initiated: 'machine',
    automated: 'machine',
    operator_initiated: 'machine',
  },
  author: {
    admin: 'agent',
    bot: 'machine',
    user: 'customer',
    lead: 'customer',
    contact: 'customer',
    visitor: 'customer',
  },
  target: {
    first_reply_time: 'first_reply',
    next_reply_time: 'next_reply',
    resolution_time: 'resolution',
    time_to_close: 'resolution',
  },
  /** What the part does to the state of a conversation. */
  change: {
    open: 'open',
    close: 'closed',
    snoozed: 'pending',
    unsnoozed: 'open',
    timer_unsnooze: 'open',
    assign_and_unsnooze: 'open',
    assign_and_reopen: 'open',
    note_and_reopen: 'open',
    note_and_unsnooze: 'open',
  },
  /** How the AI agent ended; `routed_to_team` and `abandoned` before version 2.15. */
  handedOver: {
    escalated: true,
    routed_to_team: true,
    procedure_handoff: true,
    negative_feedback: false,
    abandoned: false,
    assumed_resolution: false,
    confirmed_resolution: false,
  },
});

/** Parts that can hold words to the customer: closing and assigning can, opening is the customer's reply. */
const SPEECH = /^(comment|quick_reply|open|close|assignment|assign_and_(?:reopen|unsnooze))$/i;
const NOTE = /^note(?:_|$)/i;
/** Parts that a rule or the clock writes, whoever is named as their author. */
const BY_RULE =
  /_by_(?:rule|workflow)$|^(?:timer_unsnooze|workflow_assignment|default_assignment|balanced_assignment|away_mode_assignment)$/i;

export const isNote = (type: string): boolean => NOTE.test(type);
export const canSpeak = (type: string): boolean => SPEECH.test(type);
export const isByRule = (type: string): boolean => BY_RULE.test(type);
