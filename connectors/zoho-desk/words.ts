import type { Ticket } from '../../src/domain/telemetry.ts';
import { type Meaning, vocabulary } from '../../src/kit/vocabulary.ts';

type Status = Ticket['status'];

/** Words by their meaning. */
function words<const M extends string>(of: { readonly [K in M]?: readonly string[] }): Record<string, M> {
  return Object.fromEntries(
    Object.entries<readonly string[] | undefined>(of).flatMap(([meaning, all = []]) =>
      all.map((word) => [word, meaning as M]),
    ),
  );
}

/** Words that the vendor fixes, or ships. */
export const WORDS = vocabulary({
  rank: { urgent: 1, critical: 1, highest: 1, high: 2, medium: 3, normal: 3, low: 4, lowest: 4 },
  /** Classifications that the vendor ships. */
  kind: words({
    question: ['question'],
    problem: ['problem'],
    incident: ['incident'],
    change: ['feature'],
    task: ['request'],
    other: ['others'],
  }),
  channel: words({
    email: ['email'],
    voice: ['phone'],
    web: ['web', 'webform', 'web form', 'feedback', 'feedbackwidget', 'feedback_widget', 'feedback widget', 'asap'],
    chat: ['chat', 'online_chat', 'offline_chat', 'offlinechat'],
    portal: ['forums', 'forum', 'customerportal', 'customer portal', 'helpcenter'],
    social: ['twitter', 'twitter_dm', 'facebook', 'instagram'],
    messaging: ['whatsapp', 'telegram', 'line', 'wechat', 'sms'],
  }),
  /** Kinds of people who write. */
  author: words({ agent: ['agent'], customer: ['end_user', 'enduser', 'contact'], machine: ['system', 'bot', 'zia'] }),
  /** Who changes a ticket. */
  actor: words({
    agent: ['agent'],
    customer: ['contact'],
    system: ['system'],
    automation: [
      'directassignment',
      'roundrobinassignment',
      'notificationrule',
      'sla',
      'workflow',
      'macro',
      'supervise',
      'blueprint',
      'zia',
    ],
  }),
  role: words({
    admin: ['admin'],
    agent: ['agentpublic', 'agentpersonal', 'agentteampersonal', 'custom'],
    light: ['light'],
  }),
  /** Names of profiles that the vendor ships, where the role is not told. */
  profile: words({ admin: ['support administrator', 'administrator'], agent: ['agent'], light: ['light agent'] }),
  forCustomers: { all: true, agents: false },
  rating: { good: 1, ok: 0.5, okay: 0.5, bad: 0 },
  /** What a property of the history is about. */
  property: words({
    status: ['status'],
    priority: ['priority'],
    assignee: ['case owner', 'ticket owner', 'assignee'],
    department: ['department'],
    team: ['team'],
    escalated: ['is escalated'],
  }),
  /** Fields of tickets that rules look at, whatever the value. */
  looks: words({
    text: ['subject', 'description', 'resolution'],
    requester: ['email', 'phone', 'contact name'],
    recipient: ['to address'],
    language: ['language'],
    sentiment: ['sentiment'],
    sla_breach: ['is overdue', 'due date'],
    csat: ['happiness rating'],
    created: ['created time'],
    update: ['modified time'],
    count: ['thread count', 'comment count'],
  }),
});

const SOLVED = /resol|solv|complet|fixed|gel(ö|oe)st|r[ée]solu|resuelt/i;
const WAITS_FOR_CUSTOMER = /customer|client|requester|end.?user|contact|reply|response|feedback|information|kunde/i;

/** Category of a status by its type, which its name tells further. Null = neither is known. */
function byType(name: string, type: string | null): Status | null {
  if (/^closed$/i.test(type ?? '')) return SOLVED.test(name) ? 'solved' : 'closed';
  if (/^on.?hold$/i.test(type ?? '')) return WAITS_FOR_CUSTOMER.test(name) ? 'pending' : 'hold';
  return /^open$/i.test(type ?? '') ? (/^new$/i.test(name) ? 'new' : 'open') : null;
}

/** Category by the name alone, where the history names a status that no list tells the type of. */
function byName(name: string): Status | null {
  if (/clos|cancel|reject|duplicate|spam/i.test(name)) return 'closed';
  if (SOLVED.test(name)) return 'solved';
  if (/hold|wait|pending|await/i.test(name)) return WAITS_FOR_CUSTOMER.test(name) ? 'pending' : 'hold';
  if (/^new$/i.test(name)) return 'new';
  return /open|progress|escalat|assign/i.test(name) ? 'open' : null;
}

/** Meaning of a status name: what people said, else its type (`own` of the ticket, then of the list of statuses), else the name. */
export function statusOf(
  stated: Readonly<Record<string, Status>>,
  types: ReadonlyMap<string, string>,
): (name: string | null, type?: string | null) => Status | null {
  const said: Meaning<Status> = vocabulary({ status: {} as Record<string, Status> }, { status: stated }).status;
  return (name, type = null) =>
    name === null
      ? byType('', type)
      : (said(name) ?? byType(name, type ?? types.get(name.toLowerCase()) ?? null) ?? byName(name));
}
