import type { Ask, Route } from '../desk.ts';
import { absent } from '../desk.ts';
import type { Lists, Row } from '../lists.ts';

const API = '/api/v2';
/** Rows of an export a page. */
const PAGE = 1000;

/** A list that is given whole, under its key. */
function whole(path: string, key: string, list = key): Route {
  return {
    path: new RegExp(`^${API}${path}$`),
    async answer({ url }, lists) {
      if (!lists.has(list)) throw absent(url.pathname);
      return { [key]: await lists.all(list), next_page: null };
    },
  };
}

function numberIn(url: URL, name: string): number {
  const number = Number(url.searchParams.get(name) ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** An export by time: pages that never split a second. `nulls` = what a cell that is null says. */
function exported(path: string, key: string, list = key, nulls: Row = {}): Route {
  return {
    path: new RegExp(`^${API}${path}$`),
    async answer({ url }, lists) {
      if (!lists.has(list)) throw absent(url.pathname);
      const start = numberIn(url, 'start_time');
      const { rows, end, more } = await lists.since(list, start, PAGE);
      return {
        [key]: rows.map((row) => ({ ...nulls, ...row })),
        end_time: end ?? start,
        next_page: null,
        end_of_stream: !more,
      };
    },
  };
}

/** The cursor export: the cursor is the place of the next ticket. */
async function ticketPage({ url }: Ask, lists: Lists): Promise<unknown> {
  const cursor = url.searchParams.get('cursor');
  const from =
    cursor === null ? await lists.before('tickets', numberIn(url, 'start_time')) : Number(cursor.replace('at', ''));
  const tickets = await lists.page('tickets', from, Math.max(1, numberIn(url, 'per_page') || PAGE));
  const after = from + tickets.length;
  return {
    tickets,
    metric_sets: await besideOf(lists, 'metric_sets', 'ticket_id', tickets, ['id']),
    users: await besideOf(lists, 'people', 'id', tickets, ['requester_id', 'submitter_id']),
    after_cursor: `at${after}`,
    end_of_stream: after >= (await lists.count('tickets')),
  };
}

/** Records of another list that the rows name. */
async function besideOf(
  lists: Lists,
  list: string,
  column: string,
  rows: readonly Row[],
  by: readonly string[],
): Promise<Row[]> {
  if (!lists.has(list)) return [];
  const ids = rows.flatMap((row) => by.map((key) => row[key])).filter((id) => typeof id === 'string');
  return lists.where(list, column, [...new Set(ids)]);
}

/** Ratings in pages, from the second on that is asked for. */
async function ratingPage({ url }: Ask, lists: Lists): Promise<unknown> {
  const list = 'satisfaction_ratings';
  if (!lists.has(list)) throw absent(url.pathname);
  const after = url.searchParams.get('after');
  const from = after === null ? await lists.before(list, numberIn(url, 'start_time')) : Number(after);
  const rows = await lists.page(list, from, PAGE);
  const next = from + rows.length;
  const more = next < (await lists.count(list));
  return { [list]: rows, next_page: more ? `${url.origin}${url.pathname}?after=${next}` : null };
}

/** Own statuses stand inside the ticket field of statuses. */
async function statusesOf({ url }: Ask, lists: Lists): Promise<unknown> {
  if (!lists.has('ticket_fields')) throw absent(url.pathname);
  const fields = await lists.all('ticket_fields');
  const statuses = fields.flatMap((field) => (Array.isArray(field.custom_statuses) ? field.custom_statuses : []));
  return { custom_statuses: statuses, next_page: null };
}

async function holidaysOf({ url, parts: [schedule = ''] }: Ask, lists: Lists): Promise<unknown> {
  if (!lists.has('holidays')) throw absent(url.pathname);
  return { holidays: await lists.where('holidays', 'schedule_id', [schedule]), next_page: null };
}

/** The calls of `connectors/zendesk`, in the forms that its schemas read. */
export const ZENDESK_ROUTES: readonly Route[] = [
  {
    path: new RegExp(`^${API}/users/me$`),
    answer: async () => ({ user: { id: 1, role: 'admin' } }),
  },
  { path: new RegExp(`^${API}/incremental/tickets/cursor$`), answer: ticketPage },
  exported('/incremental/ticket_events', 'ticket_events', 'updates'),
  exported('/incremental/organizations', 'organizations'),
  // Without a segment everybody reads it.
  exported('/help_center/incremental/articles', 'articles', 'articles', { user_segment_id: null }),
  whole('/users', 'users', 'agents'),
  whole('/groups', 'groups'),
  whole('/group_memberships', 'group_memberships'),
  whole('/custom_roles', 'custom_roles'),
  { path: new RegExp(`^${API}/custom_statuses$`), answer: statusesOf },
  whole('/ticket_fields', 'ticket_fields'),
  whole('/ticket_forms', 'ticket_forms'),
  whole('/organization_fields', 'organization_fields'),
  whole('/triggers', 'triggers'),
  whole('/automations', 'automations'),
  whole('/macros', 'macros'),
  whole('/slas/policies', 'sla_policies'),
  whole('/business_hours/schedules', 'schedules'),
  { path: new RegExp(`^${API}/business_hours/schedules/([^/]+)/holidays$`), answer: holidaysOf },
  { path: new RegExp(`^${API}/satisfaction_ratings$`), answer: ratingPage },
];
