import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Intercom workspace, written from the vendor's interface description (2.16) and its list of part types. Ids, texts and names are invented;
 * canaries are planted in every text. Its search compares whole UTC days and ignores the order asked for, as others have seen.
 */
export const ORIGIN = 'https://api.eu.intercom.io';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** Unix seconds. */
export const unix = (iso: string): number => Date.parse(iso) / 1000;

const PERSON = { name: 'Canary Jane', email: 'canary@customer.example' };
const CONTACT = { type: 'contact', id: '6762f1261bb69f9f2193bba7', external_id: 'canary@customer.example' };
const ANN = { type: 'admin', id: '11', name: 'Canary Ann', email: 'canary@acme.example' };
const USER = { type: 'user', id: CONTACT.id, ...PERSON };
const BOT = { type: 'bot', id: '90', name: 'Operator', email: 'canary+operator@acme.example' };

let nextPart = 0;
export function part(type: string, at: string, author: FakeRow, more: FakeRow = {}): FakeRow {
  nextPart += 1;
  return {
    type: 'conversation_part',
    id: String(5000 + nextPart),
    part_type: type,
    body: null,
    created_at: unix(at),
    updated_at: unix(at),
    notified_at: unix(at),
    assigned_to: null,
    author,
    attachments: [],
    external_id: null,
    redacted: false,
    email_message_metadata: null,
    state: 'open',
    tags: [],
    event_details: null,
    app_package_code: null,
    ...more,
  };
}

function conversation(id: string | number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    type: 'conversation',
    id,
    title: 'Canary title',
    created_at: unix('2026-02-22T09:00:00Z'),
    updated_at: unix(updatedAt),
    waiting_since: null,
    snoozed_until: null,
    open: true,
    state: 'open',
    read: false,
    priority: 'none',
    admin_assignee_id: 0,
    team_assignee_id: null,
    company: null,
    tags: { type: 'tag.list', tags: [] },
    conversation_rating: null,
    source: {
      type: 'conversation',
      id: '403918334',
      delivered_as: 'customer_initiated',
      subject: 'Canary subject',
      body: '<p>Canary body of jane@customer.example</p>',
      author: USER,
      attachments: [],
      url: 'https://canary.example',
      redacted: false,
    },
    contacts: { type: 'contact.list', contacts: [CONTACT] },
    teammates: null,
    custom_attributes: {},
    first_contact_reply: null,
    sla_applied: null,
    statistics: null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ai_agent_participated: false,
    ai_agent: null,
    ...more,
  };
}

/** Two of them share an instant across the edge of a page, three others within one second; they lie in two spans of a week. */
export function intercomConversations(): FakeRow[] {
  return [
    conversation(1, '2026-02-22T15:00:00Z', {
      state: 'closed',
      open: false,
      priority: 'high',
      admin_assignee_id: 11,
      team_assignee_id: 51,
      company: { type: 'company', id: '531ee472cce572a6ec000006', name: 'Canary Ltd' },
      tags: { type: 'tag.list', tags: [tag('escalated'), tag('canary jane')] },
      custom_attributes: {
        'Root cause': 'config',
        Topic: 'billing',
        Module: 'editor',
        Severity: 'sev2',
        Words: 'Canary',
      },
      conversation_rating: rating(5, '2026-02-22T15:05:00Z', '2026-02-22T16:00:00Z'),
      sla_applied: { type: 'conversation_sla_summary', sla_name: 'Canary premium', sla_status: 'missed' },
      statistics: {
        type: 'conversation_statistics',
        time_to_assignment: 300,
        time_to_admin_reply: 1800,
        time_to_first_close: 7200,
        time_to_last_close: 21600,
        first_admin_reply_at: unix('2026-02-22T09:30:00Z'),
        last_close_at: unix('2026-02-22T15:00:00Z'),
        count_reopens: 1,
        count_assignments: 2,
        count_conversation_parts: 16,
      },
      linked_objects: { type: 'list', data: [{ type: 'ticket', id: '801', category: 'Tracker' }], total_count: 1 },
    }),
    conversation(2, '2026-03-01T10:00:00Z', {
      state: 'snoozed',
      source: source('email', 'customer_initiated', USER),
      sla_applied: { type: 'conversation_sla_summary', sla_name: 'Canary basic', sla_status: 'hit' },
      conversation_rating: rating(null, '2026-03-01T10:00:00Z', null),
      ai_agent_participated: true,
      ai_agent: { source_type: 'workflow', resolution_state: 'escalated', rating: null },
    }),
    conversation(3, '2026-03-01T10:00:00Z', {
      state: 'closed',
      open: false,
      source: source('email', 'admin_initiated', ANN),
      admin_assignee_id: 11,
      team_assignee_id: 50,
    }),
    conversation(4, '2026-03-04T08:00:00Z', {
      source: source('push', 'automated', BOT),
      sla_applied: { type: 'conversation_sla_summary', sla_name: 'Canary basic', sla_status: 'active' },
    }),
    conversation(`@big:${BIG}`, '2026-03-04T08:00:00Z', {
      source: source('whatsapp', 'customer_initiated', USER),
      ai_agent_participated: true,
      ai_agent: { resolution_state: 'confirmed_resolution' },
    }),
    conversation(6, '2026-03-04T08:00:00Z', {
      contacts: null,
      source: null,
      custom_attributes: null,
      linked_objects: null,
    }),
    conversation(7, '2026-03-06T08:00:00Z', {
      priority: 'urgent',
      ticket: { type: 'ticket', id: '7', state: 'waiting_on_customer' },
      source: source('phone_call', 'customer_initiated', USER),
    }),
  ];
}

function tag(name: string): FakeRow {
  return { type: 'tag', id: '123456', name, applied_at: 1_663_597_223, applied_by: { type: 'admin', id: '11' } };
}
function rating(score: number | null, askedAt: string, answeredAt: string | null): FakeRow {
  return {
    rating: score,
    remark: 'Canary remark',
    created_at: unix(askedAt),
    updated_at: answeredAt === null ? null : unix(answeredAt),
    contact: CONTACT,
    teammate: { type: 'admin', id: '11' },
  };
}
function source(type: string, deliveredAs: string, author: FakeRow): FakeRow {
  return {
    type,
    id: '1',
    delivered_as: deliveredAs,
    subject: 'Canary',
    body: '<p>Canary. We reply within 2 hours.</p>',
    author,
    url: null,
  };
}

const LINKS =
  '<p>Canary, see <a href="https://help.acme.example/en/articles/821-x">this</a> https://canary.atlassian.net/browse/CORE-17</p>';

function attribute(name: string, to: string, from: string | null): FakeRow {
  return { event_details: { attribute: { name }, value: { name: to, previous: from } } };
}

/** Newest first, as nobody promises an order. */
const PARTS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    part('assignment', '2026-02-22T09:05:00Z', BOT, { assigned_to: { type: 'team', id: '50' } }),
    part('conversation_sla_applied_by_rule', '2026-02-22T09:05:30Z', BOT, {
      event_details: { sla_name: 'Canary premium', sla_definition: { first_reply_time: 900, time_to_close: 86_400 } },
    }),
    part('comment', '2026-02-22T09:06:00Z', BOT, { body: '<p>Canary. We will reply within 4 business hours.</p>' }),
    part('assignment', '2026-02-22T09:20:00Z', ANN, { assigned_to: { type: 'admin', id: 11 } }),
    part('comment', '2026-02-22T09:30:00Z', ANN, {
      body: LINKS,
      email_message_metadata: { subject: 'Canary' },
      app_package_code: 'canary-app',
    }),
    part('conversation_sla_target_missed', '2026-02-22T09:30:00Z', BOT, {
      event_details: { sla_name: 'Canary premium', sla_target_type: 'first_reply_time', current_sla_status: 'missed' },
    }),
    part('note', '2026-02-22T09:40:00Z', ANN, { body: '<p>Canary note</p>' }),
    part('close', '2026-02-22T11:00:00Z', ANN, { body: '<p>Canary bye</p>', state: 'closed' }),
    part('comment', '2026-02-22T12:00:00Z', USER, { body: '<p>Canary again</p>', state: 'open' }),
    part('priority_changed', '2026-02-22T12:01:00Z', ANN, {
      event_details: { previous_priority: 'none', current_priority: 'high' },
    }),
    part('conversation_tags_updated', '2026-02-22T12:02:00Z', ANN, {
      event_details: { tags_added: ['escalated', 'canary jane'], tags_removed: ['canary old'] },
    }),
    part(
      'conversation_attribute_updated_by_admin',
      '2026-02-22T12:03:00Z',
      ANN,
      attribute('Root cause', 'config', 'bug'),
    ),
    part('conversation_attribute_updated_by_admin', '2026-02-22T12:04:00Z', ANN, attribute('Words', 'Canary', null)),
    part('assignment', '2026-02-22T12:05:00Z', ANN, { assigned_to: { type: 'team', id: '51' } }),
    part('fin_guidance_applied', '2026-02-22T12:06:00Z', BOT),
    part('close', '2026-02-22T15:00:00Z', ANN, { state: 'closed' }),
  ].reverse(),
  '2': [
    part(
      'comment',
      '2026-02-22T09:00:10Z',
      { ...ANN, from_ai_agent: true, is_ai_answer: true },
      { body: '<p>Canary</p>' },
    ),
    part('snoozed', '2026-03-01T10:00:00Z', ANN, { state: 'snoozed' }),
  ],
  '4': [part('comment', '2026-03-04T08:00:00Z', { type: 'team', id: '50', name: 'Canary' }, { body: '<p>Canary</p>' })],
};

function ticket(id: number, updatedAt: string, category: string, more: FakeRow = {}): FakeRow {
  return {
    type: 'ticket',
    id: String(id),
    ticket_id: '40',
    category,
    ticket_attributes: { _default_title_: 'Canary', _default_description_: 'Canary text' },
    ticket_state: {
      type: 'ticket_state',
      id: '8537',
      category: 'in_progress',
      internal_label: 'Canary',
      external_label: 'Canary',
    },
    ticket_type: { type: 'ticket_type', id: '100', name: 'Canary type', category },
    contacts: { type: 'contact.list', contacts: [CONTACT] },
    admin_assignee_id: '0',
    team_assignee_id: '51',
    created_at: unix('2026-03-02T09:00:00Z'),
    updated_at: unix(updatedAt),
    open: true,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ticket_parts: { type: 'ticket_part.list', ticket_parts: [], total_count: 0 },
    ...more,
  };
}

const TICKETS = [
  ticket(801, '2026-03-02T12:00:00Z', 'Tracker', {
    linked_objects: { type: 'list', data: [{ type: 'conversation', id: '1', category: null }], total_count: 1 },
    ticket_parts: {
      type: 'ticket_part.list',
      total_count: 3,
      ticket_parts: [
        ticketPart('6001', 'ticket_state_updated_by_admin', '2026-03-02T09:00:00Z', {
          previous_ticket_state: 'submitted',
          ticket_state: 'submitted',
        }),
        ticketPart('6002', 'note', '2026-03-02T10:00:00Z', { body: LINKS }),
        ticketPart('6003', 'ticket_state_updated_by_admin', '2026-03-02T12:00:00Z', {
          previous_ticket_state: 'submitted',
          ticket_state: 'in_progress',
          assigned_to: { type: 'admin', id: '11' },
        }),
      ],
    },
  }),
  ticket(802, '2026-03-03T12:00:00Z', 'Back-office', { admin_assignee_id: '11' }),
  // A customer ticket is a conversation, and comes with those.
  ticket(7, '2026-03-06T08:00:00Z', 'Customer', {
    ticket_parts: {
      type: 'ticket_part.list',
      total_count: 2,
      ticket_parts: [
        ticketPart('6004', 'ticket_state_updated_by_admin', '2026-03-06T07:00:00Z', {
          previous_ticket_state: 'submitted',
          ticket_state: 'submitted',
        }),
        ticketPart('6005', 'ticket_state_updated_by_workflow', '2026-03-06T08:00:00Z', {
          previous_ticket_state: 'in_progress',
          ticket_state: 'waiting_on_customer',
        }),
      ],
    },
  }),
];

function ticketPart(id: string, type: string, at: string, more: FakeRow): FakeRow {
  const { body = null, ...rest } = more;
  return {
    type: 'ticket_part',
    id,
    part_type: type,
    body,
    created_at: unix(at),
    author: ANN,
    app_package_code: 'canary-app',
    ...rest,
  };
}

const ADMINS = [
  admin('11', 'Canary Ann', { role: { type: 'role', id: '1', name: 'Administrator' } }),
  admin('12', 'Canary Bob', { has_inbox_seat: false, team_ids: [] }),
  admin('13', 'Canary sync bot', { team_ids: [51] }),
];
function admin(id: string, name: string, more: FakeRow): FakeRow {
  return {
    type: 'admin',
    id,
    name,
    email: 'canary@acme.example',
    job_title: 'Canary',
    has_inbox_seat: true,
    team_ids: [50],
    ...more,
  };
}

const TEAMS = [
  { type: 'team', id: '50', name: 'Canary Support', admin_ids: [11], distribution_method: 'round_robin' },
  { type: 'team', id: '51', name: 'Canary Escalations Tier 2', admin_ids: [11, 13], distribution_method: null },
];

function dataAttribute(id: number, name: string, type: string, more: FakeRow = {}): FakeRow {
  return {
    type: 'conversation_attribute',
    id,
    name,
    description: 'Canary',
    data_type: type,
    required: false,
    archived: false,
    created_at: unix('2026-01-01T00:00:00Z'),
    updated_at: unix('2026-01-02T00:00:00Z'),
    ...more,
  };
}

const ATTRIBUTES = [
  dataAttribute(1, 'Root cause', 'list', { required: true }),
  dataAttribute(2, 'Topic', 'list'),
  dataAttribute(3, 'Module', 'list'),
  dataAttribute(4, 'Severity', 'list'),
  dataAttribute(5, 'Words', 'string'),
];

const TYPE_ATTRIBUTE = { description: 'Canary', data_type: 'string', required_to_create: false, archived: false };
const TICKET_TYPES = [
  {
    type: 'ticket_type',
    id: '100',
    name: 'Canary type',
    category: 'Customer',
    archived: false,
    created_at: unix('2026-01-01T00:00:00Z'),
    updated_at: unix('2026-01-03T00:00:00Z'),
    ticket_type_attributes: {
      type: 'list',
      data: [
        {
          ...TYPE_ATTRIBUTE,
          id: '210',
          name: '_default_title_',
          required_to_create_for_contacts: true,
          visible_to_contacts: true,
        },
        {
          ...TYPE_ATTRIBUTE,
          id: '211',
          name: 'Version',
          required_to_create_for_contacts: true,
          visible_to_contacts: true,
        },
        {
          ...TYPE_ATTRIBUTE,
          id: '212',
          name: 'Browser',
          required_to_create_for_contacts: false,
          visible_to_contacts: true,
        },
        {
          ...TYPE_ATTRIBUTE,
          id: '213',
          name: 'Cost',
          required_to_create_for_contacts: true,
          visible_to_contacts: false,
        },
      ],
    },
  },
];

function article(id: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    type: 'article',
    title: 'Canary title',
    description: 'Canary',
    body: '<p>Canary. We reply within 8 hours.</p>',
    author_id: 11,
    state: 'published',
    created_at: unix('2025-06-01T00:00:00Z'),
    updated_at: unix('2026-01-15T00:00:00Z'),
    url: 'https://help.acme.example/en/articles/canary',
    parent_ids: [18, 19],
    created_by_id: 11,
    updated_by_id: 12,
    tags: { type: 'tag.list', tags: [] },
    ...more,
  };
}

const INTERNAL = [1, 2, 3].map((id) => ({
  type: 'internal_article',
  id: String(820 + id),
  title: 'Canary',
  body: '<p>Canary</p>',
  author_id: 11,
  owner_id: 11,
  created_at: unix('2025-07-01T00:00:00Z'),
  updated_at: unix('2025-08-01T00:00:00Z'),
  locale: 'en',
}));

function company(id: string, plan: FakeRow, spend: number, more: FakeRow = {}): FakeRow {
  return {
    type: 'company',
    id,
    name: 'Canary Ltd',
    app_id: 'ecahpwf5',
    plan,
    company_id: 'canary-1',
    created_at: unix('2025-05-01T00:00:00Z'),
    updated_at: unix('2026-02-01T00:00:00Z'),
    website: 'https://customer.example',
    monthly_spend: spend,
    custom_attributes: { owner: 'Canary' },
    tags: { type: 'tag.list', tags: [] },
    ...more,
  };
}
const COMPANIES = [
  company('531ee472cce572a6ec000006', { type: 'plan', id: '1', name: 'Enterprise' }, 900, {
    industry: 'Retail',
    tags: { type: 'tag.list', tags: [{ type: 'tag', id: '1', name: 'canary jane' }] },
  }),
  company('531ee472cce572a6ec000007', {}, 0),
  company('531ee472cce572a6ec000008', { type: 'plan', id: '2', name: 'Starter' }, 0),
];

const route = (path: string): RegExp => new RegExp(`^${path}$`);
const refused = (code: string): FakeStatus =>
  new FakeStatus(400, { type: 'error.list', request_id: 'r', errors: [{ code, message: 'Canary' }] });

function numbered(name: string, path: string, rows: readonly FakeRow[], size = 2): FakeRoute {
  return {
    name,
    path: route(path),
    answer(url) {
      const page = Number(url.searchParams.get('page') ?? 1);
      const asked = Number(url.searchParams.get('per_page') ?? 15);
      if (asked > 60) return refused('parameter_invalid');
      const taken = Math.min(size, asked);
      const pages = { type: 'pages', page, per_page: taken, total_pages: Math.ceil(rows.length / taken), next: null };
      return structuredClone({
        type: 'list',
        data: rows.slice((page - 1) * taken, page * taken),
        total_count: rows.length,
        pages,
      });
    },
  };
}

interface Search {
  readonly query: {
    readonly value: readonly { readonly field: string; readonly operator: string; readonly value: number }[];
  };
  readonly pagination: { readonly per_page: number; readonly starting_after?: string };
}
const DAY_S = 86_400;

/** Newest first, whatever order is asked for; the cursor is a place in the list as it is then. */
function search(name: string, path: string, at: string, rows: () => readonly FakeRow[], most: number): FakeRoute {
  return {
    name,
    path: route(path),
    async answer(_url, request) {
      const { query, pagination } = (await request.json()) as Search;
      if (request.method !== 'POST' || pagination.per_page > most) return refused('invalid_per_page');
      const meets = (row: FakeRow) =>
        query.value.every(({ operator, value }) => {
          const day = value - (value % DAY_S);
          const stamp = row.updated_at as number;
          return operator === '>' ? stamp >= day + DAY_S : stamp < day;
        });
      const found = rows()
        .filter(meets)
        .toSorted((a, b) => (b.updated_at as number) - (a.updated_at as number));
      const size = Math.min(2, pagination.per_page);
      const from = pagination.starting_after === undefined ? 0 : Number(atob(pagination.starting_after));
      const next =
        from + size < found.length ? { per_page: size, starting_after: btoa(String(from + size)) } : undefined;
      return structuredClone({
        type: `${name}.list`,
        [at]: found.slice(from, from + size),
        total_count: found.length,
        pages: { type: 'pages', page: 1, per_page: size, total_pages: Math.ceil(found.length / size), next },
      });
    },
  };
}

/** Rows of the workspace, for those who render it in another form. */
export const intercomRows = () => structuredClone({ parts: PARTS, admins: ADMINS, teams: TEAMS, companies: COMPANIES });

/** A fresh workspace. `own` are its conversations, which a test may change while they are read. */
export function intercomRoutes(own: readonly FakeRow[] = intercomConversations()): readonly FakeRoute[] {
  return [
    fixedReply('me', route('/me'), {
      ...admin('11', 'Canary Ann', {}),
      app: {
        type: 'app',
        id_code: 'ecahpwf5',
        name: 'Canary workspace',
        region: 'EU',
        created_at: unix('2025-01-01T00:00:00Z'),
      },
    }),
    fixedReply('teams', route('/teams'), { type: 'team.list', teams: TEAMS }),
    fixedReply('admins', route('/admins'), { type: 'admin.list', admins: ADMINS }),
    fixedReply('attributes', route('/conversations/attributes'), { type: 'list', data: ATTRIBUTES }),
    fixedReply('ticket_types', route('/ticket_types'), { type: 'list', data: TICKET_TYPES }),
    numbered('articles', '/articles', [
      article('821'),
      article('822', { state: 'draft', body: null, parent_ids: [] }),
      article('823'),
    ]),
    numbered('internal_articles', '/internal_articles', INTERNAL),
    numbered('companies', '/companies', COMPANIES),
    search('conversations', '/conversations/search', 'conversations', () => own, 150),
    {
      name: 'conversation',
      path: route('/conversations/\\d+'),
      answer(url) {
        const id = url.pathname.split('/')[2] ?? '';
        const row = own.find((one) => String(one.id).replace('@big:', '') === id);
        const parts = PARTS[id] ?? [];
        return structuredClone({
          ...row,
          conversation_parts: { type: 'conversation_part.list', conversation_parts: parts, total_count: parts.length },
        });
      },
    },
    search('tickets', '/tickets/search', 'tickets', () => TICKETS, 150),
  ];
}
