import { intercom } from '../../connectors/intercom/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Life, Step, Ticket } from './life.ts';
import { numberOrNull, type Rendering } from './rendering.ts';

const STATES = { new: 'open', open: 'open', pending: 'snoozed', solved: 'closed', closed: 'closed' } as const;
const PRIORITIES = { urgent: 'urgent', high: 'high', normal: 'medium', low: 'low' } as const;
/** What comes from a web site comes by the Messenger. */
const SOURCES = { email: 'email', web: 'conversation', chat: 'conversation' } as const;
/** Workflows act in the name of the vendor's own bot. */
const BOT = { type: 'bot', id: '90', name: 'Operator' };
const TARGETS = { first_reply: 'first_reply_time', resolution: 'time_to_close' } as const;

const person = (id: string, ticket: Ticket): FakeRow => ({ type: id === ticket.requester.id ? 'user' : 'admin', id });

function showConversation(ticket: Ticket): FakeRow {
  const { is, requester, survey } = ticket;
  const { organisation } = requester;
  return {
    type: 'conversation',
    id: ticket.id,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    open: STATES[is.status] !== 'closed',
    state: STATES[is.status],
    priority: PRIORITIES[is.priority],
    admin_assignee_id: numberOrNull(is.assignee) ?? 0,
    team_assignee_id: numberOrNull(is.group),
    company: organisation === null ? null : { type: 'company', id: organisation },
    tags: { type: 'tag.list', tags: [] },
    conversation_rating: survey && {
      rating: survey.answeredAt === null ? null : survey.good ? 5 : 1,
      created_at: survey.offeredAt,
      updated_at: survey.answeredAt,
    },
    source: {
      type: SOURCES[ticket.channel],
      delivered_as: 'customer_initiated',
      body: ticket.opening.text,
      author: person(requester.id, ticket),
    },
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: requester.id }] },
    custom_attributes: {},
    sla_applied: { type: 'conversation_sla_summary', sla_name: policyOf(ticket), sla_status: promiseOf(ticket) },
    statistics: null,
    linked_objects: { type: 'list', data: [] },
    ai_agent_participated: false,
  };
}

const policyOf = ({ is }: Ticket): string => `Standard ${is.priority}`;

/** A miss is told when somebody answers or closes next, so that one of a case that still waits is not. */
const toldMisses = ({ clocks }: Ticket) => clocks.filter(({ missed, fulfilledAt }) => missed && fulfilledAt !== null);

function promiseOf(ticket: Ticket): string {
  if (toldMisses(ticket).length > 0) return 'missed';
  return ticket.clocks.some(({ fulfilledAt }) => fulfilledAt !== null) ? 'hit' : 'active';
}

/** What happened, as parts without their ids and times. */
function wordsOf({ field, from, to }: Step['changes'][number], spoke: boolean): FakeRow[] {
  if (field === 'group') return [{ part_type: 'assignment', assigned_to: { type: 'team', id: to } }];
  if (field === 'assignee')
    return [
      {
        part_type: 'assignment',
        assigned_to: to === null ? { type: 'nobody_admin', id: null } : { type: 'admin', id: to },
      },
    ];
  if (field === 'priority') {
    const [previous, current] = [from, to].map((word) => PRIORITIES[word as keyof typeof PRIORITIES] ?? 'none');
    return [
      { part_type: 'priority_changed', event_details: { previous_priority: previous, current_priority: current } },
    ];
  }
  if (to === 'solved') return [{ part_type: 'close' }];
  if (to === 'pending') return [{ part_type: 'snoozed' }];
  // A customer's words open by themselves, and a new case is open.
  return to === 'closed' || from === 'new' || spoke ? [] : [{ part_type: from === 'pending' ? 'unsnoozed' : 'open' }];
}

function showParts(ticket: Ticket): FakeRow[] {
  const { createdAt, born, clocks } = ticket;
  let status = born.status;
  const definition = Object.fromEntries(clocks.map(({ metric, targetS }) => [TARGETS[metric], targetS]));
  const part = (at: number, author: FakeRow, more: FakeRow): FakeRow => ({
    type: 'conversation_part',
    created_at: at,
    body: null,
    author,
    assigned_to: null,
    event_details: null,
    app_package_code: null,
    ...more,
  });
  const parts = [
    // A conversation comes without a team; the workspace gives it one at once.
    part(createdAt, BOT, { part_type: 'default_assignment', assigned_to: { type: 'team', id: born.group } }),
    part(createdAt, BOT, {
      part_type: 'conversation_sla_applied_by_rule',
      event_details: { sla_name: policyOf(ticket), sla_definition: definition },
    }),
    ...ticket.steps.flatMap((step) => {
      const { said, by, at } = step;
      status = step.changes.find(({ field }) => field === 'status')?.to ?? status;
      const state = STATES[status as keyof typeof STATES];
      const author = by === null ? BOT : person(by, ticket);
      const words = step.changes.flatMap((change) => wordsOf(change, said?.byCustomer === true));
      const text =
        said === null ? [] : [{ part_type: said.public ? 'comment' : 'note', body: `<p>${said.text}</p>`, state }];
      return [...text, ...words].map((more) => part(at, author, more));
    }),
    ...toldMisses(ticket).map(({ metric, fulfilledAt }) =>
      part(fulfilledAt ?? createdAt, BOT, {
        part_type: 'conversation_sla_target_missed',
        event_details: { sla_name: policyOf(ticket), sla_target_type: TARGETS[metric], current_sla_status: 'missed' },
      }),
    ),
  ];
  return parts.map((one, place) => ({ id: `${ticket.id}${String(place).padStart(4, '0')}`, ...one }));
}

const route = (path: string): RegExp => new RegExp(`^${path}$`);

function numbered(name: string, path: string, rows: readonly FakeRow[]): FakeRoute {
  return {
    name,
    path: route(path),
    answer(url) {
      const page = Number(url.searchParams.get('page') ?? 1);
      const size = Number(url.searchParams.get('per_page') ?? 15);
      return {
        type: 'list',
        data: rows.slice((page - 1) * size, page * size),
        total_count: rows.length,
        pages: { type: 'pages', page, per_page: size, total_pages: Math.ceil(rows.length / size), next: null },
      };
    },
  };
}

interface Search {
  readonly query: { readonly value: readonly { readonly operator: string; readonly value: number }[] };
  readonly pagination: { readonly per_page: number; readonly starting_after?: string };
}
const DAY_S = 86_400;

/** The vendor compares whole days. */
function search(name: string, rows: readonly FakeRow[]): FakeRoute {
  return {
    name,
    path: route(`/${name}/search`),
    async answer(_url, request) {
      const { query, pagination } = (await request.json()) as Search;
      const meets = ({ updated_at: stamp }: FakeRow) =>
        query.value.every(({ operator, value }) => {
          const day = value - (value % DAY_S);
          return operator === '>' ? Number(stamp) >= day + DAY_S : Number(stamp) < day;
        });
      const found = rows.filter(meets);
      const place = Number(pagination.starting_after ?? 0);
      const next = place + pagination.per_page;
      return {
        type: `${name}.list`,
        [name]: found.slice(place, next),
        total_count: found.length,
        pages: { type: 'pages', ...(next < found.length ? { next: { starting_after: String(next) } } : {}) },
      };
    },
  };
}

function configuration({ staff, teams, organisations, now }: Life): FakeRoute[] {
  const admins = staff.map((one) => ({
    type: 'admin',
    id: one.id,
    name: one.name,
    email: one.email,
    has_inbox_seat: true,
    team_ids: one.teams.map(numberOrNull),
    ...(one.admin ? { role: { type: 'role', id: '1', name: 'Administrator' } } : {}),
  }));
  return [
    fixedReply('me', route('/me'), { ...admins[0], app: { type: 'app', id_code: 'acme', region: 'EU' } }),
    fixedReply('teams', route('/teams'), {
      type: 'team.list',
      teams: teams.map(({ id, name, members }) => ({ type: 'team', id, name, admin_ids: members.map(numberOrNull) })),
    }),
    fixedReply('admins', route('/admins'), { type: 'admin.list', admins }),
    fixedReply('attributes', route('/conversations/attributes'), { type: 'list', data: [] }),
    fixedReply('ticket_types', route('/ticket_types'), { type: 'list', data: [] }),
    numbered('articles', '/articles', []),
    numbered('internal_articles', '/internal_articles', []),
    numbered(
      'companies',
      '/companies',
      organisations.map(({ id, name, domain }) => ({
        type: 'company',
        id,
        name,
        website: domain,
        created_at: now - 400 * DAY_S,
        updated_at: now - 400 * DAY_S,
      })),
    ),
  ];
}

function routes(life: Life): FakeRoute[] {
  const rows = life.tickets.map(showConversation);
  const byId = new Map(life.tickets.map((ticket, place) => [ticket.id, { ticket, row: rows[place] }]));
  return [
    ...configuration(life),
    search('conversations', rows),
    {
      name: 'conversation',
      path: route('/conversations/\\d+'),
      answer(url) {
        const found = byId.get(url.pathname.split('/')[2] ?? '');
        const parts = found === undefined ? [] : showParts(found.ticket);
        return {
          ...found?.row,
          conversation_parts: { type: 'conversation_part.list', conversation_parts: parts, total_count: parts.length },
        };
      },
    },
    search('tickets', []),
  ];
}

export const asIntercom: Rendering = {
  connector: intercom,
  settings: { url: 'eu', since: '2026-01-01' },
  secret: 'sesame-open-token',
  routes,
};
