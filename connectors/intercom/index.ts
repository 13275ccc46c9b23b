import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import {
  COMPANY_PAGES,
  changedIn,
  classify,
  codeFieldsOf,
  LIMITS,
  loadAccount,
  openSession,
  PAGES,
  readMe,
  SEARCH,
  type Session,
  VERSION,
  WHOLE,
} from './account.ts';
import { toAgent, toArticle, toField, toForm, toInternalArticle, toOrganisation } from './map-config.ts';
import { mapConversation } from './map-conversation.ts';
import { mapTicket } from './map-ticket.ts';
import { Admin, Article, Attribute, Company, Conversation, Part, Team, TicketRow, TicketType } from './schema.ts';
import { apiUrl, inboxUrl, Settings } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const GRANT = (what: string) =>
  `Give the app the permission "${what}" (Developer Hub > the app > Authentication > Edit), then regenerate its access token.`;

/** The vendor began in 2011: nothing is older. */
const BEGAN = '2011-08-01';

const teams = list({
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  words: { permission: GRANT('Read admins') },
  path: '/teams',
  at: 'teams',
  page: WHOLE,
  rows: Team,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(rows.flatMap((row) => row.admin_ids.map((agent) => [agent, row.id] as const))),
  }),
});

const admins = list({
  id: 'teammates',
  title: 'Teammates',
  fills: { agents: ['role', 'department', 'active', 'human', 'membership'] },
  words: { permission: GRANT('Read admins') },
  path: '/admins',
  at: 'admins',
  page: WHOLE,
  rows: Admin,
  async map(rows, { session, settings }) {
    const known = await session.teams();
    return {
      agent: rows.map((row) => toAgent(row, known, settings)),
      membership: toMemberships(rows.flatMap((row) => row.team_ids.map((team) => [row.id, team] as const))),
    };
  },
});

const attributes = list({
  id: 'conversation-attributes',
  title: 'Conversation attributes',
  fills: {
    automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'required_to_solve', 'updated_at'],
  },
  words: { permission: GRANT('Read conversations') },
  path: '/conversations/attributes',
  at: 'data',
  page: WHOLE,
  rows: Attribute,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const ticketTypes = list({
  id: 'ticket-types',
  title: 'Ticket types',
  fills: { automations: ['condition_fields', 'required_fields', 'updated_at'] },
  words: { permission: GRANT('Read tickets') },
  path: '/ticket_types',
  at: 'data',
  page: WHOLE,
  rows: TicketType,
  map: (rows) => ({ automation: rows.map(toForm) }),
});

const articles = list({
  id: 'articles',
  title: 'Articles of the help centre',
  fills: { articles: ['edited_at', 'published', 'public', 'author_id', 'editor_id', 'category', 'promised_reply_s'] },
  words: { permission: GRANT('Read and list articles') },
  path: '/articles',
  at: 'data',
  page: PAGES,
  rows: Article,
  map: (rows) => ({ article: rows.map(toArticle) }),
});

const internalArticles = list({
  id: 'internal-articles',
  title: 'Internal articles',
  fills: { articles: ['edited_at', 'published', 'public', 'author_id'] },
  words: { permission: GRANT('Read and list articles') },
  path: '/internal_articles',
  at: 'data',
  page: PAGES,
  rows: Article,
  map: (rows) => ({ article: rows.map(toInternalArticle) }),
});

const companies = list({
  id: 'companies',
  title: 'Companies',
  fills: { organisations: ['created_at', 'tier', 'tier_rank', 'terms', 'external_keys', 'has_contract'] },
  words: { permission: GRANT('Read one user and one company" and "List all users and companies') },
  path: '/companies',
  at: 'data',
  page: COMPANY_PAGES,
  rows: Company,
  map: (rows, context) => ({ organisation: rows.map((row) => toOrganisation(row, context)) }),
});

const EVENTS_FILL = fields(
  'events',
  'status group assignee priority tag field sla escalation from_value to_value actor actor_id',
);
const MESSAGES_FILL = fields(
  'messages',
  'author author_id public note channel article_ids through_api promised_reply_s promise_business_hours',
);

const CLOCKS_FILL = fields('sla_clocks', 'metric policy_id target_s applied_at met');

const conversations = changes({
  id: 'conversations',
  title: 'Conversations with their parts',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority channel vendor_channel group_id',
      'assignee_id requester_key organisation_id product category severity cause_code problem_id tags filled_fields',
      'created_by created_by:customer created_by:agent created_by:machine reported_first_reply_at reported_closed_at',
      'reported_reopens reported_first_reply_business_s reported_first_resolution_business_s',
      'reported_full_resolution_business_s',
    ),
    events: EVENTS_FILL,
    messages: MESSAGES_FILL,
    sla_clocks: CLOCKS_FILL,
    csat: fields('csat', 'offered_at answered_at score scale'),
    bot_sessions: fields('bot_sessions', 'started_at handed_over requester_key ticket_id'),
    links: fields('links', 'kind kind:problem kind:issue system target_key linked_at'),
  },
  words: { permission: GRANT('Read conversations') },
  path: '/conversations/search',
  method: 'POST',
  at: 'conversations',
  page: SEARCH,
  rows: Conversation,
  by: changedIn(150),
  start: ({ settings }) => startAt(settings, BEGAN),
  children: {
    path: (row) => `/conversations/${row.id}`,
    at: 'conversation_parts.conversation_parts',
    page: WHOLE,
    rows: Part,
    blank: 'nothing',
  },
  below: {
    children: {
      ask: (row) => ({ path: `/conversations/${row.id}` }),
      lacks: {
        events: EVENTS_FILL,
        messages: MESSAGES_FILL,
        sla_clocks: CLOCKS_FILL,
        links: ['kind:issue', 'system'],
      },
      words: GRANT('Read conversations'),
    },
  },
  async shows({ session, settings }) {
    return available({
      since: sinceOf(settings),
      lacks: { tickets: lackedCodes(codeFieldsOf(settings, (await session.attributes()) ?? [])) },
    });
  },
  async map(rows, context, { childrenOf, isPartly }) {
    const account = await loadAccount(context);
    return joinMapped(rows.map((row) => mapConversation(row, childrenOf(row), isPartly(row), account)));
  },
});

const tickets = changes({
  id: 'tickets',
  title: 'Tickets',
  fills: {
    tickets: fields(
      'tickets',
      'updated_at status vendor_status type form group_id assignee_id requester_is_agent created_by',
    ),
    events: ['status', 'group', 'assignee', 'from_value', 'to_value', 'actor', 'actor_id'],
    messages: ['author', 'author_id', 'public', 'note', 'article_ids', 'through_api'],
    links: ['kind', 'target_key', 'linked_at'],
  },
  words: { permission: GRANT('Read tickets') },
  path: '/tickets/search',
  method: 'POST',
  at: 'tickets',
  page: SEARCH,
  rows: TicketRow,
  // Each ticket of the reply carries all its parts.
  by: changedIn(25),
  start: ({ settings }) => startAt(settings, BEGAN),
  async map(rows, context) {
    const account = await loadAccount(context);
    return joinMapped(rows.map((row) => mapTicket(row, account)));
  },
});

/** Intercom, REST API 2.16 (README.md has the behaviours, limits and what it cannot show). */
export const intercom = declareConnector<Settings, Session>({
  id: 'intercom',
  title: 'Intercom',
  settings: Settings,
  flags: [{ name: 'url', description: 'region of the workspace: us, eu or au', required: true }],
  example: { url: 'eu' },
  account: (settings, secret) => ({
    baseUrl: apiUrl(settings.url),
    auth: { kind: 'bearer', token: secret },
    headers: { 'intercom-version': VERSION },
    limits: LIMITS,
    classify,
  }),
  lagS: 60,
  never: {
    sla_policies:
      'Intercom shows the name of the policy on a conversation and not the policy itself; Settings > Helpdesk > SLAs has them: describe the targets in plumbline.yaml.',
    calendars: 'Intercom does not give its office hours over the interface; Settings > Office hours has them.',
    article_views: 'Intercom counts the views of an article in total, not by day; Reports > Articles has them by day.',
    integrations: 'Intercom does not list its installed apps over the interface; Settings > App Store has them.',
  },
  async identify(context) {
    const me = await readMe(context);
    const { type, app } = me.data;
    return {
      role: type ?? 'admin',
      account: app?.id_code ?? new URL(context.http.origin).host,
      serverNow: serverTime(me),
    };
  },
  open: openSession,
  rests: [
    namesOfPrograms(
      (session) => session.admins(),
      ['conversations', 'tickets'],
      `Teammates are not shown. ${GRANT('Read admins')}`,
    ),
    {
      on: (session) => session.teams(),
      lacks: { agents: ['department'] },
      words: `Teams are not shown. ${GRANT('Read admins')}`,
    },
    {
      on: (session) => session.attributes(),
      lacks: { events: ['field'] },
      words: `Attributes of conversations are not shown. ${GRANT('Read conversations')}`,
    },
  ],
  feeds: [teams, admins, attributes, ticketTypes, articles, internalArticles, companies, conversations, tickets],
  ticketUrl: inboxUrl,
});
