import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import { API, isStaff, loadDesk, openSession, PAGES, readMe, type Session, WHOLE } from './account.ts';
import { answers } from './answers.ts';
import {
  groupsOf,
  tierFieldOf,
  toAgent,
  toCalendar,
  toField,
  toForm,
  toIntegration,
  toOrganisation,
  toPolicy,
} from './map-config.ts';
import { toFilter, toRule, toView, toWorkflow } from './map-rules.ts';
import { mapTicket } from './map-ticket.ts';
import {
  Article,
  Calendar,
  Entry,
  Field,
  Filter,
  Group,
  Link,
  Organisation,
  Overview,
  Policy,
  Rule,
  Tag,
  TextModule,
  Ticket,
  User,
  Webhook,
  Workflow,
} from './schema.ts';
import { Settings, urlOf } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const ADMIN = (permission: string) =>
  `Give the token the permission "${permission}" (Avatar > Profile > Token Access), and its user a role that has it.`;

const people = list({
  id: 'users',
  title: 'Agents',
  fills: { agents: fields('agents', 'role department created_at active human membership') },
  words: { permission: ADMIN('ticket.agent') },
  path: `${API}/users`,
  page: PAGES,
  rows: User,
  async map(rows, { session, settings }) {
    const [roles, groups] = [await session.roles(), await session.groups()];
    const staff = rows.filter((row) => isStaff(row, roles));
    return {
      agent: staff.map((row) => toAgent(row, roles, groups, settings)),
      membership: toMemberships(staff.flatMap((row) => groupsOf(row, roles).map((team) => [row.id, team] as const))),
    };
  },
});

const groups = list({
  id: 'groups',
  title: 'Groups',
  fills: { agents: ['team', 'purpose', 'tier'] },
  words: { permission: ADMIN('admin.group') },
  path: `${API}/groups`,
  page: PAGES,
  rows: Group,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam({ id: row.id, name: row.name, active: row.active !== false }, statedOf(settings))),
  }),
});

const calendars = list({
  id: 'calendars',
  title: 'Calendars',
  fills: { calendars: ['time_zone', 'weekly', 'holidays', 'is_default'] },
  words: { permission: ADMIN('admin.calendar') },
  path: `${API}/calendars`,
  page: PAGES,
  rows: Calendar,
  map: (rows) => joinMapped(rows.map(toCalendar)),
});

const policies = list({
  id: 'slas',
  title: 'Service-level policies',
  fills: {
    sla_policies: [
      ...(['active', 'is_default', 'condition_fields', 'condition_terms', 'unread_conditions'] as const),
      ...(['calendar_id', 'updated_at', 'sla_target'] as const),
    ],
  },
  words: { permission: ADMIN('admin.sla') },
  path: `${API}/slas`,
  page: PAGES,
  rows: Policy,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return joinMapped(rows.map((row) => toPolicy(row, desk)));
  },
});

const attributes = list({
  id: 'attributes',
  title: 'Ticket attributes',
  fills: {
    automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'required_fields', 'updated_at'],
  },
  words: { permission: ADMIN('admin.object') },
  path: `${API}/object_manager_attributes`,
  page: WHOLE,
  rows: Field,
  map(rows) {
    const own = rows.filter((row) => row.object === 'Ticket');
    return { automation: [...own.map(toField), toForm(own)] };
  },
});

const CONDITIONS = ['condition_fields', 'condition_terms', 'unread_conditions'] as const;
const ACTIONS = ['actions', 'action_terms', 'unread_actions'] as const;

function ruleFeed(id: string, title: string, table: 'trigger' | 'job' | 'macro', permission: string) {
  const conditions = table === 'macro' ? [] : CONDITIONS;
  const fired = table === 'job' ? (['last_fired_at'] as const) : [];
  return list({
    id,
    title,
    fills: { automations: ['active', ...conditions, ...ACTIONS, ...fired, 'updated_at'] },
    words: { permission: ADMIN(permission) },
    path: `${API}/${table}s`,
    page: PAGES,
    rows: Rule,
    async map(rows, context) {
      const desk = await loadDesk(context);
      return { automation: rows.map((row) => toRule(row, table, desk)) };
    },
  });
}

const textModules = list({
  id: 'text-modules',
  title: 'Text modules',
  fills: { automations: ['active', 'actions', 'updated_at'] },
  words: { permission: ADMIN('admin.text_module') },
  path: `${API}/text_modules`,
  page: PAGES,
  rows: TextModule,
  map: (rows) => ({
    automation: rows.map((row) =>
      toAutomation({
        id: `text:${row.id}`,
        kind: 'macro',
        active: row.active !== false,
        shared: row.user_id === null,
        actions: ['comment'],
        updated_at: row.updated_at,
      }),
    ),
  }),
});

const overviews = list({
  id: 'overviews',
  title: 'Overviews',
  fills: { automations: ['active', ...CONDITIONS, 'updated_at'] },
  words: { permission: ADMIN('admin.overview') },
  path: `${API}/overviews`,
  page: PAGES,
  rows: Overview,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toView(row, desk)) };
  },
});

const workflows = list({
  id: 'workflows',
  title: 'Core workflows of tickets',
  fills: { automations: ['active', ...CONDITIONS, 'required_fields', 'required_to_solve', 'updated_at'] },
  words: { permission: ADMIN('admin.core_workflow'), absent: 'This version of Zammad has no core workflows.' },
  path: `${API}/core_workflows`,
  page: PAGES,
  rows: Workflow,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.filter((row) => row.object === 'Ticket').map((row) => toWorkflow(row, desk)) };
  },
});

const filters = list({
  id: 'email-filters',
  title: 'Filters of incoming e-mail',
  fills: { automations: ['active', ...CONDITIONS, ...ACTIONS, 'updated_at'] },
  words: { permission: ADMIN('admin.channel_email') },
  path: `${API}/postmaster_filters`,
  page: PAGES,
  rows: Filter,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toFilter(row, desk)) };
  },
});

const webhooks = list({
  id: 'webhooks',
  title: 'Webhooks',
  fills: { integrations: ['class', 'active'] },
  words: { permission: ADMIN('admin.webhook'), absent: 'This version of Zammad has no webhooks.' },
  path: `${API}/webhooks`,
  page: PAGES,
  rows: Webhook,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

const organisations = list({
  id: 'organisations',
  title: 'Organisations',
  fills: { organisations: ['created_at', 'tier', 'tier_rank', 'terms', 'domain_hash'] },
  words: { permission: ADMIN('ticket.agent') },
  path: `${API}/organizations`,
  page: PAGES,
  rows: Organisation,
  async map(rows, context) {
    const known = await context.session.fields();
    return { organisation: rows.map((row) => toOrganisation(row, known, context)) };
  },
  async shows({ session, settings }) {
    const known = await session.fields();
    const blind = known === null && tierFieldOf(known, settings) === null;
    return available({
      detail: blind
        ? `Attributes of organisations are not visible, so that their tiers are unknown. ${ADMIN('admin.object')}`
        : null,
      lacks: { organisations: known === null ? [...(blind ? ['tier', 'tier_rank'] : []), 'terms'] : [] },
    });
  },
});

const BELOW = {
  history: {
    path: (ticket) => `${API}/ticket_history/${ticket.id}`,
    at: 'history',
    page: WHOLE,
    rows: Entry,
  } satisfies Children<Ticket, Entry>,
  tags: {
    path: (ticket) => `${API}/tags?object=Ticket&o_id=${ticket.id}`,
    at: 'tags',
    page: WHOLE,
    rows: Tag,
  } satisfies Children<Ticket, string>,
  links: {
    path: (ticket) => `${API}/links?link_object=Ticket&link_object_value=${ticket.id}`,
    at: 'links',
    page: WHOLE,
    rows: Link,
  } satisfies Children<Ticket, Link>,
};

const EVENTS_FILL = fields(
  'events',
  'status priority group assignee field tag merge escalation from_value to_value actor actor_id rule_id',
);
const MESSAGES_FILL = fields(
  'messages',
  'author author_id public note channel article_ids promised_reply_s promise_business_hours',
);

const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their articles and history',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel',
      'group_id assignee_id requester_key requester_is_agent organisation_id product category severity cause_code',
      'created_by created_by:customer created_by:agent created_by:machine created_on_behalf calendar_id merged_into',
      'tags filled_fields reported_first_reply_at reported_solved_at reported_closed_at',
      'reported_first_reply_business_s reported_first_resolution_business_s',
    ),
    events: EVENTS_FILL,
    messages: MESSAGES_FILL,
    sla_clocks: fields('sla_clocks', 'metric policy_id target_s business_hours started_at breach_at fulfilled_at met'),
    links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: ADMIN('ticket.agent') },
  path: `${API}/tickets/search`,
  method: 'POST',
  query: { expand: true, sort_by: 'updated_at', order_by: 'asc' },
  page: PAGES,
  rows: Ticket,
  by: {
    field: 'updated_at',
    order: {},
    // By a condition the database answers; a search by words needs an index, and finds nothing where there is none.
    ask: (ask, from) => ({
      ...ask,
      body: { condition: { 'ticket.updated_at': { operator: 'after (absolute)', value: from.toISOString() } } },
    }),
  },
  start: ({ settings }) => startAt(settings),
  children: { path: (ticket) => `${API}/ticket_articles/by_ticket/${ticket.id}`, page: WHOLE, rows: Article },
  below: {
    children: {
      ask: (ticket) => ({ path: `${API}/ticket_articles/by_ticket/${ticket.id}` }),
      lacks: { messages: MESSAGES_FILL, links: ['linked_at'] },
      words: ADMIN('ticket.agent'),
    },
    history: {
      ask: (ticket) => ({ path: BELOW.history.path(ticket) }),
      lacks: { events: EVENTS_FILL, tickets: ['merged_into'] },
      words: ADMIN('ticket.agent'),
    },
    tags: {
      ask: (ticket) => ({ path: BELOW.tags.path(ticket) }),
      lacks: { tickets: ['tags'], events: ['tag'] },
      words: ADMIN('ticket.agent'),
    },
    links: {
      ask: (ticket) => ({ path: BELOW.links.path(ticket) }),
      lacks: { events: ['merge'], tickets: ['merged_into'] },
      words: ADMIN('ticket.agent'),
    },
  },
  async shows(context) {
    const { session, settings } = context;
    const desk = await loadDesk(context);
    const hidden = await hiddenGroups(session);
    return available({
      since: sinceOf(settings),
      lacks: { tickets: [...lackedCodes(desk.roles), ...(desk.fields === null ? ['filled_fields'] : [])] },
      detail:
        hidden === 0
          ? null
          : `Tickets of ${hidden} groups are not visible. Give the user of the token access to every group (Manage > Users > Group permissions).`,
    });
  },
  async map(rows, context, { childrenOf, sees }) {
    const desk = await loadDesk(context);
    const seen = async (part: keyof typeof BELOW) => ((await sees(part)) ? rows : []);
    const history = await readChildren(context, 'tickets', await seen('history'), BELOW.history);
    const tags = await readChildren(context, 'tickets', await seen('tags'), BELOW.tags);
    const links = await readChildren(context, 'tickets', await seen('links'), BELOW.links);
    const mapped = rows.map((row) =>
      mapTicket(
        row,
        {
          articles: childrenOf(row),
          history: history.of.get(row) ?? null,
          tags: tags.of.get(row) ?? null,
          links: links.of.get(row) ?? null,
          isPartly: history.partly.has(row) || tags.partly.has(row),
        },
        desk,
      ),
    );
    return joinMapped([...mapped, { rejected: [history, tags, links].flatMap((read) => read.rejected) }]);
  },
});

/** Groups whose tickets the user may not see: they are left out of every list without a word. Unknown counts as none. */
async function hiddenGroups(session: Session): Promise<number> {
  const [me, known, roles] = [await session.me(), await session.groups(), await session.roles()];
  if (known === null || (roles === null && me.role_ids.length > 0)) return 0;
  const byRole = me.role_ids.flatMap((id) => roles?.get(id)?.group_ids.seen ?? []);
  const seen = new Set([...me.group_ids.seen, ...byRole]);
  return [...known.values()].filter((group) => group.active !== false && !seen.has(group.id)).length;
}

/** Zammad, API v1 (README.md has the behaviours, limits and what it cannot show). */
export const zammad = declareConnector<Settings, Session>({
  id: 'zammad',
  title: 'Zammad',
  settings: Settings,
  flags: [{ name: 'url', description: 'address of the desk (https://support.acme.com)', required: true }],
  example: { url: 'https://support.acme.com' },
  account: (settings, secret) => ({
    baseUrl: urlOf(settings),
    auth: { kind: 'header', name: 'authorization', value: `Token token=${secret}` },
    limits: { concurrency: 4, perMinute: null },
  }),
  lagS: 60,
  never: {
    csat: 'Zammad has no satisfaction surveys. The export of the survey tool in use has the answers: import that file beside this connection.',
    article_views:
      'Zammad counts no views of its knowledge base; the statistics of the web server in front of it have them.',
    bot_sessions: 'Zammad shows no sessions of bots; the reports of the bot in use have them.',
  },
  async identify(context) {
    const me = await readMe(context);
    const role = ['admin', 'agent'].find((word) => me.data.roles.some((name) => name.toLowerCase().includes(word)));
    return { role: role ?? 'user', account: new URL(context.http.origin).host, serverNow: serverTime(me) };
  },
  open: openSession,
  rests: [
    namesOfPrograms((session) => session.users(), ['tickets'], `People are not shown. ${ADMIN('admin.user')}`),
    {
      on: (session) => session.users(),
      lacks: { tickets: ['requester_is_agent', 'created_by:customer'], events: ['actor_id'] },
      words: `People are not shown. ${ADMIN('admin.user')}`,
    },
    {
      on: (session) => session.roles(),
      feeds: ['users', 'tickets'],
      lacks: { agents: ['role', 'department', 'membership'] },
      words: `Roles are not shown, by which people of the desk are told. ${ADMIN('admin.role')}`,
    },
    {
      on: (session) => session.groups(),
      lacks: { agents: ['department'] },
      words: `Groups are not shown. ${ADMIN('admin.group')}`,
    },
    {
      on: (session) => session.states(),
      lacks: { tickets: ['vendor_status'] },
      words: `States of tickets are not shown. ${ADMIN('ticket.agent')}`,
    },
    {
      on: (session) => session.priorities(),
      lacks: { tickets: ['priority_rank', 'vendor_priority', 'filled_fields'], events: ['priority'] },
      words: `Priorities are not shown. ${ADMIN('ticket.agent')}`,
    },
    {
      on: (session) => session.policies(),
      lacks: { sla_clocks: ['breach_at'] },
      words: `Policies are not shown, without which nobody would tell that a clock stopped. ${ADMIN('admin.sla')}`,
    },
    {
      on: (session) => session.fields(),
      lacks: { events: ['field'] },
      words: `Attributes of tickets are not shown. ${ADMIN('admin.object')}`,
    },
  ],
  feeds: [
    people,
    groups,
    calendars,
    policies,
    attributes,
    ruleFeed('triggers', 'Triggers', 'trigger', 'admin.trigger'),
    ruleFeed('schedulers', 'Schedulers', 'job', 'admin.scheduler'),
    ruleFeed('macros', 'Macros', 'macro', 'admin.macro'),
    textModules,
    overviews,
    workflows,
    filters,
    webhooks,
    answers,
    organisations,
    tickets,
  ],
  ticketUrl: (settings, ticketId) =>
    `${urlOf(settings).href.replace(/\/$/, '')}/#ticket/zoom/${encodeURIComponent(ticketId)}`,
});
