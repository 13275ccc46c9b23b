import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import { fields } from '../../src/kit/fields.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import {
  CHANGED_SINCE,
  type Context,
  changedQuery,
  countIssues,
  isChosen,
  openSession,
  PAGES,
  PROJECT_LIST,
  readIssues,
  readMe,
  type Session,
} from './account.ts';
import { codeFields, loadDesk } from './desk.ts';
import { fieldOf, toOrganisation, toRouting, toStaff } from './map-config.ts';
import { connected, mapTicket } from './map-ticket.ts';
import { Category, CustomField, Issue, Journal, Project, WikiPage } from './schema.ts';
import { Settings } from './settings.ts';
import { hiddenFrom, seesNothing } from './sight.ts';
import { toArticle } from './wiki.ts';

const { list, changes } = feedsOf<Settings, Session>();

const MEMBER = 'Make the user of the key a member of the projects that are to be read.';
const ADMIN = 'Redmine shows this to administrators only: use the API key of one.';

const chosen = (rows: readonly Project[], { settings }: Context) => rows.filter((row) => isChosen(row, settings));

const people = list({
  id: 'members',
  title: 'Members, roles and groups',
  fills: { agents: ['role', 'department', 'created_at', 'active', 'human', 'team', 'membership', 'purpose', 'tier'] },
  words: { permission: MEMBER },
  ...PROJECT_LIST,
  rows: Project,
  async shows({ session }): Promise<Capability> {
    const { agents, accounts } = await session.staff();
    if (agents === null) return { status: 'permission', detail: MEMBER };
    if (accounts !== null) return { status: 'available' };
    const detail = 'Who is locked or an administrator is shown to administrators only: all members count as active.';
    return { status: 'available', lacks: { agents: ['created_at', 'active'] }, detail, hidden: 'permission' };
  },
  // People hang on all projects together, so that every page of them says the same.
  map: async (_rows, { session, settings }) => toStaff(await session.staff(), settings),
});

const customers = list({
  id: 'customers',
  title: 'Projects as customers',
  fills: { organisations: ['created_at', 'tier', 'tier_rank'] },
  words: { permission: MEMBER },
  ...PROJECT_LIST,
  rows: Project,
  shows: ({ settings }) =>
    settings.projectsAre === 'customers'
      ? { status: 'available' }
      : {
          status: 'absent',
          detail: 'Redmine has no customers. Where each project is one, say so with `projectsAre: customers`.',
        },
  map: (rows, context) => ({
    organisation: chosen(rows, context).map((row) => toOrganisation(row, context)),
  }),
});

const categories = list({
  id: 'categories',
  title: 'Categories that assign issues',
  fills: {
    automations: [
      'condition_fields',
      'condition_terms',
      'unread_conditions',
      'actions',
      'action_terms',
      'unread_actions',
    ],
  },
  words: { permission: MEMBER },
  ...PROJECT_LIST,
  rows: Project,
  below: {
    categories: {
      ask: (row, context) =>
        isChosen(row, context.settings) ? { path: `/projects/${row.id}/issue_categories.json` } : null,
      lacks: {},
      vital: true,
      words: MEMBER,
    },
  },
  async map(rows, context) {
    const staff = await context.session.staff();
    const read = await each(chosen(rows, context), async (project) => {
      const path = `/projects/${project.id}/issue_categories.json`;
      const found = await readVisible(context, { path, at: 'issue_categories', page: onePage(), rows: Category });
      return { automation: (found ?? []).flatMap((row) => toRouting(row, project, staff) ?? []) };
    });
    return joinMapped(read);
  },
});

const customFields = list({
  id: 'custom-fields',
  title: 'Custom fields of issues',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'required_fields'] },
  words: { permission: ADMIN },
  path: '/custom_fields.json',
  at: 'custom_fields',
  page: onePage(),
  rows: CustomField,
  map: (rows) => ({ automation: rows.filter((row) => row.customized_type === 'issue').map(fieldOf) }),
});

const hasWiki = ({ enabled_modules: modules }: Project) => modules?.some(({ name }) => name === 'wiki') !== false;

const wiki = list({
  id: 'wiki',
  title: 'Pages of the wikis',
  fills: { articles: ['edited_at', 'published', 'public', 'category'] },
  words: { permission: MEMBER },
  ...PROJECT_LIST,
  rows: Project,
  below: {
    pages: {
      ask: (row, context) =>
        isChosen(row, context.settings) && hasWiki(row) ? { path: `/projects/${row.id}/wiki/index.json` } : null,
      lacks: {},
      vital: true,
      words: 'Give the role of the key\'s user the right "View wiki" (Administration > Roles and permissions).',
    },
  },
  shows: async (context) =>
    (await seesNothing(context)) ? { status: 'permission', detail: MEMBER } : { status: 'available' },
  async map(rows, context) {
    const open = chosen(rows, context).filter(hasWiki);
    const read = await each(open, async (project) => {
      const path = `/projects/${project.id}/wiki/index.json`;
      const pages = await readVisible(context, { path, at: 'wiki_pages', page: onePage(), rows: WikiPage });
      return { article: (pages ?? []).map((page) => toArticle(page, project, context)) };
    });
    return joinMapped(read);
  },
});

const EVENTS_FILL = fields(
  'events',
  'status priority group assignee field link escalation from_value to_value',
  'actor actor:customer actor:agent actor_id',
);
const MESSAGES_FILL = fields('messages', 'author author_id public note article_ids');

const tickets = changes({
  id: 'tickets',
  title: 'Issues with their journals',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type form group_id assignee_id',
      'requester_key requester_is_agent organisation_id brand product category severity cause_code',
      'created_by created_by:customer created_by:agent reference_keys filled_fields billable_s reported_closed_at',
    ),
    events: EVENTS_FILL,
    messages: MESSAGES_FILL,
    links: fields('links', 'kind kind:issue kind:related system target_key linked_at closed_at closed_as'),
  },
  words: {
    permission: 'Give the role of the key\'s user the right "View issues" (Administration > Roles and permissions).',
  },
  path: '/issues.json',
  at: 'issues',
  query: changedQuery,
  page: PAGES,
  rows: Issue,
  by: { param: CHANGED_SINCE, field: 'updated_on', order: { sort: 'updated_on:asc,id:asc' } },
  start: ({ settings }) => startAt(settings),
  children: {
    path: (issue) => `/issues/${issue.id}.json`,
    query: { include: 'journals' },
    at: 'issue.journals',
    page: onePage(),
    blank: 'nothing',
    rows: Journal,
  },
  below: {
    children: {
      ask: (issue) => ({ path: `/issues/${issue.id}.json`, query: { include: 'journals' } }),
      lacks: { events: EVENTS_FILL, messages: MESSAGES_FILL },
      words: MEMBER,
    },
  },
  async shows(context) {
    const { session, settings } = context;
    const known = codeFields(settings, (await session.fields()) ?? []);
    if (await seesNothing(context)) return { status: 'permission', detail: MEMBER };
    const { projectsAre, timeIsBillable } = settings;
    const lacking = [
      ...lackedCodes(known, ['category']),
      ...(timeIsBillable ? [] : ['billable_s']),
      ...(projectsAre === 'customers' ? [] : ['organisation_id']),
      ...(projectsAre === 'desks' ? [] : ['brand']),
    ];
    const detail = await hiddenFrom(context);
    return available({
      lacks: { tickets: lacking },
      since: sinceOf(settings),
      ...(detail === null ? {} : { detail }),
    });
  },
  async map(rows, context, { childrenOf, isPartly }) {
    const desk = await loadDesk(context);
    const others = [...new Set(rows.flatMap(connected).map((one) => one.other))].sort();
    const found = await readIssues(context, others);
    return joinMapped(rows.map((row) => mapTicket(row, childrenOf(row), found, desk, isPartly(row))));
  },
});

/** Redmine 5 and 6, REST interface (README.md has the behaviours, limits and what it cannot show). */
export const redmine = declareConnector<Settings, Session>({
  id: 'redmine',
  title: 'Redmine',
  settings: Settings,
  flags: [{ name: 'url', description: 'address of the Redmine (https://redmine.example.com)', required: true }],
  example: { url: 'https://redmine.acme.com' },
  account: (settings, secret) => ({
    baseUrl: parseBaseUrl(settings.url, true),
    auth: { kind: 'header', name: 'x-redmine-api-key', value: secret },
    limits: { concurrency: 4, perMinute: null },
  }),
  lagS: 60,
  never: {
    sla_policies: 'Redmine has no service levels of its own; a plugin for them is not in its interface.',
    sla_clocks:
      'Redmine records a due day and no clock: what was promised and whether it was met is not in its interface.',
    calendars:
      'Redmine knows days that nobody works (Administration > Settings > Issue tracking) and no hours; neither is in its interface.',
    csat: 'Redmine has no satisfaction survey.',
    article_views: 'Redmine does not count views of wiki pages; the access log of the web server has them.',
    bot_sessions: 'Redmine has no chat bot.',
    integrations: 'Redmine does not list the tools that use it; Administration > Plugins has what is installed.',
  },
  async identify(context) {
    const reply = await readMe(context);
    const role = reply.data.user.admin === true ? 'admin' : 'member';
    return { role, account: new URL(context.http.origin).host, serverNow: serverTime(reply) };
  },
  open: openSession,
  rests: [
    {
      on: async (session) => (await session.staff()).agents,
      lacks: {
        tickets: ['requester_is_agent', 'created_by:agent', 'created_by:customer'],
        events: ['actor:agent', 'actor:customer', 'actor_id'],
      },
      words: `Who has which right in the projects is not shown, by which sides are told. ${MEMBER}`,
    },
    {
      on: async (session) => (await session.staff()).groups,
      lacks: {
        tickets: ['group_id', 'assignee_id'],
        events: ['group', 'assignee'],
        automations: ['actions', 'action_terms'],
      },
      words: `Members of the projects are not shown: whether an issue is given to a person or a group is unknown. ${MEMBER}`,
    },
    {
      on: async (session) => (await session.staff()).accounts,
      feeds: ['tickets'],
      lacks: {},
      words: `Which reporters are anonymous is unknown: they count as customers. ${ADMIN}`,
    },
    {
      async on(session) {
        const { groups, teams } = await session.staff();
        const own = [...teams.values()].filter(({ id }) => groups?.has(id) === true);
        return own.length === 0 || own.some(({ members }) => members !== null);
      },
      lacks: { agents: ['department', 'membership'] },
      words: `Members of groups are not shown. ${ADMIN}`,
    },
    {
      on: (session) => session.statuses(),
      lacks: { events: ['status', 'escalation'] },
      words: 'Statuses are not shown, by which those of the past are told. Use the API key of a user who may sign in.',
    },
    {
      on: (session) => session.priorities(),
      lacks: { tickets: ['filled_fields'], events: ['priority'] },
      words: 'Priorities are not shown. Use the API key of a user who may sign in.',
    },
    {
      on: (session) => session.fields(),
      feeds: ['tickets'],
      lacks: { tickets: ['filled_fields'] },
      words: `Custom fields and their defaults are not shown. ${ADMIN}`,
    },
  ],
  feeds: [people, customers, categories, customFields, wiki, tickets],
  counts: { tickets: countIssues },
  ticketUrl: (settings, ticketId) =>
    /^\d+$/.test(ticketId) ? `${parseBaseUrl(settings.url, true).href.replace(/\/+$/, '')}/issues/${ticketId}` : null,
});
