import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Pipeline } from './schema.ts';
import type { Settings } from './settings.ts';

type Status = Ticket['status'];
type Channel = NonNullable<Ticket['channel']>;
type Actor = NonNullable<TelemetryRecord<'event'>['actor']>;

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  rank: { urgent: 1, high: 2, medium: 3, low: 4 },
  source: { email: 'email', chat: 'chat', form: 'web', phone: 'voice' },
  /** Ids of channels that others recorded, for tokens that may not list them. */
  channelId: { 1000: 'chat', 1001: 'messaging', 1002: 'email', 1007: 'messaging' },
  /** First letter of an actor's id. */
  author: { A: 'agent', V: 'customer', B: 'machine', L: 'machine', S: 'machine', I: 'machine' },
  /** Letter case apart, types of what a thread holds; others are changes of it. */
  message: { message: 'message', comment: 'note', welcome_message: 'welcome' },
});

const CHANNELS: Patterns<Channel> = [
  [/whats|messenger|sms|telegram|wechat/i, 'messaging'],
  [/facebook|instagram|twitter|linkedin|social/i, 'social'],
  [/chat/i, 'chat'],
  [/mail/i, 'email'],
  [/form|web/i, 'web'],
  [/call|phone|voice/i, 'voice'],
  [/portal/i, 'portal'],
];

/** Channel by the name that the account shows; `other` for one that says nothing. */
export function channelByName(name: string): Channel {
  return firstFit(CHANNELS, name) ?? 'other';
}

/** What customers send themselves. */
const BY_CUSTOMER = /^(?:forms?|customer_portal|portal)$/i;
/** Tools in which customers, agents and chatflows write: they tell where it came from, not who it was. */
const OF_BOTH = /^(?:conversations?|chat)$/i;
/** Rules, bots, and agents that are programs: these carry the id of a user too. */
const BY_RULE = /automation|workflow|flow|_agent$|_ai$|^(?:chat_?)?bot$/i;
const BY_SYSTEM =
  /^(?:import|.*_import|migration|integrations?|integrations_platform|.*_sync|salesforce|api|api_key|calculated|crm_processes.*|internal_processing|merge_.*|backfill|.*_enrichment|.*auto_associate.*|ai_.*|smart_data_capture|data_quality|dataset|company_insights|property_.*|pipeline_settings|default|avatars_service)$/i;

/** Who changed a value: the kind of its source, then whether a person of the account stands behind it. Null = the word says nothing. */
export function actorOf(sourceType: string | null, byUser: boolean): Actor | null {
  const word = sourceType ?? '';
  if (BY_RULE.test(word)) return 'automation';
  if (BY_SYSTEM.test(word)) return 'system';
  if (byUser) return 'agent';
  return BY_CUSTOMER.test(word) ? 'customer' : null;
}

/** Screens and apps in which people of the account work. */
const BY_HAND = /^(?:crm_ui|crm_ui_.*|mobile_.*|extension|help_desk_ui|sales|gmail_.*|outlook_.*)$/i;

/**
 * Who opened a ticket, as far as its record tells: the tool that made it, then where it came from. What an import or another program made says nothing
 * about who asked.
 */
export function openedBy(objectSource: string | null, sourceType: string | null): Ticket['created_by'] {
  const channel = WORDS.source(sourceType);
  if (channel === 'voice') return 'agent';
  if (objectSource !== null && BY_HAND.test(objectSource)) return 'agent';
  const tools = [BY_CUSTOMER, OF_BOTH, BY_RULE];
  const knows = objectSource === null || tools.some((one) => one.test(objectSource));
  if (knows && channel !== null) return 'customer';
  return objectSource !== null && BY_CUSTOMER.test(objectSource) ? 'customer' : null;
}

export interface Stage {
  readonly status: Status;
  /** The vendor's own word, for people who look at the numbers. */
  readonly label: string | null;
  readonly pipeline: string;
  readonly escalated: boolean;
}

const SOLVED = /solved|resolved|fixed|\bdone\b|complete|gel[oö]st|r[eé]solu|resuelt/i;
const OPEN_NAMES: Patterns<Status> = [
  [/(?:waiting|awaiting|wait|pending) ?(?:for|on)? (?:us|support|agent|team)\b|auf uns/i, 'open'],
  [/contact|customer|client|requester|kunde|cliente|feedback|reply/i, 'pending'],
  [/vendor|supplier|third|partner|on[ -]?hold|engineering|develop|escalat|approval|pending|waiting|wartet/i, 'hold'],
  [/^new\b|^neu\b|^nouveau|^nuevo|^novo/i, 'new'],
];

/** Stages by id: what people said, else whether the vendor calls it closed, which the name tells apart further. */
export function readStages(pipelines: readonly Pipeline[], settings: Settings): ReadonlyMap<string, Stage> {
  const found = new Map<string, Stage>();
  for (const pipeline of pipelines)
    for (const stage of pipeline.stages) {
      const name = stage.label ?? '';
      const closed =
        /^closed$/i.test(stage.metadata?.ticketState ?? '') || /^true$/i.test(stage.metadata?.isClosed ?? '');
      const open = firstFit(OPEN_NAMES, name) ?? 'open';
      found.set(stage.id, {
        status: settings.statuses[stage.id] ?? (closed ? (SOLVED.test(name) ? 'solved' : 'closed') : open),
        label: stage.label,
        pipeline: pipeline.id,
        escalated: saysEscalation(stage.label) || saysEscalation(pipeline.label),
      });
    }
  return found;
}

interface Outcome {
  readonly met: boolean | null;
  readonly done: boolean;
}

const OUTCOMES: Patterns<Outcome> = [
  [/late|breach|missed|not met/i, { met: false, done: true }],
  [/on[ _]?time|in time|\bmet\b|achieved/i, { met: true, done: true }],
  [/overdue|past due/i, { met: false, done: false }],
  [/due|active|paused/i, { met: null, done: false }],
];
/** Codes of accounts whose labels are in another language. */
const OUTCOME_CODES: Readonly<Record<string, string>> = {
  0: 'active',
  1: 'overdue',
  2: 'due soon',
  3: 'on time',
  4: 'late',
};

/** State of a promise, by the label that the account shows for it, else by its code; null for one that nobody knows. */
export function outcomeOf(code: string, label: string | null): Outcome | null {
  const read = (word: string | undefined) => firstFit(OUTCOMES, word);
  return read(label ?? code) ?? read(OUTCOME_CODES[code]) ?? null;
}

/** Outgoing mail and what a customer sent; a mail that was forwarded to be logged is for nobody else. */
export function emailSide(direction: string | null): Message['author'] {
  if (/^incoming/i.test(direction ?? '')) return 'customer';
  return /^(?:email|outgoing_?email)$/i.test(direction ?? '') ? 'agent' : null;
}

export function isForward(direction: string | null): boolean {
  return /^forwarded/i.test(direction ?? '');
}
