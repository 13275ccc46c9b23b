import type { Ticket } from '../../src/domain/telemetry.ts';
import { type Meaning, vocabulary } from '../../src/kit/vocabulary.ts';

type Status = Ticket['status'];

/** Words that the vendor fixes, or ships. */
export const WORDS = vocabulary({
  rank: { urgent: 1, critical: 1, highest: 1, high: 2, medium: 3, normal: 3, low: 4, lowest: 4 },
  /** Classifications that the vendor ships. */
  kind: {
    question: 'question',
    problem: 'problem',
    incident: 'incident',
    feature: 'change',
    request: 'task',
    others: 'other',
  },
  channel: {
    email: 'email',
    phone: 'voice',
    web: 'web',
    webform: 'web',
    'web form': 'web',
    feedback: 'web',
    feedbackwidget: 'web',
    feedback_widget: 'web',
    'feedback widget': 'web',
    asap: 'web',
    chat: 'chat',
    online_chat: 'chat',
    offline_chat: 'chat',
    offlinechat: 'chat',
    forums: 'portal',
    forum: 'portal',
    customerportal: 'portal',
    'customer portal': 'portal',
    helpcenter: 'portal',
    twitter: 'social',
    twitter_dm: 'social',
    facebook: 'social',
    instagram: 'social',
    whatsapp: 'messaging',
    telegram: 'messaging',
    line: 'messaging',
    wechat: 'messaging',
    sms: 'messaging',
  },
  /** Kinds of people who write. */
  author: {
    agent: 'agent',
    end_user: 'customer',
    enduser: 'customer',
    contact: 'customer',
    system: 'machine',
    bot: 'machine',
    zia: 'machine',
  },
  /** Who changes a ticket. */
  actor: {
    agent: 'agent',
    contact: 'customer',
    system: 'system',
    directassignment: 'automation',
    roundrobinassignment: 'automation',
    notificationrule: 'automation',
    sla: 'automation',
    workflow: 'automation',
    macro: 'automation',
    supervise: 'automation',
    blueprint: 'automation',
    zia: 'automation',
  },
  role: {
    admin: 'admin',
    agentpublic: 'agent',
    agentpersonal: 'agent',
    agentteampersonal: 'agent',
    custom: 'agent',
    light: 'light',
  },
  /** Names of profiles that the vendor ships, where the role is not told. */
  profile: { 'support administrator': 'admin', administrator: 'admin', agent: 'agent', 'light agent': 'light' },
  rating: { good: 1, ok: 0.5, okay: 0.5, bad: 0 },
  /** What a property of the history is about. */
  property: {
    status: 'status',
    priority: 'priority',
    'case owner': 'assignee',
    'ticket owner': 'assignee',
    assignee: 'assignee',
    department: 'department',
    team: 'team',
    'is escalated': 'escalated',
  },
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
