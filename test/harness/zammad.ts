import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Zammad, written from the vendor's documentation and the behaviour of its source. Ids, texts and names are invented; canaries are planted in
 * every text.
 */
export const ORIGIN = 'https://support.acme.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** Small, so that lists are walked; the vendor gives fewer rows than it is asked for in the same way. */
const PAGE_ROWS = 2;
const LIST_ROWS = 4;

function pageOf(url: URL, rows: readonly FakeRow[], most = PAGE_ROWS): FakeRow[] {
  const number = Number(url.searchParams.get('page') ?? 1);
  const size = Math.min(most, Number(url.searchParams.get('per_page') ?? 100));
  // A copy: what was given does not change when the vendor's row does.
  return structuredClone(rows.slice((number - 1) * size, number * size));
}

function ticket(id: string | number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    group_id: 1,
    priority_id: 2,
    state_id: 2,
    organization_id: 70,
    number: '22001',
    title: 'Canary subject of jane@customer.example',
    owner_id: 3,
    customer_id: 6,
    note: 'Canary note',
    first_response_at: null,
    first_response_escalation_at: null,
    first_response_in_min: null,
    first_response_diff_in_min: null,
    close_at: null,
    close_escalation_at: null,
    close_in_min: null,
    close_diff_in_min: null,
    update_escalation_at: null,
    update_in_min: null,
    update_diff_in_min: null,
    last_close_at: null,
    last_contact_at: '2026-03-02T09:00:00.000Z',
    create_article_type_id: 1,
    create_article_type: 'email',
    create_article_sender_id: 2,
    create_article_sender: 'Customer',
    article_count: 1,
    escalation_at: null,
    pending_time: null,
    type: null,
    time_unit: null,
    preferences: {},
    product: '',
    topic: null,
    impact: null,
    cause: '',
    remark: 'Canary remark of jane',
    updated_by_id: 3,
    created_by_id: 6,
    created_at: '2026-03-02T09:00:00.000Z',
    updated_at: updatedAt,
    article_ids: [1],
    ticket_time_accounting_ids: [],
    group: 'Canary Support',
    owner: 'canary.ann@acme.example',
    customer: 'jane@customer.example',
    created_by: 'jane@customer.example',
    ...more,
  };
}

const SLA = (id: number) => ({ escalation_calculation: { sla_id: id, calendar_id: 1, escalation_disabled: false } });

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function zammadTickets(): FakeRow[] {
  return [
    ticket(1, '2026-03-02T15:00:00.000Z', {
      state_id: 4,
      priority_id: 3,
      group_id: 2,
      type: 'Incident',
      product: 'api',
      topic: 'login::password',
      impact: 'high',
      cause: 'config',
      first_response_at: '2026-03-02T09:30:00.000Z',
      first_response_in_min: 30,
      first_response_diff_in_min: 90,
      close_at: '2026-03-02T15:00:00.000Z',
      close_in_min: 360,
      close_diff_in_min: -120,
      last_close_at: '2026-03-02T15:00:00.000Z',
      preferences: { ...SLA(81), github: { issue_links: ['https://github.com/canary/core/issues/17'] } },
    }),
    ticket(2, '2026-03-03T10:00:00.000Z', {
      state_id: 3,
      create_article_type: 'phone',
      create_article_type_id: 5,
      created_by_id: 3,
      first_response_escalation_at: '2026-03-02T11:00:00.000Z',
      close_escalation_at: '2026-03-02T13:00:00.000Z',
      preferences: SLA(81),
    }),
    ticket(3, '2026-03-03T10:00:00.000Z', {
      state_id: 8,
      priority_id: 1,
      create_article_sender: 'Agent',
      create_article_sender_id: 1,
      created_by_id: 4,
      owner_id: 4,
    }),
    ticket(4, '2026-03-04T08:00:00.100Z', {
      state_id: 1,
      customer_id: 4,
      created_by_id: 4,
      organization_id: null,
      create_article_type: 'web',
      create_article_type_id: 11,
      type: 'Wish',
    }),
    ticket(`@big:${BIG}`, '2026-03-04T08:00:00.400Z', { state_id: 5, owner_id: 1 }),
    ticket(6, '2026-03-04T08:00:00.900Z', {
      owner_id: 1,
      organization_id: null,
      create_article_sender: 'System',
      create_article_sender_id: 3,
      create_article_type: 'note',
      create_article_type_id: 10,
      created_by_id: 1,
    }),
    ticket(7, '2026-03-06T08:00:00.000Z', {
      create_article_type: null,
      create_article_type_id: 11,
      update_in_min: 200,
      update_diff_in_min: 40,
      preferences: SLA(82),
    }),
  ];
}

function article(id: number, at: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    ticket_id: 1,
    type_id: 1,
    type: 'email',
    sender_id: 2,
    sender: 'Customer',
    from: 'Canary Jane <jane@customer.example>',
    to: 'canary@acme.example',
    cc: null,
    subject: 'Canary subject',
    message_id: '<canary@customer.example>',
    content_type: 'text/html',
    body: '<div>Canary text of jane@customer.example</div>',
    internal: false,
    preferences: {},
    attachments: [],
    origin_by_id: null,
    created_by_id: 6,
    updated_by_id: 6,
    created_at: at,
    updated_at: at,
    ...more,
  };
}

const AGENT = { sender: 'Agent', sender_id: 1, created_by_id: 3 };
const ARTICLES: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    article(503, '2026-03-02T09:40:00.000Z', {
      ...AGENT,
      type: 'note',
      type_id: 10,
      internal: true,
      created_by_id: 4,
      body: 'Canary, see https://canary.atlassian.net/browse/CORE-17',
    }),
    article(501, '2026-03-02T09:00:00.000Z'),
    article(502, '2026-03-02T09:30:00.000Z', {
      ...AGENT,
      body: '<p>Canary, see <a href="https://support.acme.com/help/en-us/7-canary/901-canary">this</a></p>',
    }),
    article(504, '2026-03-02T09:00:05.000Z', {
      sender: 'System',
      sender_id: 3,
      created_by_id: 1,
      body: 'Canary. We will reply within 8 business hours.',
    }),
  ],
  '2': [
    article(511, '2026-03-02T09:00:00.000Z', { type: 'phone', type_id: 5, created_by_id: 3, origin_by_id: 6 }),
    article(512, '2026-03-02T10:00:00.000Z', { ...AGENT, created_by_id: 5 }),
    article(513, '2026-03-02T10:30:00.000Z', { sender: null, type: null, sender_id: 1, type_id: 14, created_by_id: 4 }),
  ],
  [BIG]: [article(521, '2026-03-04T08:00:00.400Z', { ...AGENT, type: 'note', type_id: 10, body: 'merged' })],
};

function entry(id: number, at: string, more: FakeRow): FakeRow {
  return { id, o_id: 1, created_by_id: 3, created_at: at, object: 'Ticket', type: 'updated', ...more };
}
const born = (id: number, by = 6): FakeRow =>
  entry(id, '2026-03-02T09:00:00.000Z', { type: 'created', created_by_id: by });

const HISTORY: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    born(601),
    entry(602, '2026-03-02T09:00:00.000Z', { type: 'created', object: 'Ticket::Article', o_id: 501, related_o_id: 1 }),
    entry(603, '2026-03-02T09:00:02.000Z', {
      attribute: 'priority',
      id_from: 2,
      id_to: 3,
      value_from: '2 normal',
      value_to: '3 high',
      created_by_id: 1,
      sourceable_type: 'Trigger',
      sourceable_id: 701,
      sourceable_name: 'Canary rule',
    }),
    entry(604, '2026-03-02T09:20:00.000Z', {
      attribute: 'owner',
      id_from: 1,
      id_to: 3,
      value_from: '-',
      value_to: 'Canary Ann',
    }),
    entry(605, '2026-03-02T09:30:00.000Z', {
      attribute: 'state',
      id_from: 1,
      id_to: 2,
      value_from: 'new',
      value_to: 'open',
    }),
    entry(606, '2026-03-02T10:00:00.000Z', {
      attribute: 'group',
      id_from: 1,
      id_to: 2,
      value_from: 'Canary Support',
      value_to: 'Canary Escalations',
    }),
    entry(607, '2026-03-02T10:00:00.000Z', { type: 'added', attribute: 'tag', value_to: 'escalated' }),
    entry(608, '2026-03-02T10:05:00.000Z', {
      type: 'removed',
      attribute: 'tag',
      value_to: 'canary waits',
      created_by_id: 5,
    }),
    entry(609, '2026-03-02T14:59:00.000Z', { attribute: 'cause', value_from: '', value_to: 'config' }),
    entry(610, '2026-03-02T14:59:00.000Z', { attribute: 'title', value_from: 'Canary a', value_to: 'Canary b' }),
    entry(611, '2026-03-02T14:59:30.000Z', { type: 'notification', value_to: 'canary@acme.example(update)' }),
    entry(612, '2026-03-02T15:00:00.000Z', {
      attribute: 'state',
      id_from: 2,
      id_to: 4,
      value_from: 'open',
      value_to: 'closed',
    }),
    entry(613, '2026-03-02T15:00:00.000Z', { attribute: 'close_at', value_to: '2026-03-02 15:00:00 UTC' }),
    entry(614, '2026-03-04T08:00:00.400Z', { type: 'received_merge', id_from: `@big:${BIG}`, id_to: 1 }),
  ],
  // Imported: the history does not begin with the ticket.
  '6': [
    entry(621, '2026-03-04T08:00:00.000Z', {
      attribute: 'state',
      id_from: 1,
      id_to: 2,
      value_from: 'new',
      value_to: 'open',
      created_by_id: 6,
    }),
  ],
  [BIG]: [
    born(631),
    entry(632, '2026-03-04T08:00:00.400Z', { type: 'merged_into', id_from: `@big:${BIG}`, id_to: 1 }),
    entry(633, '2026-03-04T08:00:00.400Z', {
      attribute: 'state',
      id_from: 2,
      id_to: 5,
      value_from: 'open',
      value_to: 'merged',
    }),
  ],
};

const TAGS: Readonly<Record<string, readonly string[]>> = { '1': ['escalated', 'canary jane'], '2': ['canary jane'] };
const LINKS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    { link_type: 'child', link_object: 'Ticket', link_object_value: 3 },
    { link_type: 'normal', link_object: 'KnowledgeBase::Answer::Translation', link_object_value: 5 },
  ],
  [BIG]: [{ link_type: 'parent', link_object: 'Ticket', link_object_value: 1 }],
};

/** So many tickets, a minute apart. */
export function manyTickets(count: number): FakeRow[] {
  return Array.from({ length: count }, (_, i) =>
    ticket(1000 + i, new Date(Date.parse('2026-03-01T00:00:00Z') + i * 60_000).toISOString()),
  );
}

function user(id: number, name: string, more: FakeRow = {}): FakeRow {
  const [firstname, lastname] = name.split(' ');
  return {
    id,
    login: `canary${id}@acme.example`,
    firstname,
    lastname: lastname ?? '',
    email: `canary${id}@acme.example`,
    phone: '203.0.113.77',
    note: 'Canary note',
    vip: false,
    active: true,
    organization_id: null,
    role_ids: [2],
    group_ids: { '1': ['full'], '2': ['read'] },
    created_at: '2025-01-01T00:00:00.000Z',
    updated_at: '2025-01-01T00:00:00.000Z',
    ...more,
  };
}

const USERS = [
  user(1, '-', { active: false, role_ids: [], group_ids: {}, login: '-', email: '' }),
  user(3, 'Canary Ann', { role_ids: [1, 2], group_ids: { '1': ['full'], '2': ['full'] } }),
  user(4, 'Canary Bob', { role_ids: [2], group_ids: { '2': ['read'] } }),
  user(5, 'Canary Sync-Bot', { active: false, group_ids: null }),
  user(6, 'Canary Jane', { role_ids: [3], group_ids: {} }),
];

const ROLES = [
  { id: 1, name: 'Admin', active: true, permissions: ['admin', 'user_preferences'], group_ids: {} },
  { id: 2, name: 'Agent', active: true, permissions: ['ticket.agent'], group_ids: { '1': ['full'] } },
  { id: 3, name: 'Customer', active: true, permissions: ['ticket.customer'], group_ids: {} },
];

const STATES = [
  [1, 'new', 1, 'new'],
  [2, 'open', 2, 'open'],
  [3, 'pending reminder', 3, 'pending reminder'],
  [4, 'closed', 5, 'closed'],
  [5, 'merged', 6, 'merged'],
  [8, 'waiting for supplier', 3, 'pending reminder'],
].map(([id, name, state_type_id, state_type]) => ({ id, name, state_type_id, state_type, active: true }));

const WEEKDAY = { active: true, timeframes: [['09:00', '17:00']] };
const CALENDARS = [
  {
    id: 1,
    name: 'Canary hours',
    timezone: 'Europe/Berlin',
    default: true,
    business_hours: {
      mon: WEEKDAY,
      tue: {
        active: true,
        timeframes: [
          ['08:00', '12:00'],
          ['13:00', '23:59'],
        ],
      },
      sat: { active: false, timeframes: [['10:00', '14:00']] },
    },
    public_holidays: {
      '2026-05-01': { active: true, summary: 'Canary day' },
      '2026-12-25': { active: false, summary: 'Canary day' },
      '2026-12-26': { active: true, summary: 'Canary day', removed: true },
    },
    ical_url: 'https://canary.example/ical',
  },
];

const STAMPS = {
  created_by_id: 3,
  updated_by_id: 3,
  created_at: '2026-01-02T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
};
const SHIPPED = { ...STAMPS, created_by_id: 1, updated_by_id: 1 };

const POLICIES = [
  {
    id: 81,
    name: 'Canary premium',
    calendar_id: 1,
    first_response_time: 120,
    response_time: null,
    update_time: null,
    solution_time: 240,
    condition: {
      'organization.vip': { operator: 'is', value: true },
      'ticket.priority_id': { operator: 'is', value: ['3'] },
    },
    ...STAMPS,
  },
  {
    id: 82,
    name: 'Canary standard',
    calendar_id: 1,
    first_response_time: '',
    response_time: null,
    update_time: '240',
    solution_time: null,
    condition: { operator: 'AND', conditions: [{ name: 'ticket.state_id', operator: 'is not', value: ['4'] }] },
    ...STAMPS,
  },
];

const CUSTOMER = { 'ticket.customer': { null: false, item_class: 'column' } };
function field(id: number, name: string, display: string, type: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    object: 'Ticket',
    name,
    display,
    data_type: type,
    data_option: { null: true, options: { a: 'Canary a' } },
    editable: true,
    active: true,
    screens: {},
    ...STAMPS,
    ...more,
  };
}

const FIELDS = [
  field(1, 'title', 'Title', 'input', { editable: false, screens: { create_top: { '-all-': { null: false } } } }),
  field(5, 'owner_id', 'Owner', 'select', {
    editable: false,
    data_option: { permission: ['ticket.agent'] },
    screens: { create_middle: { '-all-': { null: true } } },
  }),
  field(20, 'product', 'Product', 'select', { screens: { create_middle: CUSTOMER } }),
  field(21, 'topic', 'Category', 'tree_select', {
    screens: { create_middle: { 'ticket.customer': { shown: true, required: false } } },
  }),
  field(22, 'impact', 'Severity', 'select'),
  field(23, 'cause', 'Root cause', 'select', {
    screens: { edit: { 'ticket.agent': { shown: true, required: true } } },
  }),
  field(24, 'remark', 'Canary remark', 'input'),
  field(25, 'urgent', 'Urgent', 'boolean'),
  field(30, 'plan', 'Support plan', 'select', { object: 'Organization' }),
];

const TRIGGERS = [
  {
    id: 701,
    name: 'Canary auto reply',
    active: true,
    condition: {
      'ticket.action': { operator: 'is', value: 'create' },
      'article.type_id': { operator: 'is', value: ['1', '5', '11'] },
      'article.sender_id': { operator: 'is', value: '2' },
    },
    perform: {
      'notification.email': {
        recipient: 'article_last_sender',
        subject: 'Canary (#{ticket.title})',
        body: 'Canary. We will reply within 8 business hours.',
      },
      'ticket.priority_id': { value: '3' },
    },
    ...SHIPPED,
  },
  {
    id: 702,
    name: 'Canary escalation',
    active: false,
    condition: {
      operator: 'AND',
      conditions: [
        { name: 'ticket.tags', operator: 'contains one', value: 'escalated, canary jane' },
        { name: 'organization.plan', operator: 'is', value: ['gold'] },
        { name: 'ticket.owner_id', operator: 'is', pre_condition: 'not_set', value: '' },
        { operator: 'NOT', conditions: [{ name: 'ticket.group_id', operator: 'is', value: ['1'] }] },
        { name: 'ticket.mystery', operator: 'is', value: 'canary' },
      ],
    },
    perform: {
      'ticket.group_id': { value: '2' },
      'ticket.tags': { operator: 'add', value: 'escalated' },
      'notification.webhook': { webhook_id: 1 },
      'ai.ai_agent': { ai_agent_id: 1 },
    },
    ...STAMPS,
  },
];

const JOBS = [
  {
    id: 701,
    name: 'Canary scheduler',
    active: true,
    timeplan: { days: { Mon: true }, hours: { '8': true }, minutes: { '0': true } },
    condition: {
      'ticket.state_id': { operator: 'is', value: ['3', '8'] },
      'ticket.pending_time': { operator: 'before (relative)', value: '3', range: 'day' },
      'ticket.cause': { operator: 'is not', value: ['bug'] },
    },
    perform: {
      'ticket.state_id': { value: '4' },
      'article.note': { subject: 'Canary', body: 'Canary text', internal: 'true' },
      'notification.email': { recipient: ['ticket_owner', 'userid_3'], subject: 'Canary', body: 'Canary' },
    },
    last_run_at: '2026-03-06T08:00:00.000Z',
    ...STAMPS,
  },
];

const api = (path: string): RegExp => new RegExp(`^/api/v1${path}$`);
const plain = (name: string, path: string, rows: readonly FakeRow[]): FakeRoute => ({
  name,
  path: api(path),
  answer: (url) => pageOf(url, rows, LIST_ROWS),
});
const below = <R>(name: string, path: string, of: (id: string) => R): FakeRoute => ({
  name,
  path: api(path),
  answer: (url) => {
    const id = url.searchParams.get('o_id') ?? url.searchParams.get('link_object_value');
    return structuredClone(of(id ?? url.pathname.split('/').at(-1) ?? ''));
  },
});

/** A fresh account. `own` are its live tickets, which a test may change while they are read. */
export function zammadRoutes(own: readonly FakeRow[] = zammadTickets()): readonly FakeRoute[] {
  return [
    fixedReply('me', api('/users/me'), { ...user(3, 'Canary Ann', { role_ids: [1, 2] }), roles: ['Admin', 'Agent'] }),
    plain('users', '/users', USERS),
    plain('roles', '/roles', ROLES),
    plain('groups', '/groups', [
      { id: 1, name: 'Canary Support', active: true, user_ids: [3, 4] },
      { id: 2, name: 'Canary Support::Escalations Tier 2', active: true, user_ids: [3] },
    ]),
    plain('states', '/ticket_states', STATES),
    plain('priorities', '/ticket_priorities', [
      { id: 1, name: '1 low', default_create: false, active: true },
      { id: 2, name: '2 normal', default_create: true, active: true },
      { id: 3, name: '3 high', default_create: false, active: true },
    ]),
    plain('calendars', '/calendars', CALENDARS),
    plain('slas', '/slas', POLICIES),
    fixedReply('attributes', api('/object_manager_attributes'), FIELDS),
    plain('triggers', '/triggers', TRIGGERS),
    plain('jobs', '/jobs', JOBS),
    plain('macros', '/macros', [
      {
        id: 701,
        name: 'Canary close',
        active: true,
        perform: {
          'ticket.state_id': { value: '4' },
          'ticket.owner_id': { pre_condition: 'current_user.id', value: '' },
        },
        ...STAMPS,
      },
    ]),
    plain('text_modules', '/text_modules', [
      { id: 706, name: 'Canary', keywords: 'canary', content: 'Canary text', active: true, user_id: null, ...STAMPS },
    ]),
    plain('overviews', '/overviews', [
      {
        id: 1,
        name: 'Canary unassigned',
        link: 'all_unassigned',
        prio: 1010,
        role_ids: [2],
        user_ids: [],
        condition: {
          'ticket.state_id': { operator: 'is', value: ['1', '2'] },
          'ticket.owner_id': { operator: 'is', pre_condition: 'not_set' },
        },
        order: { by: 'escalation_at', direction: 'ASC' },
        group_by: 'priority',
        view: { s: ['title', 'customer'] },
        active: true,
        ...SHIPPED,
      },
    ]),
    plain('core_workflows', '/core_workflows', [
      {
        id: 9,
        name: 'Canary cause on closing',
        object: 'Ticket',
        active: true,
        changeable: true,
        preferences: { screen: ['edit'] },
        condition_saved: {},
        condition_selected: { 'ticket.state_id': { operator: 'is', value: ['4'] } },
        perform: { 'ticket.cause': { operator: ['show', 'set_mandatory'], set_mandatory: 'true' } },
        ...STAMPS,
      },
      {
        id: 10,
        name: 'Canary product',
        object: 'Ticket',
        active: true,
        changeable: true,
        condition_saved: { 'ticket.group_id': { operator: 'is', value: ['1'] } },
        condition_selected: {},
        perform: { 'ticket.product': { operator: 'set_mandatory', set_mandatory: 'true' } },
        ...STAMPS,
      },
      { id: 11, name: 'base', object: 'Sla', active: true, changeable: false, perform: {}, ...SHIPPED },
    ]),
    plain('postmaster_filters', '/postmaster_filters', [
      {
        id: 13,
        name: 'Canary VIP',
        channel: 'email',
        match: { to: { operator: 'contains', value: 'canary@acme.example' } },
        perform: {
          'x-zammad-ticket-priority_id': { value: '3' },
          'X-Zammad-Ticket-group': { value: 'Canary Support' },
          'x-zammad-ignore': { value: 'true' },
        },
        active: true,
        ...STAMPS,
      },
    ]),
    plain('webhooks', '/webhooks', [
      { id: 1, name: 'Canary chat', endpoint: 'https://hooks.slack.com/canary', active: true, ...STAMPS },
      { id: 2, name: 'Canary', endpoint: 'https://hooks.canary.example', active: false, ...STAMPS },
    ]),
    fixedReply('knowledge_base', api('/knowledge_bases/init'), {
      KnowledgeBase: { '1': { id: 1, active: true, custom_address: 'canary.example' } },
      KnowledgeBaseAnswer: {
        '901': { id: 901, category_id: 7, published_at: '2025-06-02T00:00:00.000Z', ...ANSWER },
        '902': { id: 902, category_id: 7, internal_at: '2025-06-02T00:00:00.000Z', ...ANSWER },
        '903': { id: 903, category_id: 8, published_at: '2027-01-01T00:00:00.000Z', ...ANSWER },
        '904': {
          id: 904,
          category_id: 8,
          ...ANSWER,
          published_at: '2025-06-02T00:00:00.000Z',
          archived_at: '2025-07-01T00:00:00.000Z',
        },
      },
      KnowledgeBaseAnswerTranslation: {
        '31': { id: 31, answer_id: 901, ...TEXT },
        '32': {
          id: 32,
          answer_id: 901,
          ...TEXT,
          created_at: '2025-08-01T00:00:00.000Z',
          updated_at: '2026-01-15T00:00:00.000Z',
          created_by_id: 4,
          updated_by_id: 4,
        },
        '33': { id: 33, answer_id: 902, ...TEXT },
      },
    }),
    plain('organizations', '/organizations', [
      { id: 70, name: 'Canary Ltd', domain: 'Customer.example', vip: true, plan: 'gold', note: 'Canary', ...STAMPS },
      { id: 71, name: 'Canary Inc', domain: '', vip: false, plan: null, note: 'Canary', ...STAMPS },
      { id: 72, name: 'Canary AG', domain: null, plan: 'basic', note: 'Canary', ...STAMPS },
    ]),
    {
      name: 'search',
      path: api('/tickets/search'),
      async answer(url, request) {
        const { condition } = (await request.json()) as {
          condition: Record<string, { operator: string; value: string }>;
        };
        const after = condition['ticket.updated_at'];
        if (
          request.method !== 'POST' ||
          after?.operator !== 'after (absolute)' ||
          url.searchParams.get('expand') !== 'true'
        )
          return new FakeStatus(400, { error: 'Invalid condition' });
        const stamp = (row: FakeRow) => Date.parse(String(row.updated_at));
        const found = own.filter((row) => stamp(row) >= Date.parse(after.value));
        const sorted = url.searchParams.get('sort_by') === 'updated_at' && url.searchParams.get('order_by') === 'asc';
        return pageOf(url, sorted ? found.toSorted((a, b) => stamp(a) - stamp(b)) : found);
      },
    },
    below('articles', '/ticket_articles/by_ticket/\\d+', (id) => ARTICLES[id] ?? []),
    below('history', '/ticket_history/\\d+', (id) => ({
      history: HISTORY[id] ?? [born(6000 + Number(id.slice(-3)))],
      assets: { User: { '3': user(3, 'Canary Ann') } },
    })),
    below('tags', '/tags', (id) => ({ tags: TAGS[id] ?? [] })),
    below('links', '/links', (id) => ({ links: LINKS[id] ?? [], assets: { Ticket: {} } })),
  ];
}

const ANSWER = {
  promoted: false,
  internal_note: 'Canary note',
  archived_at: null,
  created_at: '2025-06-01T00:00:00.000Z',
  updated_at: '2026-02-01T00:00:00.000Z',
  translation_ids: [31],
  tags: ['canary'],
};
const TEXT = {
  title: 'Canary title',
  kb_locale_id: 1,
  created_by_id: 3,
  updated_by_id: 3,
  created_at: '2025-06-01T00:00:00.000Z',
  updated_at: '2025-06-01T00:00:00.000Z',
};
