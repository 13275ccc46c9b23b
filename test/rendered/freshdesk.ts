import { freshdesk } from '../../connectors/freshdesk/index.ts';
import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakePages, type FakeRow, fixedReply, linkedList } from '../harness/fake-vendor.ts';
import type { Life, Ticket } from './life.ts';
import type { Clock } from './life-clocks.ts';
import { iso, isoOrNull, number, numberOrNull, type Rendering } from './rendering.ts';

const PAGES: FakePages = { size: 100, most: 100, page: 'page', perPage: 'per_page', lastPage: 300 };
const STATUS = { new: 2, open: 2, pending: 3, solved: 4, closed: 5 } as const;
const PRIORITY = { urgent: 4, high: 3, normal: 2, low: 1 } as const;
const SOURCE = { email: 1, web: 9, chat: 7 } as const;

function showTicket(ticket: Ticket): FakeRow {
  const { is, requester } = ticket;
  const clock = (metric: Clock['metric']) => ticket.clocks.find((one) => one.metric === metric);
  const [reply, solution] = [clock('first_reply'), clock('resolution')];
  return {
    id: number(ticket.id),
    subject: ticket.subject,
    status: STATUS[is.status],
    priority: PRIORITY[is.priority],
    source: SOURCE[ticket.channel],
    type: ticket.type === null ? null : ticket.type.replace(/^./, (first) => first.toUpperCase()),
    requester_id: number(requester.id),
    responder_id: numberOrNull(is.assignee),
    group_id: numberOrNull(is.group),
    company_id: numberOrNull(requester.organisation),
    product_id: null,
    tags: [],
    custom_fields: {},
    spam: false,
    fr_due_by: isoOrNull(reply?.dueAt ?? null),
    fr_escalated: reply?.missed ?? false,
    due_by: isoOrNull(solution?.dueAt ?? null),
    is_escalated: solution?.missed ?? false,
    created_at: iso(ticket.createdAt),
    updated_at: iso(ticket.updatedAt),
    stats: {
      first_responded_at: isoOrNull(ticket.repliedAt),
      resolved_at: isoOrNull(ticket.solvedAt),
      closed_at: isoOrNull(ticket.closedAt),
    },
  };
}

function showConversation({ steps }: Ticket): FakeRow[] {
  return steps.flatMap(({ at, said }) =>
    said === null
      ? []
      : [
          {
            id: number(said.id),
            user_id: number(said.by),
            incoming: said.byCustomer,
            private: !said.public,
            // Notes and replies have kinds of their own.
            source: said.public ? 0 : 2,
            body_text: said.text,
            created_at: iso(at),
            updated_at: iso(at),
          },
        ],
  );
}

const time = (hour: number): string => `${hour % 12 === 0 ? 12 : hour % 12}:00 ${hour < 12 ? 'am' : 'pm'}`;

function configuration({ teams, staff, policy, hours, organisations, now }: Life): FakeRoute[] {
  const plain = (name: string, rows: readonly FakeRow[]) =>
    linkedList({ name, path: api(`/${name}`), rows: () => rows, pages: PAGES });
  const target = ([name, code]: [string, number]) => [
    `priority_${code}`,
    {
      respond_within: policy.firstReply[name as keyof typeof PRIORITY],
      resolve_within: policy.resolution[name as keyof typeof PRIORITY],
      business_hours: policy.businessHours,
      escalation_enabled: false,
    },
  ];
  const agents = staff.map((one) => ({
    id: number(one.id),
    type: 'support_agent',
    ticket_scope: 1,
    group_ids: one.teams.map(number),
    role_ids: [one.admin ? 1 : 2],
    contact: { active: true, email: one.email, name: one.name },
    created_at: iso(one.createdAt),
  }));
  return [
    fixedReply('me', api('/agents/me'), agents[0]),
    plain('agents', agents),
    plain('roles', [
      { id: 1, name: 'Account Administrator' },
      { id: 2, name: 'Agent' },
    ]),
    plain(
      'groups',
      teams.map((team) => ({
        id: number(team.id),
        name: team.name,
        description: team.description,
        agent_ids: team.members.map(number),
        business_hour_id: 1,
      })),
    ),
    plain('business_hours', [
      {
        id: 1,
        name: 'Office',
        is_default: true,
        // Zones have the names of Rails here.
        time_zone: hours.zone.split('/')[1],
        business_hours: Object.fromEntries(
          hours.days.map((day) => [day, { start_time: time(hours.from), end_time: time(hours.to) }]),
        ),
      },
    ]),
    plain('sla_policies', [
      {
        id: number(policy.id),
        name: policy.name,
        active: true,
        is_default: false,
        position: 1,
        sla_target: Object.fromEntries(Object.entries(PRIORITY).map(target)),
        // A policy of the desk's own has a condition; this one concerns every group.
        applicable_to: { group_ids: teams.map((team) => number(team.id)) },
        escalation: {},
        updated_at: iso(now - 96 * 86_400),
      },
    ]),
    plain('ticket_fields', []),
    plain('company_fields', [{ name: 'name' }]),
    plain('scenario_automations', []),
    plain('canned_response_folders', []),
    plain('automations/1/rules', []),
    plain('automations/3/rules', []),
    plain('automations/4/rules', []),
    {
      name: 'solutions',
      path: api('/solutions/categories'),
      answer: () => new FakeStatus(403, { code: 'require_feature', message: 'The solutions feature is not supported' }),
    },
    plain(
      'companies',
      organisations.map(({ id, name, domain }) => ({
        id: number(id),
        name,
        domains: [domain],
        created_at: iso(now - 400 * 86_400),
        updated_at: iso(now - 400 * 86_400),
      })),
    ),
  ];
}

const api = (path: string): RegExp => new RegExp(`^/api/v2${path}$`);

function routes(life: Life): FakeRoute[] {
  const conversations = new Map(life.tickets.map((ticket) => [ticket.id, showConversation(ticket)]));
  const tickets = life.tickets.map(showTicket);
  const ratings = life.tickets.flatMap(({ id, requester, survey }) =>
    survey === null || survey.answeredAt === null
      ? []
      : [
          {
            id: number(id),
            ticket_id: number(id),
            user_id: number(requester.id),
            created_at: iso(survey.answeredAt),
            updated_at: iso(survey.answeredAt),
            ratings: { default_question: survey.good ? 103 : -103 },
          },
        ],
  );
  return [
    ...configuration(life),
    linkedList({
      name: 'tickets',
      path: api('/tickets'),
      rows: (url) => (url.searchParams.has('filter') ? [] : tickets),
      pages: PAGES,
      since: { param: 'updated_since', field: 'updated_at', sorted: () => true },
    }),
    linkedList({
      name: 'conversations',
      path: api('/tickets/\\d+/conversations'),
      rows: (url) => conversations.get(url.pathname.split('/')[4] ?? '') ?? [],
      pages: PAGES,
    }),
    linkedList({
      name: 'satisfaction_ratings',
      path: api('/surveys/satisfaction_ratings'),
      rows: () => ratings,
      pages: PAGES,
      since: { param: 'created_since', field: 'created_at', sorted: () => false },
    }),
  ];
}

export const asFreshdesk: Rendering = {
  connector: freshdesk,
  settings: { url: 'acme' },
  secret: 'sesame-open-key',
  routes,
};
