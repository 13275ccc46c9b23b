import { front } from '../../connectors/front/index.ts';
import { type FakeRoute, FakeStatus, FakeText } from '../conformance/connector.ts';
import type { FakeRow } from '../harness/fake-vendor.ts';
import type { Life, Person, Said, Step, Ticket } from './life.ts';
import { iso, type Rendering } from './rendering.ts';

const COMPANY = 'https://acme.api.frontapp.com';
const PRIORITIES = { urgent: 'urgent', high: 'high', normal: 'normal', low: 'low' } as const;
/** A form of a web site sends a mail. */
const TYPES = { email: 'email', web: 'email', chat: 'front_chat' } as const;
const links = (related: Record<string, string | null>) => ({ _links: { self: `${COMPANY}/self`, related } });

/** Ids tell of what kind a record is. */
const [teammateId, inboxId, conversationId] = ['tea', 'inb', 'cnv'].map((kind) => (id: string) => `${kind}_${id}`) as [
  (id: string) => string,
  (id: string) => string,
  (id: string) => string,
];

const teammate = ({ id, name, email, admin }: Person): FakeRow => ({
  id: teammateId(id),
  email,
  first_name: name,
  last_name: '',
  is_admin: admin,
  is_blocked: false,
  type: 'user',
});
const recipient = ({ id, email, name }: Person): FakeRow => ({
  ...links({ contact: `${COMPANY}/contacts/crd_${id}` }),
  name,
  handle: email,
  role: 'from',
});
const inbox = (id: string, name?: string): FakeRow => ({
  ...links({ owner: `${COMPANY}/teams/tim_${id}` }),
  id: inboxId(id),
  name,
  is_private: false,
  is_public: true,
});

type People = ReadonlyMap<string, FakeRow>;

function showConversation(ticket: Ticket, people: People, now: number): FakeRow {
  const { is, requester, createdAt, updatedAt } = ticket;
  const isOpen = is.status === 'new' || is.status === 'open';
  return {
    ...links({ last_message: null }),
    id: conversationId(ticket.id),
    type: 'conversation',
    subject: ticket.subject,
    status: isOpen ? (is.assignee === null ? 'unassigned' : 'assigned') : 'archived',
    status_category: null,
    assignee: is.assignee === null ? null : people.get(is.assignee),
    recipient: recipient(requester),
    tags: [],
    links: [],
    custom_fields: { Priority: PRIORITIES[is.priority] },
    created_at: createdAt,
    updated_at: updatedAt,
    // What waits for its customer is out of the inbox until a reminder.
    scheduled_reminders: is.status === 'pending' ? [{ created_at: updatedAt, scheduled_at: now + 30 * 86_400 }] : [],
  };
}

/** Newest first. */
function showMessages({ createdAt, channel, opening, steps, requester }: Ticket, people: People): FakeRow[] {
  const message = (said: Said, at: number): FakeRow => ({
    id: `msg_${said.id}`,
    type: TYPES[channel],
    is_inbound: said.byCustomer,
    draft_mode: null,
    created_at: at,
    author: said.byCustomer ? null : people.get(said.by),
    recipients: [recipient(requester)],
    body: said.text,
    text: said.text,
  });
  return [
    message(opening, createdAt),
    ...steps.flatMap(({ said, at }) => (said?.public === true ? [message(said, at)] : [])),
  ].reverse();
}

function showComments({ steps }: Ticket, people: People): FakeRow[] {
  return steps.flatMap(({ said, at }) =>
    said === null || said.public
      ? []
      : [{ id: `com_${said.id}`, author: people.get(said.by), body: said.text, posted_at: at }],
  );
}

interface Told {
  readonly type: string;
  readonly source?: FakeRow;
  readonly target?: FakeRow;
}
const side = (type: string, data?: unknown): FakeRow => ({ _meta: { type }, ...(data === undefined ? {} : { data }) });
const RULE = side('rule', { id: 'rul_1', name: 'Rule', is_private: false });

function wordsOf({ field, from, to }: Step['changes'][number], people: People): Told[] {
  if (field === 'group') return [{ type: 'move', target: side('inboxes', [inbox(to ?? '')]) }];
  if (field === 'assignee')
    return [to === null ? { type: 'unassign' } : { type: 'assign', target: side('teammate', people.get(to)) }];
  if (field === 'priority' || to === 'closed' || from === 'new') return to === 'solved' ? [{ type: 'archive' }] : [];
  if (to === 'solved') return [{ type: 'archive' }];
  // Snoozing is told as what a reminder does, whoever set it.
  return to === 'pending' ? [{ type: 'archive', source: side('reminder') }] : [{ type: 'reopen' }];
}

/** Newest first. */
function showEvents(ticket: Ticket, people: People): FakeRow[] {
  const { createdAt, born, steps, requester, opening } = ticket;
  const place = side('inboxes', [inbox(born.group ?? '')]);
  const said = (one: Said): FakeRow => side('message', { id: `msg_${one.id}` });
  const first = { at: createdAt, told: { type: 'inbound', source: place, target: said(opening) } };
  const later = steps.flatMap((step) => {
    const byCustomer = step.by === requester.id;
    const doer = step.by === null ? RULE : byCustomer ? undefined : side('teammate', people.get(step.by));
    // A mail that comes in brings a conversation back by itself.
    const words = byCustomer ? [] : step.changes.flatMap((change) => wordsOf(change, people));
    const spoken: Told[] =
      step.said?.public === true
        ? [{ type: byCustomer ? 'inbound' : 'out_reply', source: place, target: said(step.said) }]
        : [];
    return [...spoken, ...words].map((told) => ({ at: step.at, told: { source: doer ?? place, ...told } }));
  });
  return [first, ...later]
    .map(({ at, told }, number) => ({
      id: `evt_${ticket.id}${String(number).padStart(3, '0')}`,
      emitted_at: at,
      ...told,
    }))
    .reverse();
}

function paged(name: string, path: RegExp, rows: (url: URL) => readonly unknown[]): FakeRoute {
  return {
    name,
    path,
    answer(url) {
      const place = Number(url.searchParams.get('page_token') ?? 0);
      const next = place + Number(url.searchParams.get('limit') ?? 50);
      const all = rows(url);
      const more = next < all.length ? `${COMPANY}${url.pathname}?page_token=${next}` : null;
      return {
        _pagination: { next: more },
        _links: { self: COMPANY },
        _results: structuredClone(all.slice(place, next)),
      };
    },
  };
}
const idIn = (url: URL): string => url.pathname.split('/')[2] ?? '';

function configuration({ staff, teams, customers, organisations, hours, now }: Life): FakeRoute[] {
  const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const span = { start: time(hours.from), end: time(hours.to) };
  const members = (url: URL) => staff.filter((one) => one.teams.includes(idIn(url).slice(4))).map(teammate);
  const empty = ['/accounts/custom_fields', '/company/statuses', '/tags', '/company/rules'];
  return [
    { name: 'me', path: /^\/me$/, answer: () => ({ _links: { self: COMPANY }, id: 'cmp_1', name: 'Acme' }) },
    paged('teammates', /^\/teammates$/, () => staff.map(teammate)),
    paged('teams', /^\/teams$/, () => []),
    paged('inboxes', /^\/inboxes$/, () => teams.map(({ id, name }) => inbox(id, name))),
    paged('access', /^\/inboxes\/\w+\/teammates$/, members),
    paged('shifts', /^\/shifts$/, () => [
      {
        id: 'shf_1',
        name: 'Office',
        timezone: hours.zone,
        times: Object.fromEntries(hours.days.map((day) => [day.slice(0, 3), span])),
      },
    ]),
    paged('accounts', /^\/accounts$/, () =>
      organisations.map(({ id, name, domain }) => ({
        id: `acc_${id}`,
        name,
        domains: [domain],
        custom_fields: {},
        created_at: now - 400 * 86_400,
        updated_at: now - 400 * 86_400,
      })),
    ),
    paged('account_contacts', /^\/accounts\/\w+\/contacts$/, (url) =>
      customers
        .filter(({ organisation }) => organisation === idIn(url).slice(4))
        .map(({ id, email }) => ({ id: `crd_${id}`, handles: [{ source: 'email', handle: email }] })),
    ),
    paged('fields', /^\/conversations\/custom_fields$/, () => [
      { id: 'fld_1', name: 'Priority', type: 'enum', values: [] },
    ]),
    ...empty.map((path) => paged(path, new RegExp(`^${path}$`), () => [])),
    ...['views', 'message_templates', 'channels', 'knowledge_bases'].map((name) =>
      paged(name, new RegExp(`^/${name}$`), () => []),
    ),
  ];
}

function routes(life: Life): FakeRoute[] {
  const people = new Map(life.staff.map((one) => [one.id, teammate(one)]));
  const tickets = new Map(life.tickets.map((ticket) => [conversationId(ticket.id), ticket]));
  const rows = life.tickets.map((ticket) => showConversation(ticket, people, life.now));
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  const below = (name: string, show: (ticket: Ticket) => readonly FakeRow[]) =>
    paged(name, new RegExp(`^/conversations/\\w+/${name}$`), (url) => {
      const ticket = tickets.get(idIn(url));
      return ticket === undefined ? [] : show(ticket);
    });
  const answers = life.tickets.flatMap(({ id, survey }) =>
    survey === null || survey.answeredAt === null
      ? []
      : [
          {
            at: survey.answeredAt,
            cells: [`evt_s${id}`, conversationId(id), survey.answeredAt, survey.good ? '5' : '1'],
          },
        ],
  );
  return [
    ...configuration(life),
    paged('conversations', /^\/conversations$/, () => rows),
    {
      name: 'conversation',
      path: /^\/conversations\/\w+$/,
      answer: (url) => byId.get(idIn(url)) ?? new FakeStatus(404, { _error: { status: 404 } }),
    },
    below('messages', (ticket) => showMessages(ticket, people)),
    below('comments', (ticket) => showComments(ticket, people)),
    below('events', (ticket) => showEvents(ticket, people)),
    below('inboxes', () => []),
    paged('events', /^\/events$/, () => []),
    {
      name: 'begin_export',
      path: /^\/analytics\/exports$/,
      async answer(_url, request) {
        const { start, end } = (await request.json()) as { start: number; end: number };
        return new FakeStatus(201, { id: `exp_${start}_${end}`, status: 'running', progress: 0 });
      },
    },
    {
      name: 'export',
      path: /^\/analytics\/exports\/\w+$/,
      answer: (url) => ({
        id: url.pathname.split('/')[3],
        status: 'done',
        progress: 100,
        url: `https://api2.frontapp.com${url.pathname}/download`,
      }),
    },
    {
      name: 'download',
      path: /^\/analytics\/exports\/\w+\/download$/,
      answer(url) {
        const [, start = 0, end = 0] = (url.pathname.split('/')[3] ?? '').split('_').map(Number);
        const found = answers.filter(({ at }) => at >= start - 86_400 && at < end + 86_400);
        const lines = found.map(({ at, cells }) => cells.with(2, iso(at).replace('T', ' ').replace('Z', '')).join(','));
        return new FakeText(
          `${['Activity API ID,Conversation API ID,Message date,Survey rating', ...lines].join('\n')}\n`,
        );
      },
    },
  ];
}

export const asFront: Rendering = {
  connector: front,
  settings: { since: '2026-01-01' },
  secret: 'sesame-open-token',
  routes,
};
