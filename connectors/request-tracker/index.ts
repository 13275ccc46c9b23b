import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { declareConnector } from '../../src/kit/declare-connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { identify } from './access.ts';
import { articles, countArticles } from './articles.ts';
import { readDeletedTickets } from './deleted-tickets.ts';
import { desk } from './desk.ts';
import { countTickets, probeDeleted, probeTickets } from './probes.ts';
import { HISTORY_FILLS, RESTS } from './rests.ts';
import { type Context, openSession, type Session } from './session.ts';
import { Settings } from './settings.ts';
import { readTickets, unmetFields } from './tickets.ts';

const TICKET_FIELDS = fields(
  'tickets',
  'updated_at vendor_status priority_rank vendor_priority channel vendor_channel group_id assignee_id requester_key',
  'requester_is_agent organisation_id product category severity cause_code created_by created_by:customer',
  'created_by:agent created_by:machine created_on_behalf merged_into deleted spam filled_fields reported_solved_at',
  'reported_closed_at',
);

/** Searches of tickets go by id past rows that may not be seen, which no builder of the kit does (pages.ts). */
const tickets: Feed<Context> = {
  id: 'tickets',
  title: 'Tickets with their history',
  kind: 'history',
  provides: { tickets: [...TICKET_FIELDS, 'open_tickets'], ...HISTORY_FILLS, organisations: ['id'] },
  probe: probeTickets,
  read: readTickets,
};

const deleted: Feed<Context> = {
  id: 'deleted',
  title: 'Deleted tickets',
  kind: 'history',
  provides: { tickets: TICKET_FIELDS, ...HISTORY_FILLS, organisations: ['id'] },
  probe: probeDeleted,
  read: readDeletedTickets,
};

/** Request Tracker 5, REST 2.0 (README.md has the behaviours, limits and rights). */
export const requestTracker = declareConnector<Settings, Session>({
  id: 'request-tracker',
  title: 'Request Tracker',
  settings: Settings,
  flags: [
    { name: 'url', description: 'address of the RT (https://rt.example.com)', required: true },
    { name: 'user', description: 'RT user, when the secret is a password and not a token', required: false },
  ],
  example: { url: 'https://rt.acme.com' },
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
    article_views: 'RT does not count views of articles; the access log of its web server has those of self-service.',
    bot_sessions: 'RT has no chat bot.',
    automations: 'Scrips and templates are not in REST 2.0; what they did is in the events of tickets.',
    integrations: 'RT does not list the tools that use it.',
  },
  identify,
  open: openSession,
  rests: RESTS,
  feeds: [desk, articles, tickets, deleted],
  counts: { tickets: countTickets, articles: countArticles },
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
