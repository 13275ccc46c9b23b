import { blank } from '../../src/kit/blank.ts';
import { available, orRefusal } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { type Feed, hiddenBy, joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { askPage } from '../../src/kit/page/pager.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import { accountOf, type Context, openSession, readMe, type Session } from './account.ts';
import { api, DESK_API, DESK_PAGES, groupList, isCloud, PAGES, SEARCH_PAGES } from './calls.ts';
import { loadDesk } from './desk.ts';
import { toField, toForm, toPeople } from './map-config.ts';
import { loadQueueWords, toQueue } from './map-queue.ts';
import { mapTicket } from './map-ticket.ts';
import { isWhole, readHistories } from './read-histories.ts';
import { Comment, Desk, DeskNode, Field, Group, Issue, Organisation, Queue, RequestField } from './schema.ts';
import { searchOf, writeSearch } from './search.ts';
import { Settings, siteUrl } from './settings.ts';

const { list, changes, tree } = feedsOf<Settings, Session>();

const BROWSE =
  'Give the user the global permission "Browse users and groups" (Settings > System > Global permissions).';
const AGENT = 'Make the user an agent of the service project (Project settings > People > role Service Desk Team).';

function peopleOf(cloud: boolean): Feed<Context> {
  const settings = Settings.parse({ url: 'site', deployment: cloud ? 'cloud' : 'data_center' });
  const { rows: _rows, ...call } = groupList(settings);
  return list({
    id: 'groups',
    title: 'Agents and groups',
    fills: { agents: fields('agents', 'role department active human team membership purpose tier') },
    words: { permission: BROWSE },
    ...call,
    rows: Group,
    async shows({ session }) {
      const { agents } = await session.staff();
      if (agents !== null) return available();
      return available({
        lacks: { agents: ['role', 'department', 'active', 'human', 'membership'] },
        detail:
          'No group is known whose members are agents, or its members may not be seen. Name it in the setting agentGroups.',
        hidden: 'permission',
      });
    },
    async map(rows, { session, settings: own }) {
      return toPeople(rows, await session.staff(), own);
    },
  });
}

const [onCloud, onDataCenter] = [peopleOf(true), peopleOf(false)];
/** The two kinds of site list their groups in ways of their own. */
const people: Feed<Context> = {
  ...onCloud,
  probe: (context) => (isCloud(context.settings) ? onCloud : onDataCenter).probe(context),
  read: (context, checkpoint) => (isCloud(context.settings) ? onCloud : onDataCenter).read(context, checkpoint),
};

const siteFields = list({
  id: 'fields',
  title: 'Fields',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions'] },
  words: { permission: 'Give the user access to Jira.' },
  path: ({ settings }) => `${api(settings)}/field`,
  page: onePage(),
  rows: Field,
  map: (rows) => ({ automation: rows.map(toField) }),
});

/** Desks that the settings leave out have no branch. */
function isRead(node: Pick<DeskNode, 'projectKey'>, settings: Settings): boolean {
  return settings.projects.length === 0 || (node.projectKey !== null && settings.projects.includes(node.projectKey));
}

const forms = tree({
  id: 'request-types',
  title: 'Request types with their fields',
  fills: { automations: ['condition_fields', 'required_fields'] },
  words: { permission: AGENT, absent: 'Jira Service Management is not set up on this site.' },
  path: `${DESK_API}/servicedesk`,
  at: 'values',
  page: DESK_PAGES,
  nodes: DeskNode,
  branches: [{ path: (desk) => `${DESK_API}/servicedesk/${desk.id}/requesttype`, at: 'values', page: DESK_PAGES }],
  leaves: {
    path: (type) => `${DESK_API}/servicedesk/${type.serviceDeskId}/requesttype/${type.id}/field`,
    at: 'requestTypeFields',
    page: onePage(),
    rows: RequestField,
  },
  map(rows, parents, { settings }) {
    const [desk, type] = parents;
    return desk === undefined || type === undefined || !isRead(desk, settings)
      ? {}
      : { automation: [toForm(type, rows)] };
  },
});

/** Queues of a project are shown to its agents only, and a user may be an agent of some projects. */
const queuesOf = (desk: Pick<Desk, 'id'>) => ({ path: `${DESK_API}/servicedesk/${desk.id}/queue`, at: 'values' });
const REFUSED = [403, 404];

const queues = list({
  id: 'queues',
  title: 'Queues',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions'] },
  words: { permission: AGENT, absent: 'Jira Service Management is not set up on this site.' },
  path: `${DESK_API}/servicedesk`,
  at: 'values',
  page: DESK_PAGES,
  rows: Desk,
  async shows(context) {
    const desks = await context.session.desks();
    const asked = await each(desks, (desk) =>
      orRefusal(
        () => askPage(context, { path: queuesOf(desk).path, query: { limit: 1 } }, { at: 'values', place: 'queues' }),
        REFUSED,
      ),
    );
    const hidden = asked.filter((one) => one.found === null).length;
    if (hidden > 0 && hidden === desks.length) return { status: 'permission', detail: AGENT };
    return available({
      detail: hidden === 0 ? null : `Queues of ${hidden} service projects are not visible. ${AGENT}`,
    });
  },
  async map(rows, context) {
    const own = rows.filter((desk) => isRead(desk, context.settings));
    const read = await readChildren(context, 'queues', own, {
      path: (desk) => queuesOf(desk).path,
      at: 'values',
      page: DESK_PAGES,
      rows: Queue,
      gone: REFUSED,
    });
    const words = await loadQueueWords(context, await loadDesk(context));
    return {
      automation: own.flatMap((desk) => (read.of.get(desk) ?? []).map((row) => toQueue(row, desk.id, words))),
      rejected: read.rejected,
    };
  },
});

const organisations = list({
  id: 'organisations',
  title: 'Organisations',
  fills: { organisations: [] },
  words: { permission: AGENT, absent: 'Jira Service Management is not set up on this site.' },
  path: `${DESK_API}/organization`,
  at: 'values',
  page: DESK_PAGES,
  rows: Organisation,
  map: (rows) => ({ organisation: rows.map((row) => ({ ...blank('organisation'), id: row.id })) }),
});

const CLOCKS = fields('sla_clocks', 'metric target_s started_at breach_at fulfilled_at met');

const EVENTS_FILL = fields(
  'events',
  'status priority group assignee field tag link escalation from_value to_value actor actor_id',
);

const requests = changes({
  id: 'tickets',
  title: 'Requests with their history, comments and SLAs',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel form',
      'group_id assignee_id requester_key requester_is_agent organisation_id brand product category severity cause_code',
      'created_by created_by:customer created_by:agent created_by:machine created_on_behalf tags reference_keys',
      'reported_solved_at',
    ),
    events: EVENTS_FILL,
    messages: fields('messages', 'author author_id public note channel article_ids'),
    sla_clocks: CLOCKS,
    csat: fields('csat', 'answered_at score scale'),
    links: fields('links', 'kind kind:issue system target_key linked_at'),
  },
  words: { permission: 'Give the user the permission "Browse projects" in the service projects.' },
  path: ({ settings }) => `${api(settings)}${isCloud(settings) ? '/search/jql' : '/search'}`,
  query: async ({ session, settings }) => searchOf(await session.roles(), settings),
  at: 'issues',
  page: SEARCH_PAGES,
  rows: Issue,
  by: async ({ session }) => writeSearch((await session.desks()).map((desk) => desk.projectId)),
  start: ({ settings }) => startAt(settings),
  children: {
    // The second version gives texts as they were written, on both kinds of site.
    path: (issue) => `/rest/api/2/issue/${issue.id}/comment`,
    query: { expand: 'properties' },
    at: 'comments',
    page: PAGES,
    rows: Comment,
  },
  below: {
    children: {
      ask: (issue) => ({ path: `/rest/api/2/issue/${issue.id}/comment` }),
      lacks: { messages: fields('messages', 'author author_id public note channel article_ids') },
      words: AGENT,
    },
    changelog: {
      ask: (issue, { settings }) =>
        isWhole(issue, isCloud(settings)) ? null : { path: `${api(settings)}/issue/${issue.id}/changelog` },
      // Short histories come with the search itself.
      lacks: {},
      words: `Long histories of requests are refused: their events are unknown. ${AGENT}`,
    },
  },
  async shows(context) {
    const { session, settings } = context;
    const roles = await session.roles();
    const unless = (known: boolean, names: readonly string[]) => (known ? [] : names);
    const cloud = isCloud(settings);
    return available({
      since: sinceOf(settings),
      lacks: {
        tickets: [
          // The resolution tells the cause where no field does.
          ...lackedCodes(roles.codes, ['cause']),
          ...unless(roles.team !== null, ['group_id']),
          ...unless(roles.requestType !== null, ['form']),
          ...unless(roles.organisations !== null, ['organisation_id']),
          ...unless(cloud, ['channel', 'vendor_channel']),
        ],
        csat:
          roles.rating === null
            ? fields('csat', 'answered_at score scale')
            : unless(roles.ratedAt !== null, ['answered_at']),
        sla_clocks: unless(roles.slas.size > 0, CLOCKS),
        events: unless(roles.team !== null, ['group']),
        messages: unless(cloud, ['channel']),
      },
      detail:
        roles.unreadSlas === 0
          ? null
          : `The names of ${roles.unreadSlas} SLA field(s) do not say what they promise; say it in the setting slas.`,
    });
  },
  async map(rows, context, { childrenOf, sees }) {
    const desk = await loadDesk(context);
    const histories = await readHistories(rows, context, await sees('changelog'));
    const mapped = rows.map((row) => mapTicket(row, childrenOf(row), histories.of(row), histories.isPartly(row), desk));
    return joinMapped([...mapped, { rejected: histories.rejected }]);
  },
});

/** Without a service project there is nothing to search in; a search without one would find other people's issues. */
const tickets = hiddenBy(requests, async ({ session, settings }) => {
  if ((await session.desks()).length > 0) return null;
  const which =
    settings.projects.length > 0 ? 'None of the service projects in the setting projects' : 'No service project';
  return { status: 'permission', detail: `${which} is visible to the user. ${AGENT}` };
});

/** Jira Service Management on Cloud and Data Center (README.md has the behaviours, limits and what it cannot show). */
export const jiraServiceManagement = declareConnector<Settings, Session>({
  id: 'jira-service-management',
  title: 'Jira Service Management',
  settings: Settings,
  flags: [
    { name: 'url', description: 'site (acme) or address (https://acme.atlassian.net)', required: true },
    { name: 'user', description: 'e-mail of the user that the API token belongs to', required: false },
  ],
  example: { url: 'acme', user: 'you@acme.com' },
  secrets: [
    { title: 'Token', description: 'API token, or personal access token of a Data Center.', parts: [] },
    {
      title: 'OAuth app',
      description: 'Of the OAuth 2.0 app whose client id stands in the settings.',
      parts: [
        { name: 'client_secret', title: 'Client secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
  ],
  account: accountOf,
  lagS: 60,
  never: {
    sla_policies:
      'Jira shows the goals of SLAs with each request only, not as policies; Project settings > SLAs has them.',
    calendars:
      'Jira does not show the calendars of SLAs over its interface; Project settings > SLAs > Calendars has them.',
    articles:
      'Articles of the knowledge base are pages of Confluence: the interface searches them by words and gives no dates. Space settings of Confluence export them.',
    article_views: 'Jira counts no views by day over its interface; Project > Reports > Knowledge base has them.',
    bot_sessions:
      'Sessions of the virtual agent are not in the interface; Project > Virtual service agent > Performance has them.',
    integrations: 'Jira does not list installed apps to an API token; Settings > Apps > Manage apps has them.',
  },
  async identify(context) {
    const me = await readMe(context);
    return { role: me.data.accountType ?? 'user', account: siteUrl(context.settings).host, serverNow: serverTime(me) };
  },
  open: openSession,
  rests: [
    {
      on: async (session) => (await session.staff()).agents,
      feeds: ['tickets'],
      lacks: { tickets: ['requester_is_agent', 'created_by:agent'], events: ['actor_id'] },
      words: `Who is an agent is not shown. ${BROWSE}`,
    },
    {
      on: async (session) => (await session.staff()).seesGroups,
      lacks: { events: ['group'] },
      words: `Groups are not shown. ${BROWSE}`,
    },
    {
      on: (session) => session.fields(),
      feeds: ['tickets'],
      lacks: { tickets: ['cause_code'] },
      words: 'Fields of the site are not shown, nor what is kept in them. Give the user access to Jira.',
    },
    {
      on: (session) => session.statuses(),
      lacks: { events: ['status'] },
      words: 'Statuses of the site are not shown, by which those of the past are told. Give the user access to Jira.',
    },
    {
      on: (session) => session.priorities(),
      lacks: { tickets: ['priority_rank'], events: ['priority'] },
      words: 'The order of priorities is not shown. Give the user access to Jira.',
    },
  ],
  feeds: [people, siteFields, forms, queues, organisations, tickets],
  ticketUrl: (settings, ticketId) =>
    `${siteUrl(settings).href.replace(/\/$/, '')}/issues/?jql=${encodeURIComponent(`id = ${ticketId}`)}`,
});
