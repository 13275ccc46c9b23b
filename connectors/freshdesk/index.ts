import { z } from 'zod';
import { available } from '../../src/kit/capability.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import {
  API,
  ARCHIVED_AFTER_S,
  isShort,
  lackedFields,
  openSession,
  PAGES,
  readMe,
  readShort,
  type Session,
  TICKET_LIST,
} from './account.ts';
import { ALL_TICKETS, ARCHIVE, archivedTickets } from './archive.ts';
import {
  toAgent,
  toArticle,
  toCalendar,
  toCannedResponse,
  toCsat,
  toField,
  toForm,
  toOrganisation,
  toPolicy,
} from './map-config.ts';
import { toRule } from './map-rules.ts';
import { loadAccount, mapTicket, TICKET_FILLS } from './map-ticket.ts';
import {
  Agent,
  Article,
  BusinessHours,
  CannedFolder,
  CannedResponse,
  Company,
  Conversation,
  Group,
  Policy,
  Rating,
  Rule,
  SolutionNode,
  Ticket,
  TicketField,
} from './schema.ts';
import { Settings, urlOf } from './settings.ts';

const { list, changes, tree } = feedsOf<Settings, Session>();

const ADMIN = 'Use the API key of an administrator (Admin > Team > Agents > role Administrator).';
const PLAN = (what: string, from: string) =>
  `${what} need the plan ${from} or a higher one, and the key of an administrator.`;

const people = list({
  id: 'agents',
  title: 'Agents',
  fills: { agents: fields('agents', 'role department created_at active human membership') },
  words: { permission: ADMIN },
  path: `${API}/agents`,
  page: PAGES,
  rows: Agent,
  below: {
    agent: {
      ask: (row) => (isShort(row) ? { path: `${API}/agents/${row.id}` } : null),
      lacks: { agents: ['role', 'department', 'membership'] },
      words: `Agents are not shown one by one, which tells their roles and groups. ${ADMIN}`,
    },
  },
  async map(rows, context, sees) {
    const { session, settings } = context;
    const [admins, groups] = [await session.adminRoles(), await session.groups()];
    const { agents, rejected } = (await sees('agent'))
      ? await readShort(rows, context)
      : { agents: rows, rejected: [] };
    return {
      agent: agents.map((row) => toAgent(row, admins, groups, settings)),
      membership: toMemberships(agents.flatMap((row) => (row.group_ids ?? []).map((team) => [row.id, team] as const))),
      rejected,
    };
  },
});

const groups = list({
  id: 'groups',
  title: 'Groups',
  fills: { agents: ['team', 'purpose', 'tier'] },
  words: { permission: ADMIN },
  path: `${API}/groups`,
  page: PAGES,
  rows: Group,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(rows.flatMap((row) => (row.agent_ids ?? []).map((agent) => [agent, row.id] as const))),
  }),
});

const hours = list({
  id: 'business-hours',
  title: 'Business hours',
  fills: { calendars: ['time_zone', 'weekly', 'is_default'] },
  words: { permission: ADMIN },
  path: `${API}/business_hours`,
  page: PAGES,
  rows: BusinessHours,
  map: (rows) => joinMapped(rows.map(toCalendar)),
});

const policies = list({
  id: 'sla-policies',
  title: 'Service-level policies',
  fills: {
    sla_policies: fields(
      'sla_policies',
      'active is_default condition_fields condition_terms unread_conditions position updated_at sla_target',
    ),
    automations: ['condition_fields', 'condition_terms', 'actions', 'action_terms'],
  },
  words: { permission: ADMIN },
  path: `${API}/sla_policies`,
  page: PAGES,
  rows: Policy,
  async map(rows, context) {
    const account = await loadAccount(context);
    return joinMapped(rows.map((row) => toPolicy(row, account)));
  },
});

const ticketFields = list({
  id: 'ticket-fields',
  title: 'Ticket fields',
  fills: {
    automations: fields(
      'automations',
      'condition_fields condition_terms unread_conditions required_fields required_to_solve updated_at',
    ),
  },
  words: { permission: ADMIN },
  path: `${API}/ticket_fields`,
  page: PAGES,
  rows: TicketField,
  async map(rows, { session }) {
    // The form is made of the fields of all pages.
    return { automation: [...rows.map(toField), toForm((await session.ticketFields()) ?? rows)] };
  },
});

function ruleFeed(id: string, title: string, path: string, kind: 'trigger' | 'automation' | 'macro') {
  const conditions = kind === 'macro' ? [] : (['condition_fields', 'condition_terms', 'unread_conditions'] as const);
  return list({
    id,
    title,
    fills: { automations: ['active', ...conditions, 'actions', 'action_terms', 'unread_actions', 'updated_at'] },
    words: { permission: ADMIN, absent: 'This account does not show its rules over the interface.' },
    path: `${API}${path}`,
    page: PAGES,
    rows: Rule,
    async map(rows, context) {
      const account = await loadAccount(context);
      return { automation: rows.map((row) => toRule(row, kind, account)) };
    },
  });
}

const cannedResponses = tree({
  id: 'canned-responses',
  title: 'Canned responses',
  fills: { automations: ['active'] },
  words: { permission: ADMIN, absent: 'This account does not show its canned responses over the interface.' },
  // The vendor lists them by folder only.
  path: `${API}/canned_response_folders`,
  page: PAGES,
  nodes: CannedFolder,
  branches: [],
  leaves: {
    path: (folder) => `${API}/canned_response_folders/${folder.id}/responses`,
    page: PAGES,
    rows: CannedResponse,
  },
  map: (rows, parents) => ({ automation: rows.map((row) => toCannedResponse(row, parents.at(-1) as CannedFolder)) }),
});

const articles = tree({
  id: 'articles',
  title: 'Solution articles',
  fills: {
    articles: fields(
      'articles',
      'edited_at published public author_id category promised_reply_s helpful_votes unhelpful_votes views_total',
    ),
  },
  words: {
    permission: 'Give the agent of the key a role that may see solutions.',
    absent: 'No knowledge base is set up.',
  },
  path: `${API}/solutions/categories`,
  page: PAGES,
  nodes: SolutionNode,
  branches: [{ path: (category) => `${API}/solutions/categories/${category.id}/folders`, page: PAGES }],
  deeper: {
    path: (folder) => ((folder.sub_folders_count ?? 0) > 0 ? `${API}/solutions/folders/${folder.id}/subfolders` : null),
    page: PAGES,
  },
  leaves: { path: (folder) => `${API}/solutions/folders/${folder.id}/articles`, page: PAGES, rows: Article },
  map: (rows, parents) => ({ article: rows.map((row) => toArticle(row, parents.at(-1) as SolutionNode)) }),
});

const companies = changes({
  id: 'companies',
  title: 'Companies',
  fills: {
    organisations: fields(
      'organisations',
      'created_at tier tier_rank terms domain_hash has_contract renews_at has_health health_rank',
    ),
  },
  words: { permission: 'Give the agent of the key a role that may see companies.' },
  path: `${API}/companies`,
  page: PAGES,
  rows: Company,
  by: { param: 'updated_since', field: 'updated_at' },
  start: ({ settings }) => startAt(settings),
  async shows({ session }) {
    const known = await session.companyFields();
    const lacks = (field: string, columns: readonly string[]) => (known === null || known.has(field) ? [] : columns);
    const organisations = [
      ...lacks('account_tier', ['tier', 'tier_rank']),
      ...lacks('renewal_date', ['has_contract', 'renews_at']),
      ...lacks('health_score', ['has_health', 'health_rank']),
    ];
    return available({ lacks: { organisations } });
  },
  map: (rows, context) => ({ organisation: rows.map((row) => toOrganisation(row, context)) }),
});

const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their conversations',
  fills: {
    ...TICKET_FILLS,
    tickets: [...TICKET_FILLS.tickets, ...fields('tickets', 'open_tickets deleted spam')],
  },
  words: { permission: ALL_TICKETS },
  path: `${API}/tickets`,
  query: { include: 'stats' },
  quota: TICKET_LIST,
  page: PAGES,
  rows: Ticket,
  by: { param: 'updated_since', field: 'updated_at', order: { order_by: 'updated_at', order_type: 'asc' } },
  start: ({ settings }) => startAt(settings),
  // The plain list leaves out what was deleted or marked as spam.
  passes: [{}, { filter: 'deleted' }, { filter: 'spam' }],
  children: { path: (ticket) => `${API}/tickets/${ticket.id}/conversations`, page: PAGES, rows: Conversation },
  below: {
    children: {
      ask: (ticket) => ({ path: `${API}/tickets/${ticket.id}/conversations` }),
      lacks: { messages: TICKET_FILLS.messages, links: TICKET_FILLS.links },
      words: 'Conversations of tickets are refused. Give the agent of the key a role that may see tickets whole.',
    },
  },
  async shows(context) {
    const { session, settings } = context;
    const archives = (await session.archive()).kind !== 'none';
    const scope = (await session.me()).ticket_scope;
    const seesAll = scope === null || scope === 1;
    const notes = [
      ...(seesAll
        ? []
        : ['Only tickets of the groups or the person of the key are visible. Give its agent the scope "All tickets".']),
      ...(archives && !settings.archive ? [ARCHIVE] : []),
    ];
    return available({
      since: sinceOf(settings),
      archivedAfterS: archives ? ARCHIVED_AFTER_S : null,
      lacks: await lackedFields(context),
      detail: notes.length === 0 ? null : notes.join(' '),
    });
  },
  async map(rows, context, { childrenOf, pass }) {
    const account = await loadAccount(context);
    const inList = pass.filter === 'deleted' || pass.filter === 'spam' ? pass.filter : 'all';
    return joinMapped(rows.map((row) => mapTicket(row, childrenOf(row), inList, account)));
  },
});

const FACE = { feed: 'satisfaction', path: 'ratings.default_question', expected: 'one of seven faces' };

const ratings = changes({
  id: 'satisfaction',
  title: 'Satisfaction ratings',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: { permission: ADMIN, plan: PLAN('Satisfaction surveys', 'Growth') },
  path: `${API}/surveys/satisfaction_ratings`,
  page: PAGES,
  rows: Rating,
  by: { param: 'created_since', field: 'created_at' },
  start: ({ settings }) => startAt(settings),
  map: (rows) => toAnswers(rows.map(toCsat), FACE),
});

const Refusal = z.looseObject({ code: z.string() });

/** Freshdesk, API v2 (README.md has the behaviours, limits and what it cannot show). */
export const freshdesk = declareConnector<Settings, Session>({
  id: 'freshdesk',
  title: 'Freshdesk',
  settings: Settings,
  flags: [{ name: 'url', description: 'account name (acme) or address (https://acme.freshdesk.com)', required: true }],
  example: { url: 'acme' },
  account: (settings, secret) => ({
    baseUrl: urlOf(settings),
    auth: { kind: 'basic', user: secret, password: 'X' },
    // Enterprise allows 700 a minute; the reply headers lower this to the account's own.
    limits: { concurrency: 4, perMinute: 700 },
    classify(reply) {
      if (reply.status !== 403) return null;
      const refusal = Refusal.safeParse(reply.json());
      return refusal.success && refusal.data.code === 'require_feature' ? 'plan' : null;
    },
  }),
  lagS: 60,
  never: {
    events:
      'Freshdesk shows no history of status, owner, group and priority over its interface. Its scheduled export "ticket activities" has it: import that file beside this connection.',
    article_views:
      'Freshdesk counts the hits of an article in total, not by day; Analytics > Knowledge base has them by day.',
    bot_sessions: 'Sessions of Freddy and of the help widget are not in the interface; Analytics > Freddy has them.',
    integrations: 'Freshdesk does not list its installed apps over the interface; Admin > Apps has them.',
  },
  async identify(context) {
    const me = await readMe(context);
    return { role: me.data.type ?? 'agent', account: new URL(context.http.origin).host, serverNow: serverTime(me) };
  },
  open: openSession,
  rests: [
    namesOfPrograms((session) => session.agents(), ['tickets'], `Agents are not shown. ${ADMIN}`),
    {
      on: (session) => session.agents(),
      lacks: { tickets: ['requester_is_agent', 'created_by:customer'] },
      words: `Agents are not shown. ${ADMIN}`,
    },
    { on: (session) => session.adminRoles(), lacks: { agents: ['role'] }, words: `Roles are not shown. ${ADMIN}` },
    {
      on: (session) => session.groups(),
      lacks: { agents: ['department'], tickets: ['calendar_id'] },
      words: `Groups are not shown. ${ADMIN}`,
    },
    {
      on: (session) => session.ticketFields(),
      lacks: { tickets: ['vendor_status'] },
      words: `Fields of tickets are not shown, nor what statuses of your own mean. ${ADMIN}`,
    },
  ],
  feeds: [
    people,
    groups,
    hours,
    policies,
    ticketFields,
    ruleFeed('creation-rules', 'Rules for new tickets', '/automations/1/rules', 'trigger'),
    ruleFeed('time-rules', 'Rules by the clock', '/automations/3/rules', 'automation'),
    ruleFeed('update-rules', 'Rules for updates', '/automations/4/rules', 'trigger'),
    ruleFeed('scenarios', 'Scenarios', '/scenario_automations', 'macro'),
    cannedResponses,
    articles,
    companies,
    tickets,
    archivedTickets,
    ratings,
  ],
  ticketUrl: (settings, ticketId) => `${urlOf(settings).origin}/a/tickets/${encodeURIComponent(ticketId)}`,
});
