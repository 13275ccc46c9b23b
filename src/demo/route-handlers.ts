import type { DeskRows } from './desk-rows.ts';
import * as account from './export-account.ts';
import * as people from './export-people.ts';
import { type Ask, ok, pageByCursor, pageByTime, pageList, type Reply } from './paging.ts';
import type { Route } from './route-makers.ts';
import { showId } from './vendor-json.ts';
import type { SimUser, World } from './world.ts';

export function includes(ask: Ask): ReadonlySet<string> {
  return new Set((ask.query.get('include') ?? '').split(',').filter((name) => name !== ''));
}

/** The sideload of one ticket's clock events, by metric. */
export function groupClocks(rows: DeskRows, ticketId: number): Record<string, Record<string, unknown>[]> {
  const { rows: events, show } = rows.clocks();
  const groups: Record<string, Record<string, unknown>[]> = {};
  for (const event of events) {
    if (event.ticket !== ticketId) continue;
    groups[event.metric] = [...(groups[event.metric] ?? []), show(event)];
  }
  return groups;
}

export const exportTickets: Route = (rows, ask) => {
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

export const listUsers: Route = (rows, ask) => {
  const roles = [...ask.query.getAll('role[]'), ...ask.query.getAll('role')];
  const users = rows.world.users.filter((user) => roles.length === 0 || roles.includes(user.role));
  return pageList(ask, 'users', users, true, (user) => people.showUser(rows.world, user, ask.url));
};

export function listRatings(rows: DeskRows, ask: Ask): Reply {
  const start = Number(ask.query.get('start_time') ?? 0);
  const end = Number(ask.query.get('end_time') ?? Number.POSITIVE_INFINITY);
  const wanted = ask.query.get('score');
  const rated = rows.world.tickets.flatMap((ticket) =>
    ticket.rating === null ? [] : [{ ticket, rating: ticket.rating }],
  );
  const chosen = rated.filter(({ rating }) => {
    const score = account.nameScore(rating);
    const fits = wanted === null || score === wanted || (wanted === 'received' && score !== 'offered');
    return fits && rating.offeredAt >= start && rating.offeredAt <= end;
  });
  return pageList(ask, 'satisfaction_ratings', chosen, true, ({ ticket, rating }) =>
    account.showRating(ticket, rating, ask.url),
  );
}

export function listKept(world: World): World['tickets'] {
  return world.tickets.filter((ticket) => ticket.status !== 'deleted');
}

export function showMe(user: SimUser, rows: DeskRows, ask: Ask): Reply {
  return ok({ user: { ...people.showUser(rows.world, user, ask.url), authenticity_token: 'demo', shared: false } });
}
