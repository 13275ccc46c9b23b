import type { Ticket } from '../../src/domain/telemetry.ts';
import { remembered } from '../../src/kit/remembered.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';
import type { Via } from './schema-tickets.ts';

type Channel = Ticket['channel'];

const words = vocabulary({
  status: {
    new: 'new',
    open: 'open',
    pending: 'pending',
    hold: 'hold',
    // As the screen names it, and histories in warehouses.
    'on-hold': 'hold',
    solved: 'solved',
    closed: 'closed',
    archived: 'closed',
    deleted: 'closed',
  },
  priority: { urgent: 1, high: 2, normal: 3, low: 4 },
  // Rules write numbers, too.
  type: {
    question: 'question',
    incident: 'incident',
    problem: 'problem',
    task: 'task',
    1: 'question',
    2: 'incident',
    3: 'problem',
    4: 'task',
  },
});

/**
 * Status category of a vendor word, its rank from 1 (most urgent) to 4, and its type, by word or by number as rules write it; null for a word we do not
 * know, or none.
 */
export const { status: statusOf, priority: priorityRank, type: typeWord } = words;

export function typeOf(word: string | null): Ticket['type'] {
  return word === null || word === '' ? null : (typeWord(word) ?? 'other');
}

/** Channels as rules write them: numbers whose meaning the vendor publishes. */
const VIA_IDS: Readonly<Record<string, string>> = {
  '0': 'web',
  '4': 'email',
  '5': 'api',
  '23': 'twitter_dm',
  '26': 'twitter_favorite',
  '29': 'chat',
  '30': 'twitter',
  '33': 'voicemail',
  '34': 'phone_call_inbound',
  '35': 'phone_call_outbound',
  '38': 'facebook_post',
  '41': 'facebook_message',
  '48': 'web_widget',
  '49': 'mobile_sdk',
  '57': 'sms',
};

const CHANNEL: Readonly<Record<string, Exclude<Channel, null>>> = {
  web: 'web',
  web_form: 'web',
  email: 'email',
  mail: 'email',
  api: 'api',
  web_service: 'api',
  chat: 'chat',
  chat_transcript: 'chat',
  web_widget: 'web',
  mobile: 'web',
  mobile_sdk: 'messaging',
  native_messaging: 'messaging',
  messaging: 'messaging',
  sunshine_conversations_api: 'messaging',
  whatsapp: 'messaging',
  instagram_dm: 'messaging',
  facebook_messenger: 'messaging',
  line: 'messaging',
  telegram: 'messaging',
  wechat: 'messaging',
  viber: 'messaging',
  sms: 'messaging',
  apple_business_chat: 'messaging',
  google_business_messages: 'messaging',
  slack_connect: 'messaging',
  voice: 'voice',
  phone: 'voice',
  phone_call_inbound: 'voice',
  phone_call_outbound: 'voice',
  voicemail: 'voice',
  twitter: 'social',
  twitter_dm: 'social',
  twitter_favorite: 'social',
  facebook: 'social',
  facebook_post: 'social',
  facebook_message: 'social',
  any_channel: 'social',
  help_center: 'portal',
  help_center_post: 'portal',
  forum: 'portal',
  monitor_event: 'monitoring',
  monitoring: 'monitoring',
};

/** Channel as a rule writes it, by word or by number; null for one we do not know. */
export function channelWord(value: string): Channel {
  return CHANNEL[spelt(VIA_IDS[value] ?? value)] ?? null;
}

/** What the word of a channel says. */
interface Way {
  /** In one spelling; '' where the vendor names none. */
  readonly word: string;
  /** Null when the vendor names none; `other` for words that are no way in (rule, system, import). */
  readonly channel: Channel;
  /** A trigger, automation or SLA rule did it. */
  readonly isRule: boolean;
  /** The vendor, an import or a bulk tool did it. */
  readonly isSystem: boolean;
  /** It came through the interface for programs. */
  readonly isApi: boolean;
}

const RULE = /^(business_)?rule$|^trigger$|^automation$|^rule_revision$/;
const SYSTEM =
  /^(system|import|batch|merge|admin_setting|recover_from_suspended|ticket_sharing|sample_ticket|linked_problem)/;

const wayOfWord = remembered((channel): Way => {
  const word = spelt(channel);
  return {
    word,
    channel: word === '' ? null : (CHANNEL[word] ?? 'other'),
    isRule: RULE.test(word),
    isSystem: SYSTEM.test(word),
    isApi: word === 'api' || word === 'web_service',
  };
});

export function wayOf(via: Via): Way {
  return wayOfWord(via.channel);
}

/** The export writes `Web form` where the ticket writes `web_form`. */
function spelt(channel: string): string {
  return channel
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Id inside a `via.source` end: a rule, a ticket. */
export function idAt(end: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = end[key];
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

export const METRICS: Readonly<
  Record<string, 'agent_work' | 'requester_wait' | 'resolution' | 'pausable_update' | 'periodic_update' | 'overall'>
> = {
  agent_work_time: 'agent_work',
  requester_wait_time: 'requester_wait',
  resolution_time: 'resolution',
  total_resolution_time: 'resolution',
  pausable_update_time: 'pausable_update',
  periodic_update_time: 'periodic_update',
  group_ownership_time: 'overall',
};
