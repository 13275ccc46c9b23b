import { formatInstant } from './calendar.ts';
import type { DeskRows } from './desk-rows.ts';
import { type Ask, FORBIDDEN, NOT_FOUND, ok, pageList, type Reply } from './paging.ts';
import type { World } from './world.ts';

export type Route = (rows: DeskRows, ask: Ask, id: string) => Reply;

export function list(
  path: string,
  key: string,
  make: (world: World, url: string) => readonly unknown[],
  cursorPages = true,
): [string, Route] {
  return [path, (rows, ask) => pageList(ask, key, make(rows.world, ask.url), cursorPages)];
}

/** Closed to accounts on a smaller plan. */
export function from(plan: 'professional' | 'enterprise', entry: [string, Route]): [string, Route] {
  const [path, route] = entry;
  const reach = { team: 0, professional: 1, enterprise: 2 };
  return [
    path,
    (rows, ask, id) => (reach[rows.world.practices.account.plan] < reach[plan] ? FORBIDDEN : route(rows, ask, id)),
  ];
}

export function count(path: string, of: (world: World) => number): [string, Route] {
  return [path, (rows) => ok({ count: { value: of(rows.world), refreshed_at: formatInstant(rows.world.now) } })];
}

export function withTicket(
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
