import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { defineConnector } from '../../src/kit/connector.ts';
import { readDeletedTickets } from './deleted-tickets.ts';
import { readArticles, readDesk } from './desk.ts';
import { Settings } from './settings.ts';
import { count, identify, probeArticles, probeDeleted, probeDesk, probeTickets } from './sight.ts';
import { readTickets, unmetFields } from './tickets.ts';

const TICKET_EVIDENCE = {
  tickets: [
    'updated_at',
    'vendor_status',
    'priority_rank',
    'vendor_priority',
    'channel',
    'vendor_channel',
    'group_id',
    'assignee_id',
    'requester_key',
    'requester_is_agent',
    'organisation_id',
    'product',
    'category',
    'severity',
    'cause_code',
    'created_by',
    'created_by:customer',
    'created_by:agent',
    'created_by:machine',
    'created_on_behalf',
    'merged_into',
    'deleted',
    'spam',
    'filled_fields',
    'reported_solved_at',
    'reported_closed_at',
  ],
  events: [
    'status',
    'priority',
    'group',
    'assignee',
    'field',
    'link',
    'merge',
    'delete',
    'actor',
    'actor:customer',
    'actor:agent',
    'actor:automation',
    'actor:system',
  ],
  messages: ['author', 'author_id', 'public', 'note', 'channel', 'auto_reply', 'article_ids', 'through_api'],
  links: ['kind', 'kind:issue', 'kind:related', 'system', 'target_key', 'linked_at'],
  organisations: ['id'],
} as const;

/** Request Tracker 5, REST 2.0 (README.md has the behaviours, limits and rights). */
export const requestTracker = defineConnector<Settings>({
  id: 'request-tracker',
  title: 'Request Tracker',
  settings: Settings,
  flags: [{ name: 'user', description: 'RT user, when the secret is a password and not a token', required: false }],
  account: (settings, secret) => ({
    // Whether a private address may be used is for the caller to say; here it is only read.
    baseUrl: parseBaseUrl(settings.url, true),
    auth:
      settings.user === undefined
        ? { kind: 'header', name: 'authorization', value: `token ${secret}` }
        : { kind: 'basic', user: settings.user, password: secret },
    limits: { concurrency: 4, perMinute: null },
  }),
  lagS: 60,
  never: {
    sla_policies: 'RT keeps service levels in its configuration file (ServiceAgreements); REST 2.0 does not show them.',
    sla_clocks:
      'RT records a due date but no clock: what it promised, when it ran and whether it was met is not in REST 2.0.',
    calendars: 'RT keeps business hours in its configuration file (ServiceBusinessHours); REST 2.0 does not show them.',
    csat: 'RT has no satisfaction survey of its own.',
    article_views: 'RT does not count views of articles.',
    bot_sessions: 'RT has no chat bot.',
    automations: 'Scrips and templates are not in REST 2.0; what they did is in the events of tickets.',
    integrations: 'RT does not list the tools that use it.',
  },
  streams: [
    {
      id: 'desk',
      title: 'Users, queues and groups',
      kind: 'config',
      provides: { agents: ['role', 'active', 'human', 'team', 'membership', 'purpose', 'tier'] },
    },
    {
      id: 'articles',
      title: 'Articles',
      kind: 'config',
      provides: { articles: ['edited_at', 'published', 'author_id', 'editor_id', 'category', 'from_ticket_id'] },
    },
    {
      id: 'tickets',
      title: 'Tickets with their history',
      kind: 'history',
      provides: { ...TICKET_EVIDENCE, tickets: [...TICKET_EVIDENCE.tickets, 'open_tickets'] },
    },
    { id: 'deleted', title: 'Deleted tickets', kind: 'history', provides: TICKET_EVIDENCE },
  ],
  identify,
  probe(stream, context) {
    switch (stream.id) {
      case 'desk':
        return probeDesk(context);
      case 'articles':
        return probeArticles(context);
      case 'deleted':
        return probeDeleted(context);
      default:
        return probeTickets(context);
    }
  },
  read(stream, checkpoint, context) {
    switch (stream.id) {
      case 'desk':
        return readDesk(context);
      case 'articles':
        return readArticles(context);
      case 'deleted':
        return readDeletedTickets(checkpoint, context);
      default:
        return readTickets(checkpoint, context);
    }
  },
  count,
  unmet(checkpoints) {
    const checkpoint = checkpoints.get('tickets');
    const messages = checkpoint === undefined ? [] : unmetFields(checkpoint);
    return new Map(['tickets', 'deleted'].map((stream) => [stream, { messages }]));
  },
  ticketUrl: (settings, ticketId) =>
    /^\d+$/.test(ticketId)
      ? `${parseBaseUrl(settings.url, true).href.replace(/\/+$/, '')}/Ticket/Display.html?id=${ticketId}`
      : null,
});
