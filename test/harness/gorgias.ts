import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';
import { gorgiasFields, gorgiasIntegrations, gorgiasMacros, gorgiasRules, gorgiasViews } from './gorgias-config.ts';

/**
 * A made-up Gorgias account, written from the vendor's reference (objects and their examples). Ids, texts and names are invented; canaries are planted in
 * every text.
 */
export const ORIGIN = 'https://acme.gorgias.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** The vendor gives a hundred rows at most: fewer here, so that lists are walked. */
const PAGE_ROWS = 2;

function ticket(id: number | string, updated: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    uri: `/api/tickets/${id}/`,
    external_id: null,
    status: 'open',
    priority: 'normal',
    channel: 'email',
    via: 'email',
    from_agent: false,
    spam: false,
    customer: { id: 900, email: 'jane@customer.example', name: 'Canary Jane', firstname: 'Canary', meta: {} },
    assignee_user: null,
    assignee_team: null,
    language: 'en',
    subject: 'Canary subject',
    excerpt: 'Canary excerpt of jane@customer.example',
    integrations: [{ name: 'Canary', address: 'help@acme.example', type: 'email' }],
    tags: [],
    custom_fields: {},
    messages_count: 1,
    is_unread: false,
    created_datetime: '2026-03-02T09:00:00.384938+00:00',
    opened_datetime: null,
    last_message_datetime: updated,
    last_received_message_datetime: updated,
    updated_datetime: updated,
    closed_datetime: null,
    snooze_datetime: null,
    trashed_datetime: null,
    meta: null,
    ...more,
  };
}

const tag = (id: number, name: string): FakeRow => ({ id, name, decoration: { color: '#111' }, uri: null });
const ANN = { id: 11, email: 'ann@acme.example', name: 'Canary Ann', firstname: 'Canary', meta: null };

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function gorgiasTickets(): FakeRow[] {
  return [
    ticket(1, '2026-03-02T15:00:00.123456+00:00', {
      status: 'closed',
      priority: 'critical',
      assignee_user: ANN,
      assignee_team: { id: 52, name: 'Canary escalations tier 2' },
      tags: [tag(71, 'escalated'), tag(72, 'canary jane')],
      custom_fields: {
        '301': { id: 301, value: 'Order::Status', prediction: null },
        '302': { id: 302, value: 'Canary remark of jane@customer.example' },
        '303': { id: 303, value: 'api' },
        '304': { id: 304, value: 'refund' },
        '305': { id: 305, value: 'high' },
      },
      closed_datetime: '2026-03-02T15:00:00.123456+00:00',
    }),
    ticket(2, '2026-03-03T10:00:00.000000+00:00', {
      status: 'closed',
      from_agent: true,
      channel: 'chat',
      via: 'helpdesk',
      priority: 'low',
      created_datetime: '2026-03-03T08:00:00.966927',
      closed_datetime: '2026-03-03T10:00:00.000000+00:00',
      snooze_datetime: '2026-03-09T10:00:00+00:00',
    }),
    ticket(3, '2026-03-03T10:00:00.000000+00:00', { status: 'closed', channel: 'instagram-comment', spam: true }),
    ticket(4, '2026-03-04T08:00:00.100000+00:00', {
      // A reopened ticket does not sleep, whatever is left of it.
      snooze_datetime: '2026-03-09T10:00:00+00:00',
      channel: 'mystery',
      assignee_team_id: 51,
      custom_fields: null,
    }),
    ticket(`@big:${BIG}`, '2026-03-04T08:00:00.400000+00:00', { via: 'rule', from_agent: true }),
    ticket(6, '2026-03-04T08:00:00.900000+00:00', {
      trashed_datetime: '2026-03-04T08:00:00+00:00',
      custom_fields: { '303': { value: 'shop' } },
    }),
    ticket(7, '2026-03-06T08:00:00.000000+00:00', {
      priority: 'urgent',
      // It has woken: its last change is younger.
      snooze_datetime: '2026-03-05T08:00:00+00:00',
    }),
  ];
}

function said(id: number, ticketId: number | string, at: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    uri: `/api/messages/${id}/`,
    message_id: '<canary@mail.customer.example>',
    ticket_id: ticketId,
    external_id: null,
    public: true,
    channel: 'email',
    via: 'email',
    source: { type: 'email', from: { address: 'jane@customer.example', name: 'Canary Jane' }, to: [] },
    sender: { id: 900, email: 'jane@customer.example', name: 'Canary Jane' },
    integration_id: 801,
    rule_id: null,
    from_agent: false,
    receiver: null,
    subject: 'Canary subject',
    body_text: 'Canary text of jane@customer.example',
    body_html: '<p>Canary text</p>',
    stripped_text: 'Canary text',
    attachments: [],
    macros: null,
    intents: [],
    created_datetime: at,
    sent_datetime: at,
    failed_datetime: null,
    ...more,
  };
}
const BY_ANN = { from_agent: true, via: 'helpdesk', sender: ANN };
const BY_BOT = { from_agent: true, via: 'api', sender: { id: 13, name: 'Canary AI' } };

const MESSAGES: readonly FakeRow[] = [
  said(501, 1, '2026-03-02T09:00:00.384938+00:00'),
  said(502, 1, '2026-03-02T09:00:05+00:00', {
    ...BY_ANN,
    via: 'rule',
    rule_id: 701,
    stripped_text: 'Canary. We will reply within 8 hours.',
  }),
  said(503, 1, '2026-03-02T09:30:00+00:00', {
    ...BY_ANN,
    public: false,
    channel: 'internal-note',
    source: { type: 'internal-note' },
    stripped_text: 'See https://canary.atlassian.net/browse/CORE-17',
  }),
  said(504, 1, '2026-03-02T09:40:00+00:00', {
    ...BY_ANN,
    macros: [{ id: 601 }],
    body_html: '<a href="https://acme.gorgias.help/en-US/articles/canary-returns-4711">Canary</a>',
  }),
  // It could not be sent.
  said(505, 1, '2026-03-02T09:50:00+00:00', {
    ...BY_ANN,
    sent_datetime: null,
    failed_datetime: '2026-03-02T09:50:05+00:00',
  }),
  said(506, 1, '2026-03-02T12:00:00+00:00'),
  said(511, 2, '2026-03-03T08:00:00.966927', { ...BY_ANN, channel: 'chat' }),
  said(521, 3, '2026-03-02T09:00:00+00:00', { channel: 'chat', via: 'gorgias_chat' }),
  said(522, 3, '2026-03-02T09:00:10+00:00', { ...BY_BOT, channel: 'chat' }),
  said(523, 3, '2026-03-02T09:05:00+00:00', { ...BY_ANN, channel: 'chat' }),
  said(531, 4, '2026-03-02T09:00:00+00:00'),
  said(532, 4, '2026-03-02T09:00:10+00:00', BY_BOT),
  said(541, `@big:${BIG}`, '2026-03-02T09:00:00+00:00', { ...BY_ANN, via: 'rule', rule_id: 702 }),
];

let eventId = 10_000;
function happened(ticketId: number, type: string, at: string, more: FakeRow = {}): FakeRow {
  eventId += 1;
  return {
    id: eventId,
    context: `context-${eventId}`,
    created_datetime: at,
    data: null,
    object_id: ticketId,
    object_type: 'Ticket',
    type,
    user_id: null,
    uri: `/api/events/${eventId}/`,
    ...more,
  };
}

const GREETED = 'b2c7a0de-0000-4000-8000-000000000001';
const SNOOZED = 'b2c7a0de-0000-4000-8000-000000000002';
const EVENTS: readonly FakeRow[] = [
  happened(1, 'ticket-created', '2026-03-02T09:00:00.384938'),
  happened(1, 'rule-executed', '2026-03-02T09:00:04', {
    context: GREETED,
    data: { id: 701, name: 'Canary greeting', code: "Action('addTags', { tags: 'canary' })" },
  }),
  happened(1, 'ticket-tags-added', '2026-03-02T09:00:05', { context: GREETED, data: { tags_added: [72, 79] } }),
  happened(1, 'ticket-team-assigned', '2026-03-02T09:10:00', { user_id: 11, data: { assignee_team_id: 51 } }),
  happened(1, 'ticket-assigned', '2026-03-02T09:20:00', { user_id: 11, data: { assignee_user_id: 11 } }),
  happened(1, 'ticket-message-created', '2026-03-02T09:40:00', { user_id: 11 }),
  happened(1, 'ticket-team-assigned', '2026-03-02T10:00:00', { user_id: 11, data: { assignee_team_id: 52 } }),
  happened(1, 'ticket-tags-added', '2026-03-02T10:00:01', { user_id: 11, data: { tags_added: [71] } }),
  happened(1, 'ticket-sla-policy-assigned', '2026-03-02T10:00:02', {
    data: { sla_policy_name: 'Canary gold', sla_policy_uuid: 'b2c7a0de-0000-4000-8000-0000000000aa' },
  }),
  happened(1, 'ticket-closed', '2026-03-02T11:00:00', { user_id: 11 }),
  happened(1, 'ticket-reopened', '2026-03-02T12:00:01'),
  happened(1, 'ticket-closed', '2026-03-02T15:00:00.123456', { user_id: 13 }),
  happened(2, 'ticket-created', '2026-03-03T08:00:00.966927', { user_id: 11 }),
  happened(2, 'ticket-snoozed', '2026-03-03T10:00:00', { user_id: 11, context: SNOOZED }),
  happened(2, 'ticket-closed', '2026-03-03T10:00:00', { user_id: 11, context: SNOOZED }),
  // The vendor no longer has what was before.
  happened(3, 'ticket-unassigned', '2026-03-03T09:00:00', { user_id: 12 }),
  happened(3, 'ticket-reopened', '2026-03-03T09:30:00', { user_id: 12 }),
  happened(3, 'ticket-closed', '2026-03-03T10:00:00', { user_id: 12 }),
  happened(6, 'ticket-created', '2026-03-02T09:00:00.384938'),
  happened(6, 'ticket-trashed', '2026-03-04T08:00:00', { user_id: 12 }),
  happened(7, 'ticket-self-unsnoozed', '2026-03-05T08:00:00'),
];

const SURVEYS = [
  [951, 1, '2026-03-02T16:00:00.1', '2026-03-02T18:00:00', 5],
  [952, 2, '2026-03-03T16:00:00', null, null],
  [953, 3, '2026-03-03T16:00:00', '2026-03-04T09:00:00', 2],
  [954, 4, null, null, null],
].map(([id, ticket_id, sent, scored, score]) => ({
  id,
  ticket_id,
  customer_id: 900,
  score,
  body_text: scored === null ? null : 'Canary comment',
  created_datetime: '2026-03-02T15:00:00',
  sent_datetime: sent,
  scored_datetime: scored,
  should_send_datetime: '2026-03-04T16:00:00',
  meta: null,
}));

const USERS = [
  [11, 'Canary Ann', 'admin'],
  [12, 'Canary Bob', 'lite-agent'],
  [13, 'Canary AI', 'bot'],
  [14, 'Canary sync integration', 'agent'],
].map(([id, name, role]) => ({
  id,
  name,
  firstname: name,
  email: `u${id}@acme.example`,
  active: id !== 12,
  role: { name: role },
  created_datetime: '2025-01-01T00:00:00.5',
  deactivated_datetime: null,
  bio: 'Canary',
  meta: null,
}));

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  '/api/tickets': ['created_datetime', 'updated_datetime'],
};

/** A list as the vendor gives it: by a value of the rows, behind the value that the cursor holds. What the vendor does not take is refused. */
function page(rows: readonly FakeRow[], url: URL, filters: readonly string[] = []): unknown {
  const query = url.searchParams;
  const known = ['limit', 'cursor', 'order_by', ...filters];
  const [field = 'id', direction = 'asc'] = (query.get('order_by') ?? 'id:asc').split(':');
  const sortable = [...(ORDERS[url.pathname] ?? ['created_datetime']), 'id'];
  const limit = Number(query.get('limit') ?? 30);
  if ([...query.keys()].some((key) => !known.includes(key)) || limit > 100 || !sortable.includes(field))
    return new FakeStatus(400, { error: { msg: 'Canary: invalid parameter', data: {} } });
  const at = (row: FakeRow) => (field === 'id' ? 0 : Date.parse(utc(String(row[field]))));
  const sign = direction === 'desc' ? -1 : 1;
  const sorted = rows.toSorted((a, b) => sign * (at(a) - at(b) || Number(idOf(a)) - Number(idOf(b))));
  const after = placeIn(query.get('cursor'));
  const rest =
    after === null ? sorted : sorted.filter((row) => sign * (at(row) - after[0] || Number(idOf(row)) - after[1]) > 0);
  const shown = rest.slice(0, Math.min(PAGE_ROWS, limit));
  const last = shown.at(-1);
  const more = rest.length > shown.length && last !== undefined;
  return {
    object: 'list',
    uri: url.pathname,
    data: structuredClone(shown),
    meta: { prev_cursor: null, next_cursor: more ? btoa(JSON.stringify([at(last), Number(idOf(last))])) : null },
  };
}

const utc = (text: string): string => (/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
const idOf = (row: FakeRow): string => String(row.id).replace('@big:', '');
function placeIn(cursor: string | null): readonly [number, number] | null {
  return cursor === null ? null : (JSON.parse(atob(cursor)) as [number, number]);
}

function listOf(name: string, path: string, rows: readonly FakeRow[], filters: readonly string[] = []): FakeRoute {
  return { name, path: new RegExp(`^${path}$`), answer: (url) => page(rows, url, filters) };
}

/** The messages of a ticket as older interfaces give them, below it and all at once. */
export const messagesBelowTickets: FakeRoute = {
  name: 'messages',
  path: /^\/api\/tickets\/\d+\/messages$/,
  answer(url) {
    const of = MESSAGES.filter((row) => String(row.ticket_id).replace('@big:', '') === url.pathname.split('/')[3]);
    return { data: structuredClone(of), meta: { next_cursor: null } };
  },
};

/** A fresh account. `own` are its live tickets, which a test may change while they are read. */
export function gorgiasRoutes(own: readonly FakeRow[] = gorgiasTickets()): readonly FakeRoute[] {
  return [
    listOf('users', '/api/users', USERS),
    listOf('teams', '/api/teams', [
      { id: 51, name: 'canary support', description: 'Canary', members: [{ id: 11, name: 'Canary Ann' }, { id: 12 }] },
      { id: 52, name: 'canary escalations tier 2', members: [{ id: 11, email: 'ann@acme.example' }] },
    ]),
    listOf('settings', '/api/account/settings', [
      { id: 986, type: 'satisfaction-surveys', data: { survey_email_text: 'Canary' } },
      {
        id: 987,
        type: 'business-hours',
        data: {
          timezone: 'America/New_York',
          business_hours: [
            { days: '1,2,3,4,5', from_time: '09:00', to_time: '17:30' },
            { days: '6', from_time: '00:00', to_time: '23:59' },
          ],
        },
      },
    ]),
    {
      name: 'custom_fields',
      path: /^\/api\/custom-fields$/,
      answer: (url) =>
        url.searchParams.get('object_type') === 'Ticket'
          ? page(gorgiasFields, url, ['object_type'])
          : new FakeStatus(400, { error: { msg: 'object_type' } }),
    },
    listOf('rules', '/api/rules', gorgiasRules),
    listOf('macros', '/api/macros', gorgiasMacros),
    listOf('views', '/api/views', gorgiasViews),
    listOf('integrations', '/api/integrations', gorgiasIntegrations),
    listOf('surveys', '/api/satisfaction-surveys', SURVEYS, ['ticket_id']),
    listOf('tags', '/api/tags', [tag(71, 'escalated'), tag(72, 'canary jane'), tag(73, 'canary')]),
    listOf('tickets', '/api/tickets', own),
    {
      name: 'messages',
      path: /^\/api\/messages$/,
      answer: (url) => {
        const id = url.searchParams.get('ticket_id');
        const of = MESSAGES.filter((row) => id === null || String(row.ticket_id).replace('@big:', '') === id);
        return page(of, url, ['ticket_id']);
      },
    },
    {
      name: 'events',
      path: /^\/api\/events$/,
      answer: (url) => {
        const id = url.searchParams.get('object_id');
        const of = EVENTS.filter((row) => id === null || String(row.object_id) === id);
        return page(of, url, ['object_type', 'object_id']);
      },
    },
  ];
}
