import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { offset } from '../../src/kit/page/counted.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import {
  AGENTS,
  API,
  accessOf,
  type Context,
  codesOf,
  FIELDS,
  loadDesk,
  openSession,
  pagesOf,
  readEach,
  readWhole,
  type Session,
  WHOLE,
} from './account.ts';
import { toAgent, toArticle, toCalendar, toField, toForm, toOrganisation, toPolicy, toWebhook } from './map-config.ts';
import { toAssignments, toRuleGroup } from './map-rules.ts';
import { mapTicket, toAnswer } from './map-ticket.ts';
import {
  Account,
  Agent,
  Article,
  AssignmentRule,
  BusinessHours,
  Department,
  Field,
  HolidayList,
  Layout,
  Metrics,
  Organization,
  Past,
  Rating,
  RuleGroup,
  Sla,
  Stamp,
  Tag,
  Talk,
  Team,
  Ticket,
  Webhook,
} from './schema.ts';
import { deskUrl, Settings, statedOf } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const scope = (...names: string[]) =>
  `Make the refresh token anew with the scope ${names.map((name) => `Desk.${name}.READ`).join(' and ')}, as an administrator.`;
const SETTINGS = { at: 'data', words: { permission: scope('settings', 'basic') } };

const departments = list({
  ...SETTINGS,
  id: 'departments',
  title: 'Departments',
  fills: { agents: ['team', 'purpose', 'tier'] },
  path: `${API}/departments`,
  page: pagesOf(200),
  rows: Department,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam({ ...row, active: row.isEnabled !== false }, statedOf(settings))),
  }),
});

const teams = list({
  ...SETTINGS,
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  path: `${API}/teams`,
  at: 'teams',
  page: pagesOf(200),
  rows: Team,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(
      rows.flatMap((row) => [...row.agents, ...row.derivedAgents].map((agent) => [agent, row.id] as const)),
    ),
  }),
});

const agents = list({
  ...SETTINGS,
  id: 'agents',
  title: 'Agents',
  fills: { agents: ['role', 'department', 'active', 'human', 'membership'] },
  path: `${API}/agents`,
  query: AGENTS,
  page: pagesOf(200),
  rows: Agent,
  async map(rows, { session, settings }) {
    const known = await session.departments();
    const inside = (row: Agent) =>
      row.associatedDepartmentIds.map((id) => ({ id, name: known?.get(id)?.name ?? null }));
    return {
      agent: rows.map((row) => toAgent(row, inside(row), settings)),
      membership: toMemberships(rows.flatMap((row) => inside(row).map(({ id }) => [row.id, id] as const))),
    };
  },
});

const businessHours = list({
  ...SETTINGS,
  id: 'business-hours',
  title: 'Business hours and holidays',
  fills: { calendars: ['time_zone', 'weekly', 'holidays'] },
  path: `${API}/businessHours`,
  page: pagesOf(50),
  rows: BusinessHours,
  async map(rows, context) {
    const { whole, rejected } = await readWhole(
      context,
      'business-hours',
      rows,
      (id) => `/businessHours/${id}`,
      BusinessHours,
    );
    const listsOf = ({ associatedHolidayList: one, holidayLists: more }: BusinessHours) =>
      new Set([one?.holidayListId ?? null, ...more.map(({ id }) => id)].filter((id) => id !== null));
    const ids = [...new Set(whole.flatMap((row) => [...listsOf(row)]))];
    const { found } = await readEach(context, 'business-hours', ids, (id) => `/holidayList/${id}`, HolidayList);
    const holidays = new Map(ids.map((id, i) => [id, found[i] ?? null]));
    const off = (row: BusinessHours) => [...listsOf(row)].flatMap((id) => holidays.get(id) ?? []);
    return joinMapped([...whole.map((row) => toCalendar(row, off(row), context.until)), { rejected }]);
  },
});

const policies = list({
  ...SETTINGS,
  id: 'sla-policies',
  title: 'Service-level policies',
  fills: {
    sla_policies: fields('sla_policies', 'active condition_fields condition_terms unread_conditions calendar_id'),
  },
  words: {
    ...SETTINGS.words,
    absent: 'This desk does not list its policies; Setup > Automation > Service Level Agreements shows them.',
  },
  path: `${API}/slas`,
  page: pagesOf(50),
  rows: Sla,
  async map(rows, { session }) {
    const hours = await session.hoursOf();
    return joinMapped(rows.map((row) => toPolicy(row, hours.get(row.id))));
  },
});

const ticketFields = list({
  ...SETTINGS,
  id: 'fields',
  title: 'Fields of tickets',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'updated_at'] },
  path: FIELDS,
  query: { module: 'tickets' },
  page: WHOLE,
  rows: Field,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const layouts = list({
  ...SETTINGS,
  id: 'layouts',
  title: 'Layouts of tickets',
  fills: { automations: ['active', 'condition_fields', 'required_fields', 'updated_at'] },
  path: `${API}/layouts`,
  query: { module: 'tickets', status: 'all' },
  page: pagesOf(99),
  rows: Layout,
  async map(rows, context) {
    const { whole, rejected } = await readWhole(context, 'layouts', rows, (id) => `/layouts/${id}`, Layout);
    return { automation: whole.map(toForm), rejected };
  },
});

const UNDERSTOOD = [
  'condition_fields',
  'condition_terms',
  'unread_conditions',
  'actions',
  'action_terms',
  'unread_actions',
] as const;

const assignments = list({
  ...SETTINGS,
  id: 'assignment-rules',
  title: 'Direct assignment rules',
  fills: { automations: ['active', ...UNDERSTOOD] },
  path: `${API}/directAssignmentRules`,
  page: pagesOf(50),
  rows: AssignmentRule,
  async map(rows, context) {
    const desk = await loadDesk(context);
    const path = (id: string) => `/directAssignmentRules/${id}`;
    const { whole, rejected } = await readWhole(context, 'assignment-rules', rows, path, AssignmentRule);
    return { automation: whole.flatMap((row) => toAssignments(row, desk)), rejected };
  },
});

function ruleGroups(id: string, title: string, engineSysName: string, kind: 'trigger' | 'macro') {
  const conditions = kind === 'macro' ? [] : (['condition_fields', 'condition_terms', 'unread_conditions'] as const);
  return list({
    ...SETTINGS,
    id,
    title,
    fills: { automations: ['active', ...conditions, 'action_terms', 'unread_actions', 'updated_at'] },
    path: `${API}/rulegroups`,
    query: { module: 'tickets', engineSysName },
    page: pagesOf(50),
    rows: RuleGroup,
    map: (rows) => ({ automation: rows.map((row) => toRuleGroup(row, kind)) }),
  });
}

const webhooks = list({
  ...SETTINGS,
  id: 'webhooks',
  title: 'Webhooks',
  fills: { integrations: ['class', 'active'] },
  words: { permission: scope('events', 'settings') },
  path: `${API}/webhooks`,
  page: WHOLE,
  rows: Webhook,
  map: (rows) => ({ integration: rows.map(toWebhook) }),
});

const accounts = list({
  id: 'accounts',
  title: 'Accounts',
  fills: {
    organisations: fields('organisations', 'created_at tier tier_rank terms domain_hash has_contract'),
  },
  words: { permission: scope('contacts') },
  path: `${API}/accounts`,
  at: 'data',
  // Own fields are given when they are asked for.
  async query({ session }) {
    const field = await session.tierField();
    return field === null ? {} : { fields: `createdTime,website,${field}` };
  },
  page: pagesOf(100),
  rows: Account,
  async shows({ session }) {
    const tier: readonly ['tier', 'tier_rank', 'terms'] = ['tier', 'tier_rank', 'terms'];
    const [field, contracts] = [await session.tierField(), await session.contracts()];
    return available({
      lacks: {
        organisations: [...(field === null ? tier : []), ...(contracts === null ? (['has_contract'] as const) : [])],
      },
    });
  },
  async map(rows, context) {
    const { session } = context;
    const [field, contracts] = [await session.tierField(), await session.contracts()];
    return { organisation: rows.map((row) => toOrganisation(row, field, contracts, context)) };
  },
});

const articles = list({
  id: 'articles',
  title: 'Articles of the knowledge base',
  fills: { articles: fields('articles', 'created_at edited_at published public author_id editor_id category') },
  words: { permission: scope('articles') },
  path: `${API}/articles`,
  at: 'data',
  page: pagesOf(50),
  rows: Article,
  map: (rows) => ({ article: rows.map(toArticle) }),
});

const below = <K>(path: string, size: number | null, rows: Children<Ticket, K>['rows']): Children<Ticket, K> => ({
  path: (row) => `${API}/tickets/${row.id}/${path}`,
  at: 'data',
  page: size === null ? WHOLE : pagesOf(size),
  rows,
});
const TALKS = below('conversations', 100, Talk);
const PAST = below('History', 50, Past);
const TAGS = below('tags', null, Tag);

async function mapTickets(rows: readonly Ticket[], context: Context) {
  const desk = await loadDesk(context);
  // What is found by a search lacks the policy, the number of tags and who escalated.
  const { whole, rejected } = await readWhole(context, 'tickets', rows, (id) => `/tickets/${id}`, Ticket);
  const ids = rows.map(({ id }) => id);
  const metrics = await readEach(context, 'tickets', ids, (id) => `/tickets/${id}/metrics`, Metrics);
  const talks = await readChildren(context, 'tickets', whole, TALKS);
  const past = await readChildren(context, 'tickets', whole, PAST);
  const tags = await readChildren(
    context,
    'tickets',
    whole.filter((row) => row.tagCount !== 0),
    TAGS,
  );
  const mapped = whole.map((row, i) => {
    const below = {
      talks: talks.of.get(row) ?? null,
      past: past.of.get(row) ?? null,
      metrics: metrics.found[i] ?? null,
    };
    return mapTicket(row, { ...below, tags: row.tagCount === 0 ? [] : (tags.of.get(row) ?? null) }, desk);
  });
  const aside = [rejected, metrics.rejected, talks.rejected, past.rejected, tags.rejected].flat();
  return joinMapped([...mapped, { rejected: aside }]);
}

const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their history and conversations',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel form group_id assignee_id',
      'requester_key organisation_id product category severity cause_code created_by created_by:customer created_by:agent created_by:machine',
      'created_on_behalf calendar_id follow_up_of tags filled_fields reported_solved_at reported_closed_at reported_reopens',
      'reported_reassignments reported_replies reported_first_reply_business_s reported_full_resolution_business_s',
    ),
    events: fields(
      'events',
      'status priority group assignee field tag sla escalation delete from_value to_value actor actor_id rule_id',
    ),
    messages: fields(
      'messages',
      'author author_id public note channel article_ids promised_reply_s promise_business_hours',
    ),
    sla_clocks: fields('sla_clocks', 'metric policy_id started_at breach_at fulfilled_at met'),
    links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: scope('tickets', 'search') },
  path: `${API}/tickets/search`,
  at: 'data',
  page: offset({ param: 'from', size: { param: 'limit', rows: 100 }, byRows: true, last: 999 }),
  rows: Ticket,
  by: {
    field: 'modifiedTime',
    read: Stamp,
    order: {},
    ask: (ask, from, to) => ({
      ...ask,
      query: { ...ask.query, sortBy: 'modifiedTime', modifiedTimeRange: `${from.toISOString()},${to.toISOString()}` },
    }),
  },
  start: ({ settings }) => startAt(settings, '2004-01-01'),
  async shows({ session, settings }) {
    const codes = codesOf(settings, (await session.fields()) ?? []);
    return available({
      since: settings.since === undefined ? null : startAt(settings),
      lacks: { tickets: lackedCodes(codes) },
      detail:
        session.role === 'admin'
          ? null
          : 'The token is not that of an administrator: tickets of departments that the user is not in are not shown.',
    });
  },
  map: mapTickets,
});

/** Longer than any desk: one span, whose rows before the checkpoint are passed over unread. */
const WHOLE_TIME_S = 4e9;

const ratings = changes({
  id: 'ratings',
  title: 'Customer happiness ratings',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: {
    permission: scope('tickets'),
    absent: 'This desk does not list its ratings; Reports > Customer Happiness has them.',
  },
  path: `${API}/customerHappiness`,
  query: { department: 'allDepartment' },
  at: 'data',
  page: pagesOf(50),
  rows: Rating,
  // The list cannot be asked for a time: it is walked whole.
  by: { field: 'ratedTime', read: Stamp, spanS: WHOLE_TIME_S, ask: (ask) => ask },
  start: ({ settings }) => startAt(settings, '2004-01-01'),
  map: (rows) => ({ csat: rows.flatMap((row) => toAnswer(row) ?? []) }),
});

/** Zoho Desk, interface v1 (README.md has the behaviours, limits and what it cannot show). */
export const zohoDesk = declareConnector<Settings, Session>({
  id: 'zoho-desk',
  title: 'Zoho Desk',
  settings: Settings,
  flags: [{ name: 'url', description: 'desk of your data centre (https://desk.zoho.eu)', required: true }],
  example: { url: 'https://desk.zoho.eu', org: '20061234567', clientId: '1000.ABCDEF' },
  secrets: [
    {
      title: 'OAuth client',
      description: 'Of the API console (https://api-console.zoho.com), whose client id stands in the settings.',
      parts: [
        { name: 'client_secret', title: 'Client secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
    { title: 'Access token', description: 'Good for one hour, to try it out.', parts: [] },
  ],
  account: accessOf,
  lagS: 120,
  never: {
    article_views: 'Zoho Desk counts the views of an article in total, not by day; Reports > Knowledge Base has them.',
    bot_sessions: 'Sessions of Zia and of guided conversations have no call; Zia > Dashboard has them.',
  },
  async identify({ http, settings, signal }) {
    const path = `${API}/organizations/${encodeURIComponent(settings.org)}`;
    const reply = await http.getJson({ path, schema: Organization, signal });
    const { isAdminInOrg } = reply.data;
    return {
      role: isAdminInOrg === true ? 'admin' : 'user',
      account: `${deskUrl(settings).host}/${settings.org}`,
      serverNow: serverTime(reply),
    };
  },
  open: openSession,
  feeds: [
    departments,
    teams,
    agents,
    businessHours,
    policies,
    ticketFields,
    layouts,
    assignments,
    ruleGroups('workflows', 'Workflows', 'AUTOMATION_STUDIO', 'trigger'),
    ruleGroups('macros', 'Macros', 'MACRO', 'macro'),
    webhooks,
    accounts,
    articles,
    tickets,
    ratings,
  ],
  ticketUrl: (settings, ticketId) =>
    settings.portal === undefined
      ? null
      : `${deskUrl(settings).origin}/support/${encodeURIComponent(settings.portal)}/ShowHomePage.do#Cases/dv/${encodeURIComponent(ticketId)}`,
});
