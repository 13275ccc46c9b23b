import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';

type Row = Record<string, unknown>;

const DESK = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../connectors/zendesk/fixtures/desk.json'), 'utf8'),
) as Record<string, Row[]>;

export const ORIGIN = 'https://acme.zendesk.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
const PAGE = 2;

type Rows = (name: string) => Row[];

/** Rows of the fixture, and `more` behind them. */
function rowsOf(name: string, more: ZendeskDesk['more'] = {}): Row[] {
  const found = DESK[name];
  if (found === undefined) throw new Error(`no rows ${name} in the fixture`);
  return structuredClone([...found, ...(more[name] ?? [])]);
}

export interface ZendeskDesk {
  /** Tickets in the place of those of the fixture; they may change while they are read. */
  readonly tickets?: readonly Row[];
  /** Rows beside those of the fixture. */
  readonly more?: Readonly<Record<string, readonly Row[]>>;
}

export const ticketsOf = (): Row[] => rowsOf('tickets');

/** Rows of the fixture, for those who render the account in another form. */
export const deskRows = (name: string): Row[] => rowsOf(name);

/** Cursor export: pages of two, whatever size is asked; the last cursor stays good for the next sync. */
function cursorExport(all: readonly Row[], rows: Rows, url: URL): unknown {
  const cursor = url.searchParams.get('cursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString().slice(2));
  const tickets = structuredClone(all.slice(from, from + PAGE));
  const after = Buffer.from(`at${from + tickets.length}`).toString('base64');
  const shown = new Set(tickets.map((ticket) => String(ticket.id)));
  return {
    tickets,
    metric_sets: rows('metric_sets').filter((set) => shown.has(String(set.ticket_id))),
    users: rows('requesters'),
    after_cursor: after,
    after_url: `${ORIGIN}/api/v2/incremental/tickets/cursor.json?cursor=${after}`,
    before_cursor: null,
    before_url: null,
    end_of_stream: from + tickets.length >= all.length,
  };
}

/** Time export: about two rows a page, a second is never split, the last second comes again. */
function timeExport(key: string, all: Row[], at: (row: Row) => number, ends: boolean): (url: URL) => unknown {
  return (url) => {
    const start = Number(url.searchParams.get('start_time'));
    if (start > NOW.getTime() / 1000 - 60) return new FakeStatus(422, { error: 'StartTimeTooRecent' });
    const later = all.filter((row) => at(row) >= start).sort((a, b) => at(a) - at(b));
    let size = Math.min(PAGE, later.length);
    const second = (index: number) => at(later[index] as Row);
    while (size > 0 && size < later.length && (second(size) === second(size - 1) || second(size - 1) === start))
      size += 1;
    const page = later.slice(0, size);
    const end = page.length === 0 ? start : second(size - 1);
    return {
      [key]: page,
      count: page.length,
      end_time: end,
      next_page: `${ORIGIN}/api/v2/incremental/x.json?start_time=${end}`,
      ...(ends ? { end_of_stream: size >= later.length } : {}),
    };
  };
}

/** Ordinary list in cursor pages of one row, so that every list is walked. */
function listOf(name: string, path: RegExp, key: string, all: () => Row[]): FakeRoute {
  return {
    name,
    path,
    answer(url) {
      const from = Number(url.searchParams.get('page[after]') ?? 0);
      const page = all().slice(from, from + 1);
      const more = from + 1 < all().length;
      const next = `${ORIGIN}${url.pathname}?page%5Bafter%5D=${from + 1}&page%5Bsize%5D=1`;
      return {
        [key]: page,
        meta: { has_more: more, after_cursor: more ? String(from + 1) : null },
        links: { next: more ? next : null },
      };
    },
  };
}

/** Old list without cursor pages: one page, `next_page` empty. */
function plainOf(name: string, path: RegExp, key: string, all: () => Row[]): FakeRoute {
  return {
    name,
    path,
    answer: () => ({ [key]: all(), count: all().length, next_page: null, previous_page: null }),
  };
}

const unix = (text: unknown): number => Math.floor(Date.parse(String(text)) / 1000);

/** A small made-up Zendesk account; ids, texts and names are invented, canaries planted in every text. */
export function zendeskRoutes({ tickets, more }: ZendeskDesk = {}): FakeRoute[] {
  const rows: Rows = (name) => rowsOf(name, more);
  const list = (name: string, path: RegExp, key: string) => listOf(name, path, key, () => rows(name));
  const plain = (name: string, path: RegExp, key: string) => plainOf(name, path, key, () => rows(name));
  const api = (path: string) => new RegExp(`^/api/v2${path}$`);
  return [
    { name: 'me', path: api('/users/me'), answer: () => ({ user: { id: 8002, name: 'Canary Admin', role: 'admin' } }) },
    {
      name: 'tickets',
      path: api('/incremental/tickets/cursor'),
      answer: (url) => cursorExport(tickets ?? rows('tickets'), rows, url),
    },
    {
      name: 'updates',
      path: api('/incremental/ticket_events'),
      answer: timeExport('ticket_events', rows('updates'), (row) => Number(row.timestamp), true),
    },
    {
      name: 'metric_events',
      path: api('/incremental/ticket_metric_events'),
      // The interface description shows this reply without `end_of_stream`.
      answer: timeExport('ticket_metric_events', rows('metric_events'), (row) => unix(row.time), false),
    },
    {
      name: 'organizations',
      path: api('/incremental/organizations'),
      answer: timeExport('organizations', rows('organizations'), (row) => unix(row.updated_at), true),
    },
    {
      name: 'articles',
      path: api('/help_center/incremental/articles'),
      answer: timeExport('articles', rows('articles'), (row) => unix(row.updated_at), false),
    },
    list('users', api('/users'), 'users'),
    list('groups', api('/groups'), 'groups'),
    list('group_memberships', api('/group_memberships'), 'group_memberships'),
    plain('custom_roles', api('/custom_roles'), 'custom_roles'),
    plain('custom_statuses', api('/custom_statuses'), 'custom_statuses'),
    list('ticket_fields', api('/ticket_fields'), 'ticket_fields'),
    plain('ticket_forms', api('/ticket_forms'), 'ticket_forms'),
    list('organization_fields', api('/organization_fields'), 'organization_fields'),
    list('triggers', api('/triggers'), 'triggers'),
    list('automations', api('/automations'), 'automations'),
    list('macros', api('/macros'), 'macros'),
    list('views', api('/views'), 'views'),
    list('queues', api('/queues'), 'queues'),
    list('attributes', api('/routing/attributes'), 'attributes'),
    plain('sla_policies', api('/slas/policies'), 'sla_policies'),
    plain('group_sla_policies', api('/group_slas/policies'), 'group_sla_policies'),
    plain('schedules', api('/business_hours/schedules'), 'schedules'),
    plain('holidays', api('/business_hours/schedules/9100/holidays'), 'holidays'),
    list('satisfaction_ratings', api('/satisfaction_ratings'), 'satisfaction_ratings'),
    {
      name: 'survey_responses',
      path: api('/guide/survey_responses'),
      answer: () => ({ survey_responses: [], meta: { has_more: false }, links: { next: null } }),
    },
    plain('installations', api('/apps/installations'), 'installations'),
    list('webhooks', api('/webhooks'), 'webhooks'),
    { name: 'jira', path: /^\/api\/services\/jira\/links$/, answer: () => ({ links: rows('jira_links'), total: 1 }) },
    {
      name: 'audits',
      path: api('/tickets/[^/]+/audits'),
      answer: (url) => auditsOf(url.pathname.split('/')[4] ?? '', rows),
    },
  ];
}

/** The same log as audits: another spelling of the same updates. */
function auditsOf(ticketId: string, rows: Rows): unknown {
  const audits = rows('updates')
    .filter((update) => String(update.ticket_id).replace('@big:', '') === ticketId)
    .map((update) => ({
      id: update.id,
      ticket_id: update.ticket_id,
      created_at: update.created_at,
      author_id: update.updater_id,
      via: update.via,
      events: update.child_events,
    }));
  if (ticketId === '103') return new FakeStatus(404, { error: 'RecordNotFound', description: 'Not found' });
  return { audits, meta: { has_more: false, after_cursor: null }, links: { next: null } };
}
