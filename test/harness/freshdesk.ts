import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakePages, type FakeRow, fixedReply, linkedList } from './fake-vendor.ts';

/**
 * A made-up Freshdesk account, written from the interface description (an unofficial one: the vendor publishes none) and from what others have recorded of
 * it. Ids, texts and names are invented; canaries are planted in every text.
 */
export const ORIGIN = 'https://acme.freshdesk.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

const PAGES: FakePages = { size: 2, most: 100, page: 'page', perPage: 'per_page', lastPage: 300 };

function ticket(id: string | number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    subject: 'Canary subject of jane@customer.example',
    status: 2,
    priority: 1,
    source: 1,
    type: null,
    requester_id: 900,
    responder_id: 11,
    group_id: 50,
    product_id: null,
    company_id: 70,
    email_config_id: null,
    cc_emails: ['canary@customer.example'],
    to_emails: null,
    tags: [],
    custom_fields: { cf_cause: null, cf_area: null, cf_note: 'Canary note' },
    spam: false,
    fr_escalated: false,
    is_escalated: false,
    nr_escalated: false,
    due_by: '2026-03-05T12:00:00Z',
    fr_due_by: '2026-03-02T18:00:00Z',
    created_at: '2026-03-02T09:00:00Z',
    updated_at: updatedAt,
    stats: {
      agent_responded_at: null,
      requester_responded_at: null,
      first_responded_at: null,
      status_updated_at: updatedAt,
      reopened_at: null,
      resolved_at: null,
      closed_at: null,
      pending_since: null,
    },
    ...more,
  };
}

/** Two of them share an instant across the edge of a page, three others within one second. */
export function freshdeskTickets(): FakeRow[] {
  return [
    ticket(1, '2026-03-02T10:00:00Z', {
      status: 4,
      priority: 4,
      type: 'Incident',
      product_id: 31,
      tags: ['escalated', 'canary jane'],
      custom_fields: { cf_cause: 'config', cf_area: 'billing', cf_impact: 'high', cf_note: null },
      stats: {
        first_responded_at: '2026-03-02T09:30:00Z',
        resolved_at: '2026-03-02T10:00:00Z',
        closed_at: null,
      },
    }),
    ticket(2, '2026-03-03T10:00:00Z', { source: 3, status: 6, fr_escalated: true }),
    ticket(3, '2026-03-03T10:00:00Z', { source: 10, requester_id: 901 }),
    ticket(4, '2026-03-04T08:00:00Z', { source: 2, requester_id: 11, type: 'Feature Request', status: 8 }),
    ticket(`@big:${BIG}`, '2026-03-04T08:00:00Z', {
      status: 5,
      stats: {
        first_responded_at: '2026-03-03T09:00:00Z',
        resolved_at: '2026-03-04T07:00:00Z',
        closed_at: '2026-03-04T08:00:00Z',
      },
      nr_due_by: '2026-03-03T12:00:00Z',
    }),
    ticket(6, '2026-03-04T08:00:00Z', { group_id: null, responder_id: null, company_id: null, stats: null }),
    ticket(7, '2026-03-06T08:00:00Z', { priority: 2, source: 9 }),
  ];
}

/** So many tickets, a minute apart. */
export function manyTickets(count: number): FakeRow[] {
  return Array.from({ length: count }, (_, i) =>
    ticket(1000 + i, new Date(Date.parse('2026-03-01T00:00:00Z') + i * 60_000).toISOString()),
  );
}

function deletedTickets(): FakeRow[] {
  return [ticket(8, '2026-03-05T08:00:00Z', { deleted: true })];
}

function spamTickets(): FakeRow[] {
  return [ticket(9, '2026-03-05T09:00:00Z', { spam: true, group_id: null, responder_id: null })];
}

/** Shown by their numbers alone. */
const ARCHIVED = [
  ticket(5, '2025-09-01T10:00:00Z', {
    status: 5,
    created_at: '2025-08-31T09:00:00Z',
    stats: { first_responded_at: '2025-08-31T10:00:00Z', resolved_at: '2025-09-01T10:00:00Z', closed_at: null },
  }),
];

const CONVERSATIONS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    said(501, '2026-03-02T09:30:00Z', { source: 0, incoming: false, user_id: 11 }),
    said(502, '2026-03-02T09:40:00Z', { source: 2, incoming: false, private: true, user_id: 12 }),
    said(503, '2026-03-02T09:50:00Z', { source: 0, incoming: true, user_id: 900 }),
  ],
  '5': [said(511, '2025-08-31T10:00:00Z', { source: 0, incoming: false, user_id: 11 })],
  '2': [
    said(504, '2026-03-03T09:50:00Z', { source: 6, incoming: true, user_id: 900 }),
    said(505, '2026-03-03T09:55:00Z', { source: 8, incoming: false, user_id: 11 }),
    said(506, '2026-03-03T09:56:00Z', { source: 0, incoming: false, user_id: 13 }),
  ],
};

function said(id: number, at: string, more: FakeRow): FakeRow {
  return {
    id,
    body: '<div>Canary text, see <a href="https://acme.freshdesk.com/support/solutions/articles/801">this</a></div>',
    body_text: 'Canary text of jane@customer.example, see https://canary.atlassian.net/browse/CORE-17',
    incoming: false,
    private: false,
    user_id: null,
    support_email: null,
    to_emails: ['canary@customer.example'],
    from_email: 'Canary <canary@acme.example>',
    attachments: [],
    created_at: at,
    updated_at: at,
    ...more,
  };
}

function agent(id: number, name: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    available: true,
    occasional: false,
    signature: '<p>Canary</p>',
    ticket_scope: 1,
    type: 'support_agent',
    group_ids: [50],
    role_ids: [2],
    contact: { active: true, email: 'canary@acme.example', name, phone: '203.0.113.77' },
    created_at: '2025-01-01T00:00:00Z',
    updated_at: '2025-01-01T00:00:00Z',
    ...more,
  };
}

const AGENTS = [
  agent(11, 'Canary Ann', { role_ids: [1] }),
  agent(12, 'Canary Bob', { type: 'collaborator', group_ids: [51] }),
  agent(13, 'Canary sync bot', { deactivated: true }),
];

const CHOICES = {
  '2': ['Open', 'Being processed'],
  '3': ['Pending', 'Awaiting your reply'],
  '4': ['Resolved', 'Resolved'],
  '5': ['Closed', 'Closed'],
  '6': ['Waiting on Customer', 'Awaiting your reply'],
  '8': ['With engineering', 'Being processed'],
};

function field(id: number, name: string, label: string, type: string, more: FakeRow = {}): FakeRow {
  const updated = '2026-01-01T00:00:00Z';
  return {
    id,
    name,
    label,
    type,
    default: false,
    required_for_closure: false,
    required_for_customers: false,
    updated_at: updated,
    ...more,
  };
}

const FIELDS = [
  field(301, 'status', 'Status', 'default_status', { default: true, choices: CHOICES }),
  field(302, 'subject', 'Subject', 'default_subject', { default: true, required_for_customers: true }),
  field(303, 'cf_cause', 'Root cause', 'custom_dropdown', { required_for_closure: true, choices: ['config', 'bug'] }),
  field(304, 'cf_area', 'Category', 'custom_dropdown', { required_for_customers: true, choices: ['billing', 'login'] }),
  field(305, 'cf_impact', 'Severity', 'custom_dropdown', { choices: ['high', 'low'] }),
  field(306, 'cf_note', 'Canary note', 'custom_text'),
];

const POLICIES = [
  {
    id: 401,
    name: 'Canary premium',
    active: true,
    is_default: false,
    position: 1,
    sla_target: {
      priority_4: {
        respond_within: 1800,
        next_respond_within: 3600,
        resolve_within: 14400,
        business_hours: false,
        escalation_enabled: true,
      },
      priority_1: { respond_within: 86400, resolve_within: 259200, business_hours: true, escalation_enabled: true },
    },
    applicable_to: { company_ids: [70], ticket_types: ['Incident'] },
    escalation: { response: { escalation_time: 0, agent_ids: [11] } },
    updated_at: '2026-01-02T00:00:00Z',
  },
  {
    id: 402,
    name: 'Default SLA Policy',
    active: true,
    is_default: true,
    position: 2,
    sla_target: {
      priority_2: { respond_within: 28800, resolve_within: 172800, business_hours: true, escalation_enabled: false },
    },
    applicable_to: {},
    escalation: {},
    updated_at: '2026-01-02T00:00:00Z',
  },
];

const HOURS = [
  {
    id: 601,
    name: 'Canary hours',
    is_default: true,
    time_zone: 'Eastern Time (US & Canada)',
    business_hours: {
      monday: { start_time: '8:00 am', end_time: '5:00 pm' },
      saturday: { start_time: '10:00 am', end_time: '12:00 am' },
    },
  },
];

function rule(id: number, conditions: unknown, actions: unknown): FakeRow {
  return {
    id,
    name: 'Canary rule',
    position: 1,
    active: true,
    conditions,
    actions,
    updated_at: '2026-02-01T00:00:00Z',
  };
}

const RULES = {
  '1': [
    rule(
      701,
      [
        {
          name: 'condition_set_1',
          match_type: 'all',
          properties: [{ resource_type: 'ticket', field_name: 'priority', operator: 'in', value: [4] }],
        },
      ],
      [
        { field_name: 'group_id', value: 51 },
        { field_name: 'send_email_to_requester', email_to: 900, email_body: 'Canary text' },
      ],
    ),
    rule(
      702,
      [{ properties: [{ field_name: 'subject', operator: 'contains', value: ['canary jane'] }] }],
      [{ field_name: 'priority', value: 4 }],
    ),
  ],
  '3': [
    rule(
      703,
      [
        {
          properties: [
            { field_name: 'hours_since_created', operator: 'greater_than', value: 24 },
            { field_name: 'mystery', operator: 'is', value: 1 },
          ],
        },
      ],
      [
        { field_name: 'send_email_to_group', email_to: 51, email_body: 'Canary' },
        { field_name: 'mystery', value: 1 },
      ],
    ),
  ],
  '4': [
    rule(
      704,
      [
        {
          properties: [
            { resource_type: 'company', field_name: 'account_tier', operator: 'in', value: ['Premium'] },
            { field_name: 'cf_cause', operator: 'not_in', value: ['bug'] },
          ],
        },
      ],
      [
        { field_name: 'add_tag', value: ['escalated'] },
        { field_name: 'trigger_webhook', url: 'https://hooks.canary.example' },
      ],
    ),
  ],
} as const;

const NODE = {
  name: 'Canary',
  description: 'Canary text',
  created_at: '2025-01-01T00:00:00Z',
  updated_at: '2025-01-01T00:00:00Z',
};

function article(id: number, more: FakeRow = {}): FakeRow {
  return {
    id,
    title: 'Canary title',
    description: '<p>Canary</p>',
    description_text: 'Canary. We reply within 8 hours.',
    agent_id: 11,
    status: 2,
    type: 1,
    hits: 40,
    thumbs_up: 3,
    thumbs_down: 1,
    created_at: '2025-06-01T00:00:00Z',
    updated_at: '2026-01-15T00:00:00Z',
    ...more,
  };
}

const COMPANIES = [
  company(70, '2026-02-01T00:00:00Z', {
    account_tier: 'Premium',
    health_score: 'Happy',
    renewal_date: '2026-12-31T00:00:00Z',
    industry: 'Retail',
  }),
  company(71, '2026-02-02T00:00:00Z', { account_tier: null, health_score: null, renewal_date: null, industry: null }),
  company(72, '2026-02-02T00:00:00Z', {
    account_tier: 'Basic',
    health_score: null,
    renewal_date: null,
    industry: null,
  }),
];

function company(id: number, updatedAt: string, more: FakeRow): FakeRow {
  return {
    id,
    name: 'Canary Ltd',
    description: 'Canary',
    note: 'Canary',
    domains: ['customer.example'],
    created_at: '2025-05-01T00:00:00Z',
    updated_at: updatedAt,
    custom_fields: {},
    ...more,
  };
}

const RATINGS = [
  {
    id: 951,
    survey_id: 1,
    user_id: 900,
    agent_id: 11,
    feedback: 'Canary feedback',
    group_id: 50,
    ticket_id: 1,
    created_at: '2026-03-03T08:00:00Z',
    updated_at: '2026-03-03T08:00:00Z',
    ratings: { default_question: 103 },
  },
  {
    id: 952,
    survey_id: 1,
    user_id: 900,
    agent_id: 11,
    feedback: null,
    group_id: 50,
    ticket_id: 2,
    created_at: '2026-03-04T08:00:00Z',
    updated_at: '2026-03-04T08:00:00Z',
    ratings: { default_question: -102, question_7: 101 },
  },
  {
    id: 953,
    survey_id: 2,
    user_id: 900,
    agent_id: 11,
    feedback: null,
    group_id: 50,
    ticket_id: 2,
    created_at: '2026-03-05T08:00:00Z',
    updated_at: '2026-03-05T08:00:00Z',
    ratings: { default_question: 100 },
  },
];

const api = (path: string): RegExp => new RegExp(`^/api/v2${path}$`);
const plain = (name: string, path: string, rows: readonly FakeRow[]): FakeRoute =>
  linkedList({ name, path: api(path), rows: () => structuredClone(rows), pages: PAGES });

/** A fresh account. `own` are its live tickets, which a test may change while they are read. */
export function freshdeskRoutes(own: readonly FakeRow[] = freshdeskTickets()): readonly FakeRoute[] {
  const listOf = (url: URL): readonly FakeRow[] => {
    const filter = url.searchParams.get('filter');
    if (filter === 'deleted') return deletedTickets();
    if (url.searchParams.get('order_by') === 'created_at')
      return own.filter(({ id }) => typeof id === 'number').toReversed();
    return filter === 'spam' ? spamTickets() : own;
  };
  return [
    fixedReply('me', api('/agents/me'), agent(11, 'Canary Ann')),
    // The list leaves out roles and groups, which an agent alone shows.
    plain(
      'agents',
      '/agents',
      AGENTS.map(({ group_ids: _groups, role_ids: _roles, ...one }) => one),
    ),
    {
      name: 'agent',
      path: api('/agents/\\d+'),
      answer: (url) => {
        const found = AGENTS.find((one) => url.pathname.endsWith(`/${one.id}`));
        return found === undefined ? new FakeStatus(404, null) : structuredClone(found);
      },
    },
    plain('groups', '/groups', [
      { id: 50, name: 'Canary Support', business_hour_id: 601 },
      { id: 51, name: 'Canary Escalations Tier 2', business_hour_id: null },
    ]),
    plain('roles', '/roles', [
      { id: 1, name: 'Account Administrator', default: true },
      { id: 2, name: 'Agent', default: true },
    ]),
    plain('ticket_fields', '/ticket_fields', FIELDS),
    plain(
      'company_fields',
      '/company_fields',
      ['name', 'account_tier', 'health_score', 'renewal_date'].map((name, id) => ({ id, name })),
    ),
    plain('sla_policies', '/sla_policies', POLICIES),
    plain('business_hours', '/business_hours', HOURS),
    plain('creation_rules', '/automations/1/rules', RULES['1']),
    plain('time_rules', '/automations/3/rules', RULES['3']),
    plain('update_rules', '/automations/4/rules', RULES['4']),
    plain('scenarios', '/scenario_automations', [rule(705, null, [{ name: 'status', value: 4 }])]),
    plain('canned_folders', '/canned_response_folders', [
      { id: 707, name: 'Canary', personal: false, responses_count: 1 },
      { id: 708, name: 'Personal', personal: true, responses_count: 1 },
    ]),
    linkedList({
      name: 'canned_responses',
      path: api('/canned_response_folders/\\d+/responses'),
      rows: (url) => {
        const own = url.pathname.includes('/708/');
        return [
          { id: own ? 709 : 706, title: 'Canary', content: 'Canary text', visibility: own ? 1 : 0, group_ids: [] },
        ];
      },
      pages: PAGES,
    }),
    plain('categories', '/solutions/categories', [{ id: 801, ...NODE }]),
    plain('folders', '/solutions/categories/801/folders', [
      { id: 811, ...NODE, visibility: 1, sub_folders_count: 1 },
      { id: 812, ...NODE, visibility: 3 },
    ]),
    plain('subfolders', '/solutions/folders/811/subfolders', [{ id: 813, ...NODE, visibility: 2 }]),
    linkedList({
      name: 'articles',
      path: api('/solutions/folders/\\d+/articles'),
      rows: (url) => {
        const folder = Number(url.pathname.split('/').at(-2));
        return folder === 811 ? [article(821), article(822, { status: 1 }), article(823)] : [article(folder * 10)];
      },
      pages: PAGES,
    }),
    linkedList({
      name: 'companies',
      path: api('/companies'),
      rows: () => COMPANIES,
      pages: PAGES,
      since: { param: 'updated_since', field: 'updated_at', sorted: () => false },
    }),
    linkedList({
      name: 'tickets',
      path: api('/tickets'),
      rows: listOf,
      pages: PAGES,
      since: {
        param: 'updated_since',
        field: 'updated_at',
        sorted: (url) =>
          url.searchParams.get('order_by') === 'updated_at' && url.searchParams.get('order_type') === 'asc',
      },
    }),
    {
      name: 'archived',
      path: api('/tickets/archived/\\d+'),
      answer: (url) => {
        const found = ARCHIVED.find(({ id }) => url.pathname.endsWith(`/${id}`));
        return found === undefined ? new FakeStatus(404, null) : structuredClone(found);
      },
    },
    linkedList({
      name: 'archived_conversations',
      path: api('/tickets/archived/\\d+/conversations'),
      rows: (url) => CONVERSATIONS[url.pathname.split('/')[5] ?? ''] ?? [],
      pages: PAGES,
    }),
    linkedList({
      name: 'conversations',
      path: api('/tickets/\\d+/conversations'),
      rows: (url) => CONVERSATIONS[url.pathname.split('/')[4] ?? ''] ?? [],
      pages: PAGES,
    }),
    linkedList({
      name: 'satisfaction_ratings',
      path: api('/surveys/satisfaction_ratings'),
      rows: () => RATINGS,
      pages: PAGES,
      since: { param: 'created_since', field: 'created_at', sorted: () => false },
    }),
  ];
}
