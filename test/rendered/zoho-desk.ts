import { zohoDesk } from '../../connectors/zoho-desk/index.ts';
import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Field, Life, Said, Step, Ticket } from './life.ts';
import { iso, isoOrNull, type Rendering } from './rendering.ts';

/** Names of statuses with the types that the vendor sorts them by. */
const STATUSES = {
  new: ['New', 'Open'],
  open: ['Open', 'Open'],
  pending: ['Waiting on customer', 'On Hold'],
  solved: ['Resolved', 'Closed'],
  closed: ['Closed', 'Closed'],
} as const;
const PRIORITIES = { urgent: 'Urgent', high: 'High', normal: 'Medium', low: 'Low' } as const;
const CHANNELS = { email: 'Email', web: 'Web', chat: 'Chat' } as const;
const THREADS = { email: 'EMAIL', web: 'WEB', chat: 'ONLINE_CHAT' } as const;
const ORG = '20061234567';
const [DEPARTMENT, POLICY, HOURS] = ['101', '4001', '5001'];

function showTicket(ticket: Ticket): FakeRow {
  const { is, requester, clocks } = ticket;
  const [reply, solution] = (['first_reply', 'resolution'] as const).map((metric) =>
    clocks.find((one) => one.metric === metric),
  );
  // The due time of a reply goes with the reply.
  const owed = reply?.fulfilledAt === null ? reply : undefined;
  return {
    id: ticket.id,
    subject: ticket.subject,
    createdTime: iso(ticket.createdAt),
    modifiedTime: iso(ticket.updatedAt),
    closedTime: isoOrNull(ticket.solvedAt),
    dueDate: isoOrNull(solution?.dueAt ?? null),
    responseDueDate: isoOrNull(owed?.dueAt ?? null),
    isResponseOverdue: owed?.missed ?? false,
    status: STATUSES[is.status][0],
    statusType: STATUSES[is.status][1],
    priority: PRIORITIES[is.priority],
    classification: ticket.type === null ? null : ticket.type.replace(/^./, (first) => first.toUpperCase()),
    channel: CHANNELS[ticket.channel],
    layoutId: '6001',
    departmentId: DEPARTMENT,
    teamId: is.group,
    assigneeId: is.assignee,
    contactId: requester.id,
    accountId: requester.organisation,
    slaId: POLICY,
    tagCount: '0',
    cf: {},
    isSpam: false,
  };
}

/** Newest first. */
function showTalks({ createdAt, channel, opening, steps }: Ticket): FakeRow[] {
  const talk = (said: Said, at: number, isOpening: boolean): FakeRow => {
    const type = said.byCustomer ? 'END_USER' : 'AGENT';
    const writer = { id: said.by, type };
    if (!said.public)
      return {
        id: said.id,
        type: 'comment',
        commentedTime: iso(at),
        isPublic: false,
        content: said.text,
        commenterId: said.by,
        commenter: writer,
      };
    return {
      id: said.id,
      type: 'thread',
      channel: THREADS[channel],
      direction: said.byCustomer ? 'in' : 'out',
      status: 'SUCCESS',
      visibility: 'public',
      isDescriptionThread: isOpening,
      isForward: false,
      createdTime: iso(at),
      author: writer,
      responderId: said.byCustomer ? null : said.by,
      summary: said.text,
    };
  };
  return [
    talk(opening, createdAt, true),
    ...steps.flatMap(({ said, at }) => (said === null ? [] : [talk(said, at, false)])),
  ].reverse();
}

const NAMES = { status: 'Status', priority: 'Priority', group: 'Team', assignee: 'Case Owner' } as const;

function shownAs(field: Field, value: string | null): unknown {
  if (value === null) return null;
  if (field === 'status') return STATUSES[value as keyof typeof STATUSES][0];
  if (field === 'priority') return PRIORITIES[value as keyof typeof PRIORITIES];
  return { id: value, type: field === 'group' ? 'Group' : 'Agent' };
}

/** Newest first. */
function showHistory({ createdAt, born, requester, steps }: Ticket): FakeRow[] {
  const line = (at: number, eventName: string, actor: FakeRow, told: readonly (readonly [string, unknown])[]) => ({
    actor,
    eventInfo: told.map(([propertyName, propertyValue]) => ({ propertyName, propertyValue })),
    eventTime: iso(at),
    eventName,
  });
  const actorOf = ({ by }: Step): FakeRow => {
    if (by === null) return { id: '3001', name: 'Rule', type: 'Workflow' };
    return { id: by, type: by === requester.id ? 'Contact' : 'Agent' };
  };
  const first = Object.entries(NAMES).flatMap(([field, name]): [string, unknown][] => {
    const value = shownAs(field as Field, born[field as Field]);
    return value === null ? [] : [[name, value]];
  });
  return [
    line(createdAt, 'TicketCreated', { id: requester.id, type: 'Contact' }, [
      ['Department', { id: DEPARTMENT, type: 'Department' }],
      ...first,
    ]),
    ...steps
      .filter(({ changes }) => changes.length > 0)
      .map((step) =>
        line(
          step.at,
          'TicketUpdated',
          actorOf(step),
          step.changes.map(({ field, from, to }) => [
            NAMES[field],
            { previousValue: shownAs(field, from), updatedValue: shownAs(field, to) },
          ]),
        ),
      ),
  ].reverse();
}

function showMetrics({ steps }: Ticket): FakeRow {
  const changes = steps.flatMap((step) => step.changes);
  const replies = steps.filter(({ said }) => said?.public === true && !said.byCustomer);
  return {
    reopenCount: changes.filter(({ from, to }) => from === 'solved' && to === 'open').length,
    // Moves between people; what the vendor counts as one is not described.
    reassignCount: changes.filter(({ field, from, to }) => field === 'assignee' && from !== null && to !== null).length,
    outgoingCount: String(replies.length),
    agentsHandled: [],
    stagingData: [],
  };
}

const exactly = (path: string): RegExp => new RegExp(`^/api/v1${path}$`);
const idIn = (url: URL): string => url.pathname.split('/')[4] ?? '';

/** A page by place; nothing there is no content. */
function page(url: URL, rows: readonly FakeRow[], at = 'data'): unknown {
  const [from, limit] = [Number(url.searchParams.get('from') ?? 0), Number(url.searchParams.get('limit') ?? 1000)];
  const shown = rows.slice(from, from + limit);
  return shown.length === 0 ? new FakeStatus(204, '') : { [at]: structuredClone(shown) };
}
const list = (name: string, path: string, rows: (url: URL) => readonly FakeRow[], at?: string): FakeRoute => ({
  name,
  path: exactly(path),
  answer: (url) => page(url, rows(url), at),
});

function configuration({ staff, teams, hours, organisations, now }: Life): FakeRoute[] {
  const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const slot = { startTime: time(hours.from), endTime: time(hours.to) };
  const office = { id: HOURS, name: 'Office', type: 'CUSTOM', status: 'ACTIVE', timeZone: { id: hours.zone } };
  const statuses = Object.values(STATUSES).map(([value, statusType]) => ({ value, statusType }));
  const empty = ['contracts', 'articles', 'webhooks', 'directAssignmentRules', 'rulegroups', 'layouts'];
  return [
    fixedReply('organization', exactly(`/organizations/${ORG}`), {
      id: ORG,
      edition: 'ENTERPRISE',
      isAdminInOrg: true,
    }),
    list('departments', '/departments', () => [{ id: DEPARTMENT, name: 'Service', isEnabled: true }]),
    list(
      'teams',
      '/teams',
      () => teams.map(({ id, name, members }) => ({ id, name, departmentId: DEPARTMENT, agents: members })),
      'teams',
    ),
    list('agents', '/agents', () =>
      staff.map((one) => ({
        id: one.id,
        name: one.name,
        status: 'ACTIVE',
        isConfirmed: true,
        rolePermissionType: one.admin ? 'Admin' : 'AgentPublic',
        associatedDepartmentIds: [DEPARTMENT],
      })),
    ),
    list('business_hours', '/businessHours', () => [office]),
    fixedReply('hours', exactly(`/businessHours/${HOURS}`), {
      ...office,
      businessTimes: hours.days.map((day) => ({ day: day.toUpperCase(), ...slot, timeSlots: [slot] })),
    }),
    list('related_rules', '/businessHours/\\d+/relatedRules', () => [{ ruleId: POLICY, ruleType: 'SLA' }]),
    list('slas', '/slas', () => [{ id: POLICY, name: 'Standard', isActive: true }]),
    list('fields', '/fields', (url) =>
      url.searchParams.get('module') === 'accounts'
        ? []
        : [{ id: '301', apiName: 'status', displayLabel: 'Status', type: 'Picklist', allowedValues: statuses }],
    ),
    list('accounts', '/accounts', () =>
      organisations.map(({ id, domain }) => ({ id, createdTime: iso(now - 400 * 86_400), website: domain })),
    ),
    ...empty.map((name) => list(name, `/${name}`, () => [])),
  ];
}

function routes(life: Life): FakeRoute[] {
  const rows = life.tickets.map(showTicket);
  const byId = new Map(life.tickets.map((ticket, place) => [ticket.id, { ticket, row: rows[place] }]));
  const gone = () => new FakeStatus(404, { errorCode: 'URL_NOT_FOUND', message: 'The URL given is wrong' });
  const below = (name: string, show: (ticket: Ticket) => readonly FakeRow[]) =>
    list(name, `/tickets/\\d+/${name}`, (url) => {
      const found = byId.get(idIn(url));
      return found === undefined ? [] : show(found.ticket);
    });
  const ratings = life.tickets.flatMap(({ id, survey }) =>
    survey === null || survey.answeredAt === null
      ? []
      : [{ id: `95${id}`, rating: survey.good ? 'GOOD' : 'BAD', ratedTime: iso(survey.answeredAt), ticket: { id } }],
  );
  return [
    ...configuration(life),
    list('tickets', '/tickets/search', (url) => {
      const [from, to] = (url.searchParams.get('modifiedTimeRange') ?? '').split(',').map((text) => Date.parse(text));
      const stamp = (row: FakeRow) => Date.parse(String(row.modifiedTime));
      return rows.filter((row) => stamp(row) >= (from ?? 0) && stamp(row) <= (to ?? 0));
    }),
    list('archive', '/tickets/archivedTickets', () => []),
    { name: 'ticket', path: exactly('/tickets/\\d+'), answer: (url) => byId.get(idIn(url))?.row ?? gone() },
    below('conversations', showTalks),
    below('History', showHistory),
    {
      name: 'metrics',
      path: exactly('/tickets/\\d+/metrics'),
      answer(url) {
        const found = byId.get(idIn(url));
        return found === undefined ? gone() : showMetrics(found.ticket);
      },
    },
    list('ratings', '/customerHappiness', () => ratings),
  ];
}

export const asZohoDesk: Rendering = {
  connector: zohoDesk,
  settings: { url: 'https://desk.zoho.eu', org: ORG, since: '2026-01-01' },
  secret: 'sesame-open-key',
  routes,
};
