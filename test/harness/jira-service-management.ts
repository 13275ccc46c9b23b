import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { countedList } from './counted-list.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Jira site with one service project, written from the vendor's interface descriptions (platform v3 and service desk). Ids, texts and names are
 * invented; canaries are planted in every text.
 */
export const ORIGIN = 'https://acme.atlassian.net';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

const ANN = person('5b10:ann', 'Canary Ann', 'atlassian');
const BOB = person('5b10:bob', 'Canary Bob', 'atlassian');
const LEFT = person('5b10:left', 'Canary Left', 'atlassian');
const BOT = person('5b10:rules', 'Automation for Jira', 'app');
const JANE = person('qm:jane', 'Canary Jane', 'customer');

function person(accountId: string, displayName: string, accountType: string): FakeRow {
  return {
    accountId,
    accountType,
    active: true,
    displayName,
    emailAddress: 'canary@customer.example',
    timeZone: 'Etc/UTC',
  };
}

const STATUSES = {
  '1': status('1', 'Waiting for support', 'indeterminate'),
  '2': status('2', 'Waiting for customer', 'indeterminate'),
  '3': status('3', 'Resolved', 'done'),
  '4': status('4', 'Escalated', 'indeterminate'),
  '5': status('5', 'Canceled', 'done'),
} as const;

function status(id: string, name: string, key: string): FakeRow {
  return { id, name, description: 'Canary', statusCategory: { id: 4, key, colorName: 'yellow', name: 'Canary' } };
}

const PRIORITIES = ['Urgent', 'High', 'Medium', 'Low', 'Lowest'].map((name, i) => ({
  id: String(i + 1),
  name,
  description: 'Canary',
}));

const at = (iso: string): FakeRow => ({
  iso8601: iso,
  jira: iso,
  friendly: 'Canary 10:45 AM',
  epochMillis: Date.parse(iso),
});
const span = (millis: number): FakeRow => ({ millis, friendly: 'Canary 4h' });

function cycle(start: string, breach: string, stop: string | null, breached: boolean, goalMs: number): FakeRow {
  return {
    startTime: at(start),
    ...(stop === null ? { paused: false, withinCalendarHours: true } : { stopTime: at(stop) }),
    breachTime: at(breach),
    breached,
    goalDuration: span(goalMs),
    elapsedTime: span(1),
    remainingTime: span(1),
  };
}

const FIRST = { id: '10030', name: 'Time to first response' };
const SOLVE = { id: '10031', name: 'Time to resolution' };

interface Told {
  readonly fields?: FakeRow;
  readonly channel?: string;
  readonly histories?: readonly FakeRow[];
  /** Changes that the issue has, of which only `histories` come with it. */
  readonly total?: number;
}

function issue(id: string, n: number, updated: string, told: Told = {}): FakeRow {
  const { fields = {}, channel = 'portal', histories = [], total = histories.length } = told;
  return {
    id,
    key: `SUP-${n}`,
    fields: {
      summary: 'Canary subject of jane@customer.example',
      created: '2026-03-02T01:00:00.000-0800',
      updated,
      status: STATUSES['1'],
      priority: PRIORITIES[2],
      issuetype: { id: '10001', name: '[System] Service request', description: 'Canary' },
      project: { id: '11001', key: 'SUP', name: 'Canary desk' },
      assignee: null,
      reporter: JANE,
      creator: JANE,
      labels: [],
      resolution: null,
      resolutiondate: null,
      issuelinks: [],
      customfield_10002: [{ id: '70', name: 'Canary Ltd', uuid: 'u' }],
      customfield_10010: { requestType: { id: '21', serviceDeskId: '1', name: 'Canary form' } },
      customfield_10017: null,
      customfield_10018: null,
      customfield_10030: null,
      customfield_10031: null,
      customfield_10032: null,
      customfield_10040: null,
      customfield_10041: null,
      customfield_10042: null,
      customfield_10043: null,
      customfield_10050: { groupId: 'g2', name: 'Canary Support Tier 1' },
      customfield_10060: 'Canary notes',
      ...fields,
    },
    properties: { 'request.channel.type': { value: channel } },
    // Newest first, as they come with an issue.
    changelog: { startAt: 0, maxResults: 40, total, histories: [...histories].reverse() },
  };
}

function change(id: string, created: string, author: FakeRow | null, ...items: readonly FakeRow[]): FakeRow {
  return { id, created, ...(author === null ? {} : { author }), items };
}
function item(
  field: string,
  from: [string | null, string | null],
  to: [string | null, string | null],
  more: FakeRow = {},
) {
  const texts = { fromString: from[1], toString: to[1] };
  return { field, fieldId: field, fieldtype: 'jira', from: from[0], to: to[0], ...texts, ...more };
}

const HISTORY_1 = [
  change(
    '501',
    '2026-03-02T09:05:00.000+0000',
    ANN,
    item('assignee', [null, null], ['5b10:ann', 'Canary Ann']),
    item('summary', [null, 'Canary subject'], [null, 'Canary other subject']),
  ),
  change(
    '502',
    '2026-03-02T09:20:00.000+0000',
    BOT,
    item('priority', ['3', 'Medium'], ['1', 'Urgent']),
    item('labels', [null, 'canary-jane'], [null, 'canary-jane escalated']),
    item('customfield_10040', [null, null], ['900', 'S1'], { field: 'Severity', fieldtype: 'custom' }),
  ),
  change(
    '503',
    '2026-03-02T09:40:00.000+0000',
    BOB,
    item('status', ['1', 'Waiting for support'], ['4', 'Escalated']),
    item('customfield_10050', ['[Canary Support Tier 1]', 'x'], ['[Canary Escalations L2]', 'x'], {
      field: 'Support group',
    }),
    item('Link', [null, null], ['DEV-17', 'This issue is caused by DEV-17'], { fieldId: undefined }),
  ),
  change(
    '504',
    '2026-03-02T10:00:00.000+0000',
    BOB,
    item('status', ['4', 'Escalated'], ['3', 'Resolved']),
    item('resolution', [null, null], ['1', 'Done']),
  ),
];

/** All changes of the second issue, of which one alone comes with it. */
const HISTORY_2 = [
  change(
    '511',
    '2026-03-03T09:00:00.000+0000',
    ANN,
    item('status', ['1', 'Waiting for support'], ['2', 'Waiting for customer']),
  ),
  change(
    '512',
    '2026-03-03T09:30:00.000+0000',
    JANE,
    item('status', ['2', 'Waiting for customer'], ['1', 'Waiting for support']),
  ),
  change(
    '513',
    '2026-03-03T10:00:00.000+0000',
    null,
    item('status', ['1', 'Waiting for support'], ['2', 'Waiting for customer']),
  ),
];

/** Two of them share an instant across the edge of a page, three others within one second. */
export function jiraIssues(): FakeRow[] {
  return [
    issue('1001', 1, '2026-03-02T10:00:00.000+0000', {
      histories: HISTORY_1,
      fields: {
        status: STATUSES['3'],
        priority: PRIORITIES[0],
        issuetype: { id: '10002', name: '[System] Incident' },
        assignee: ANN,
        labels: ['canary-jane', 'escalated'],
        resolution: { id: '1', name: 'Done' },
        resolutiondate: '2026-03-02T10:00:00.000+0000',
        customfield_10017: { rating: 4 },
        customfield_10018: '2026-03-02T03:30:00.000-0800',
        customfield_10030: {
          ...FIRST,
          completedCycles: [
            cycle('2026-03-02T09:00:00Z', '2026-03-02T13:00:00Z', '2026-03-02T09:30:00Z', false, 14_400_000),
          ],
        },
        customfield_10031: {
          ...SOLVE,
          completedCycles: [
            cycle('2026-03-02T09:00:00Z', '2026-03-02T09:50:00Z', '2026-03-02T10:00:00Z', true, 3_000_000),
          ],
          ongoingCycle: cycle('2026-03-02T10:30:00Z', '2026-03-02T11:20:00Z', null, false, 3_000_000),
        },
        customfield_10040: { id: '900', value: 'S1' },
        customfield_10041: { id: '910', value: 'Cloud', child: { id: '911', value: 'Api' } },
        customfield_10042: { id: '920', value: 'config' },
        customfield_10043: { id: '930', value: 'billing' },
        customfield_10050: { groupId: 'g3', name: 'Canary Escalations L2' },
        issuelinks: [
          {
            id: '801',
            type: { id: '1', name: 'Problem/Incident', inward: 'is caused by', outward: 'causes' },
            inwardIssue: { id: '3001', key: 'DEV-17', fields: { summary: 'Canary', issuetype: { name: 'Bug' } } },
          },
          {
            id: '802',
            type: { id: '1', name: 'Problem/Incident', inward: 'is caused by', outward: 'causes' },
            outwardIssue: {
              id: '1004',
              key: 'SUP-4',
              fields: { summary: 'Canary', issuetype: { name: '[System] Problem' } },
            },
          },
        ],
      },
    }),
    issue('1002', 2, '2026-03-03T10:00:00.000+0000', {
      histories: HISTORY_2.slice(2),
      total: 3,
      channel: 'email',
      fields: {
        status: STATUSES['2'],
        customfield_10030: {
          ...FIRST,
          ongoingCycle: cycle('2026-03-03T09:00:00Z', '2026-03-03T09:15:00Z', null, true, 900_000),
        },
      },
    }),
    issue('1003', 3, '2026-03-03T10:00:00.000+0000', { channel: 'jira', fields: { creator: ANN } }),
    issue('1004', 4, '2026-03-04T08:00:00.100+0000', {
      fields: {
        reporter: ANN,
        creator: ANN,
        issuetype: { id: '3', name: '[System] Problem' },
        priority: PRIORITIES[4],
      },
    }),
    issue(BIG, 5, '2026-03-04T08:00:00.400+0000', {
      fields: {
        status: STATUSES['5'],
        customfield_10030: {
          ...FIRST,
          completedCycles: [
            cycle('2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z', '2026-03-03T09:00:00Z', true, 3_600_000),
          ],
        },
      },
    }),
    issue('1006', 6, '2026-03-04T08:00:00.900+0000', {
      channel: 'api',
      fields: {
        reporter: null,
        creator: BOT,
        customfield_10002: [],
        customfield_10010: null,
        customfield_10050: null,
        priority: null,
      },
    }),
    issue('1007', 7, '2026-03-06T08:00:00.000+0000'),
  ];
}

const COMMENTS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1001': [
    said('601', '2026-03-02T09:30:00.000+0000', ANN),
    said('602', '2026-03-02T09:35:00.000+0000', BOB, { jsdPublic: false }),
    said('603', '2026-03-02T09:50:00.000+0000', JANE),
    said('604', '2026-03-02T09:55:00.000+0000', BOT),
    said('605', '2026-03-02T09:56:00.000+0000', LEFT),
  ],
  '1002': [
    said('606', '2026-03-03T09:00:00.000+0000', ANN, {
      jsdPublic: undefined,
      properties: [{ key: 'sd.public.comment', value: { internal: true } }],
    }),
  ],
};

function said(id: string, created: string, author: FakeRow, more: FakeRow = {}): FakeRow {
  return {
    id,
    author,
    updateAuthor: author,
    body:
      'Canary text of jane@customer.example, see https://acme.atlassian.net/servicedesk/customer/portal/1/article/801 ' +
      'and https://acme.atlassian.net/browse/DEV-18 and https://acme.atlassian.net/browse/SUP-2',
    created,
    jsdPublic: true,
    ...more,
  };
}

function field(id: string, name: string, schema: FakeRow, custom = true): FakeRow {
  return { id, key: id, name, custom, navigable: true, searchable: true, clauseNames: [id], schema };
}
const select = { type: 'option', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select' };
const sla = { type: 'sd-servicelevelagreement', custom: 'com.atlassian.servicedesk:sd-sla-field' };

const FIELDS = [
  field('summary', 'Summary', { type: 'string', system: 'summary' }, false),
  field('priority', 'Priority', { type: 'priority', system: 'priority' }, false),
  field('customfield_10002', 'Organizations', {
    type: 'array',
    items: 'sd-customerorganization',
    custom: 'com.atlassian.servicedesk:sd-customer-organizations',
  }),
  field('customfield_10010', 'Request Type', {
    type: 'sd-customerrequesttype',
    custom: 'com.atlassian.servicedesk:vp-origin',
  }),
  field('customfield_10017', 'Satisfaction', {
    type: 'sd-feedback',
    custom: 'com.atlassian.servicedesk:sd-request-feedback',
  }),
  field('customfield_10018', 'Satisfaction date', {
    type: 'datetime',
    custom: 'com.atlassian.servicedesk:sd-request-feedback-date',
  }),
  field('customfield_10030', 'Time to first response', sla),
  field('customfield_10031', 'Time to resolution', sla),
  field('customfield_10032', 'Time to review normal change', sla),
  field('customfield_10040', 'Severity', select),
  field('customfield_10041', 'Product', {
    type: 'option-with-child',
    custom: 'com.atlassian.jira.plugin.system.customfieldtypes:cascadingselect',
  }),
  field('customfield_10042', 'Root cause', select),
  field('customfield_10043', 'Category', select),
  field('customfield_10050', 'Support group', {
    type: 'group',
    custom: 'com.atlassian.jira.plugin.system.customfieldtypes:grouppicker',
  }),
  field('customfield_10060', 'Canary notes', {
    type: 'string',
    custom: 'com.atlassian.jira.plugin.system.customfieldtypes:textarea',
  }),
];

const REQUEST_FIELDS = [
  { fieldId: 'summary', name: 'Canary', required: true, visible: true, validValues: [] },
  { fieldId: 'customfield_10040', name: 'Canary', required: true, visible: true, validValues: [] },
  { fieldId: 'customfield_10043', name: 'Canary', required: false, visible: true, validValues: [] },
  { fieldId: 'customfield_10042', name: 'Canary', required: true, visible: false, validValues: [] },
];

const QUEUES = [
  {
    id: '31',
    name: 'Canary',
    jql: 'project = SUP AND resolution = Unresolved AND assignee is EMPTY AND priority in (Urgent, High) ORDER BY "Time to resolution" ASC',
  },
  {
    id: '32',
    name: 'Canary',
    jql: 'project = SUP AND organizations = "Canary Ltd" AND labels != escalated AND (status = Escalated OR priority = Urgent)',
  },
  {
    id: '33',
    name: 'Canary',
    jql: 'project = SUP AND Severity = S1 AND mystery = 4 AND created >= -7d ORDER BY created DESC',
  },
];

const GROUPS = [
  { groupId: 'g1', name: 'jira-servicemanagement-users-acme' },
  { groupId: 'g2', name: 'Canary Support Tier 1' },
  { groupId: 'g3', name: 'Canary Escalations L2' },
  { groupId: 'g4', name: 'site-admins' },
];
const MEMBERS: Readonly<Record<string, readonly FakeRow[]>> = { g1: [ANN, BOB, BOT], g2: [ANN, LEFT], g3: [BOB] };

const platform = (name: string, path: string, key: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute =>
  countedList({
    name,
    path: new RegExp(`^/rest/api/[23]${path}$`),
    rows,
    at: key,
    start: 'startAt',
    limit: 'maxResults',
    size: 2,
    end: (place, total) => ({ total, isLast: place >= total }),
  });
const desk = (name: string, path: string, rows: readonly FakeRow[]): FakeRoute =>
  countedList({
    name,
    path: new RegExp(`^/rest/servicedeskapi${path}$`),
    rows: () => rows,
    at: 'values',
    start: 'start',
    limit: 'limit',
    size: 2,
    end: (place, total) => ({ size: 2, isLastPage: place >= total }),
  });

const JQL = /^project in \(11001\) AND updated >= (\d+) ORDER BY updated ASC, key ASC$/;
const updatedOf = (row: FakeRow): number => Date.parse(String((row.fields as FakeRow).updated));

/** The search takes whole minutes, gives only the fields that are named, and pages by a token that says nothing to anybody else. */
function search(own: readonly FakeRow[]): FakeRoute {
  return {
    name: 'search',
    path: /^\/rest\/api\/3\/search\/jql$/,
    answer(url) {
      const since = JQL.exec(url.searchParams.get('jql') ?? '')?.[1];
      if (since === undefined) return new FakeStatus(400, { errorMessages: ['Canary unbounded'], errors: {} });
      const minute = Math.floor(Number(since) / 60_000) * 60_000;
      const rows = own.filter((row) => updatedOf(row) >= minute).toSorted((a, b) => updatedOf(a) - updatedOf(b));
      const place = Number(/^page-(\d+)$/.exec(url.searchParams.get('nextPageToken') ?? '')?.[1] ?? 0);
      const names = (url.searchParams.get('fields') ?? 'id').split(',');
      const shown = structuredClone(rows.slice(place, place + 2)).map((row) => ({
        ...row,
        fields: Object.fromEntries(Object.entries(row.fields as FakeRow).filter(([name]) => names.includes(name))),
      }));
      const last = place + 2 >= rows.length;
      return { issues: shown, isLast: last, ...(last ? {} : { nextPageToken: `page-${place + 2}` }) };
    },
  };
}

/** Rows of the site, for those who render it in another form. */
export const jiraRows = () =>
  structuredClone({
    issues: jiraIssues(),
    whole: { '1002': HISTORY_2 } as Readonly<Record<string, readonly FakeRow[]>>,
    comments: COMMENTS,
    fields: FIELDS,
    statuses: Object.values(STATUSES),
    priorities: PRIORITIES,
    groups: GROUPS,
    members: MEMBERS,
    people: [ANN, BOB, LEFT, BOT, JANE],
  });

/** A fresh site. `own` are its issues, which a test may change while they are read. */
export function jiraRoutes(own: readonly FakeRow[] = jiraIssues()): readonly FakeRoute[] {
  return [
    fixedReply('myself', /^\/rest\/api\/[23]\/myself$/, ANN),
    fixedReply('field', /^\/rest\/api\/[23]\/field$/, FIELDS),
    fixedReply('status', /^\/rest\/api\/[23]\/status$/, Object.values(STATUSES)),
    fixedReply('priority', /^\/rest\/api\/[23]\/priority$/, PRIORITIES),
    platform('groups', '/group/bulk', 'values', () => GROUPS),
    platform('members', '/group/member', 'values', (url) => MEMBERS[url.searchParams.get('groupId') ?? ''] ?? []),
    desk('servicedesk', '/servicedesk', [
      { id: '1', projectId: '11001', projectKey: 'SUP', projectName: 'Canary desk' },
    ]),
    desk('requesttype', '/servicedesk/1/requesttype', [
      { id: '21', name: 'Canary', description: 'Canary', serviceDeskId: '1' },
      { id: '22', name: 'Canary', description: 'Canary', serviceDeskId: '1' },
      { id: '23', name: 'Canary', description: 'Canary', serviceDeskId: '1' },
    ]),
    fixedReply('requestfields', /^\/rest\/servicedeskapi\/servicedesk\/1\/requesttype\/\d+\/field$/, {
      requestTypeFields: REQUEST_FIELDS,
      canRaiseOnBehalfOf: true,
    }),
    desk('queue', '/servicedesk/1/queue', QUEUES),
    desk('organization', '/organization', [
      { id: '70', name: 'Canary Ltd' },
      { id: '71', name: 'Canary Inc' },
      { id: '72', name: 'Canary Co' },
    ]),
    search(own),
    platform('changelog', '/issue/1002/changelog', 'values', () => HISTORY_2),
    platform('comments', '/issue/\\d+/comment', 'comments', (url) => COMMENTS[url.pathname.split('/')[5] ?? ''] ?? []),
  ];
}
