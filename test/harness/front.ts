import { type FakeRoute, FakeStatus, FakeText } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';

/**
 * A made-up Front company, written from the vendor's interface description. Ids, texts and names are invented; canaries are planted in every text. Addresses
 * of records and of next pages name the host of the company, as the vendor's do.
 */
export const ORIGIN = 'https://api2.frontapp.com';
const COMPANY = 'https://acme.api.frontapp.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** Rows a page, whatever is asked for: small, so that every list is walked. */
const PAGE_ROWS = 2;

const at = (text: string): number => Date.parse(text) / 1000;
const related = (links: Record<string, string | null>) => ({ _links: { self: `${COMPANY}/self`, related: links } });

function teammate(id: string, first: string, last: string, more: FakeRow = {}): FakeRow {
  return {
    ...related({ inboxes: `${COMPANY}/teammates/${id}/inboxes` }),
    id,
    email: `${id}@acme.example`,
    username: `canary_${id}`,
    first_name: first,
    last_name: last,
    license_type: 'full',
    is_admin: false,
    is_available: false,
    is_blocked: false,
    type: 'user',
    custom_fields: { city: 'Canary' },
    ...more,
  };
}
const ANN = teammate('tea_11', 'Canary', 'Ann', { is_admin: true });
const BOB = teammate('tea_12', 'Canary', 'Bob', { is_blocked: true });
const SYNC = teammate('tea_13', 'Canary', 'sync bot');
const RULE = teammate('tea_14', 'Canary', 'rule', { type: 'rule' });
const GUEST = teammate('tea_15', 'Canary', 'Guest', { type: 'visitor' });
const AI = teammate('tea_16', 'Canary', 'AI', { type: 'ai' });
const SURVEY = teammate('tea_17', 'Canary', 'CSAT', { type: 'csat' });

const inbox = (id: string, name: string, owner: string, more: FakeRow = {}): FakeRow => ({
  ...related({ owner: `${COMPANY}/${owner}` }),
  id,
  name,
  is_private: false,
  is_public: true,
  custom_fields: {},
  ...more,
});
const MAIL = inbox('inb_31', 'Canary mail', 'teams/tim_51');
const TIER2 = inbox('inb_32', 'canary escalations', 'teams/tim_52');
const OWN = inbox('inb_33', 'Canary Ann', 'teammates/tea_11', { is_private: true, is_public: false });

const tag = (id: string, name: string): FakeRow => ({
  ...related({ owner: null }),
  id,
  name,
  description: 'Canary',
  highlight: null,
  is_private: false,
  is_visible_in_conversation_lists: true,
  created_at: at('2026-01-01T00:00:00Z'),
});
const ESCALATED = tag('tag_1', 'escalated');
const PERSONAL = tag('tag_2', 'canary jane');
const BILLING = tag('tag_3', 'canary billing');

const JIRA = {
  id: 'top_1',
  name: 'CORE-17',
  type: 'jira',
  external_url: 'https://canary.atlassian.net/browse/CORE-17',
  custom_fields: {},
};
const WEB = { id: 'top_2', name: 'Canary', type: 'web', external_url: 'https://canary.example/x', custom_fields: {} };

const recipient = (handle: string, contact: string | null): FakeRow => ({
  ...related({ contact: contact === null ? null : `${COMPANY}/contacts/${contact}` }),
  name: 'Canary Jane',
  handle,
  role: 'from',
});

function conversation(id: string, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    ...related({ last_message: `${COMPANY}/messages/msg_1` }),
    id,
    type: 'conversation',
    subject: 'Canary subject',
    status: 'assigned',
    ticket_ids: [],
    assignee: { id: 'tea_11', email: 'tea_11@acme.example', first_name: 'Canary' },
    recipient: recipient('Jane@customer.example', 'crd_1'),
    tags: [],
    links: [],
    custom_fields: {},
    created_at: at('2026-03-02T09:00:00Z') + 0.333,
    updated_at: at(updatedAt) + 0.25,
    waiting_since: at(updatedAt),
    is_private: false,
    scheduled_reminders: [],
    metadata: {},
    ...more,
  };
}

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function frontConversations(): FakeRow[] {
  return [
    conversation('cnv_1', '2026-03-02T15:00:00Z', {
      status: 'archived',
      tags: [ESCALATED, PERSONAL],
      links: [JIRA, WEB],
      custom_fields: {
        Priority: 'urgent',
        Category: 'billing',
        Product: 'api',
        Severity: 'high',
        'Root cause': 'config',
        'Canary remark': 'Canary',
      },
    }),
    conversation('cnv_2', '2026-03-03T10:00:00Z', { recipient: recipient('+15550123', 'crd_7') }),
    conversation('cnv_3', '2026-03-03T10:00:00Z', {
      status: 'unassigned',
      status_id: 'sts_7',
      status_category: 'waiting',
      ticket_ids: ['TICKET-1'],
      assignee: null,
      recipient: recipient('jane@shared.example', 'crd_1'),
    }),
    conversation('cnv_4', '2026-03-06T08:00:00Z', { status: 'unassigned', assignee: null, tags: [BILLING] }),
    conversation(`@big:${BIG}`, '2026-03-06T08:00:00Z', { status: 'deleted', assignee: null }),
    conversation('cnv_6', '2026-03-06T08:00:00Z', { type: 'discussion', recipient: null }),
    conversation('cnv_7', '2026-03-06T09:00:00Z', { recipient: recipient('tea_12@acme.example', null) }),
    conversation('cnv_8', '2026-03-06T10:00:00Z', {
      status: 'archived',
      scheduled_reminders: [{ created_at: at('2026-03-06T10:00:00Z'), scheduled_at: at('2026-04-01T00:00:00Z') }],
    }),
  ];
}

function message(id: string, when: string, more: FakeRow = {}): FakeRow {
  return {
    ...related({ conversation: `${COMPANY}/conversations/cnv_1` }),
    id,
    message_uid: 'canary',
    type: 'email',
    is_inbound: true,
    draft_mode: null,
    error_type: null,
    version: 'canary',
    created_at: at(when),
    subject: 'Canary subject',
    blurb: 'Canary blurb',
    author: null,
    recipients: [recipient('jane@customer.example', 'crd_1')],
    body: '<p>Canary text of jane@customer.example</p>',
    text: 'Canary text of jane@customer.example',
    attachments: [],
    signature: null,
    metadata: {},
    ...more,
  };
}
const out = (author: FakeRow, more: FakeRow = {}): FakeRow => ({ is_inbound: false, author, ...more });

const MESSAGES: Readonly<Record<string, readonly FakeRow[]>> = {
  cnv_1: [
    message('msg_14', '2026-03-02T10:30:00Z', out(ANN)),
    message(
      'msg_13',
      '2026-03-02T09:40:00Z',
      out(ANN, { body: 'See https://help.acme.example/en/articles/5', text: null }),
    ),
    message('msg_12', '2026-03-02T09:00:05Z', out(RULE, { text: 'Canary. We will reply within 8 hours.' })),
    message('msg_11', '2026-03-02T09:00:00Z'),
    message('msg_10', '2026-03-02T09:50:00Z', out(ANN, { draft_mode: 'private' })),
  ],
  cnv_2: [
    message('msg_22', '2026-03-02T10:00:00Z', { type: 'sms' }),
    message('msg_21', '2026-03-02T09:00:00Z', out(ANN, { type: 'sms' })),
  ],
  cnv_3: [
    message('msg_33', '2026-03-02T09:10:00Z', out(SYNC, { type: 'front_chat' })),
    message('msg_32', '2026-03-02T09:00:10Z', out(AI, { type: 'front_chat' })),
    message('msg_31', '2026-03-02T09:00:00Z', { type: 'front_chat' }),
  ],
  cnv_4: [message('msg_41', '2026-03-02T09:00:00Z', { type: 'carrier-pigeon' })],
  [BIG]: [message('msg_51', '2026-03-02T09:00:00Z')],
  cnv_6: [message('msg_61', '2026-03-02T09:00:00Z', out(ANN, { type: 'internal' }))],
  cnv_7: [message('msg_71', '2026-03-02T09:00:00Z', { recipients: [recipient('TEA_12@acme.example', null)] })],
  cnv_8: [message('msg_81', '2026-03-02T09:00:00Z', out(RULE))],
};

const COMMENTS: Readonly<Record<string, readonly FakeRow[]>> = {
  cnv_1: [
    {
      id: 'com_3',
      author: SURVEY,
      body: 'Canary rated 5',
      posted_at: at('2026-03-02T16:00:00Z'),
      attachments: [],
      is_pinned: false,
    },
    {
      id: 'com_2',
      author: RULE,
      body: 'Canary',
      posted_at: at('2026-03-02T09:31:00Z'),
      attachments: [],
      is_pinned: false,
    },
    {
      id: 'com_1',
      author: ANN,
      body: 'See https://canary.atlassian.net/browse/CORE-18',
      posted_at: at('2026-03-02T09:30:00Z') + 0.378,
      attachments: [],
      is_pinned: true,
    },
  ],
};

type Side = { readonly _meta: { readonly type: string }; readonly data?: unknown };
const by = (type: string, data?: unknown): Side => ({ _meta: { type }, ...(data === undefined ? {} : { data }) });
const THE_RULE = { id: 'rul_1', name: 'Canary rule', actions: ['Assign to Canary Ann'], is_private: false };
const event = (id: number, type: string, when: string, source: Side, target?: Side): FakeRow => ({
  id: `evt_${id}`,
  type,
  emitted_at: at(when),
  source,
  ...(target === undefined ? {} : { target }),
});
const ann = by('teammate', ANN);
const rule = by('rule', THE_RULE);

/** Newest first, as the vendor gives them. */
const EVENTS: Readonly<Record<string, readonly FakeRow[]>> = {
  cnv_1: [
    event(113, 'archive', '2026-03-02T15:00:00Z', ann),
    event(
      112,
      'inbound',
      '2026-03-02T13:00:00Z',
      by('inboxes', [MAIL]),
      by('message', message('msg_15', '2026-03-02T13:00:00Z')),
    ),
    event(111, 'archive', '2026-03-02T11:00:00Z', by('teammate', RULE)),
    event(110, 'conversations_merged', '2026-03-02T10:50:00Z', ann, by('deleted_conversation_ids', ['cnv_90'])),
    event(109, 'link_added', '2026-03-02T10:45:00Z', ann, by('link', JIRA)),
    event(108, 'untag', '2026-03-02T10:40:00Z', ann, by('tag', BILLING)),
    event(107, 'forward', '2026-03-02T10:30:00Z', ann, by('message', { id: 'msg_14' })),
    event(106, 'move', '2026-03-02T10:00:00Z', ann, by('inboxes', [TIER2])),
    event(105, 'out_reply', '2026-03-02T09:40:00Z', by('inboxes', [MAIL]), by('message', { id: 'msg_13' })),
    event(104, 'assign', '2026-03-02T09:30:00Z', by('api'), by('teammate', ANN)),
    event(103, 'tag', '2026-03-02T09:00:10Z', rule, by('tag', ESCALATED)),
    event(102, 'assign', '2026-03-02T09:00:10Z', rule, by('teammate', BOB)),
    event(101, 'inbound', '2026-03-02T09:00:00Z', by('inboxes', [MAIL]), by('message', { id: 'msg_11' })),
  ],
  cnv_2: [
    event(203, 'reopen', '2026-03-02T12:00:00Z', by('gmail')),
    event(202, 'archive', '2026-03-02T11:00:00Z', by('reminder')),
    event(201, 'outbound', '2026-03-02T09:00:00Z', ann, by('message', { id: 'msg_21' })),
  ],
  cnv_3: [
    event(305, 'ticket_status_update', '2026-03-02T12:00:00Z', ann),
    event(304, 'archive', '2026-03-02T11:00:00Z', ann),
    event(303, 'ticket_status_update', '2026-03-02T10:30:00Z', ann),
    event(302, 'ticket_status_update', '2026-03-02T10:00:00Z', rule, by('status', { id: 'sts_8' })),
    event(301, 'inbound', '2026-03-02T09:00:00Z', by('inboxes', [TIER2]), by('message', { id: 'msg_31' })),
  ],
  cnv_4: [
    // The stamp of the conversation stays as it was.
    event(402, 'tag', '2026-03-07T09:00:00Z', ann, by('tag', BILLING)),
    event(401, 'unassign', '2026-03-02T09:20:00Z', ann),
  ],
  [BIG]: [event(501, 'trash', '2026-03-06T08:00:00Z', ann)],
};

const ANSWERS = [
  ['evt_951', 'cnv_1', '2026-03-02 16:00:00', '5'],
  ['evt_952', 'cnv_4', '2026-03-04 16:00:00', '2'],
  ['evt_953', 'cnv_7', '2026-03-05 16:00:00', '1 star'],
  ['evt_955', 'cnv_7', '2026-03-06 17:00:00', ''],
] as const;

const field = (id: string, name: string, type: string): FakeRow => ({
  id,
  name,
  type,
  description: 'Canary',
  values: [],
});
const FIELDS = [
  field('fld_1', 'Priority', 'enum'),
  field('fld_2', 'Category', 'enum'),
  field('fld_3', 'Product', 'enum'),
  field('fld_4', 'Severity', 'enum'),
  field('fld_5', 'Root cause', 'enum'),
  field('fld_6', 'Canary remark', 'string'),
];
const ACCOUNT_FIELDS = [
  field('fld_7', 'Plan', 'enum'),
  field('fld_8', 'Renewal date', 'datetime'),
  field('fld_9', 'Health', 'number'),
];
const account = (id: string, domains: readonly string[], values: FakeRow): FakeRow => ({
  ...related({ contacts: `${COMPANY}/accounts/${id}/contacts` }),
  id,
  name: 'Canary Ltd',
  logo_url: null,
  description: 'Canary',
  domains,
  external_id: id === 'acc_1' ? 8_739_674_733 : null,
  custom_fields: values,
  created_at: at('2026-01-01T00:00:00Z') + 0.363,
  updated_at: at('2026-02-01T00:00:00Z'),
});

/** What the vendor answers to a token without the scope of a call. */
export const forbidden = (): FakeStatus =>
  new FakeStatus(403, { _error: { status: 403, title: 'Forbidden', message: 'Canary scope' } });

const whole = (name: string, path: RegExp, rows: (url: URL) => readonly unknown[]): FakeRoute => ({
  name,
  path,
  answer: (url) => ({ _links: { self: COMPANY }, _results: structuredClone(rows(url)) }),
});

/** A list that pages by a token; more rows a page than `most` are refused. */
function paged(name: string, path: RegExp, rows: (url: URL) => readonly unknown[] | null, most = 100): FakeRoute {
  return {
    name,
    path,
    answer(url) {
      const from = Number(url.searchParams.get('page_token') ?? 0);
      const all = rows(url);
      if (all === null || Number(url.searchParams.get('limit') ?? 25) > most)
        return new FakeStatus(400, { _error: { status: 400, title: 'Bad request', message: 'Canary' } });
      const next = new URL(`${COMPANY}${url.pathname}?page_token=${from + PAGE_ROWS}`);
      return {
        _pagination: { next: from + PAGE_ROWS < all.length ? next.href : null },
        _links: { self: COMPANY },
        _results: structuredClone(all.slice(from, from + PAGE_ROWS)),
      };
    },
  };
}

const one = (name: string, path: RegExp, body: (url: URL) => unknown): FakeRoute => ({
  name,
  path,
  answer: (url) => structuredClone(body(url) ?? new FakeStatus(404, { _error: { status: 404, title: 'Not found' } })),
});

/** Id in the path behind the name of a list. */
const idIn = (url: URL): string => url.pathname.split('/')[2] ?? '';
const sum = (text: string): string => text.replace('@big:', '');

/** A fresh company. `live` are its conversations, which a test may change while they are read. */
export function frontRoutes(
  live: readonly FakeRow[] = frontConversations(),
  files: string = ORIGIN,
): readonly FakeRoute[] {
  const find = (id: string) => live.find((row) => sum(String(row.id)) === id);
  const allEvents = () =>
    Object.entries(EVENTS)
      .flatMap(([id, own]) => own.map((row): FakeRow => ({ ...row, conversation: find(id) })))
      .sort((a, b) => Number(a.emitted_at) - Number(b.emitted_at));
  return [
    one('me', /^\/me$/, () => ({ _links: { self: `${COMPANY}/me` }, id: 'cmp_k30', name: 'Canary' })),
    whole('teammates', /^\/teammates$/, () => [ANN, BOB, SYNC, RULE, GUEST, AI, SURVEY]),
    whole('teams', /^\/teams$/, () => [
      { id: 'tim_51', name: 'canary support' },
      { id: 'tim_52', name: 'canary escalations tier 2' },
    ]),
    one('team', /^\/teams\/\w+$/, (url) => ({
      id: idIn(url),
      name: 'canary',
      inboxes: [MAIL],
      members: idIn(url) === 'tim_51' ? [ANN, BOB] : [ANN],
    })),
    whole('inboxes', /^\/inboxes$/, () => [MAIL, TIER2, OWN]),
    whole('access', /^\/inboxes\/\w+\/teammates$/, (url) => (idIn(url) === 'inb_31' ? [ANN, BOB] : [ANN])),
    whole('shifts', /^\/shifts$/, () => [
      {
        id: 'shf_1',
        name: 'Canary hours',
        color: 'green',
        timezone: 'America/New_York',
        times: { mon: { start: '09:00', end: '17:30' }, fri: { start: '22:00', end: '06:00' }, sun: null },
        created_at: at('2026-01-01T00:00:00Z'),
      },
    ]),
    paged('accounts', /^\/accounts$/, () => [
      account('acc_1', ['Customer.example', 'shared.example'], { Plan: 'Gold', 'Renewal date': 1_790_000_000 }),
      account('acc_2', ['shared.example'], { Plan: 'Free', Health: 7 }),
      account('acc_3', [], {}),
    ]),
    paged('account_contacts', /^\/accounts\/\w+\/contacts$/, () => [
      { id: 'crd_7', name: 'Canary', handles: [{ source: 'phone', handle: '+15550123' }] },
    ]),
    whole('account_fields', /^\/accounts\/custom_fields$/, () => ACCOUNT_FIELDS),
    whole('fields', /^\/conversations\/custom_fields$/, () => FIELDS),
    whole('statuses', /^\/company\/statuses$/, () => [
      { id: 'sts_7', name: 'On hold', category: 'waiting', description: 'Canary' },
      { id: 'sts_8', name: 'Resolved', category: 'resolved', description: null },
    ]),
    paged('tags', /^\/tags$/, () => [ESCALATED, PERSONAL, BILLING]),
    whole('rules', /^\/company\/rules$/, () => [
      {
        ...related({ owner: null }),
        id: 'rul_1',
        name: 'Canary rule',
        actions: ['Assign to Canary Ann', 'Tag with escalated', 'Move to canary escalations', 'Dance with Canary'],
        is_private: false,
      },
      {
        ...related({ owner: `${COMPANY}/teammates/tea_11` }),
        id: 'rul_2',
        name: 'Canary own',
        actions: ['Unassign from Canary Bob', 'Archive', 'Send auto-reply Canary', 'Assign to Nobody'],
        is_private: true,
      },
    ]),
    paged('views', /^\/views$/, () => [
      {
        id: 'lns_1',
        name: 'Canary view',
        highlight: 'pink',
        inbox_ids: ['inb_31'],
        tag_ids: ['tag_1'],
        not_tag_ids: ['tag_2'],
        no_tags: false,
        assignee_ids: [],
        not_assignee_ids: ['tea_12'],
      },
      {
        id: 'lns_2',
        name: 'Canary rest',
        highlight: null,
        inbox_ids: [],
        tag_ids: ['tag_gone'],
        not_tag_ids: [],
        no_tags: true,
        assignee_ids: ['tea_11'],
        not_assignee_ids: [],
      },
    ]),
    whole('templates', /^\/message_templates$/, () => [
      {
        ...related({ owner: `${COMPANY}/teams/tim_51` }),
        id: 'rsp_1',
        name: 'Canary',
        subject: 'Canary',
        body: 'Canary',
      },
      { ...related({ owner: `${COMPANY}/teammates/tea_11` }), id: 'rsp_2', name: 'Canary', body: 'Canary' },
    ]),
    whole('channels', /^\/channels$/, () => [
      { id: 'cha_1', name: 'Canary', address: 'mail@acme.example', type: 'gmail', is_private: false, is_valid: true },
      { id: 'cha_2', name: 'Canary', address: '+15550123', type: 'talkdesk', is_private: false, is_valid: false },
    ]),
    whole('bases', /^\/knowledge_bases$/, () => [
      { id: 'knb_1', type: 'external', locales: ['en'] },
      { id: 'knb_2', type: 'internal', locales: ['en'] },
    ]),
    one('base', /^\/knowledge_bases\/\w+\/content$/, (url) => ({ id: idIn(url), name: 'Canary', status: 'published' })),
    paged('articles', /^\/knowledge_bases\/\w+\/articles$/, (url) => {
      const ids = idIn(url) === 'knb_1' ? [12, 13, 14] : [21];
      return ids.map((id) => ({
        ...related({ category: `${COMPANY}/knowledge_base_category/kbc_12` }),
        id: `kba_${id}`,
        slug: `/articles/${id - 7}`,
        locales: ['en'],
        created_at: at('2026-01-05T00:00:00Z'),
        updated_at: at('2026-02-05T00:00:00Z'),
      }));
    }),
    one('article', /^\/knowledge_base_articles\/\w+\/content$/, (url) => ({
      ...related({ last_editor: `${COMPANY}/teammates/tea_11` }),
      id: idIn(url),
      name: 'Canary',
      status: idIn(url) === 'kba_13' ? 'draft' : 'published',
      keywords: ['canary'],
      content: '<p>Canary. We reply within 2 hours.</p>',
      last_edited_at: at('2026-02-01T00:00:00Z'),
    })),
    paged('conversations', /^\/conversations$/, (url) =>
      url.searchParams.getAll('q[statuses][]').sort().join() === 'archived,assigned,trashed,unassigned' ? live : null,
    ),
    one('conversation', /^\/conversations\/\w+$/, (url) => find(idIn(url))),
    paged('messages', /^\/conversations\/\w+\/messages$/, (url) => MESSAGES[idIn(url)] ?? []),
    whole('comments', /^\/conversations\/\w+\/comments$/, (url) => COMMENTS[idIn(url)] ?? []),
    paged('conversation_events', /^\/conversations\/\w+\/events$/, (url) => EVENTS[idIn(url)] ?? []),
    whole('conversation_inboxes', /^\/conversations\/\w+\/inboxes$/, (url) => (idIn(url) === 'cnv_2' ? [MAIL] : [])),
    paged(
      'events',
      /^\/events$/,
      (url) => {
        const after = Number(url.searchParams.get('q[after]') ?? 0);
        const types = url.searchParams.getAll('q[types][]');
        if (url.searchParams.get('sort_order') !== 'asc') return null;
        return allEvents().filter((row) => Number(row.emitted_at) > after && types.includes(String(row.type)));
      },
      15,
    ),
    {
      name: 'begin_export',
      path: /^\/analytics\/exports$/,
      async answer(_url, request) {
        const asked = (await request.json()) as { type: string; start: number; end: number; columns: string[] };
        if (asked.type !== 'events' || asked.end <= asked.start)
          return new FakeStatus(400, { _error: { status: 400 } });
        return new FakeStatus(201, { id: `exp_${asked.start}_${asked.end}`, status: 'running', progress: 0 });
      },
    },
    one('export', /^\/analytics\/exports\/\w+$/, (url) => ({
      id: url.pathname.split('/')[3],
      status: 'done',
      progress: 100,
      url: `${files}${url.pathname}/download`,
      filename: 'canary.csv',
    })),
    {
      name: 'download',
      path: /^\/analytics\/exports\/\w+\/download$/,
      answer(url) {
        const [, start, end] = (url.pathname.split('/')[3] ?? '').split('_').map(Number);
        const day = (seconds: number) => Math.floor(seconds / 86_400);
        const rows = ANSWERS.filter(([, , when]) => {
          const of = day(at(`${when.replace(' ', 'T')}Z`));
          return of >= day(start ?? 0) && of <= day(end ?? 0);
        });
        const head = 'Activity API ID,Conversation API ID,Message date,Survey rating';
        return new FakeText(`${[head, ...rows.map((row) => row.join(','))].join('\n')}\n`);
      },
    },
  ];
}
