import { zammad } from '../../connectors/zammad/index.ts';
import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Field, Life, Said, Ticket } from './life.ts';
import type { Clock } from './life-clocks.ts';
import { iso, isoOrNull, number, type Rendering } from './rendering.ts';

/** Closed is the vendor's only end: a state of the desk's own of the same type stands before it. */
const STATES = { new: 1, open: 2, pending: 3, closed: 4, solved: 8 } as const;
const STATE_ROWS = [
  [1, 'new', 'new'],
  [2, 'open', 'open'],
  [3, 'pending reminder', 'pending reminder'],
  [4, 'closed', 'closed'],
  [8, 'solved', 'closed'],
].map(([id, name, state_type]) => ({ id, name, state_type }));
const PRIORITIES = { low: 1, normal: 2, high: 3, urgent: 4 } as const;
const PRIORITY_ROWS = ['1 low', '2 normal', '3 high', '4 very high'].map((name, i) => ({
  id: i + 1,
  name,
  default_create: i === 1,
}));
const NOBODY = '1';

/** Id of a value of a field, as the vendor has it. */
function idOf(field: Field, value: string | null): string | null {
  if (field === 'status') return String(STATES[value as keyof typeof STATES]);
  if (field === 'priority') return String(PRIORITIES[value as keyof typeof PRIORITIES]);
  return field === 'assignee' ? (value ?? NOBODY) : value;
}

function showTicket(ticket: Ticket, { world }: Life): FakeRow {
  const { is, requester } = ticket;
  const state = STATE_ROWS.find(({ id }) => id === STATES[is.status]);
  const clock = (metric: Clock['metric']) => ticket.clocks.find((one) => one.metric === metric);
  const [reply, solution] = [clock('first_reply'), clock('resolution')];
  // Whole minutes of the calendar.
  const minutes = (at: number) => Math.floor(world.calendar.openBetween(ticket.createdAt, at) / 60);
  const promise = (name: string, one: Clock | undefined, done: number | null): FakeRow => ({
    [`${name}_at`]: isoOrNull(done),
    [`${name}_escalation_at`]: done === null && one !== undefined ? iso(one.dueAt) : null,
    [`${name}_in_min`]: done === null ? null : minutes(done),
    [`${name}_diff_in_min`]: done === null || one === undefined ? null : one.targetS / 60 - minutes(done),
  });
  return {
    id: number(ticket.id),
    title: ticket.subject,
    group_id: number(is.group ?? ''),
    state_id: STATES[is.status],
    state: state?.name,
    priority_id: PRIORITIES[is.priority],
    priority: PRIORITY_ROWS[PRIORITIES[is.priority] - 1]?.name,
    owner_id: number(is.assignee ?? NOBODY),
    customer_id: number(requester.id),
    organization_id: requester.organisation === null ? null : number(requester.organisation),
    created_by_id: number(requester.id),
    create_article_type: ticket.channel,
    create_article_sender: 'Customer',
    type: ticket.type,
    ...promise('first_response', reply, ticket.repliedAt),
    // The first end is the end of the promise, whatever comes later.
    ...promise('close', solution, solution?.runs[0]?.to ?? null),
    last_close_at: isoOrNull(ticket.closedAt ?? ticket.solvedAt),
    preferences: { escalation_calculation: { sla_id: PRIORITIES[is.priority], calendar_id: 1 } },
    created_at: iso(ticket.createdAt),
    updated_at: iso(ticket.updatedAt),
  };
}

function showArticles({ createdAt, channel, opening, steps }: Ticket): FakeRow[] {
  const article = (said: Said, at: number): FakeRow => ({
    id: number(said.id),
    sender: said.byCustomer ? 'Customer' : 'Agent',
    type: said.public ? channel : 'note',
    internal: !said.public,
    created_by_id: number(said.by),
    body: said.text,
    created_at: iso(at),
  });
  return [article(opening, createdAt), ...steps.flatMap(({ said, at }) => (said === null ? [] : [article(said, at)]))];
}

const ATTRIBUTES = { status: 'state', priority: 'priority', group: 'group', assignee: 'owner' } as const;

function showHistory({ id, createdAt, requester, steps }: Ticket): FakeRow[] {
  const born = { id: number(`${id}00000`), type: 'created', object: 'Ticket', created_at: iso(createdAt) };
  return [
    { ...born, created_by_id: number(requester.id) },
    ...steps.flatMap((step) =>
      step.changes.map(({ field, from, to }, place) => ({
        id: number(String(Number(step.id) + place)),
        type: 'updated',
        object: 'Ticket',
        attribute: ATTRIBUTES[field],
        id_from: number(idOf(field, from) ?? NOBODY),
        id_to: number(idOf(field, to) ?? NOBODY),
        created_by_id: number(step.by ?? NOBODY),
        created_at: iso(step.at),
      })),
    ),
  ];
}

const api = (path: string): RegExp => new RegExp(`^/api/v1${path}$`);
function numbered(url: URL, rows: readonly FakeRow[]): FakeRow[] {
  const [page, size] = [Number(url.searchParams.get('page') ?? 1), Number(url.searchParams.get('per_page') ?? 100)];
  return structuredClone(rows.slice((page - 1) * size, page * size));
}
const plain = (name: string, rows: readonly FakeRow[]): FakeRoute => ({
  name,
  path: api(`/${name}`),
  answer: (url) => numbered(url, rows),
});

function configuration({ staff, customers, teams, organisations, hours, policy, now }: Life): FakeRoute[] {
  const everywhere = Object.fromEntries(teams.map((team) => [team.id, ['full']]));
  const user = (one: Life['staff'][number], roles: readonly number[]): FakeRow => ({
    id: number(one.id),
    login: one.email,
    firstname: one.name,
    active: true,
    role_ids: roles,
    group_ids: Object.fromEntries(one.teams.map((team) => [team, ['full']])),
    created_at: iso(one.createdAt),
  });
  const people = staff.map((one) => user(one, one.admin ? [1, 2] : [2]));
  const days = hours.days.map((day) => [
    day.slice(0, 3),
    { active: true, timeframes: [[`0${hours.from}:00`, `${hours.to}:00`]] },
  ]);
  return [
    fixedReply('me', api('/users/me'), { ...people[0], roles: ['Admin', 'Agent'], group_ids: everywhere }),
    plain('users', [...people, ...customers.map((one) => user(one, [3]))]),
    plain('roles', [
      { id: 1, name: 'Admin', permissions: ['admin'], group_ids: {} },
      { id: 2, name: 'Agent', permissions: ['ticket.agent'], group_ids: {} },
      { id: 3, name: 'Customer', permissions: ['ticket.customer'], group_ids: {} },
    ]),
    plain(
      'groups',
      teams.map(({ id, name }) => ({ id: number(id), name, active: true })),
    ),
    plain('ticket_states', STATE_ROWS),
    plain('ticket_priorities', PRIORITY_ROWS),
    plain('calendars', [
      { id: 1, timezone: hours.zone, default: true, business_hours: Object.fromEntries(days), public_holidays: {} },
    ]),
    // A policy promises the same for all, so that there is one for each priority.
    plain(
      'slas',
      Object.entries(PRIORITIES).map(([name, id]) => ({
        id,
        calendar_id: 1,
        first_response_time: policy.firstReply[name as keyof typeof PRIORITIES] / 60,
        solution_time: policy.resolution[name as keyof typeof PRIORITIES] / 60,
        condition: { 'ticket.priority_id': { operator: 'is', value: [String(id)] } },
        created_by_id: 3,
        updated_by_id: 3,
        updated_at: iso(now - 96 * 86_400),
      })),
    ),
    ...[
      'triggers',
      'jobs',
      'macros',
      'text_modules',
      'overviews',
      'core_workflows',
      'postmaster_filters',
      'webhooks',
    ].map((name) => plain(name, [])),
    fixedReply('attributes', api('/object_manager_attributes'), []),
    fixedReply('knowledge_base', api('/knowledge_bases/init'), {}),
    plain(
      'organizations',
      organisations.map(({ id, name, domain }) => ({
        id: number(id),
        name,
        domain,
        created_at: iso(now - 400 * 86_400),
      })),
    ),
  ];
}

function routes(life: Life): FakeRoute[] {
  const rows = life.tickets.map((ticket) => showTicket(ticket, life));
  const tickets = new Map(life.tickets.map((ticket) => [ticket.id, ticket]));
  const below = (name: string, path: string, show: (ticket: Ticket) => unknown): FakeRoute => ({
    name,
    path: api(path),
    answer(url) {
      const asked = url.searchParams.get('o_id') ?? url.searchParams.get('link_object_value');
      const ticket = tickets.get(asked ?? url.pathname.split('/').at(-1) ?? '');
      return ticket === undefined ? new FakeStatus(404, { error: 'No such object' }) : show(ticket);
    },
  });
  return [
    ...configuration(life),
    {
      name: 'search',
      path: api('/tickets/search'),
      async answer(url, request) {
        const asked = (await request.json()) as { condition: Record<string, { value: string }> };
        const after = Date.parse(asked.condition['ticket.updated_at']?.value ?? '');
        return numbered(
          url,
          rows.filter((row) => Date.parse(String(row.updated_at)) >= after),
        );
      },
    },
    below('articles', '/ticket_articles/by_ticket/\\d+', showArticles),
    below('history', '/ticket_history/\\d+', (ticket) => ({ history: showHistory(ticket) })),
    below('tags', '/tags', () => ({ tags: [] })),
    below('links', '/links', () => ({ links: [] })),
  ];
}

export const asZammad: Rendering = {
  connector: zammad,
  settings: { url: 'https://support.acme.com', statuses: { 8: 'solved' } },
  secret: 'sesame-open-key',
  routes,
};
