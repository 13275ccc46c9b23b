import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Chatwoot account, written from the vendor's interface description and the behaviour of its source. Ids, texts and names are invented;
 * canaries are planted in every text.
 */
export const ORIGIN = 'https://chat.acme.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** The vendor gives so many rows a page, whatever is asked for: small here, so that lists are walked. */
const PAGE_ROWS = 2;
const MESSAGE_ROWS = 3;

const at = (text: string): number => Date.parse(text) / 1000;

function conversation(id: string | number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    account_id: 1,
    uuid: 'c0ffee00-0000-4000-8000-000000000000',
    additional_attributes: { referer: 'https://canary.example', initiated_at: { timestamp: 'Canary' } },
    custom_attributes: {},
    inbox_id: 31,
    labels: [],
    muted: false,
    status: 'open',
    priority: null,
    snoozed_until: null,
    created_at: at('2026-03-02T09:00:00Z'),
    updated_at: at(updatedAt) + 0.25,
    timestamp: at(updatedAt),
    last_activity_at: at(updatedAt),
    first_reply_created_at: 0,
    waiting_since: 0,
    unread_count: 0,
    can_reply: true,
    messages: [{ id: 1, content: 'Canary last message' }],
    last_non_activity_message: { content: 'Canary last message' },
    meta: {
      sender: {
        id: 900,
        name: 'Canary Jane',
        email: 'jane@customer.example',
        phone_number: '+15550123',
        additional_attributes: { company_name: 'Canary Ltd' },
      },
      channel: 'Channel::WebWidget',
      assignee: { id: 11, name: 'Canary Ann', email: 'ann@acme.example', role: 'administrator' },
      team: { id: 51, name: 'Canary support' },
      hmac_verified: false,
    },
    applied_sla: null,
    sla_events: [],
    ...more,
  };
}

const SLA = {
  id: 5,
  sla_id: 81,
  sla_status: 'active_with_misses',
  created_at: at('2026-03-02T09:01:00Z'),
  sla_name: 'Canary premium',
  sla_description: 'Canary',
  sla_first_response_time_threshold: 1800,
  sla_next_response_time_threshold: null,
  sla_resolution_time_threshold: 14400,
  sla_only_during_business_hours: false,
};

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function chatwootConversations(): FakeRow[] {
  return [
    conversation(1, '2026-03-02T15:00:00Z', {
      status: 'resolved',
      priority: 'urgent',
      labels: ['escalated', 'canary jane'],
      custom_attributes: { area: 'billing', product: 'api', impact: 'high', cause: 'config', remark: 'Canary remark' },
      first_reply_created_at: at('2026-03-02T09:40:00Z'),
      applied_sla: SLA,
      sla_events: [{ id: 1, event_type: 'frt', meta: {}, created_at: at('2026-03-02T09:30:00Z') }],
    }),
    conversation(2, '2026-03-03T10:00:00Z', { status: 'snoozed', inbox_id: 32 }),
    conversation(3, '2026-03-03T10:00:00Z', {
      status: 'pending',
      meta: { sender: { id: 901 }, channel: 'Channel::Email', team: null },
      applied_sla: { ...SLA, sla_status: 'hit' },
    }),
    conversation(4, '2026-03-04T08:00:00Z', {
      priority: 'low',
      applied_sla: { ...SLA, sla_status: 'missed' },
      sla_events: [{ id: 2, event_type: 'rt', meta: {}, created_at: at('2026-03-02T13:00:00Z') }],
    }),
    conversation(`@big:${BIG}`, '2026-03-04T08:00:00Z', {}),
    conversation(6, '2026-03-04T08:00:00Z', { meta: { sender: { id: 902 }, channel: 'Channel::Mystery' } }),
    conversation(7, '2026-03-06T08:00:00Z', {}),
  ];
}

function said(id: number, when: string, more: FakeRow): FakeRow {
  return {
    id,
    content: 'Canary text of jane@customer.example',
    account_id: 1,
    inbox_id: 31,
    message_type: 0,
    content_type: 'text',
    content_attributes: {},
    status: 'sent',
    created_at: at(when),
    private: false,
    source_id: null,
    sender: { id: 900, name: 'Canary Jane', type: 'contact' },
    ...more,
  };
}
const ANN = { message_type: 1, sender: { id: 11, name: 'Canary Ann', type: 'user' } };
const BOT = { message_type: 1, sender: { id: 61, name: 'Canary bot', type: 'agent_bot' } };

const MESSAGES: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    said(501, '2026-03-02T09:00:00Z', {}),
    said(502, '2026-03-02T09:00:05Z', {
      message_type: 3,
      content: 'Canary. We will reply within 8 hours.',
      sender: null,
    }),
    said(503, '2026-03-02T09:20:00Z', { message_type: 2, content: 'Canary Ann self-assigned this', sender: null }),
    said(504, '2026-03-02T09:30:00Z', {
      ...ANN,
      private: true,
      content: 'See https://canary.atlassian.net/browse/CORE-17',
    }),
    said(505, '2026-03-02T09:40:00Z', { ...ANN, content: 'See https://help.acme.com/hc/canary/articles/77-canary' }),
    said(506, '2026-03-02T15:00:05Z', {
      message_type: 3,
      content_type: 'input_csat',
      sender: null,
      content_attributes: { submitted_values: { csat_survey_response: { rating: 5, feedback_message: 'Canary' } } },
    }),
  ],
  '2': [
    said(511, '2026-03-02T09:00:00Z', { ...ANN }),
    said(512, '2026-03-02T10:00:00Z', { sender: { id: 900, type: 'contact' } }),
    said(513, '2026-03-02T10:10:00Z', { message_type: 3, content_type: 'input_csat', sender: null }),
  ],
  '3': [
    said(521, '2026-03-02T09:00:00Z', {}),
    said(522, '2026-03-02T09:00:10Z', BOT),
    said(523, '2026-03-02T09:05:00Z', { message_type: 1, sender: { id: 13, name: 'Canary sync bot', type: 'user' } }),
  ],
  '4': [
    said(531, '2026-03-02T09:00:00Z', { message_type: 1, sender: null, additional_attributes: { campaign_id: 3 } }),
  ],
  [BIG]: [said(541, '2026-03-02T09:00:00Z', { sender: null, sender_type: 'Contact', sender_id: 900 })],
};

function measured(id: number, name: string, when: string, value: number): FakeRow {
  return {
    id,
    name,
    value,
    value_in_business_hours: value / 2,
    event_start_time: '2026-03-02T09:00:00.000Z',
    event_end_time: when,
    account_id: 1,
    inbox_id: 31,
    user_id: 11,
    conversation_id: 1,
    created_at: when,
    updated_at: when,
  };
}

const MEASURES: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    measured(601, 'first_response', '2026-03-02T09:40:00.000Z', 2400),
    measured(602, 'conversation_resolved', '2026-03-02T11:00:00.000Z', 7200),
    measured(603, 'conversation_opened', '2026-03-02T12:00:00.000Z', 3600),
    measured(604, 'conversation_resolved', '2026-03-02T15:00:00.000Z', 21_600),
  ],
  '3': [measured(611, 'conversation_bot_handoff', '2026-03-02T09:05:00.000Z', 300)],
  '7': [
    measured(621, 'conversation_resolved', '2026-03-06T08:00:00.000Z', 100),
    measured(622, 'conversation_bot_resolved', '2026-03-06T08:00:00.000Z', 100),
  ],
};

function answer(id: number, message: number, conversationId: number, when: string, rating: number): FakeRow {
  return {
    id,
    rating,
    feedback_message: 'Canary feedback',
    account_id: 1,
    message_id: message,
    contact: { id: 900, name: 'Canary Jane', email: 'jane@customer.example' },
    conversation_id: conversationId,
    assigned_agent: { id: 11, name: 'Canary Ann' },
    created_at: at(when),
  };
}
const ANSWERS = [
  answer(951, 506, 1, '2026-03-02T16:00:00Z', 5),
  answer(952, 999, 4, '2026-03-04T16:00:00Z', 2),
  answer(953, 998, 7, '2026-03-05T16:00:00Z', 1),
];

const HOURS = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
  day_of_week: day,
  closed_all_day: day === 0,
  open_all_day: day === 6,
  open_hour: 9,
  open_minutes: 0,
  close_hour: 17,
  close_minutes: 30,
}));

const ATTRIBUTES = [
  ['area', 'Category', 'list'],
  ['product', 'Product', 'list'],
  ['impact', 'Severity', 'list'],
  ['cause', 'Root cause', 'list'],
  ['remark', 'Canary remark', 'text'],
].map(([attribute_key, attribute_display_name, attribute_display_type], i) => ({
  id: 301 + i,
  attribute_key,
  attribute_display_name,
  attribute_display_type,
  attribute_description: 'Canary',
  attribute_values: ['Canary'],
  attribute_model: 'conversation_attribute',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
}));

const RULES = [
  {
    id: 701,
    name: 'Canary greeting',
    description: 'Canary',
    event_name: 'conversation_created',
    active: true,
    conditions: [
      { attribute_key: 'inbox_id', filter_operator: 'equal_to', values: [31], query_operator: 'and' },
      { attribute_key: 'area', filter_operator: 'not_equal_to', values: ['billing'], query_operator: 'and' },
      { attribute_key: 'mystery', filter_operator: 'equal_to', values: ['canary'], query_operator: null },
    ],
    actions: [
      { action_name: 'send_message', action_params: ['Canary. We will reply within 8 hours.'] },
      { action_name: 'assign_team', action_params: [52] },
    ],
  },
  {
    id: 702,
    name: 'Canary urgent',
    event_name: 'message_created',
    active: false,
    conditions: [
      { attribute_key: 'content', filter_operator: 'contains', values: ['canary'], query_operator: 'or' },
      { attribute_key: 'priority', filter_operator: 'equal_to', values: ['urgent'], query_operator: 'or' },
      { attribute_key: 'assignee_id', filter_operator: 'is_not_present', values: [], query_operator: null },
    ],
    actions: [
      { action_name: 'add_label', action_params: ['escalated'] },
      { action_name: 'change_priority', action_params: ['high'] },
      { action_name: 'send_webhook_event', action_params: ['https://hooks.canary.example'] },
      { action_name: 'dance', action_params: [] },
    ],
  },
];

const api = (path: string): RegExp => new RegExp(`^/api/v1/accounts/1${path}$`);
const pageOf = (url: URL, rows: readonly FakeRow[]): FakeRow[] => {
  const number = Number(url.searchParams.get('page') ?? 1);
  return structuredClone(rows.slice((number - 1) * PAGE_ROWS, number * PAGE_ROWS));
};
const idIn = (url: URL): string => url.pathname.split('/')[6] ?? '';

/** A fresh account. `own` are its live conversations, which a test may change while they are read. */
export function chatwootRoutes(own: readonly FakeRow[] = chatwootConversations()): readonly FakeRoute[] {
  return [
    fixedReply('profile', /^\/api\/v1\/profile$/, {
      id: 11,
      name: 'Canary Ann',
      email: 'ann@acme.example',
      access_token: 'canary-token',
      accounts: [{ id: 1, name: 'Canary', role: 'administrator' }],
    }),
    fixedReply('agents', api('/agents'), [
      { id: 11, name: 'Canary Ann', email: 'ann@acme.example', role: 'administrator', confirmed: true },
      { id: 12, name: 'Canary Bob', email: 'bob@acme.example', role: 'agent', confirmed: false },
      { id: 13, name: 'Canary sync bot', email: 'bot@acme.example', role: 'agent', confirmed: true },
    ]),
    fixedReply('teams', api('/teams'), [
      { id: 51, name: 'canary support', description: 'Canary' },
      { id: 52, name: 'canary escalations tier 2', description: 'Canary' },
    ]),
    {
      name: 'team_members',
      path: api('/teams/\\d+/team_members'),
      answer: (url) =>
        idIn(url) === '51'
          ? [
              { id: 11, name: 'Canary Ann' },
              { id: 12, name: 'Canary Bob' },
            ]
          : [],
    },
    fixedReply('inboxes', api('/inboxes'), {
      payload: [
        {
          id: 31,
          name: 'Canary site',
          channel_type: 'Channel::WebWidget',
          timezone: 'America/New_York',
          working_hours_enabled: true,
          working_hours: HOURS,
        },
        {
          id: 32,
          name: 'Canary mail',
          channel_type: 'Channel::Email',
          timezone: 'UTC',
          working_hours_enabled: false,
          working_hours: HOURS,
        },
      ],
    }),
    fixedReply('sla_policies', api('/sla_policies'), {
      payload: [
        {
          id: 81,
          name: 'Canary premium',
          description: 'Canary',
          first_response_time_threshold: 1800,
          next_response_time_threshold: null,
          resolution_time_threshold: '14400',
          only_during_business_hours: false,
        },
      ],
    }),
    fixedReply('attributes', api('/custom_attribute_definitions'), ATTRIBUTES),
    fixedReply('automation_rules', api('/automation_rules'), { payload: RULES }),
    fixedReply('macros', api('/macros'), {
      payload: [
        {
          id: 701,
          name: 'Canary',
          visibility: 'personal',
          actions: [{ action_name: 'resolve_conversation', action_params: [] }],
        },
        {
          id: 702,
          name: 'Canary',
          visibility: 'global',
          actions: [{ action_name: 'assign_agent', action_params: ['nil'] }],
        },
      ],
    }),
    fixedReply('canned_responses', api('/canned_responses'), [
      { id: 706, short_code: 'canary', content: 'Canary text' },
    ]),
    fixedReply('agent_bots', api('/agent_bots'), [
      { id: 61, name: 'Canary bot', outgoing_url: 'https://canary.example' },
    ]),
    fixedReply('integrations', api('/integrations/apps'), {
      payload: [
        { id: 'slack', name: 'Slack', enabled: true, hooks: [{ id: 1 }] },
        { id: 'linear', name: 'Linear', enabled: false, hooks: [] },
      ],
    }),
    fixedReply('webhooks', api('/webhooks'), {
      payload: { webhooks: [{ id: 1, url: 'https://events.pagerduty.com/canary', name: 'Canary', subscriptions: [] }] },
    }),
    {
      name: 'conversations',
      path: api('/conversations'),
      answer: (url) => {
        if (url.searchParams.get('status') !== 'all') return { data: { meta: {}, payload: [] } };
        return { data: { meta: { all_count: own.length }, payload: pageOf(url, own) } };
      },
    },
    {
      name: 'messages',
      path: api('/conversations/\\d+/messages'),
      answer: (url) => {
        const [after, before] = [url.searchParams.get('after'), url.searchParams.get('before')];
        if (after === null) return new FakeStatus(400, { error: 'a newest page is not asked for' });
        const own = MESSAGES[idIn(url)] ?? [];
        const found =
          before === null
            ? own.filter((row) => Number(row.id) > Number(after)).slice(0, MESSAGE_ROWS)
            : own.filter((row) => Number(row.id) >= Number(after) && Number(row.id) < Number(before));
        return { payload: structuredClone(found), meta: { contact: { name: 'Canary Jane' } } };
      },
    },
    {
      name: 'measures',
      path: api('/conversations/\\d+/reporting_events'),
      answer: (url) => structuredClone(MEASURES[idIn(url)] ?? []),
    },
    {
      name: 'answers',
      path: api('/csat_survey_responses'),
      answer: (url) => {
        const [since, until] = [Number(url.searchParams.get('since')), Number(url.searchParams.get('until'))];
        return pageOf(
          url,
          ANSWERS.filter((row) => Number(row.created_at) >= since && Number(row.created_at) < until),
        );
      },
    },
  ];
}
