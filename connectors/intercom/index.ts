import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import {
  attributesByRole,
  COMPANY_PAGES,
  type Context,
  changedIn,
  classify,
  LIMITS,
  loadAccount,
  openSession,
  PAGES,
  ROLES,
  readMe,
  SEARCH,
  type Session,
  VERSION,
  WHOLE,
} from './account.ts';
import { toAgent, toArticle, toField, toForm, toInternalArticle, toOrganisation, toTeam } from './map-config.ts';
import { mapConversation } from './map-conversation.ts';
import { mapTicket } from './map-ticket.ts';
import { Admin, Article, Attribute, Company, Conversation, Part, Team, TicketRow, TicketType } from './schema.ts';
import { apiUrl, inboxUrl, Settings } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const GRANT = (what: string) =>
  `Give the app the permission "${what}" (Developer Hub > the app > Authentication > Edit), then regenerate its access token.`;

/** The vendor began in 2011: nothing is older. */
function startOf({ settings }: Context): Date {
  return new Date(`${settings.since ?? '2011-08-01'}T00:00:00Z`);
}

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
    team: rows.map((row) => toTeam(row, settings)),
    membership: rows.flatMap((row) => row.admin_ids.map((agent) => ({ agent_id: agent, team_id: row.id }))),
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
      membership: rows.flatMap((row) => row.team_ids.map((team) => ({ agent_id: row.id, team_id: team }))),
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
  fills: { organisations: ['created_at', 'tier', 'tier_rank', 'terms', 'has_contract'] },
  words: { permission: GRANT('Read one user and one company" and "List all users and companies') },
  path: '/companies',
  at: 'data',
  page: COMPANY_PAGES,
  rows: Company,
  map: (rows, context) => ({ organisation: rows.map((row) => toOrganisation(row, context)) }),
});

const conversations = changes({
  id: 'conversations',
  title: 'Conversations with their parts',
  fills: {
    tickets: [
      ...(['open_tickets', 'updated_at', 'status', 'vendor_status', 'priority_rank', 'vendor_priority'] as const),
      ...(['channel', 'vendor_channel', 'group_id', 'assignee_id', 'requester_key', 'organisation_id'] as const),
      ...(['product', 'category', 'severity', 'cause_code', 'problem_id', 'tags', 'filled_fields'] as const),
      ...(['created_by', 'created_by:customer', 'created_by:agent', 'created_by:machine'] as const),
      ...(['reported_first_reply_at', 'reported_closed_at', 'reported_reopens', 'reported_reassignments'] as const),
      ...(['reported_first_reply_business_s', 'reported_first_resolution_business_s'] as const),
      'reported_full_resolution_business_s',
    ],
    events: [
      ...(['status', 'group', 'assignee', 'priority', 'tag', 'field', 'sla', 'escalation'] as const),
      ...(['from_value', 'to_value', 'actor', 'actor_id'] as const),
    ],
    messages: [
      ...(['author', 'author_id', 'public', 'note', 'channel', 'article_ids', 'through_api'] as const),
      ...(['promised_reply_s', 'promise_business_hours'] as const),
    ],
    sla_clocks: ['metric', 'policy_id', 'target_s', 'applied_at', 'met'],
    csat: ['offered_at', 'answered_at', 'score', 'scale'],
    bot_sessions: ['started_at', 'handed_over', 'requester_key', 'ticket_id'],
    links: ['kind', 'kind:problem', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: GRANT('Read conversations') },
  path: '/conversations/search',
  method: 'POST',
  at: 'conversations',
  page: SEARCH,
  rows: Conversation,
  by: changedIn(150),
  start: startOf,
  children: {
    path: (row) => `/conversations/${row.id}`,
    at: 'conversation_parts.conversation_parts',
    page: WHOLE,
    rows: Part,
  },
  async shows(context) {
    const { session, settings } = context;
    const known = attributesByRole(settings, (await session.attributes()) ?? []);
    const unseen = ROLES.filter((role) => !known.has(role)).map((role) => (role === 'cause' ? 'cause_code' : role));
    return {
      status: 'available',
      ...(settings.since === undefined ? {} : { since: startOf(context) }),
      ...(unseen.length === 0 ? {} : { lacks: { tickets: unseen } }),
    };
  },
  async map(rows, context, { childrenOf }) {
    const account = await loadAccount(context);
    return joinMapped(rows.map((row) => mapConversation(row, childrenOf(row), account)));
  },
});

const tickets = changes({
  id: 'tickets',
  title: 'Tickets',
  fills: {
    tickets: [
      ...(['updated_at', 'status', 'vendor_status', 'type', 'form', 'group_id', 'assignee_id'] as const),
      ...(['requester_is_agent', 'created_by'] as const),
    ],
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
  start: startOf,
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
    const { data, date } = await readMe(context);
    if (date === null) throw new PlumblineError('BUG', 'A reply came without a time.', 'Report this.');
    return {
      role: data.type ?? 'admin',
      account: data.app?.id_code ?? new URL(context.http.origin).host,
      serverNow: date,
    };
  },
  open: openSession,
  feeds: [teams, admins, attributes, ticketTypes, articles, internalArticles, companies, conversations, tickets],
  ticketUrl: inboxUrl,
});
