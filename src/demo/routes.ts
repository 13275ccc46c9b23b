import { formatInstant } from './calendar.ts';
import type { DeskRows } from './desk-rows.ts';
import * as account from './export-account.ts';
import * as configuration from './export-configuration.ts';
import { showAudit } from './export-events.ts';
import * as people from './export-people.ts';
import { showMetricSet, showTicket } from './export-tickets.ts';
import { type Ask, FORBIDDEN, NOT_FOUND, ok, pageByCursor, pageByTime, pageList, type Reply } from './paging.ts';
import { showId } from './vendor-json.ts';
import type { SimUser, World } from './world.ts';

type Route = (rows: DeskRows, ask: Ask, id: string) => Reply;

/** Answers by path after `/api/v2`; `:id` is one number or word. Unknown paths are 404. */
export function answer(rows: DeskRows, ask: Ask, path: string): Reply {
  for (const [pattern, route] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return route(rows, ask, match[1] ?? '');
  }
  return NOT_FOUND;
}

function list(
  path: string,
  key: string,
  make: (world: World, url: string) => readonly unknown[],
  cursorPages = true,
): [string, Route] {
  return [path, (rows, ask) => pageList(ask, key, make(rows.world, ask.url), cursorPages)];
}

/** Closed to accounts on a smaller plan. */
function from(plan: 'professional' | 'enterprise', entry: [string, Route]): [string, Route] {
  const [path, route] = entry;
  const reach = { team: 0, professional: 1, enterprise: 2 };
  return [
    path,
    (rows, ask, id) => (reach[rows.world.practices.account.plan] < reach[plan] ? FORBIDDEN : route(rows, ask, id)),
  ];
}

function count(path: string, of: (world: World) => number): [string, Route] {
  return [path, (rows) => ok({ count: { value: of(rows.world), refreshed_at: formatInstant(rows.world.now) } })];
}

function withTicket(
  path: string,
  show: (rows: DeskRows, ask: Ask, ticket: World['tickets'][number]) => Reply,
): [string, Route] {
  return [
    path,
    (rows, ask, id) => {
      const ticket = rows.findTicket(Number(id));
      return ticket === undefined || ticket.status === 'deleted' ? NOT_FOUND : show(rows, ask, ticket);
    },
  ];
}

function includes(ask: Ask): ReadonlySet<string> {
  return new Set((ask.query.get('include') ?? '').split(',').filter((name) => name !== ''));
}

const exportTickets: Route = (rows, ask) => {
  const include = includes(ask);
  const source = rows.tickets(include, ask.query.get('exclude_deleted') === 'true');
  return (ask.path.endsWith('/cursor') ? pageByCursor : pageByTime)(
    { ...ask, extra: (shown) => sideload(rows.world, include, shown, ask.url) },
    'tickets',
    source,
  );
};

function sideload(
  world: World,
  include: ReadonlySet<string>,
  shown: readonly Record<string, unknown>[],
  url: string,
): Record<string, unknown> {
  const wanted = new Set(
    shown.flatMap((row) => ['requester_id', 'submitter_id', 'assignee_id'].map((key) => JSON.stringify(row[key]))),
  );
  const organisations = new Set(shown.map((row) => row.organization_id));
  return {
    ...(include.has('users')
      ? {
          users: world.users
            .filter((user) => wanted.has(JSON.stringify(showId(user.id))))
            .map((user) => people.showUser(world, user, url)),
        }
      : {}),
    ...(include.has('groups') ? { groups: people.listGroups(world, url) } : {}),
    ...(include.has('organizations')
      ? {
          organizations: world.organisations
            .filter((row) => organisations.has(row.id))
            .map((row) => people.showOrganisation(world, row, url)),
        }
      : {}),
  };
}

const listUsers: Route = (rows, ask) => {
  const roles = [...ask.query.getAll('role[]'), ...ask.query.getAll('role')];
  const users = rows.world.users.filter((user) => roles.length === 0 || roles.includes(user.role));
  return pageList(
    ask,
    'users',
    users.map((user) => people.showUser(rows.world, user, ask.url)),
  );
};

function listRatings(rows: DeskRows, ask: Ask): Reply {
  const start = Number(ask.query.get('start_time') ?? 0);
  const end = Number(ask.query.get('end_time') ?? Number.POSITIVE_INFINITY);
  const score = ask.query.get('score');
  const ratings = rows.world.tickets
    .filter((ticket) => ticket.rating !== null && ticket.rating.offeredAt >= start && ticket.rating.offeredAt <= end)
    .map((ticket) => account.showRating(ticket, ask.url))
    .filter(
      (row) =>
        row !== null && (score === null || row.score === score || (score === 'received' && row.score !== 'offered')),
    );
  return pageList(ask, 'satisfaction_ratings', ratings);
}

function showMe(user: SimUser, rows: DeskRows, ask: Ask): Reply {
  return ok({ user: { ...people.showUser(rows.world, user, ask.url), authenticity_token: 'demo', shared: false } });
}

const TABLE: readonly [string, Route][] = [
  ['/incremental/tickets(?:/cursor)?', exportTickets],
  [
    '/incremental/ticket_events',
    (rows, ask) => pageByTime(ask, 'ticket_events', rows.updates(includes(ask).has('comment_events'))),
  ],
  [
    '/incremental/ticket_metric_events',
    (rows, ask) =>
      ask.query.has('page[size]')
        ? pageList(ask, 'ticket_metric_events', rows.clocks().rows.map(rows.clocks().show))
        : pageByTime(ask, 'ticket_metric_events', rows.clocks()),
  ],
  ['/incremental/users/cursor', (rows, ask) => pageByCursor(ask, 'users', rows.users())],
  ['/incremental/users', (rows, ask) => pageByTime(ask, 'users', rows.users())],
  ['/incremental/organizations', (rows, ask) => pageByTime(ask, 'organizations', rows.organisations())],
  [
    '/help_center/incremental/articles',
    (rows, ask) => (rows.world.practices.knowledge === null ? NOT_FOUND : pageByTime(ask, 'articles', rows.articles())),
  ],
  [
    '/help_center/(?:[a-z-]+/)?articles',
    (rows, ask) =>
      rows.world.practices.knowledge === null
        ? NOT_FOUND
        : pageList(ask, 'articles', rows.articles().rows.map(rows.articles().show)),
  ],
  [
    '/help_center/(?:[a-z-]+/)?articles/:id/votes',
    (rows, ask, id) => {
      const article = rows.world.articles.find((row) => String(row.id) === id);
      if (article === undefined) return NOT_FOUND;
      const values = [...Array<number>(article.votesUp).fill(1), ...Array<number>(article.votesDown).fill(-1)];
      const at = formatInstant(article.editedAt);
      return pageList(
        ask,
        'votes',
        values.map((value, index) => ({
          id: article.id + index + 1,
          item_id: article.id,
          item_type: 'Article',
          user_id: null,
          value,
          created_at: at,
          updated_at: at,
        })),
      );
    },
  ],
  count('/tickets/count', (world) => world.tickets.filter((ticket) => ticket.status !== 'deleted').length),
  count('/users/count', (world) => world.users.length),
  count('/groups/count', (world) => world.groups.length),
  count('/organizations/count', (world) => world.organisations.length),
  count('/satisfaction_ratings/count', (world) => world.tickets.filter((ticket) => ticket.rating !== null).length),
  list('/tickets', 'tickets', (world, url) =>
    world.tickets.filter((ticket) => ticket.status !== 'deleted').map((ticket) => showTicket(world, ticket, url)),
  ),
  withTicket('/tickets/:id', (rows, ask, ticket) => ok({ ticket: showTicket(rows.world, ticket, ask.url) })),
  withTicket('/tickets/:id/audits', (_rows, ask, ticket) =>
    pageList(
      ask,
      'audits',
      ticket.audits.map((audit) => showAudit(ticket, audit)),
    ),
  ),
  withTicket('/tickets/:id/audits/count', (rows, _ask, ticket) =>
    ok({ count: { value: ticket.audits.length, refreshed_at: formatInstant(rows.world.now) } }),
  ),
  withTicket('/tickets/:id/metrics', (rows, ask, ticket) =>
    ok({ ticket_metric: showMetricSet(rows.world, ticket, ask.url) }),
  ),
  list('/ticket_metrics', 'ticket_metrics', (world, url) =>
    world.tickets
      .filter((ticket) => ticket.status !== 'deleted')
      .reverse()
      .map((ticket) => showMetricSet(world, ticket, url)),
  ),
  ['/users/me', (rows, ask) => showMe(rows.world.admin, rows, ask)],
  ['/users', listUsers],
  from('professional', list('/custom_roles', 'custom_roles', people.listRoles, false)),
  list('/groups', 'groups', people.listGroups),
  list('/group_memberships', 'group_memberships', people.listMemberships),
  list('/organizations', 'organizations', (world, url) =>
    world.organisations.map((row) => people.showOrganisation(world, row, url)),
  ),
  list('/organization_fields', 'organization_fields', people.listOrganisationFields),
  list('/ticket_fields', 'ticket_fields', configuration.listFields),
  list('/ticket_forms', 'ticket_forms', configuration.listForms, false),
  list('/triggers', 'triggers', (world, url) => configuration.listRules(world, 'trigger', url)),
  list('/trigger_categories', 'trigger_categories', configuration.listCategories),
  list('/automations', 'automations', (world, url) => configuration.listRules(world, 'automation', url)),
  list('/macros', 'macros', configuration.listMacros),
  list('/views', 'views', configuration.listViews),
  from('professional', list('/slas/policies', 'sla_policies', configuration.listPolicies, false)),
  from('enterprise', list('/group_slas/policies', 'group_sla_policies', configuration.listTeamPolicies, false)),
  from('professional', list('/business_hours/schedules', 'schedules', configuration.listSchedules, false)),
  from('professional', [
    '/business_hours/schedules/:id/holidays',
    (rows, ask, id) =>
      id === String(configuration.SCHEDULE_ID)
        ? pageList(ask, 'holidays', configuration.listHolidays(rows.world), false)
        : NOT_FOUND,
  ]),
  list('/custom_statuses', 'custom_statuses', configuration.listStatuses, false),
  ['/satisfaction_ratings', listRatings],
  [
    '/guide/survey_responses',
    (rows, ask) =>
      rows.world.practices.account.plan === 'team'
        ? NOT_FOUND
        : pageList({ ...ask, query: withSize(ask.query) }, 'survey_responses', []),
  ],
  list('/deleted_tickets', 'deleted_tickets', account.listDeleted),
  list('/suspended_tickets', 'suspended_tickets', () => []),
  list('/apps/installations', 'installations', account.listApps, false),
  list('/jira/links', 'links', account.listIssueLinks),
  list('/brands', 'brands', account.listBrands),
  ['/account/settings', (rows) => ok({ settings: account.showSettings(rows.world) })],
  from('enterprise', list('/queues', 'queues', configuration.listQueues, false)),
  from('enterprise', list('/routing/attributes', 'attributes', configuration.listSkills, false)),
  from(
    'enterprise',
    list('/audit_logs', 'audit_logs', () => []),
  ),
];

/** This list knows cursor pages only. */
function withSize(query: URLSearchParams): URLSearchParams {
  const sized = new URLSearchParams(query);
  sized.set('page[size]', '50');
  return sized;
}

const ROUTES: readonly [RegExp, Route][] = TABLE.map(([path, route]) => [
  new RegExp(`^${path.replace(':id', '([\\w-]+)')}$`),
  route,
]);
