import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';

/**
 * A made-up Help Scout account, written from the vendor's documentation of the Inbox and Docs APIs. Ids, texts and names are invented; canaries are planted
 * in every text.
 */
export const ORIGIN = 'https://api.helpscout.net';
export const DOCS_ORIGIN = 'https://docsapi.helpscout.net';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** The vendor fixes the rows of a page: small here, so that lists are walked. */
const PAGE_ROWS = 2;
const THREAD_ROWS = 4;

/** When a conversation changed, by whoever: the vendor compares it and does not show it. */
export const MODIFIED = Symbol('modifiedAt');
export type FakeConversation = FakeRow & { [MODIFIED]: string };

const PERSON = { first: 'Canary', last: 'Person', email: 'someone@acme.example', photoUrl: 'https://canary.example/p' };
const customer = (id: number) => ({ ...PERSON, id, type: 'customer', email: 'jane@customer.example' });
const user = (id: number) => ({ ...PERSON, id, type: 'user' });
const team = (id: number) => ({ ...PERSON, id, type: 'team' });
/** Automatic changes are the vendor's own user's. */
const VENDOR = { id: 1, type: 'user', first: 'Help', last: 'Scout', email: 'none@nowhere.com' };

function conversation(id: string | number, updated: string, more: FakeRow = {}, modified = updated): FakeConversation {
  return {
    id,
    number: 1,
    threads: 2,
    type: 'email',
    folderId: 7,
    status: 'active',
    state: 'published',
    subject: 'Canary subject',
    preview: 'Canary preview',
    mailboxId: 31,
    createdBy: customer(900),
    createdAt: '2026-03-02T09:00:00Z',
    closedBy: 0,
    userUpdatedAt: updated,
    customerWaitingSince: { time: '2026-03-02T09:00:00Z', friendly: '5 days ago' },
    source: { type: 'email', via: 'customer' },
    tags: [],
    cc: ['canary@customer.example'],
    bcc: [],
    primaryCustomer: customer(900),
    customFields: [],
    _embedded: {},
    _links: { self: { href: `${ORIGIN}/v2/conversations/${id}` } },
    ...more,
    [MODIFIED]: modified,
  };
}

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function helpScoutConversations(): FakeConversation[] {
  return [
    conversation(101, '2026-03-02T15:00:00Z', {
      status: 'closed',
      closedBy: 11,
      closedByUser: user(11),
      closedAt: '2026-03-02T15:00:00Z',
      assignee: user(11),
      tags: [
        { id: 1, color: '#fff', tag: 'escalated' },
        { id: 2, color: '#fff', tag: 'canary jane' },
      ],
      customFields: [
        { id: 301, name: 'Product', value: '3011', text: 'api' },
        { id: 302, name: 'Category', value: '3021' },
        { id: 303, name: 'Severity', value: '3031', text: 'high' },
        { id: 304, name: 'Root cause', value: '3041', text: 'config' },
        { id: 305, name: 'Canary remark', value: 'Canary text', text: '' },
      ],
    }),
    conversation(102, '2026-03-03T10:00:00Z', {
      status: 'pending',
      type: 'phone',
      createdBy: user(12),
      source: { type: 'web', via: 'user' },
      primaryCustomer: customer(901),
      assignee: team(51),
    }),
    conversation(103, '2026-03-03T10:00:00Z', {
      type: 'chat',
      source: { type: 'beacon-v2', via: 'customer' },
      primaryCustomer: { ...customer(902), id: 902 },
      assignee: VENDOR,
    }),
    conversation(104, '2026-03-04T08:00:00Z', {
      mailboxId: 32,
      createdBy: user(13),
      source: { type: 'api', via: 'user' },
    }),
    conversation(`@big:${BIG}`, '2026-03-04T08:00:00Z', { state: 'deleted', primaryCustomer: customer(901) }),
    conversation(106, '2026-03-04T08:00:00Z', { source: { type: 'mystery', via: 'customer' }, status: 'spam' }),
    // The last person touched it before all others; a workflow has closed it since.
    conversation(
      107,
      '2026-03-01T08:00:00Z',
      {
        status: 'closed',
        createdAt: '2026-03-01T08:00:00Z',
        createdBy: user(11),
        source: { type: 'web', via: 'user' },
      },
      '2026-03-06T08:00:00Z',
    ),
  ];
}

function thread(id: number, when: string, more: FakeRow): FakeRow {
  return {
    id,
    type: 'customer',
    status: 'active',
    state: 'published',
    action: { type: 'default', associatedEntities: {} },
    body: 'Canary text of jane@customer.example',
    source: { type: 'email', via: 'customer' },
    customer: customer(900),
    createdBy: customer(900),
    savedReplyId: 0,
    to: ['canary@acme.example'],
    cc: [],
    bcc: [],
    createdAt: when,
    openedAt: when,
    _embedded: { attachments: [] },
    ...more,
  };
}
const WEB = { source: { type: 'web', via: 'user' } };
const line = (id: number, when: string, type: string, more: FakeRow): FakeRow =>
  thread(id, when, {
    type: 'lineitem',
    status: 'nochange',
    action: { type, text: 'Canary Ann did this', associatedEntities: {} },
    body: null,
    ...WEB,
    createdBy: user(11),
    ...more,
  });

const THREADS: Readonly<Record<string, readonly FakeRow[]>> = {
  '101': [
    thread(501, '2026-03-02T09:00:00Z', {}),
    thread(502, '2026-03-02T09:00:05Z', {
      type: 'message',
      status: 'nochange',
      action: { type: 'automatic-workflow', text: 'Canary', associatedEntities: { workflow: 702 } },
      body: 'Canary. We will reply within 8 hours.',
      createdBy: VENDOR,
      source: { type: 'web', via: 'user' },
    }),
    line(503, '2026-03-02T09:10:00Z', 'changed-ticket-assignee', { assignedTo: team(51) }),
    thread(504, '2026-03-02T09:30:00Z', {
      type: 'note',
      status: 'nochange',
      ...WEB,
      createdBy: user(11),
      assignedTo: user(11),
      body: 'See https://canary.atlassian.net/browse/CORE-17',
    }),
    thread(505, '2026-03-02T09:40:00Z', {
      type: 'message',
      status: 'closed',
      ...WEB,
      createdBy: user(11),
      assignedTo: user(11),
      savedReplyId: 801,
      body: 'See https://help.acme.com/article/7-canary and https://acme.helpscoutdocs.com/article/8-canary',
      rating: { customerId: 900, rating: 'great', comments: 'Canary praise' },
    }),
    thread(506, '2026-03-02T12:00:00Z', { assignedTo: user(11) }),
    thread(507, '2026-03-02T12:30:00Z', {
      type: 'message',
      state: 'draft',
      ...WEB,
      createdBy: user(11),
      status: 'pending',
    }),
    line(508, '2026-03-02T12:40:00Z', 'merged', {
      action: { type: 'merged', text: 'Canary', associatedEntities: { originalConversation: 99 } },
      assignedTo: user(11),
    }),
    line(509, '2026-03-02T15:00:00Z', 'changed-ticket-status', { status: 'closed', assignedTo: user(11) }),
  ],
  '102': [
    thread(511, '2026-03-02T09:00:00Z', { type: 'phone', ...WEB, createdBy: user(12), assignedTo: user(12) }),
    line(512, '2026-03-02T09:05:00Z', 'moved-from-mailbox', {
      action: { type: 'moved-from-mailbox', text: 'Canary', associatedEntities: { mailbox: 32 } },
      assignedTo: user(12),
    }),
    line(513, '2026-03-02T09:06:00Z', 'manual-workflow', {
      status: 'pending',
      action: { type: 'manual-workflow', text: 'Canary', associatedEntities: { workflow: 701 } },
      assignedTo: team(52),
    }),
    line(514, '2026-03-03T10:00:00Z', 'changed-ticket-assignee', { assignedTo: team(51), createdBy: user(12) }),
  ],
  '103': [
    thread(521, '2026-03-02T09:00:00Z', { type: 'beaconchat', source: { type: 'chat', via: 'customer' } }),
    // An AI agent answers; the second version of the interface shows it as a user.
    thread(522, '2026-03-02T09:00:10Z', {
      type: 'chat',
      createdBy: user(14),
      assignedTo: user(14),
      source: { type: 'chat', via: 'user' },
    }),
    line(523, '2026-03-02T09:05:00Z', 'changed-ticket-assignee', { createdBy: user(14) }),
    thread(524, '2026-03-02T09:06:00Z', { type: 'forwardparent', status: 'nochange', ...WEB, createdBy: user(12) }),
  ],
  '104': [
    thread(531, '2026-03-02T09:00:00Z', { createdBy: user(13), source: { type: 'api', via: 'user' } }),
    thread(532, '2026-03-02T09:01:00Z', { type: 'telepathy', createdBy: user(12) }),
  ],
  [BIG]: [thread(541, '2026-03-02T09:00:00Z', {}), line(542, '2026-03-04T08:00:00Z', 'deleted-ticket', {})],
  '107': [
    thread(551, '2026-03-01T08:00:00Z', {
      type: 'message',
      status: 'pending',
      ...WEB,
      createdBy: user(11),
      assignedTo: user(11),
    }),
    line(552, '2026-03-06T08:00:00Z', 'automatic-workflow', {
      status: 'closed',
      action: { type: 'automatic-workflow', text: 'Canary', associatedEntities: { workflow: 702 } },
      createdBy: VENDOR,
    }),
  ],
};

function rating(id: number, threadid: number, when: string, ratingId: number): FakeRow {
  return {
    number: 1,
    id,
    type: 'email',
    threadid,
    threadCreatedAt: '2026-03-02T09:40:00Z',
    ratingId,
    ratingCustomerId: 900,
    ratingComments: 'Canary praise',
    ratingCreatedAt: when,
    ratingCustomerName: 'Canary Jane',
    ratingUserId: 11,
    ratingUserName: 'Canary Ann',
  };
}
const RATINGS = [
  rating(101, 505, '2026-03-02T16:00:00Z', 1),
  rating(104, 590, '2026-03-04T16:00:00Z', 2),
  rating(107, 551, '2026-03-05T16:00:00Z', 3),
];

const named = (id: number, firstName: string, role: string): FakeRow => ({
  id,
  firstName,
  lastName: 'Canary',
  email: 'someone@acme.example',
  role,
  timezone: 'America/New_York',
  photoUrl: 'https://canary.example/p',
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-06T08:00:00Z',
  type: 'user',
  mention: 'canary',
  initials: 'CA',
  jobTitle: 'Canary',
  phone: '15550123',
  alternateEmails: ['canary@acme.example'],
});
const USERS = [
  named(11, 'Ann', 'owner'),
  named(12, 'Bob', 'user'),
  named(13, 'Sync bot', 'user'),
  named(15, 'Lea', 'light_user'),
];
const MEMBERS: Readonly<Record<string, readonly FakeRow[]>> = {
  '51': [named(11, 'Ann', 'owner'), named(12, 'Bob', 'user')],
  '52': [],
};
const TEAMS = [
  {
    id: 51,
    name: 'canary support',
    timezone: 'UTC',
    mention: 'canary',
    initials: 'CA',
    createdAt: '2026-01-01T00:00:00Z',
  },
  { id: 52, name: 'canary escalations tier 2', timezone: 'UTC', createdAt: '2026-01-01T00:00:00Z' },
];
const MAILBOXES = [31, 32, 33].map((id) => ({
  id,
  name: id === 32 ? 'canary escalations' : 'canary inbox',
  slug: 'canary',
  email: 'canary@acme.example',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}));
const listField = (id: number, name: string, label: string, required = false) => ({
  id,
  required,
  order: 1,
  type: 'dropdown',
  name,
  options: [{ id: id * 10 + 1, order: 1, label }],
});
const FIELDS: Readonly<Record<string, readonly FakeRow[]>> = {
  '31': [
    listField(301, 'Product', 'api'),
    listField(302, 'Category', 'billing'),
    listField(303, 'Severity', 'high'),
    listField(304, 'Root cause', 'config', true),
    { id: 305, required: false, order: 5, type: 'singleline', name: 'Canary remark', options: [] },
  ],
  '32': [{ id: 306, required: false, order: 1, type: 'date', name: 'Canary due', options: null }],
  '33': [],
};
const WORKFLOWS = [
  ['manual', 'active'],
  ['automatic', 'active'],
  ['automatic', 'invalid'],
].map(([type, status], i) => ({
  id: 701 + i,
  mailboxId: 31,
  type,
  status,
  order: i,
  name: 'Canary workflow',
  createdAt: '2026-01-01T00:00:00Z',
  modifiedAt: '2026-01-02T00:00:00Z',
}));
const ORGANISATIONS = [
  {
    id: 61,
    name: 'Canary Ltd',
    website: 'https://canary.example',
    note: 'Canary',
    domains: ['customer.example'],
    phones: ['15550123'],
  },
  { id: 62, name: 'Canary Inc', website: null, domains: [], createdAt: '2026-01-03T00:00:00Z' },
  { id: 63, name: 'Canary GmbH', domains: null },
];
const WEBHOOKS = [
  { id: 1, url: 'https://events.pagerduty.com/canary', state: 'enabled', events: ['convo.created'], secret: 'canary' },
  { id: 2, url: 'https://canary.example/hook', state: 'disabled', events: [] },
];
const COLLECTIONS = [
  {
    id: '5214c77c45667acd25394b51',
    siteId: '5',
    number: 1,
    slug: 'canary',
    visibility: 'public',
    name: 'Canary',
    description: 'Canary',
  },
  { id: '5214c77c45667acd25394b52', siteId: '5', number: 2, slug: 'canary', visibility: 'private', name: 'Canary' },
];
const article = (id: string, number: number, host: string, status: string) => ({
  id,
  number,
  collectionId: COLLECTIONS[0]?.id,
  slug: 'canary',
  status,
  hasDraft: false,
  name: 'Canary article',
  publicUrl: `https://${host}/article/${number}-canary`,
  popularity: 4.3,
  viewCount: 237,
  createdBy: 11,
  updatedBy: 12,
  createdAt: '2026-01-10T00:00:00Z',
  updatedAt: '2026-02-10T00:00:00Z',
  lastPublishedAt: '2026-02-10T00:00:00Z',
});
const ARTICLES: Readonly<Record<string, readonly FakeRow[]>> = {
  '5214c77c45667acd25394b51': [
    article('5215163545667acd25394b5c', 7, 'help.acme.com', 'published'),
    article('5215163545667acd25394b5d', 9, 'help.acme.com', 'notpublished'),
    article('5215163545667acd25394b5e', 10, 'help.acme.com', 'published'),
  ],
  '5214c77c45667acd25394b52': [],
};

function pageOf<R>(
  url: URL,
  rows: readonly R[],
  size = PAGE_ROWS,
): { readonly shown: R[]; readonly pages: number; readonly number: number } {
  const number = Number(url.searchParams.get('page') ?? 1);
  const shown = structuredClone(rows.slice((number - 1) * size, number * size));
  return { shown, pages: Math.ceil(rows.length / size), number };
}

/** A page of HAL; without rows it comes without its list. */
function hal(url: URL, list: string, rows: readonly FakeRow[]): FakeRow {
  const size = list === 'threads' ? THREAD_ROWS : PAGE_ROWS;
  const { shown, pages, number } = pageOf(url, rows, size);
  return {
    ...(shown.length === 0 ? {} : { _embedded: { [list]: shown } }),
    _links: { self: { href: url.href } },
    page: { size, totalElements: rows.length, totalPages: pages, number },
  };
}

const halRoute = (name: string, path: string, list: string, rows: (id: string) => readonly FakeRow[]): FakeRoute => ({
  name,
  path: new RegExp(`^${path}$`),
  answer: (url) => hal(url, list, rows(url.pathname.split('/')[3] ?? '')),
});

function docsRoute(name: string, path: RegExp, list: string, rows: (id: string) => readonly FakeRow[]): FakeRoute {
  return {
    name,
    path,
    answer(url, request) {
      const key = request.headers.get('authorization');
      // Suites without a network do not pass headers on.
      if (key !== null && !key.startsWith('Basic ')) return new FakeStatus(401, { code: 401, error: 'canary key' });
      if (Number(url.searchParams.get('pageSize')) > 100) return new FakeStatus(400, { code: 400, error: 'pageSize' });
      const all = rows(url.pathname.split('/')[3] ?? '');
      const { shown, pages, number } = pageOf(url, all);
      return { [list]: { page: number, pages, count: all.length, items: shown } };
    },
  };
}

/** Conversations of a status that changed between two instants, both included, as the query asks. */
function found(url: URL, own: readonly FakeConversation[]): FakeRow[] | null {
  const [, from, to] = /^\(modifiedAt:\[(\S+) TO (\S+)\]\)$/.exec(url.searchParams.get('query') ?? '') ?? [];
  // Instants with parts of a second are refused.
  if ([from, to].some((one) => one === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(one))) return null;
  const status = url.searchParams.get('status') ?? 'active';
  return own
    .filter((row) => status === 'all' || row.status === status)
    .filter((row) => row[MODIFIED] >= (from as string) && row[MODIFIED] <= (to as string))
    .toSorted((a, b) => Date.parse(a[MODIFIED]) - Date.parse(b[MODIFIED]));
}

/** A fresh account. `own` are its live conversations, which a test may change while they are read. */
export function helpScoutRoutes(own: readonly FakeConversation[] = helpScoutConversations()): readonly FakeRoute[] {
  return [
    { name: 'me', path: /^\/v2\/users\/me$/, answer: () => ({ ...named(11, 'Ann', 'owner'), companyId: 77 }) },
    halRoute('users', '/v2/users', 'users', () => USERS),
    halRoute('system-users', '/v3/system-users', 'system_users', () => [named(14, 'Canary AI', 'user')]),
    halRoute('teams', '/v2/teams', 'teams', () => TEAMS),
    halRoute('members', '/v2/teams/\\d+/members', 'users', (id) => MEMBERS[id] ?? []),
    halRoute('mailboxes', '/v2/mailboxes', 'mailboxes', () => MAILBOXES),
    halRoute('fields', '/v2/mailboxes/\\d+/fields', 'fields', (id) => FIELDS[id] ?? []),
    {
      name: 'saved-replies',
      path: /^\/v2\/mailboxes\/\d+\/saved-replies$/,
      answer: (url) => (url.pathname.includes('/31/') ? [{ id: 801, name: 'Canary', preview: 'Canary text' }] : []),
    },
    halRoute('workflows', '/v2/workflows', 'workflows', () => WORKFLOWS),
    halRoute('webhooks', '/v2/webhooks', 'webhooks', () => WEBHOOKS),
    halRoute('organizations', '/v2/organizations', 'organizations', () => ORGANISATIONS),
    {
      name: 'customer',
      path: /^\/v2\/customers\/\d+$/,
      answer(url) {
        const id = Number(url.pathname.split('/')[3]);
        if (id === 902) return new FakeStatus(404, { message: 'Not Found' });
        return {
          id,
          firstName: 'Canary',
          lastName: 'Jane',
          organizationId: id === 900 ? 61 : null,
          background: 'Canary',
        };
      },
    },
    docsRoute('collections', /^\/v1\/collections$/, 'collections', () => COLLECTIONS),
    docsRoute('articles', /^\/v1\/collections\/\w+\/articles$/, 'articles', (id) => ARTICLES[id] ?? []),
    {
      name: 'conversations',
      path: /^\/v2\/conversations$/,
      answer(url) {
        const rows = found(url, own);
        return rows === null ? new FakeStatus(400, { message: 'Bad request' }) : hal(url, 'conversations', rows);
      },
    },
    halRoute('threads', '/v2/conversations/\\d+/threads', 'threads', (id) => (THREADS[id] ?? []).toReversed()),
    {
      name: 'ratings',
      path: /^\/v2\/reports\/happiness\/ratings$/,
      answer(url) {
        const [start, end] = [url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''];
        const rows = RATINGS.filter(
          (row) => String(row.ratingCreatedAt) >= start && String(row.ratingCreatedAt) <= end,
        );
        const { shown, pages, number } = pageOf(url, rows);
        return { facets: {}, results: shown, page: number, pages, count: rows.length };
      },
    },
  ];
}
