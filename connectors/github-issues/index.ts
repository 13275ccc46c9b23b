import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { available, orRefusal } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { isProgram, toAgent, toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import { accountOf, openSession, PAGES, readRepository, repo, type Session } from './account.ts';
import { loadDesk } from './desk.ts';
import { DISCUSSION_PAGES, DISCUSSION_PLACE, graphql, readThreads } from './discussions.ts';
import { mapDiscussion } from './map-discussion.ts';
import { mapTicket } from './map-ticket.ts';
import { Account, Discussion, Issue, Item, Team, Template } from './schema.ts';
import { Settings, statedCodes, webOf } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const GRANT = (what: string) => `Give the token the repository permission "${what}" (read).`;

const TEAMS =
  'Give the token the organisation permission "Members" (read) and the repository permission "Administration" (read).';

const staff = list({
  id: 'staff',
  title: 'People who may be assigned',
  fills: { agents: fields('agents', 'role department active human') },
  words: { permission: GRANT('Metadata') },
  path: ({ settings }) => repo(settings, '/assignees'),
  page: PAGES,
  rows: Account,
  async map(rows, { session, settings }) {
    const stated = statedOf(settings);
    const teams = (await session.teams()) ?? [];
    return {
      agent: rows.map((row) =>
        toAgent(
          {
            id: row.id,
            name: row.login,
            role: isProgram({ id: row.id, name: row.login }, stated) ? 'integration' : 'agent',
            active: true,
            program: /^bot$/i.test(row.type ?? ''),
            teams: teams.filter((team) => team.members?.includes(row.id) === true),
          },
          stated,
        ),
      ),
    };
  },
});

const teams = list({
  id: 'teams',
  title: 'Teams with access',
  fills: { agents: fields('agents', 'team membership purpose tier') },
  words: {
    permission: TEAMS,
    absent: 'The repository belongs to a person, who has no teams, or the token may not see them.',
  },
  path: ({ settings }) => repo(settings, '/teams'),
  page: PAGES,
  rows: Team,
  async map(rows, { session, settings }) {
    const stated = statedOf(settings);
    const known = new Map((await session.teams())?.map((team) => [team.id, team.members]));
    return {
      team: rows.map((row) => toTeam({ id: row.id, name: row.name }, stated)),
      membership: toMemberships(
        rows.flatMap((row) => (known.get(row.id) ?? []).map((member) => [member, row.id] as const)),
      ),
    };
  },
});

const templates = list({
  id: 'templates',
  title: 'Issue templates and forms',
  fills: { automations: ['active'] },
  words: { permission: GRANT('Contents'), absent: 'The repository has no issue templates.' },
  path: ({ settings }) => repo(settings, '/contents/.github/ISSUE_TEMPLATE'),
  page: onePage(),
  rows: Template,
  map: (rows) => ({
    automation: rows
      .filter((row) => row.type === 'file' && /\.(?:md|ya?ml)$/i.test(row.name) && !/^config\./i.test(row.name))
      .map((row) => toAutomation({ id: `template:${row.name}`, kind: 'form', active: true })),
  }),
});

const EVENTS_FILL = fields(
  'events',
  'status priority assignee field tag escalation from_value to_value actor actor:customer actor:agent actor_id',
);
const MESSAGES_FILL = fields('messages', 'author author_id promised_reply_s promise_business_hours through_api');
const LINKS_FILL = fields('links', 'kind kind:issue kind:related system target_key linked_at closed_at closed_as');

const issues = changes({
  id: 'issues',
  title: 'Issues with their timelines',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type form assignee_id requester_key',
      'requester_is_agent product category severity cause_code created_by created_by:customer created_by:agent',
      'created_by:machine spam tags filled_fields reference_keys reported_closed_at',
    ),
    events: EVENTS_FILL,
    messages: MESSAGES_FILL,
    links: LINKS_FILL,
  },
  words: { permission: GRANT('Issues'), absent: 'The repository has no issues, or the token may not see it.' },
  path: ({ settings }) => repo(settings, '/issues'),
  query: { state: 'all' },
  page: PAGES,
  rows: Issue,
  by: { param: 'since', field: 'updated_at', order: { sort: 'updated', direction: 'asc' } },
  start: ({ settings }) => startAt(settings, '2008-01-01'),
  below: {
    timeline: {
      ask: (row, { settings }) =>
        row.pull_request === undefined || row.pull_request === null
          ? { path: repo(settings, `/issues/${row.number}/timeline`) }
          : null,
      lacks: { events: EVENTS_FILL, messages: MESSAGES_FILL, links: LINKS_FILL },
      words: GRANT('Issues'),
    },
  },
  shows: ({ settings }) =>
    available({
      lacks: { tickets: lackedCodes(statedCodes(settings)) },
      since: sinceOf(settings),
    }),
  async map(rows, context, { sees }) {
    const desk = await loadDesk(context);
    // Pull requests stand among the issues; their timelines are not asked for.
    const own = rows.filter((row) => row.pull_request === undefined || row.pull_request === null);
    const items = await readChildren(context, 'issues', (await sees('timeline')) ? own : [], {
      path: (row) => repo(context.settings, `/issues/${row.number}/timeline`),
      page: PAGES,
      rows: Item,
      gone: [404, 410],
    });
    const mapped = joinMapped(own.map((row) => mapTicket(row, items.of.get(row) ?? null, items.partly.has(row), desk)));
    return { ...mapped, rejected: items.rejected };
  },
});

const discussions = changes({
  id: 'discussions',
  title: 'Discussions',
  adds: true,
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type form requester_key requester_is_agent',
      'product category severity cause_code created_by created_by:customer created_by:agent tags filled_fields',
      'reported_solved_at reported_closed_at',
    ),
    events: fields('events', 'status from_value to_value actor actor_id'),
    messages: fields('messages', 'author author_id'),
    links: fields('links', 'kind kind:issue system target_key linked_at'),
  },
  words: { permission: GRANT('Discussions'), absent: 'The repository has no discussions.' },
  path: '/graphql',
  method: 'POST',
  at: `${DISCUSSION_PLACE}.nodes`,
  page: DISCUSSION_PAGES,
  rows: Discussion,
  // GraphQL sorts by the last change and cannot be asked for what changed since: the list is walked whole.
  by: ({ settings }) => ({ field: 'updatedAt', ask: (ask) => ({ ...ask, ...graphql(settings) }) }),
  start: ({ settings }) => startAt(settings, '2008-01-01'),
  async shows({ session, settings }) {
    const { has_discussions: has } = await session.repository();
    if (!settings.discussions) return { status: 'absent', detail: 'Left out by the setting `discussions`.' };
    if (has === false) return { status: 'absent', detail: 'The repository has no discussions.' };
    return available({ lacks: { tickets: lackedCodes(statedCodes(settings), ['category']) } });
  },
  async map(rows, context) {
    const desk = await loadDesk(context);
    const threads = await each(rows, (row) => readThreads(row, context));
    return joinMapped(rows.map((row, i) => mapDiscussion(row, threads[i] ?? [], desk)));
  },
});

/** GitHub Issues, REST 2022-11-28 and GraphQL for discussions (README.md has the behaviours, limits and what it cannot show). */
export const githubIssues = declareConnector<Settings, Session>({
  id: 'github-issues',
  title: 'GitHub Issues',
  settings: Settings,
  flags: [
    { name: 'url', description: 'address of a GitHub Enterprise Server; left out = github.com', required: false },
  ],
  example: { repository: 'acme/product' },
  secrets: [
    { title: 'Token', description: 'Fine-grained personal access token.', parts: [] },
    { title: 'App', description: 'Private key (PEM) of the GitHub App whose ids stand in the settings.', parts: [] },
  ],
  account: accountOf,
  lagS: 60,
  never: {
    sla_policies: 'GitHub has no service levels; what labels promise is a custom of the team.',
    sla_clocks: 'GitHub has no service levels and no clocks.',
    calendars: 'GitHub has no business hours.',
    csat: 'GitHub has no surveys. Reactions are no satisfaction: most people who are helped leave none.',
    articles: 'Documentation is files of the repository, without a record of being published or read.',
    article_views: 'GitHub counts views of a repository for 14 days and not of pages; a site for documents has them.',
    bot_sessions: 'GitHub has no chat bot for customers.',
    organisations: 'GitHub does not tell which customer somebody belongs to.',
    integrations: 'Installed apps are shown to owners only (Settings > GitHub Apps), not to a token.',
  },
  async identify(context) {
    const { found: reply } = await orRefusal(() => readRepository(context), [403, 404]);
    if (reply === null)
      throw new PlumblineError(
        'PERMISSION_DENIED',
        `The token sees no repository ${context.settings.repository}.`,
        'GitHub answers "not found" for what may not be seen. Check owner/name, and give the token access to this repository.',
      );
    return { role: 'reader', account: reply.data.full_name, serverNow: serverTime(reply) };
  },
  open: openSession,
  rests: [
    {
      on: (session) => session.staff(),
      lacks: { tickets: ['requester_is_agent'] },
      words: `Who may be assigned is not shown, by which people of the desk are told. ${GRANT('Metadata')}`,
    },
    {
      on: (session) => session.teams(),
      lacks: { agents: ['department'] },
      feeds: ['staff'],
      words: `Teams are not shown. ${TEAMS}`,
    },
    {
      async on(session) {
        const known = (await session.teams()) ?? [];
        return known.length === 0 || known.some(({ members }) => members !== null);
      },
      lacks: { agents: ['department', 'membership'] },
      feeds: ['staff', 'teams'],
      words: `Members of teams are not shown. ${TEAMS}`,
    },
  ],
  feeds: [staff, teams, templates, issues, discussions],
  ticketUrl: (settings, ticketId) =>
    /^\d+$/.test(ticketId) ? `${webOf(settings).origin}/${settings.repository}/issues/${ticketId}` : null,
});
