import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Zoho Desk organisation, written from the vendor's interface description; the history of changes, which it shows by one example of a creation only,
 * after what others report of it. Ids, texts and names are invented; canaries are planted in every text.
 */
export const ORIGIN = 'https://desk.zoho.eu';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** Rows a page, whatever is asked for: small, so that every list is walked. */
const PAGE_ROWS = 2;
const invalid = (message: string) => new FakeStatus(400, { errorCode: 'UNPROCESSABLE_ENTITY', message });

const API = '/api/v1';
const exactly = (path: string): RegExp => new RegExp(`^${API}${path}$`);
const idIn = (url: URL): string => url.pathname.split('/')[4] ?? '';

/** A page by place. Nothing there is no content; a parameter that the call does not know is invalid. */
function placed(url: URL, rows: readonly FakeRow[], most: number, known: readonly string[] = [], at = 'data') {
  const strange = [...url.searchParams.keys()].filter((name) => !['from', 'limit', ...known].includes(name));
  if (strange.length > 0) return invalid(`Extra query parameter '${strange[0]}' is present in the input.`);
  const [from, limit] = [Number(url.searchParams.get('from') ?? 0), Number(url.searchParams.get('limit') ?? 10)];
  if (limit > most) return invalid("The value passed for the 'limit' parameter is invalid.");
  // What is asked for is given, but two rows at a time are seen: the rest of a page is hidden by sharing rules.
  const shown = structuredClone(rows.slice(from, from + limit));
  return shown.length === 0 ? new FakeStatus(204, '') : { [at]: shown };
}

const listOf = (
  name: string,
  path: string,
  rows: readonly FakeRow[],
  most: number,
  known: string[] = [],
  at = 'data',
): FakeRoute => ({
  name,
  path: exactly(path),
  answer: (url) => placed(url, rows, most, known, at),
});

/** The whole list at once; it takes no place. */
const wholeOf = (name: string, path: string, rows: readonly FakeRow[], known: string[] = []): FakeRoute => ({
  name,
  path: exactly(path),
  answer: (url) =>
    placed(new URL(`?${url.searchParams}&limit=99`, url), rows, url.searchParams.has('limit') ? 0 : 99, known),
});

const one = (name: string, path: string, of: (id: string, url: URL) => FakeRow | undefined): FakeRoute => ({
  name,
  path: exactly(path),
  answer: (url) =>
    structuredClone(of(idIn(url), url)) ?? new FakeStatus(404, { errorCode: 'URL_NOT_FOUND', message: 'Canary gone' }),
});

function ticket(id: string, modified: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    ticketNumber: '101',
    subject: 'Canary subject',
    description: 'Canary description of jane@customer.example',
    email: 'jane@customer.example',
    phone: '1 555 010 0000',
    language: 'English',
    createdTime: '2026-03-02T09:00:00.000Z',
    modifiedTime: modified,
    closedTime: null,
    customerResponseTime: '2026-03-02T09:00:00.000Z',
    dueDate: null,
    responseDueDate: null,
    onholdTime: null,
    status: 'Open',
    statusType: 'Open',
    priority: null,
    classification: null,
    category: null,
    subCategory: null,
    channel: 'Email',
    layoutId: '6001',
    departmentId: '101',
    teamId: null,
    assigneeId: null,
    contactId: '900',
    accountId: '801',
    productId: null,
    threadCount: '2',
    commentCount: '0',
    cf: {},
    customFields: {},
    webUrl: 'https://desk.zoho.eu/support/canary/ShowHomePage.do#Cases/dv/1',
    isSpam: false,
    ...more,
  };
}

/** What only the ticket itself shows. */
const DETAILS: Readonly<Record<string, FakeRow>> = {
  '1001': {
    slaId: '4001',
    dueDate: '2026-03-02T17:00:00.000Z',
    tagCount: '2',
    isEscalated: true,
    secondaryContacts: ['901', '902'],
    sourceTicket: { id: '990', subject: 'Canary before' },
  },
  '1002': { slaId: '4002', responseDueDate: '2026-03-03T10:30:00.000Z', isResponseOverdue: true, tagCount: 0 },
  '1003': { slaId: '4001', responseDueDate: '2026-03-03T12:00:00.000Z', isResponseOverdue: false },
  '1007': { slaId: '4001', responseDueDate: '2026-03-06T12:00:00.000Z' },
  '1004': { tagCount: '0', isTrashed: 'true' },
};

/** Two of them share an instant across the edge of a page, three others lie within one second. */
export function zohoTickets(): FakeRow[] {
  return [
    ticket('1001', '2026-03-02T15:00:00.000Z', {
      status: 'Closed',
      statusType: 'Closed',
      priority: 'High',
      classification: 'Problem',
      category: 'billing',
      productId: '7001',
      teamId: '202',
      assigneeId: '11',
      closedTime: '2026-03-02T15:00:00.000Z',
      cf: { cf_impact: 'major', cf_cause: 'config', cf_remark: 'Canary remark', cf_empty: null },
    }),
    ticket('1002', '2026-03-03T10:00:00.000Z', {
      status: 'Waiting on customer',
      statusType: 'On Hold',
      channel: 'Phone',
      assigneeId: '12',
    }),
    ticket('1003', '2026-03-03T10:00:00.000Z', {
      status: 'Vendor',
      statusType: 'On Hold',
      channel: 'Chat',
      priority: 'Blocker',
    }),
    ticket('1004', '2026-03-04T08:00:00.100Z', {
      status: 'Parked',
      statusType: null,
      isSpam: 'true',
      accountId: null,
      contactId: null,
    }),
    ticket(BIG, '2026-03-04T08:00:00.200Z', { status: 'Resolved', statusType: 'Closed', channel: 'Mystery' }),
    ticket('1006', '2026-03-04T08:00:00.900Z', { status: 'New', commentCount: null }),
    ticket('1007', '2026-03-06T08:00:00.000Z', { departmentId: '102' }),
  ];
}

/** Archived tickets by department. */
const ARCHIVE: Readonly<Record<string, readonly FakeRow[]>> = {
  '101': [
    ticket('991', '2025-06-02T10:00:00.000Z', {
      createdTime: '2025-06-01T09:00:00.000Z',
      closedTime: '2025-06-02T10:00:00.000Z',
      status: 'Closed',
      statusType: 'Closed',
    }),
  ],
  '102': [ticket('992', '2025-07-02T10:00:00.000Z', { createdTime: '2025-07-01T09:00:00.000Z' })],
  '103': [],
};

const AUTHORS = {
  agent: {
    id: '11',
    name: 'Canary Ann',
    firstName: 'Canary',
    type: 'AGENT',
    email: 'ann@acme.example',
    photoURL: null,
  },
  customer: { id: '900', name: 'Canary Jane', type: 'END_USER', email: 'jane@customer.example' },
} as const;

function thread(id: string, when: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    type: 'thread',
    channel: 'EMAIL',
    direction: 'in',
    status: 'SUCCESS',
    visibility: 'public',
    isDescriptionThread: false,
    isForward: false,
    createdTime: when,
    author: AUTHORS.customer,
    summary: 'Canary beginning',
    fromEmailAddress: 'jane@customer.example',
    to: 'support@acme.example',
    hasAttach: false,
    respondedIn: null,
    ...more,
  };
}
const OUT = { direction: 'out', author: AUTHORS.agent, responderId: '11' };

function comment(id: string, when: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    type: 'comment',
    commentedTime: when,
    isPublic: false,
    contentType: 'plainText',
    content: 'Canary note',
    commenterId: '12',
    commenter: { name: 'Canary Bob', type: 'AGENT', roleName: 'Canary' },
    ...more,
  };
}

const TALKS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1001': [
    thread('507', '2026-03-02T10:30:00.000Z', { ...OUT, isForward: true, to: 'canary@partner.example' }),
    thread('506', '2026-03-02T10:20:00.000Z', { ...OUT, status: 'DRAFT' }),
    comment('505', '2026-03-02T10:10:00.000Z', { content: 'Canary, see https://canary.atlassian.net/browse/CORE-17' }),
    thread('504', '2026-03-02T10:00:00.000Z', {
      ...OUT,
      content: '<a href="https://help.acme.example/portal/en/kb/articles/canary-reset">Canary</a>',
    }),
    thread('503', '2026-03-02T09:30:00.000Z', { ...OUT, visibility: 'private' }),
    thread('502', '2026-03-02T09:00:10.000Z', {
      direction: 'out',
      author: null,
      content: 'Canary. We will reply within 8 hours.',
    }),
    thread('501', '2026-03-02T09:00:00.000Z', { isDescriptionThread: true }),
  ],
  '1002': [
    thread('511', '2026-03-02T09:00:00.000Z', { channel: 'PHONE', isDescriptionThread: true }),
    thread('512', '2026-03-02T09:20:00.000Z', { ...OUT, responderId: '12' }),
    thread('513', '2026-03-03T09:30:00.000Z', {}),
  ],
  '1003': [
    thread('521', '2026-03-02T09:00:00.000Z', { channel: 'ONLINE_CHAT', author: { name: 'Canary', type: null } }),
    thread('522', '2026-03-02T09:00:20.000Z', { ...OUT, responderId: '13', author: { id: '13', type: 'AGENT' } }),
    comment('523', '2026-03-02T09:10:00.000Z', { isPublic: true, commenterId: '900', commenter: AUTHORS.customer }),
  ],
  [BIG]: [thread('541', '2026-03-02T09:00:00.000Z', {})],
  '1007': [thread('551', '2026-03-02T09:00:00.000Z', {})],
};

const AGENT = { id: '11', name: 'Canary Ann', type: 'Agent' };
const CONTACT = { id: '900', name: 'Canary Jane', type: 'Contact' };
const rule = (type: string) => ({ id: '3001', name: 'Canary rule', type });

function line(
  when: string,
  eventName: string,
  actor: FakeRow | null,
  told: readonly (readonly [string, unknown])[] = [],
  source: string | null = null,
): FakeRow {
  return {
    actor,
    actorInfo: [],
    eventInfo: told.map(([propertyName, propertyValue]) => ({
      propertyName,
      propertyType: 'Text',
      systemProperty: true,
      propertyValue,
    })),
    eventTime: when,
    eventName,
    source,
  };
}
const change = (previousValue: unknown, updatedValue: unknown) => ({ previousValue, updatedValue });
const department = (id: string) => ({ name: 'Canary', id, type: 'Department' });

/** Newest first. */
const PAST: Readonly<Record<string, readonly FakeRow[]>> = {
  '1001': [
    line('2026-03-02T15:00:00.000Z', 'TicketUpdated', AGENT, [
      ['Status', change('Vendor', 'Closed')],
      ['Root cause', change(null, 'config')],
    ]),
    line('2026-03-02T12:00:00.000Z', 'TicketUpdated', AGENT, [
      ['Status', change('Open', 'Vendor')],
      ['Subject', change('Canary', 'Canary subject')],
    ]),
    line('2026-03-02T11:30:00.000Z', 'TicketMergedMaster', AGENT, [['Status', change('Closed', 'Open')]]),
    line('2026-03-02T11:00:00.000Z', 'TagsAdded', AGENT, [['Tags', ['escalated', 'canary jane']]]),
    line(
      '2026-03-02T10:45:00.000Z',
      'BugLinked',
      AGENT,
      [
        ['Issue Key', 'CORE-17'],
        ['Issue Title', 'Canary'],
      ],
      'Jira',
    ),
    line('2026-03-02T10:40:00.000Z', 'OvershotDueTime', rule('SLA')),
    line('2026-03-02T10:40:00.000Z', 'TicketEscalated', rule('SLA')),
    line('2026-03-02T10:15:00.000Z', 'TicketUpdated', AGENT, [
      ['Team', change(null, { name: 'Canary', id: '202', type: 'Group' })],
    ]),
    line('2026-03-02T10:05:00.000Z', 'ThreadAdded', AGENT, [['Content', 'Canary text']]),
    line('2026-03-02T09:30:00.000Z', 'TicketUpdated', AGENT, [
      ['Case Owner', change(null, { name: 'Canary Ann', id: '11', type: 'Agent' })],
      ['Priority', change('Low', 'High')],
    ]),
    line('2026-03-02T09:00:00.000Z', 'TicketUpdated', rule('Workflow'), [
      ['Department', change('canary sales', 'canary support')],
    ]),
    line(
      '2026-03-02T09:00:00.000Z',
      'TicketCreated',
      CONTACT,
      [
        ['Department', department('102')],
        ['Status', 'Open'],
        ['Priority', 'Low'],
        ['Category', 'billing'],
        ['Is Escalated', false],
      ],
      'Email',
    ),
  ],
  '1002': [
    line('2026-03-03T10:00:00.000Z', 'TicketDeleted', { id: '1', name: 'Canary', type: 'System' }),
    line('2026-03-02T09:00:00.000Z', 'TicketCreated', AGENT, [
      ['Status', 'Open'],
      ['Case Owner', { id: '12', name: 'Canary Bob', type: 'Agent' }],
    ]),
  ],
  '1003': [line('2026-03-02T09:00:00.000Z', 'TicketCreated', { id: '13', name: 'Canary sync bot', type: 'Agent' }, [])],
};

const METRICS: Readonly<Record<string, FakeRow>> = {
  '1001': {
    firstResponseTime: '01:00 hrs',
    totalResponseTime: '01:00 hrs',
    resolutionTime: '06:30 hrs',
    reopenCount: '1',
    reassignCount: 2,
    outgoingCount: '3',
    responseCount: 1,
    threadCount: 5,
    agentsHandled: [{ agentId: 11, agentName: 'Canary Ann', handlingTime: '01:50 hrs' }],
    stagingData: [{ status: 'Open', handledTime: '01:50 hrs' }],
  },
  '1002': {
    firstResponseTime: '00:00 hrs',
    resolutionTime: '00:00 hrs',
    reopenCount: 0,
    reassignCount: 0,
    outgoingCount: 0,
    agentsHandled: null,
    stagingData: [],
  },
};

const TAGS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1001': [
    { id: '71', name: 'escalated' },
    { id: '72', name: 'canary jane' },
  ],
};

const AGENTS_ROWS = [
  {
    id: '11',
    name: 'Canary Ann',
    firstName: 'Canary',
    lastName: 'Ann',
    emailId: 'ann@acme.example',
    status: 'ACTIVE',
    isConfirmed: true,
    rolePermissionType: 'Admin',
    associatedDepartmentIds: ['101', '102'],
    zuid: '1',
  },
  {
    id: '12',
    name: 'Canary Bob',
    status: 'DISABLED',
    isConfirmed: true,
    profile: { id: '1', name: 'Light Agent' },
    associatedDepartmentIds: ['101'],
  },
  {
    id: '13',
    name: 'Canary sync bot',
    status: 'ACTIVE',
    isConfirmed: true,
    rolePermissionType: 'AgentPublic',
    associatedDepartmentIds: [],
  },
  {
    id: '14',
    name: 'Canary Zia',
    status: 'ACTIVE',
    isConfirmed: true,
    rolePermissionType: null,
    isZiaAgent: true,
    associatedDepartmentIds: null,
  },
  {
    id: '15',
    name: 'Canary Eve',
    status: 'ACTIVE',
    isConfirmed: false,
    rolePermissionType: 'AgentPersonal',
    associatedDepartmentIds: ['102'],
  },
];

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const HOURS: readonly FakeRow[] = [
  {
    id: '5001',
    name: 'Canary shift',
    type: 'CUSTOM',
    status: 'ACTIVE',
    timeZone: { id: 'Asia/Kolkata', name: 'Canary' },
    associatedHolidayList: { holidayListId: '5101', holidayListName: 'Canary', holidayListStatus: 'ACTIVE' },
    holidayLists: [{ id: '5102', name: 'Canary', status: 'ACTIVE' }],
    businessTimes: [
      ...DAYS.map((day) => ({
        day,
        startTime: '10:00',
        endTime: '16:00',
        timeSlots: [
          { startTime: '10:00', endTime: '12:30' },
          { startTime: '13:30', endTime: '16:00' },
        ],
      })),
      { day: 'SATURDAY', startTime: '00:00', endTime: '00:00', timeSlots: [] },
    ],
  },
  {
    id: '5002',
    name: 'Canary all',
    type: '24X7',
    status: 'ACTIVE',
    timeZone: { id: 'UTC' },
    associatedHolidayList: null,
    holidayLists: null,
    businessTimes: null,
  },
  { id: '5003', name: 'Canary old', type: 'SPECIFIC', status: 'INACTIVE', timeZone: { id: 'UTC' }, businessTimes: [] },
];
const HOLIDAYS: Readonly<Record<string, FakeRow>> = {
  '5101': {
    id: '5101',
    name: 'Canary',
    status: 'ACTIVE',
    year: null,
    holidayListType: 'RECURRING',
    holidays: [{ from: '12-25', to: '12-26', holidayName: 'Canary' }],
  },
  '5102': {
    id: '5102',
    name: 'Canary',
    status: 'ACTIVE',
    year: '2026',
    holidayListType: 'YEAR_SPECIFIC',
    holidays: [{ from: '04-03', to: '04-03', holidayName: 'Canary' }],
  },
};

const field = (id: string, apiName: string, displayLabel: string, type: string, more: FakeRow = {}) => ({
  id,
  apiName,
  displayLabel,
  i18NLabel: displayLabel,
  name: displayLabel,
  type,
  isMandatory: false,
  isCustomField: apiName.startsWith('cf_'),
  toolTip: 'Canary',
  modifiedTime: '2026-01-02T00:00:00.000Z',
  ...more,
});
const FIELDS = [
  field('301', 'status', 'Status', 'Picklist', {
    allowedValues: [{ value: 'Vendor', statusType: 'On Hold' }, { value: 'Open' }],
  }),
  field('302', 'category', 'Category', 'Picklist'),
  field('303', 'cf_impact', 'Severity', 'Picklist'),
  field('304', 'cf_cause', 'Root cause', 'Picklist', { allowedValues: null }),
  field('305', 'cf_remark', 'Canary remark', 'Textarea'),
];
const LAYOUT = {
  id: '6001',
  layoutName: 'Canary layout',
  status: 'ACTIVE',
  modifiedTime: '2026-01-03T00:00:00.000Z',
  sections: [
    {
      name: 'Canary',
      fields: [
        { apiName: 'subject', isMandatory: true },
        { apiName: 'category', isMandatory: false },
      ],
    },
    { name: 'Canary more', fields: [{ apiName: 'cf_impact', isMandatory: 'true' }] },
  ],
};

const condition = (fieldName: string, word: string, value: unknown, fieldModule = 'tickets') => ({
  fieldName,
  condition: word,
  value,
  fieldModule,
  displayValue: ['Canary'],
});
const ASSIGNMENT = {
  id: '3101',
  name: 'Canary assignment',
  status: 'ACTIVE',
  executeOptions: ['CREATE'],
  targets: [
    {
      targetId: '1',
      fromDepartmentId: '101',
      toDepartmentId: '101',
      teamId: '202',
      criteria: {
        pattern: '(1 and 2)',
        fieldConditions: [
          condition('Status', 'is open', ['OPEN']),
          condition('Priority', 'is', ['High', 'Urgent']),
          condition('Severity', "isn't", ['minor']),
          condition('Team', 'is empty', ['EMPTY']),
          condition('Subject', 'contains', ['canary']),
          condition('Canary remark', 'is', ['canary']),
          condition('Account Name', 'is', ['Canary Ltd'], 'accounts'),
        ],
      },
    },
    { targetId: '2', fromDepartmentId: '101', toDepartmentId: '102', agentId: '12', criteria: null },
  ],
};

const group = (id: string, engine: string, more: FakeRow) => ({
  id,
  name: 'Canary group',
  description: 'Canary',
  engine: { id: '1', systemName: engine },
  module: { id: '585', apiName: 'tickets' },
  modifiedTime: '2026-01-04T00:00:00.000Z',
  departmentProperties: [
    { id: '101', ruleGroupStatus: 'ACTIVE', ruleGroupOrder: '1', ruleGroupExecutionType: 'ASYNC' },
  ],
  events: [],
  rules: [],
  ...more,
});
const GROUPS = [
  group('3201', 'AUTOMATION_STUDIO', {
    events: [{ sysName: 'tickets_create', displayLabel: 'Canary', userCriteria: { criteria: { canary: 'canary' } } }],
    rules: [
      {
        name: 'Canary',
        order: 1,
        criteria: {},
        clusters: [
          {
            id: '1',
            type: 'TREE',
            nodes: [
              { type: 'ROOT', propertyType: 'ACTION_MAPPING' },
              { type: 'SUCCESS', propertyType: 'CRITERIA' },
            ],
          },
        ],
      },
    ],
  }),
  group('3202', 'MACRO', {
    departmentProperties: [{ id: '101', ruleGroupStatus: 'INACTIVE' }],
    rules: [{ name: 'Canary', order: 1, criteria: null, clusters: [{ nodes: [{ propertyType: 'ACTION_MAPPING' }] }] }],
  }),
];

const rating = (id: string, ticketId: string, when: string, word: string) => ({
  id,
  rating: word,
  ratedTime: when,
  feedback: 'Canary feedback',
  ticket: { id: ticketId, subject: 'Canary' },
  agent: AGENT,
  contact: CONTACT,
});
const RATINGS = [
  rating('951', '1001', '2026-03-02T16:00:00.000Z', 'GOOD'),
  rating('952', '1002', '2026-03-04T16:00:00.000Z', 'OK'),
  rating('953', '1003', '2026-03-05T16:00:00.000Z', 'BAD'),
];

const article = (id: string, more: FakeRow) => ({
  id,
  title: 'Canary article',
  summary: 'Canary',
  createdTime: '2026-01-05T00:00:00.000Z',
  modifiedTime: '2026-02-05T00:00:00.000Z',
  status: 'Published',
  permission: 'ALL',
  authorId: '11',
  modifierId: '12',
  categoryId: '6501',
  viewCount: '7',
  likeCount: '1',
  dislikeCount: '2',
  isTrashed: false,
  webUrl: `https://desk.zoho.eu/portal/canary/en/kb/articles/canary-${id}`,
  ...more,
});

/** A fresh organisation. `own` are its live tickets, which a test may change while they are read. */
export function zohoDeskRoutes(own: readonly FakeRow[] = zohoTickets()): readonly FakeRoute[] {
  const below = (path: string) => `/tickets/\\d+/${path}`;
  return [
    fixedReply('organization', exactly('/organizations/20061234567'), {
      id: '20061234567',
      companyName: 'Canary',
      portalName: 'canary',
      edition: 'ENTERPRISE',
      isAdminInOrg: true,
    }),
    listOf(
      'departments',
      '/departments',
      [
        { id: '101', name: 'canary support', isEnabled: true, isVisibleInCustomerPortal: true, description: 'Canary' },
        { id: '102', name: 'canary sales', isEnabled: 'true' },
        { id: '103', name: 'Canary closed', isEnabled: false },
      ],
      200,
    ),
    listOf(
      'teams',
      '/teams',
      [
        { id: '201', name: 'Canary tier 1', departmentId: '101', agents: ['11'], derivedAgents: ['12'], roles: [] },
        {
          id: '202',
          name: 'canary escalations tier 2',
          departmentId: '101',
          agents: ['@big:11'.replace('@big:', '')],
          derivedAgents: null,
        },
      ],
      200,
      [],
      'teams',
    ),
    listOf('agents', '/agents', AGENTS_ROWS, 200, ['include']),
    listOf(
      'business_hours',
      '/businessHours',
      HOURS.map(({ businessTimes: _times, ...row }) => row),
      50,
    ),
    one('hours', '/businessHours/\\d+', (id) => HOURS.find((row) => row.id === id)),
    {
      name: 'related_rules',
      path: exactly('/businessHours/\\d+/relatedRules'),
      answer: (url) =>
        placed(
          url,
          idIn(url) === '5001'
            ? [
                { ruleId: '4001', ruleName: 'Canary', ruleType: 'SLA' },
                { ruleId: '3001', ruleName: 'Canary', ruleType: 'WORKFLOW' },
              ]
            : [],
          50,
        ),
    },
    one('holidays', '/holidayList/\\d+', (id) => HOLIDAYS[id]),
    listOf(
      'slas',
      '/slas',
      [
        { id: '4001', name: 'Canary gold', isActive: true, department: { id: '101', name: 'Canary' } },
        { id: '4002', name: 'Canary silver', isActive: 'false', departmentId: null },
      ],
      50,
    ),
    {
      name: 'fields',
      path: exactly('/fields'),
      answer: (url) =>
        url.searchParams.get('module') === 'accounts'
          ? placed(
              new URL('?limit=99', url),
              [field('391', 'cf_plan', 'Support plan', 'Picklist'), field('392', 'cf_note', 'Canary', 'Text')],
              99,
            )
          : placed(
              new URL(`?limit=99&from=${url.searchParams.get('from') ?? 0}`, url),
              FIELDS,
              url.searchParams.has('limit') ? 0 : 99,
            ),
    },
    listOf(
      'layouts',
      '/layouts',
      [
        { id: '6001', layoutName: 'Canary layout', isDefaultLayout: true },
        { id: '6002', layoutName: 'Canary other', status: 'INACTIVE', sections: null },
      ],
      99,
      ['module', 'status'],
    ),
    one('layout', '/layouts/\\d+', (id) => (id === '6001' ? LAYOUT : undefined)),
    listOf(
      'assignment_rules',
      '/directAssignmentRules',
      [{ id: '3101', name: 'Canary assignment', status: 'ACTIVE' }],
      50,
    ),
    one('assignment_rule', '/directAssignmentRules/\\d+', () => ASSIGNMENT),
    {
      name: 'rule_groups',
      path: exactly('/rulegroups'),
      answer: (url) =>
        placed(
          url,
          GROUPS.filter((row) => row.engine.systemName === url.searchParams.get('engineSysName')),
          50,
          ['module', 'engineSysName'],
        ),
    },
    wholeOf('webhooks', '/webhooks', [
      { id: '6701', name: 'Canary', url: 'https://events.pagerduty.com/canary', isEnabled: true },
      { id: '6702', name: 'Canary slack', url: 'https://hooks.slack.com/canary', isEnabled: false },
    ]),
    listOf(
      'accounts',
      '/accounts',
      [
        {
          id: '801',
          accountName: 'Canary Ltd',
          createdTime: '2025-01-01T00:00:00.000Z',
          website: 'www.customer.example',
          email: 'jane@customer.example',
          phone: '1 555',
          cf: { cf_plan: 'Gold' },
        },
        {
          id: '802',
          accountName: 'Canary Inc',
          createdTime: '2025-02-01T00:00:00.000Z',
          website: null,
          customFields: { cf_plan: '' },
        },
        {
          id: '803',
          accountName: 'Canary Co',
          createdTime: null,
          website: 'https://other.example/canary',
          cf_plan: 'Basic',
        },
      ],
      100,
      ['fields'],
    ),
    listOf(
      'contracts',
      '/contracts',
      [
        {
          id: '8101',
          contractName: 'Canary',
          accountId: '801',
          associatedSLAId: '4001',
          contractStatus: 'ACTIVE',
          endDate: '2027-01-01',
        },
        { id: '8102', contractName: 'Canary old', accountId: null, account: { id: '802' }, contractStatus: 'EXPIRED' },
      ],
      50,
    ),
    listOf(
      'articles',
      '/articles',
      [
        article('9001', {
          webUrl: 'https://desk.zoho.eu/portal/canary/en/kb/articles/canary-reset?canary=1',
          permalink: 'canary-reset',
        }),
        article('9002', { status: 'Draft', permission: 'AGENTS' }),
        article('9003', { status: 'Published', permission: 'AGENTS', isTrashed: 'true' }),
      ],
      50,
    ),
    {
      name: 'tickets',
      path: exactly('/tickets/search'),
      answer(url) {
        const [from, to] = (url.searchParams.get('modifiedTimeRange') ?? '').split(',').map((text) => Date.parse(text));
        if (from === undefined || to === undefined || Number.isNaN(from + to)) return invalid('modifiedTimeRange');
        if (Number(url.searchParams.get('from') ?? 0) > 4999)
          return invalid("The value passed for the 'from' query parameter is invalid.");
        const stamp = (row: FakeRow) => Date.parse(String(row.modifiedTime));
        const found = own.filter((row) => stamp(row) >= from && stamp(row) <= to);
        const sorted =
          url.searchParams.get('sortBy') === 'modifiedTime' ? found.toSorted((a, b) => stamp(a) - stamp(b)) : found;
        const small = new URL(url);
        if (Number(url.searchParams.get('limit')) <= 100) small.searchParams.set('limit', String(PAGE_ROWS));
        return placed(small, sorted, 100, ['modifiedTimeRange', 'sortBy']);
      },
    },
    {
      name: 'archive',
      path: exactly('/tickets/archivedTickets'),
      answer(url) {
        const department = url.searchParams.get('departmentId');
        if (department === null) return invalid("The value passed for the 'departmentId' parameter is invalid.");
        // The list shows no time of change.
        const rows = (ARCHIVE[department] ?? []).map(({ modifiedTime: _time, ...row }) => row);
        return placed(url, rows, 100, ['departmentId']);
      },
    },
    one('ticket', '/tickets/\\d+', (id) => {
      const row = [...own, ...Object.values(ARCHIVE).flat()].find((each) => each.id === id);
      return row === undefined
        ? undefined
        : { ...row, sentiment: null, createdBy: '11', tagCount: null, slaId: null, ...DETAILS[id] };
    }),
    {
      name: 'conversations',
      path: exactly(below('conversations')),
      answer: (url) => placed(url, TALKS[idIn(url)] ?? [], 200),
    },
    { name: 'history', path: exactly(below('History')), answer: (url) => placed(url, PAST[idIn(url)] ?? [], 50) },
    one(
      'metrics',
      below('metrics'),
      (id) => METRICS[id] ?? { reopenCount: null, agentsHandled: [], stagingData: null },
    ),
    {
      name: 'tags',
      path: exactly(below('tags')),
      answer: (url) => placed(new URL('?limit=9', url), TAGS[idIn(url)] ?? [], url.searchParams.has('limit') ? 0 : 9),
    },
    listOf('ratings', '/customerHappiness', RATINGS, 50, ['department', 'include']),
  ];
}
