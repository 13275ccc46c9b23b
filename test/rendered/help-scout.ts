import { helpScout } from '../../connectors/help-scout/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Life, Said, Step, Ticket, Values } from './life.ts';
import { iso, isoOrNull, number, type Rendering } from './rendering.ts';

const STATUSES = { new: 'active', open: 'active', pending: 'pending', solved: 'closed', closed: 'closed' } as const;
/** How a conversation came: its kind and its source. */
const SOURCES = { email: 'email', web: 'beacon-v2', chat: 'chat' } as const;
const INBOX = 31;
/** The vendor itself, in whose name workflows act. */
const VENDOR = { id: 1, type: 'user', first: 'Help', last: 'Scout' };
const WORKFLOW = { type: 'automatic-workflow', associatedEntities: { workflow: 701 } };
const PAGE_ROWS = 50;

const statusIn = (values: Values): string => STATUSES[values.status as keyof typeof STATUSES];
/** There is one slot, for a person or else for a team. */
function slotIn({ assignee, group }: Values): FakeRow | null {
  if (assignee !== null) return { id: number(assignee), type: 'user' };
  return group === null ? null : { id: number(group), type: 'team' };
}

function showConversation(ticket: Ticket): FakeRow {
  const { is, requester, channel } = ticket;
  return {
    id: number(ticket.id),
    type: channel === 'chat' ? 'chat' : 'email',
    status: statusIn(is),
    state: 'published',
    subject: ticket.subject,
    mailboxId: INBOX,
    createdBy: { id: number(requester.id), type: 'customer' },
    primaryCustomer: { id: number(requester.id), type: 'customer' },
    source: { type: SOURCES[channel], via: 'customer' },
    assignee: slotIn(is),
    tags: [],
    customFields: [],
    createdAt: iso(ticket.createdAt),
    userUpdatedAt: iso(ticket.updatedAt),
    closedAt: isoOrNull(ticket.solvedAt),
  };
}

interface Moment {
  readonly at: number;
  readonly by: string | null;
  readonly said: Said | null;
  readonly values: Values;
}

function showThread(id: string, { at, by, said, values }: Moment, ticket: Ticket): FakeRow {
  const byCustomer = by === ticket.requester.id;
  const person = by === null ? VENDOR : { id: number(by), type: byCustomer ? 'customer' : 'user' };
  const kind = said === null ? 'lineitem' : said.byCustomer ? 'customer' : said.public ? 'message' : 'note';
  const line = by === null ? WORKFLOW : { type: 'changed-ticket-status', associatedEntities: {} };
  return {
    id: number(id),
    type: kind,
    status: statusIn(values),
    state: 'published',
    action: said === null ? line : { type: 'default', associatedEntities: {} },
    body: said?.text ?? null,
    source: { type: byCustomer ? SOURCES[ticket.channel] : 'web', via: byCustomer ? 'customer' : 'user' },
    assignedTo: slotIn(values),
    createdBy: person,
    savedReplyId: 0,
    createdAt: iso(at),
  };
}

/** Newest first. What changes nothing that the vendor has, such as a priority, leaves no thread. */
function showThreads(ticket: Ticket): FakeRow[] {
  const { born, opening, createdAt, requester, steps } = ticket;
  let values: Values = born;
  const first = showThread(opening.id, { at: createdAt, by: requester.id, said: opening, values }, ticket);
  const later = steps.flatMap((step: Step) => {
    const before = values;
    values = { ...values, ...Object.fromEntries(step.changes.map(({ field, to }) => [field, to])) };
    const same =
      statusIn(before) === statusIn(values) && JSON.stringify(slotIn(before)) === JSON.stringify(slotIn(values));
    return step.said === null && same
      ? []
      : [showThread(step.said?.id ?? step.id, { at: step.at, by: step.by, said: step.said, values }, ticket)];
  });
  return [first, ...later].reverse();
}

function page(url: URL, rows: readonly FakeRow[], size = PAGE_ROWS) {
  const place = Number(url.searchParams.get('page') ?? 1);
  return {
    shown: structuredClone(rows.slice((place - 1) * size, place * size)),
    info: { size, totalElements: rows.length, totalPages: Math.ceil(rows.length / size), number: place },
  };
}

const hal = (name: string, path: string, list: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute => ({
  name,
  path: new RegExp(`^${path}$`),
  answer(url) {
    const { shown, info } = page(url, rows(url));
    return { ...(shown.length === 0 ? {} : { _embedded: { [list]: shown } }), page: info };
  },
});

const idIn = (url: URL): string => url.pathname.split('/')[3] ?? '';

function configuration({ staff, teams, customers, organisations, now }: Life): FakeRoute[] {
  const person = (one: Life['staff'][number]): FakeRow => ({
    id: number(one.id),
    firstName: one.name,
    lastName: '',
    role: one.admin ? 'owner' : 'user',
    createdAt: iso(one.createdAt),
    type: 'user',
  });
  const founded = iso(now - 400 * 86_400);
  const [admin] = staff.map(person);
  return [
    fixedReply('me', /^\/v2\/users\/me$/, { ...admin, companyId: 77 }),
    hal('users', '/v2/users', 'users', () => staff.map(person)),
    hal('system-users', '/v3/system-users', 'system_users', () => []),
    hal('teams', '/v2/teams', 'teams', () =>
      teams.map(({ id, name }) => ({ id: number(id), name, createdAt: founded })),
    ),
    hal('members', '/v2/teams/\\d+/members', 'users', (url) =>
      staff.filter((one) => one.teams.includes(idIn(url))).map(person),
    ),
    hal('mailboxes', '/v2/mailboxes', 'mailboxes', () => [{ id: INBOX, name: 'Support', createdAt: founded }]),
    hal('fields', '/v2/mailboxes/\\d+/fields', 'fields', () => []),
    fixedReply('saved-replies', /^\/v2\/mailboxes\/\d+\/saved-replies$/, []),
    hal('workflows', '/v2/workflows', 'workflows', () => []),
    hal('webhooks', '/v2/webhooks', 'webhooks', () => []),
    hal('organizations', '/v2/organizations', 'organizations', () =>
      organisations.map(({ id, name, domain }) => ({ id: number(id), name, domains: [domain], createdAt: founded })),
    ),
    {
      name: 'customer',
      path: /^\/v2\/customers\/\d+$/,
      answer(url) {
        const found = customers.find(({ id }) => id === idIn(url))?.organisation ?? null;
        return { id: number(idIn(url)), organizationId: found === null ? null : number(found) };
      },
    },
  ];
}

/** An answer rates a message of the desk. */
function ratingsOf(tickets: readonly Ticket[]): FakeRow[] {
  return tickets.flatMap(({ id, survey, steps }) => {
    const last = steps.findLast(({ said }) => said?.public === true && !said.byCustomer)?.said;
    return survey === null || survey.answeredAt === null || last == null
      ? []
      : [
          {
            id: number(id),
            threadid: number(last.id),
            ratingId: survey.good ? 1 : 3,
            ratingCreatedAt: iso(survey.answeredAt),
          },
        ];
  });
}

function routes(life: Life): FakeRoute[] {
  const tickets = new Map(life.tickets.map((ticket) => [ticket.id, ticket]));
  const rows = life.tickets.map((ticket) => ({ at: iso(ticket.updatedAt), row: showConversation(ticket) }));
  const ratings = ratingsOf(life.tickets);
  return [
    ...configuration(life),
    hal('conversations', '/v2/conversations', 'conversations', (url) => {
      const [, from = '', to = ''] = /modifiedAt:\[(\S+) TO (\S+)\]/.exec(url.searchParams.get('query') ?? '') ?? [];
      return rows.filter(({ at }) => at >= from && at <= to).map(({ row }) => row);
    }),
    hal('threads', '/v2/conversations/\\d+/threads', 'threads', (url) => {
      const ticket = tickets.get(idIn(url));
      return ticket === undefined ? [] : showThreads(ticket);
    }),
    {
      name: 'ratings',
      path: /^\/v2\/reports\/happiness\/ratings$/,
      answer(url) {
        const [start = '', end = ''] = ['start', 'end'].map((name) => url.searchParams.get(name) ?? '');
        const found = ratings.filter(({ ratingCreatedAt: at }) => String(at) >= start && String(at) <= end);
        const { shown, info } = page(url, found);
        return { results: shown, page: info.number, pages: info.totalPages, count: found.length };
      },
    },
  ];
}

export const asHelpScout: Rendering = {
  connector: helpScout,
  settings: {},
  secret: 'sesame-open-key',
  routes,
};
