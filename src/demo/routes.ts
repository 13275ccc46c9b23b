import { formatInstant } from './calendar.ts';
import type { DeskRows } from './desk-rows.ts';
import * as account from './export-account.ts';
import { showAudit } from './export-events.ts';
import * as fields from './export-fields.ts';
import * as people from './export-people.ts';
import * as promises from './export-promises.ts';
import * as rules from './export-rules.ts';
import { showMetricSet, showTicket } from './export-tickets.ts';
import { type Ask, NOT_FOUND, ok, pageByCursor, pageByTime, pageList, type Reply } from './paging.ts';
import { exportTickets, groupClocks, includes, listKept, listRatings, listUsers, showMe } from './route-handlers.ts';
import { count, from, list, type Route, withTicket } from './route-makers.ts';

/** Answers by path after `/api/v2`; `:id` is one number or word. Unknown paths are 404. */
export function answer(rows: DeskRows, ask: Ask, path: string): Reply {
  for (const [pattern, route] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return route(rows, ask, match[1] ?? '');
  }
  return NOT_FOUND;
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
        ? pageList(ask, 'ticket_metric_events', rows.clocks().rows, true, rows.clocks().show)
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
        : pageList(ask, 'articles', rows.articles().rows, true, rows.articles().show),
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
  count('/tickets/count', (world) => listKept(world).length),
  count('/users/count', (world) => world.users.length),
  count('/groups/count', (world) => world.groups.length),
  count('/organizations/count', (world) => world.organisations.length),
  count('/satisfaction_ratings/count', (world) => world.tickets.filter((ticket) => ticket.rating !== null).length),
  [
    '/tickets',
    (rows, ask) =>
      pageList(ask, 'tickets', listKept(rows.world), true, (ticket) => showTicket(rows.world, ticket, ask.url)),
  ],
  withTicket('/tickets/:id', (rows, ask, ticket) =>
    ok({
      ticket: {
        ...showTicket(rows.world, ticket, ask.url),
        ...(includes(ask).has('metric_events') ? { metric_events: groupClocks(rows, ticket.id) } : {}),
      },
    }),
  ),
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
  [
    '/ticket_metrics',
    (rows, ask) =>
      pageList(ask, 'ticket_metrics', listKept(rows.world).reverse(), true, (ticket) =>
        showMetricSet(rows.world, ticket, ask.url),
      ),
  ],
  ['/users/me', (rows, ask) => showMe(rows.world.admin, rows, ask)],
  ['/users', listUsers],
  from('professional', list('/custom_roles', 'custom_roles', people.listRoles, false)),
  list('/groups', 'groups', people.listGroups),
  list('/group_memberships', 'group_memberships', people.listMemberships),
  list('/organizations', 'organizations', (world, url) =>
    world.organisations.map((row) => people.showOrganisation(world, row, url)),
  ),
  list('/organization_fields', 'organization_fields', people.listOrganisationFields),
  list('/ticket_fields', 'ticket_fields', fields.listFields),
  list('/ticket_forms', 'ticket_forms', fields.listForms, false),
  list('/triggers', 'triggers', (world, url) => rules.listRules(world, 'trigger', url)),
  list('/trigger_categories', 'trigger_categories', rules.listCategories),
  list('/automations', 'automations', (world, url) => rules.listRules(world, 'automation', url)),
  list('/macros', 'macros', rules.listMacros),
  list('/views', 'views', rules.listViews),
  from('professional', list('/slas/policies', 'sla_policies', promises.listPolicies, false)),
  from('enterprise', list('/group_slas/policies', 'group_sla_policies', promises.listTeamPolicies, false)),
  from('professional', list('/business_hours/schedules', 'schedules', promises.listSchedules, false)),
  from('professional', [
    '/business_hours/schedules/:id/holidays',
    (rows, ask, id) =>
      id === String(promises.SCHEDULE_ID)
        ? pageList(ask, 'holidays', promises.listHolidays(rows.world), false)
        : NOT_FOUND,
  ]),
  list('/custom_statuses', 'custom_statuses', fields.listStatuses, false),
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
  list('/webhooks', 'webhooks', account.listWebhooks),
  ['/account/settings', (rows) => ok({ settings: account.showSettings(rows.world) })],
  from('enterprise', list('/queues', 'queues', rules.listQueues, false)),
  from('enterprise', list('/routing/attributes', 'attributes', rules.listSkills, false)),
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
