import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { hiddenBy, joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { writeSeconds } from '../../src/kit/feed/since.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import {
  accountOf,
  codesOf,
  DOCS,
  docsPages,
  FIELDS,
  loadDesk,
  MEMBERS,
  openSession,
  PAGES,
  REPORT_PAGES,
  readMe,
  SAVED_REPLIES,
  type Session,
} from './account.ts';
import {
  toAgent,
  toArticle,
  toField,
  toOrganisation,
  toRating,
  toSavedReply,
  toWebhook,
  toWorkflow,
} from './map-config.ts';
import { mapConversation } from './map-conversation.ts';
import {
  Article,
  At,
  Collection,
  Conversation,
  Named,
  Organisation,
  Rating,
  Thread,
  User,
  Webhook,
  Workflow,
} from './schema.ts';
import { only, Settings } from './settings.ts';

const { list, changes, tree } = feedsOf<Settings, Session>();

const GRANT =
  'Make the app as an owner or administrator who may see all inboxes and has the permission "Access API" (Manage > Users > the user > Permissions).';
/** The vendor began in 2011: nothing is older. */
const BEGAN = '2011-04-01';
const DAY_S = 86_400;
const hal = (name: string) => ({ at: `_embedded.${name}`, page: PAGES, words: { permission: GRANT } });
const MAILBOXES = { ...hal('mailboxes'), path: '/v2/mailboxes', rows: Named };

const staff = (id: string, title: string, path: string, name: string, more: readonly 'department'[] = []) =>
  list({
    ...hal(name),
    id,
    title,
    fills: { agents: ['role', 'active', 'human', 'created_at', ...more] },
    words: { permission: GRANT, absent: 'This account has no such users.' },
    path,
    rows: User,
    async map(rows, context) {
      const programs = await context.session.systemUsers();
      return { agent: await each(rows, (row) => toAgent(row, programs?.has(row.id) === true, context)) };
    },
  });

const teams = list({
  ...hal('teams'),
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  words: { permission: GRANT, absent: 'Teams are not part of the plan of this account.' },
  path: '/v2/teams',
  rows: Named,
  async map(rows, context) {
    const members = await readChildren(context, 'teams', (await context.session.seesMembers()) ? rows : [], MEMBERS);
    return {
      team: rows.map((row) => toTeam(row, statedOf(context.settings))),
      membership: toMemberships(
        rows.flatMap((row) => (members.of.get(row) ?? []).map(({ id }) => [id, row.id] as const)),
      ),
      rejected: members.rejected,
    };
  },
});

/** Inboxes as groups, where people say that they are. */
const inboxes = list({
  ...MAILBOXES,
  id: 'inboxes',
  title: 'Inboxes',
  fills: { agents: ['team', 'purpose', 'tier'] },
  shows: ({ settings }) =>
    settings.groups === 'inboxes'
      ? available()
      : { status: 'absent', detail: 'Groups are teams here (setting groups).' },
  map: (rows, { settings }) => ({ team: rows.map((row) => toTeam(row, statedOf(settings))) }),
});

const customFields = list({
  ...MAILBOXES,
  id: 'custom-fields',
  title: 'Custom fields of inboxes',
  fills: { automations: ['active', 'condition_fields', 'condition_terms', 'unread_conditions', 'required_to_solve'] },
  async shows({ session }) {
    if ((await session.fields()) !== null) return available();
    return { status: 'plan', detail: 'Custom fields are part of the plans Plus and Pro.' };
  },
  async map(rows, context) {
    const { of, rejected } = await readChildren(context, 'custom-fields', rows, FIELDS);
    return { automation: [...of.values()].flatMap((own) => (own ?? []).map(toField)), rejected };
  },
});

const savedReplies = list({
  ...MAILBOXES,
  id: 'saved-replies',
  title: 'Saved replies',
  fills: { automations: ['active', 'actions'] },
  async shows(context) {
    const first = (await context.session.mailboxes()).slice(0, 1);
    const { of } = await readChildren(context, 'saved-replies', first, SAVED_REPLIES);
    return [...of.values()].includes(null) ? { status: 'permission', detail: GRANT } : available();
  },
  async map(rows, context) {
    const { of, rejected } = await readChildren(context, 'saved-replies', rows, SAVED_REPLIES);
    return { automation: [...of.values()].flatMap((own) => (own ?? []).map(toSavedReply)), rejected };
  },
});

const workflows = list({
  ...hal('workflows'),
  id: 'workflows',
  title: 'Workflows',
  fills: { automations: ['active', 'updated_at'] },
  path: '/v2/workflows',
  rows: Workflow,
  map: (rows) => ({ automation: rows.map(toWorkflow) }),
});

const webhooks = list({
  ...hal('webhooks'),
  id: 'webhooks',
  title: 'Webhooks',
  fills: { integrations: ['class', 'active'] },
  path: '/v2/webhooks',
  rows: Webhook,
  map: (rows) => ({ integration: rows.map(toWebhook) }),
});

const organisations = list({
  ...hal('organizations'),
  id: 'organisations',
  title: 'Organisations',
  fills: { organisations: ['created_at', 'domain_hash'] },
  path: '/v2/organizations',
  query: { sort: 'name,asc' },
  rows: Organisation,
  map: (rows, context) => ({ organisation: rows.map((row) => toOrganisation(row, context)) }),
});

const articleTree = tree({
  id: 'articles',
  title: 'Articles of Docs',
  fills: { articles: ['created_at', 'edited_at', 'published', 'public', 'author_id', 'editor_id', 'category'] },
  words: { permission: 'Use the Docs API key of a user who may "Create new, edit settings & Collections" in Docs.' },
  path: '/v1/collections',
  origin: DOCS,
  at: 'collections.items',
  page: docsPages('collections'),
  nodes: Collection,
  branches: [],
  leaves: {
    path: ({ id }) => `/v1/collections/${id}/articles`,
    query: { status: 'all' },
    at: 'articles.items',
    page: docsPages('articles'),
    rows: Article,
  },
  map: (rows, parents) => ({ article: rows.map((row) => toArticle(row, parents.at(-1) as Collection)) }),
});

/** Docs has a key of its own, without which nothing is asked of it. */
const articles = hiddenBy(articleTree, ({ settings }) =>
  settings.docs
    ? null
    : {
        status: 'permission',
        detail: 'Give the API key of Docs too (Your Profile > Authentication > API keys) and set docs=true.',
      },
);

const EVENTS_FILL = fields('events', 'status assignee group field merge from_value to_value actor actor_id rule_id');
const MESSAGES_FILL = fields(
  'messages',
  'author author_id public note channel template_id article_ids promised_reply_s promise_business_hours through_api',
);
const LINKS_FILL = fields('links', 'kind kind:issue system target_key linked_at');

const conversations = changes({
  ...hal('conversations'),
  id: 'conversations',
  title: 'Conversations with their threads',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status channel vendor_channel group_id assignee_id requester_key',
      'organisation_id brand product category severity cause_code created_by created_by:customer created_by:agent',
      'created_by:machine created_on_behalf tags filled_fields reported_closed_at',
    ),
    events: EVENTS_FILL,
    messages: MESSAGES_FILL,
    links: LINKS_FILL,
  },
  path: '/v2/conversations',
  query: ({ settings }) => only('mailbox', settings),
  rows: Conversation,
  // Whether "all" holds spam is not documented: it is asked for by itself as well.
  passes: [{ status: 'all' }, { status: 'spam' }],
  by: {
    field: 'userUpdatedAt',
    read: At,
    loose: true,
    spanS: 28 * DAY_S,
    ask: (ask, from, to) => ({
      ...ask,
      query: {
        ...ask.query,
        query: `(modifiedAt:[${writeSeconds(from)} TO ${writeSeconds(to)}])`,
        sortField: 'modifiedAt',
        sortOrder: 'asc',
      },
    }),
  },
  start: ({ settings }) => startAt(settings, BEGAN),
  children: { path: ({ id }) => `/v2/conversations/${id}/threads`, at: '_embedded.threads', page: PAGES, rows: Thread },
  below: {
    children: {
      ask: ({ id }) => ({ path: `/v2/conversations/${id}/threads` }),
      lacks: {
        events: EVENTS_FILL,
        messages: MESSAGES_FILL,
        links: LINKS_FILL,
        tickets: ['created_on_behalf'],
      },
      words: GRANT,
    },
    customer: {
      ask: ({ primaryCustomer }) =>
        primaryCustomer?.id == null ? null : { path: `/v2/customers/${encodeURIComponent(primaryCustomer.id)}` },
      lacks: { tickets: ['organisation_id'] },
      words: `Customers are not shown, by whom the organisation of a conversation is told. ${GRANT}`,
    },
  },
  async shows({ session, settings }) {
    const limited = session.role !== null && !/^(?:owner|admin)/i.test(session.role);
    return available({
      since: sinceOf(settings),
      lacks: { tickets: lackedCodes(codesOf(settings, (await session.fields()) ?? [])) },
      detail: limited
        ? `The app belongs to a user with the role ${session.role}: inboxes that this user may not see are left out. ${GRANT}`
        : null,
    });
  },
  async map(rows, context, { childrenOf, isPartly, sees }) {
    const desk = await loadDesk(context);
    const shown = await sees('customer');
    const organisation = await each(rows, async ({ primaryCustomer }) =>
      primaryCustomer?.id == null || !shown ? null : context.session.organisationOf(primaryCustomer.id),
    );
    return joinMapped(
      rows.map((row, i) => mapConversation(row, childrenOf(row), isPartly(row), organisation[i] ?? null, desk)),
    );
  },
});

const ratings = changes({
  id: 'ratings',
  title: 'Answers of satisfaction surveys',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: {
    permission:
      'Reports are part of the plans Plus and Pro; there the user of the app needs the permission to see reports.',
    plan: 'Reports are part of the plans Plus and Pro.',
  },
  path: '/v2/reports/happiness/ratings',
  query: ({ settings }) => only('mailboxes', settings),
  at: 'results',
  page: REPORT_PAGES,
  rows: Rating,
  by: {
    field: 'ratingCreatedAt',
    read: At,
    id: 'threadid',
    loose: true,
    spanS: 90 * DAY_S,
    ask: (ask, from, to) => ({
      ...ask,
      query: { ...ask.query, start: writeSeconds(from), end: writeSeconds(to), rating: 'all' },
    }),
  },
  start: ({ settings }) => startAt(settings, BEGAN),
  map: (rows) =>
    toAnswers(rows.map(toRating), { feed: 'ratings', path: 'ratingId', expected: 'great, okay or not good' }),
});

/** Help Scout, Inbox API 2.0 and Docs API 1 (README.md has the behaviours, limits and what it cannot show). */
export const helpScout = declareConnector<Settings, Session>({
  id: 'help-scout',
  title: 'Help Scout',
  settings: Settings,
  flags: [],
  example: { app: 'acme-app-id' },
  secrets: [
    { title: 'App secret', description: 'Of the app whose id is in the settings.', parts: [] },
    {
      title: 'App secret and key of Docs',
      description: 'Where the setting docs is true.',
      parts: [
        { name: 'app_secret', title: 'App secret' },
        { name: 'docs_key', title: 'API key of Docs' },
      ],
    },
    {
      title: 'Access token',
      description: 'For a first look without an app in the settings; it ends after two days.',
      parts: [],
    },
  ],
  account: accountOf,
  lagS: 60,
  never: {
    sla_policies: 'Help Scout has no call for service levels; describe your targets in plumbline.yaml.',
    sla_clocks: 'Help Scout has no call for service levels and keeps no outcome of them on a conversation.',
    calendars:
      'Help Scout does not give its office hours over the interface; Manage > Company > Office hours has them.',
    article_views: 'Help Scout counts the views of an article in total, not by day; Reports > Docs has them by day.',
    bot_sessions: 'Help Scout does not give sessions of AI Answers over the interface; Reports > AI Answers has them.',
  },
  async identify(context) {
    const me = await readMe(context);
    return {
      role: me.data.role ?? 'user',
      account: me.data.companyId ?? new URL(context.http.origin).host,
      serverNow: serverTime(me),
    };
  },
  open: openSession,
  rests: [
    {
      on: (session) => session.seesMembers(),
      lacks: { agents: ['membership', 'department'] },
      words: `Members of teams are refused. ${GRANT}`,
    },
    { on: (session) => session.teams(), lacks: { agents: ['department'] }, words: `Teams are not shown. ${GRANT}` },
    namesOfPrograms((session) => session.users(), ['conversations'], `Users are not shown. ${GRANT}`),
    namesOfPrograms(
      (session) => session.systemUsers(),
      ['users', 'conversations'],
      `AI agents are not shown. ${GRANT}`,
    ),
    {
      on: async (session) => (await session.organised()) !== null,
      feeds: ['conversations'],
      lacks: { tickets: ['organisation_id'] },
      words: `Organisations are not shown. ${GRANT}`,
    },
    {
      on: (session) => session.articles(),
      lacks: { messages: ['article_ids'] },
      words: 'Articles of Docs are not shown. Make the API key of Docs as somebody who may see all its collections.',
    },
  ],
  feeds: [
    staff('users', 'Users', '/v2/users', 'users', ['department']),
    staff('system-users', 'AI agents', '/v3/system-users', 'system_users'),
    teams,
    inboxes,
    customFields,
    savedReplies,
    workflows,
    webhooks,
    organisations,
    articles,
    conversations,
    ratings,
  ],
  ticketUrl: (_settings, id) => `https://secure.helpscout.net/conversation/${encodeURIComponent(id)}`,
});
