import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';

/**
 * A made-up ServiceNow instance, written from the vendor's description of the Table and Aggregate API. Ids, texts and names are invented; canaries are
 * planted in every text. Values are raw: texts, '' for none, instants in UTC without a zone.
 */
export const ORIGIN = 'https://acme.service-now.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

/** Rows that the user may not see are counted and left out. */
const HIDDEN = '__hidden';

const plain = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return plain((value as FakeRow).value);
  return String(value ?? '').replace('@big:', '');
};

type Test = (row: FakeRow) => boolean;

/** One condition of an encoded query. One on a field that no row has is ignored, as the vendor does. */
function testOf(condition: string, rows: readonly FakeRow[]): Test {
  const [, field = '', operator = '', value = ''] =
    /^([a-z_][a-z0-9_.]*)(ISNOTEMPTY|IN|>=|<=|!=|=|<|>)(.*)$/s.exec(condition) ?? [];
  if (operator === '') throw new Error(`the fake does not understand ${condition}`);
  if (!rows.some((row) => field in row)) return () => true;
  const list = value.split(',');
  return (row) => {
    const own = plain(row[field]);
    switch (operator) {
      case 'IN':
        return list.includes(own);
      case 'ISNOTEMPTY':
        return own !== '';
      case '>=':
        return own >= value;
      case '<=':
        return own <= value;
      case '<':
        return own < value;
      case '>':
        return own > value;
      case '!=':
        return own !== value;
      default:
        return own === value;
    }
  };
}

/** Rows that an encoded query chooses, in its order. */
function chosen(rows: readonly FakeRow[], query: string): FakeRow[] {
  const parts = query.split('^').filter((part) => part !== '');
  const orders = parts.filter((part) => part.startsWith('ORDERBY')).map((part) => part.slice('ORDERBY'.length));
  const tests: Test[] = [];
  for (const part of parts.filter((one) => !one.startsWith('ORDERBY'))) {
    const before = tests.at(-1);
    if (part.startsWith('OR') && before !== undefined) {
      const other = testOf(part.slice(2), rows);
      tests[tests.length - 1] = (row) => before(row) || other(row);
    } else tests.push(testOf(part, rows));
  }
  return rows
    .filter((row) => tests.every((test) => test(row)))
    .sort((a, b) => {
      for (const field of orders) {
        const [x, y] = [plain(a[field]), plain(b[field])];
        if (x !== y) return x < y ? -1 : 1;
      }
      return 0;
    });
}

/** `size` = rows a page, whatever is asked for: small, so that every list is walked. */
export function serviceNowTable(name: string, rows: () => readonly FakeRow[], size = 2): FakeRoute {
  return {
    name,
    path: new RegExp(`^/api/now/table/${name}$`),
    answer(url) {
      const asked = url.searchParams;
      const all = chosen(rows(), asked.get('sysparm_query') ?? '');
      const from = Number(asked.get('sysparm_offset') ?? 0);
      const given = Math.min(size, Number(asked.get('sysparm_limit') ?? 10_000));
      const fields = asked.get('sysparm_fields')?.split(',');
      const result = all
        .slice(from, from + given)
        .filter((row) => row[HIDDEN] !== true)
        .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => fields?.includes(key) ?? true)));
      if (asked.get('sysparm_no_count') === 'true') return new FakeStatus(200, structuredClone({ result }));
      const next = new URL(url);
      next.searchParams.set('sysparm_offset', String(from + given));
      return new FakeStatus(200, structuredClone({ result }), {
        'x-total-count': String(all.length),
        ...(from + given < all.length ? { link: `<${next.href}>;rel="next",<${url.href}>;rel="first"` } : {}),
      });
    },
  };
}

/** Sums by one field, as the Aggregate API gives them. */
function sums(name: string, rows: () => readonly FakeRow[]): FakeRoute {
  return {
    name: `stats ${name}`,
    path: new RegExp(`^/api/now/stats/${name}$`),
    answer(url) {
      const all = chosen(rows(), url.searchParams.get('sysparm_query') ?? '');
      const by = url.searchParams.get('sysparm_group_by') ?? '';
      const of = url.searchParams.get('sysparm_sum_fields') ?? '';
      const result = [...new Set(all.map((row) => plain(row[by])))].map((value) => {
        const own = all.filter((row) => plain(row[by]) === value);
        const sum = own.reduce((total, row) => total + Number(row[of]), 0);
        return {
          stats: { count: String(own.length), sum: { [of]: String(sum) } },
          groupby_fields: [{ field: by, value }],
        };
      });
      return { result };
    },
  };
}

const reference = (of: string, value: string) => ({ link: `${ORIGIN}/api/now/table/${of}/${value}`, value });

function task(sysId: string, updated: string, more: FakeRow): FakeRow {
  return {
    sys_id: sysId,
    number: `CANARY${sysId}`,
    short_description: 'Canary subject',
    description: 'Canary text',
    sys_created_on: '2026-03-02 08:00:00',
    opened_at: '2026-03-02 08:00:00',
    sys_created_by: 'jane.canary',
    sys_updated_on: updated,
    active: 'true',
    sys_mod_count: '3',
    state: '2',
    hold_reason: '',
    priority: '3',
    impact: '2',
    urgency: '3',
    contact_type: 'email',
    assignment_group: '50',
    assigned_to: '11',
    caller_id: '900',
    'caller_id.user_name': 'jane.canary',
    opened_by: '900',
    'opened_by.user_name': 'jane.canary',
    company: '70',
    category: 'network',
    subcategory: '',
    close_code: '',
    business_service: '',
    cmdb_ci: '',
    problem_id: '',
    parent_incident: '',
    rfc: '',
    caused_by: '',
    correlation_id: '',
    correlation_display: '',
    resolved_at: '',
    closed_at: '',
    reopen_count: '0',
    reassignment_count: '0',
    business_stc: '',
    calendar_stc: '',
    business_duration: '',
    calendar_duration: '',
    ...more,
  };
}

/** Tickets of the live list; the fifth to the seventh share one second. */
export function serviceNowIncidents(): FakeRow[] {
  return [
    task('1001', '2026-03-05 12:00:00', {
      active: 'false',
      state: '7',
      priority: '1',
      contact_type: 'self-service',
      assignment_group: reference('sys_user_group', '51'),
      assigned_to: reference('sys_user', '12'),
      close_code: 'Solved (Permanently)',
      business_service: '5001',
      problem_id: '3001',
      'problem_id.correlation_id': 'CORE-19',
      'problem_id.correlation_display': 'Azure DevOps canary',
      rfc: '3101',
      resolved_at: '2026-03-02 12:00:00',
      closed_at: '2026-03-05 12:00:00',
      reopen_count: '1',
      reassignment_count: '2',
      business_stc: '10800',
      business_duration: '1970-01-01 03:00:00',
      calendar_duration: '1970-01-01 04:00:00',
    }),
    task('1002', '2026-03-03 08:00:00', {
      state: '3',
      hold_reason: '1',
      priority: '5',
      impact: '3',
      contact_type: 'phone',
      sys_created_by: 'ann.canary',
      opened_by: '11',
      'opened_by.user_name': 'ann.canary',
      parent_incident: '1001',
      caused_by: '3102',
    }),
    task('1003', '2026-03-03 09:00:00', {
      state: '1',
      contact_type: 'monitoring',
      sys_created_by: 'system',
      caller_id: '',
      'caller_id.user_name': '',
      opened_by: '1',
      'opened_by.user_name': 'system',
      assigned_to: '',
    }),
    task('1004', '2026-03-03 09:00:00', {
      sys_created_by: 'bob.canary',
      caller_id: '12',
      'caller_id.user_name': 'bob.canary',
      opened_by: '12',
      'opened_by.user_name': 'bob.canary',
      correlation_id: 'CORE-18',
      correlation_display: 'Jira canary',
    }),
    task('1005', '2026-03-05 10:00:00', { state: '1', priority: '4', category: 'inquiry' }),
    task('1006', '2026-03-05 10:00:00', { state: '12', hold_reason: '1', contact_type: 'walk-in' }),
    task('1007', '2026-03-05 10:00:00', { opened_by: '901', 'opened_by.user_name': 'kim.canary' }),
    task(`@big:${BIG}`, '2026-03-06 08:00:00', { state: '8', active: 'false', sys_mod_count: '0' }),
  ];
}

export function serviceNowCases(): FakeRow[] {
  const one = (sysId: string, updated: string, more: FakeRow) => {
    const {
      caller_id: _caller,
      'caller_id.user_name': _name,
      problem_id: _problem,
      close_code: _code,
      ...row
    } = task(sysId, updated, {});
    return { ...row, contact: '950', 'contact.user_name': 'pat.canary', account: '71', product: '5101', ...more };
  };
  return [
    one('2001', '2026-03-04 10:00:00', {
      state: '18',
      active_escalation: '555',
      sys_created_by: 'pat.canary',
      opened_by: '950',
      'opened_by.user_name': 'pat.canary',
    }),
    one('2002', '2026-03-04 11:00:00', { state: '3', resolution_code: '6', active: 'false', sys_mod_count: '0' }),
    one('2003', '2026-03-04 12:00:00', { state: '10', contact: '', consumer: '960' }),
  ];
}

let audits = 0;
function audit(
  ticket: string,
  at: string,
  user: string,
  checkpoint: number,
  changes: Readonly<Record<string, readonly [string, string]>>,
  of = 'incident',
) {
  return Object.entries(changes).map(([fieldname, [oldvalue, newvalue]]): FakeRow => {
    audits += 1;
    return {
      sys_id: String(600_000 + audits),
      tablename: of,
      documentkey: ticket,
      fieldname,
      oldvalue,
      newvalue,
      user,
      reason: 'Canary',
      sys_created_on: at,
      record_checkpoint: String(checkpoint),
    };
  });
}

const AUDITS: readonly FakeRow[] = [
  ...audit('1001', '2026-03-02 08:10:00', 'ann.canary', 1, {
    state: ['1', '2'],
    assigned_to: ['', '11'],
    assignment_group: ['', '50'],
  }),
  ...audit('1001', '2026-03-02 08:20:00', 'ann.canary', 2, {
    priority: ['3', '1'],
    short_description: ['Canary', 'Canary jane'],
  }),
  ...audit('1001', '2026-03-02 09:00:00', 'ann.canary', 3, { state: ['2', '3'], hold_reason: ['', '1'] }),
  ...audit('1001', '2026-03-02 10:00:00', 'jane.canary', 4, { state: ['3', '2'], hold_reason: ['1', ''] }),
  ...audit('1001', '2026-03-02 11:00:00', 'ann.canary', 5, { assignment_group: ['50', '51'], assigned_to: ['11', ''] }),
  ...audit('1001', '2026-03-02 12:00:00', 'bob.canary', 6, {
    assigned_to: ['', '12'],
    state: ['2', '6'],
    close_code: ['', 'Solved (Permanently)'],
    problem_id: ['', '3001'],
  }),
  ...audit('1001', '2026-03-05 12:00:00', 'system', 7, { state: ['6', '7'] }),
  ...audit('1004', '2026-03-02 09:00:00', 'bob.canary', 1, { incident_state: ['1', '2'] }),
  // This one was written with its creation.
  ...audit('1005', '2026-03-02 08:00:00', 'jane.canary', 0, { state: ['', '1'], priority: ['', '2'] }),
  ...audit('1005', '2026-03-02 09:00:00', 'sync.canary', 1, { priority: ['2', '4'] }),
  ...audit('1006', '2026-03-02 09:00:00', 'former.canary', 1, { state: ['1', '13'] }),
  ...audit('1006', '2026-03-02 10:00:00', 'ann.canary', 2, { state: ['13', '12'] }),
  ...audit(
    '2001',
    '2026-03-03 10:00:00',
    'ann.canary',
    1,
    { state: ['1', '10'], active_escalation: ['', '555'] },
    'sn_customerservice_case',
  ),
  ...audit('2001', '2026-03-04 10:00:00', 'ann.canary', 2, { state: ['10', '18'] }, 'sn_customerservice_case'),
];

function journal(
  sysId: string,
  ticket: string,
  element: string,
  at: string,
  by: string,
  value = 'Canary text',
  name = 'incident',
): FakeRow {
  return { sys_id: sysId, name, element_id: ticket, element, value, sys_created_on: at, sys_created_by: by };
}

const JOURNALS: readonly FakeRow[] = [
  journal('700', '1001', 'comments', '2026-03-02 08:00:00', 'jane.canary'),
  journal(
    '701',
    '1001',
    'comments',
    '2026-03-02 08:15:00',
    'ann.canary',
    'Canary, see KB0010001 and https://canary.atlassian.net/browse/CORE-17',
  ),
  journal('702', '1001', 'work_notes', '2026-03-02 08:16:00', 'ann.canary'),
  journal('703', '1001', 'comments', '2026-03-02 10:00:00', 'jane.canary'),
  journal('704', '1001', 'comments', '2026-03-02 12:01:00', 'system', 'Canary. We reply within 4 business hours.'),
  journal('705', '1001', 'comments', '2026-03-02 12:30:00', 'former.canary'),
  journal('706', '1001', 'work_notes', '2026-03-02 12:31:00', 'former.canary'),
  journal('707', '1002', 'comments', '2026-03-02 09:00:00', 'sync.canary'),
  journal('708', '2001', 'comments', '2026-03-03 10:05:00', 'pat.canary', 'Canary', 'sn_customerservice_case'),
];

function run(sysId: string, taskId: string, sla: string, more: FakeRow): FakeRow {
  return {
    sys_id: sysId,
    sys_created_on: '2026-03-02 08:00:01',
    sys_updated_on: '2026-03-02 12:00:00',
    task: taskId,
    'task.sys_class_name': 'incident',
    sla: reference('contract_sla', sla),
    schedule: '601',
    start_time: '2026-03-02 08:00:00',
    pause_duration: '',
    ...more,
  };
}

const RUNS: readonly FakeRow[] = [
  run('501', '1001', '401', {
    stage: 'completed',
    has_breached: 'false',
    end_time: '2026-03-02 08:10:00',
    planned_end_time: '2026-03-02 08:30:00',
    business_duration: '1970-01-01 00:10:00',
    business_time_left: '1970-01-01 00:20:00',
  }),
  run('502', '1001', '402', {
    stage: 'completed',
    has_breached: 'false',
    end_time: '2026-03-02 12:00:00',
    planned_end_time: '2026-03-02 13:00:00',
    pause_duration: '1970-01-01 01:00:00',
    business_duration: '1970-01-01 03:00:00',
    business_time_left: '1970-01-01 02:00:00',
  }),
  run('503', '1002', '402', {
    stage: 'in_progress',
    has_breached: 'true',
    start_time: '2026-03-02 09:00:00',
    planned_end_time: '2026-03-02 14:00:00',
    business_duration: '1970-01-01 09:00:00',
    business_time_left: '1970-01-01 00:00:00',
    sys_updated_on: '2026-03-03 09:00:00',
  }),
  run('504', '1002', '402', {
    stage: 'cancelled',
    has_breached: 'false',
    end_time: '2026-03-02 08:59:00',
    planned_end_time: '2026-03-02 12:00:00',
  }),
  run('505', '1003', '403', {
    stage: 'in_progress',
    has_breached: 'false',
    planned_end_time: '2026-03-09 12:00:00',
    schedule: '',
  }),
  run('506', '1003', '404', { stage: 'in_progress', has_breached: 'false', planned_end_time: '2026-03-09 12:00:00' }),
];

function definition(sysId: string, name: string, more: FakeRow): FakeRow {
  return {
    sys_id: sysId,
    name,
    active: 'true',
    collection: 'incident',
    type: 'SLA',
    target: '',
    duration: '1970-01-02 00:00:00',
    duration_type: '',
    schedule: '',
    start_condition: '',
    flow: '',
    sys_updated_on: '2026-01-02 00:00:00',
    ...more,
  };
}

const DEFINITIONS: readonly FakeRow[] = [
  definition('401', 'Canary priority 1 response', {
    target: 'response',
    duration: '1970-01-01 00:30:00',
    schedule: '601',
    start_condition: 'priority=1^EQ',
    flow: '7777',
  }),
  definition('402', 'Canary resolution', {
    target: 'resolution',
    duration: '1970-01-01 04:00:00',
    schedule: '601',
    start_condition: 'active=true^priorityIN1,2^company=70^u_canary=7^EQ',
  }),
  definition('403', 'Canary time to fix', { type: 'OLA', schedule: '602' }),
  definition('404', 'Canary promise', {}),
  definition('405', 'Canary request', { collection: 'sc_req_item', target: 'resolution', schedule: '603' }),
];

let spans = 0;
function span(schedule: string, more: FakeRow): FakeRow {
  spans += 1;
  return {
    sys_id: String(610_000 + spans),
    schedule,
    name: 'Canary hours',
    type: '',
    all_day: 'false',
    show_as: 'busy',
    ...more,
  };
}

const SPANS: readonly FakeRow[] = [
  span('601', { start_date_time: '20180222T080000', end_date_time: '20180222T170000', repeat_type: 'weekdays' }),
  span('601', {
    start_date_time: '20180222T120000',
    end_date_time: '20180222T130000',
    repeat_type: 'weekdays',
    type: 'exclude',
  }),
  span('602', {
    start_date_time: '20260103T100000',
    end_date_time: '20260103T140000',
    repeat_type: 'weekly',
    days_of_week: '67',
  }),
  // 07:00 UTC in winter is 08:00 in Berlin.
  span('602', {
    start_date_time: '20260105T070000Z',
    end_date_time: '20260105T100000Z',
    repeat_type: 'weekly',
    days_of_week: '1',
  }),
  span('699', {
    start_date_time: '20241225T000000',
    end_date_time: '20241225T235959',
    all_day: 'true',
    repeat_type: 'yearly',
    yearly_type: 'doy',
    type: 'exclude',
  }),
  span('699', {
    start_date_time: '20240115T000000',
    end_date_time: '20240115T235959',
    all_day: 'true',
    repeat_type: 'yearly',
    yearly_type: 'float',
    month: '1',
    float_week: '3',
    float_day: '2',
    type: 'exclude',
  }),
  span('699', {
    start_date_time: '20260306T000000',
    end_date_time: '20260307T235959',
    all_day: 'true',
    repeat_type: '',
    type: 'exclude',
  }),
];

function user(sysId: string, name: string, userName: string, more: FakeRow = {}): FakeRow {
  return {
    sys_id: sysId,
    name,
    user_name: userName,
    email: 'canary@customer.example',
    active: 'true',
    sys_created_on: '2025-01-01 00:00:00',
    web_service_access_only: 'false',
    ...more,
  };
}

const USERS: readonly FakeRow[] = [
  user('11', 'Canary Ann', 'ann.canary'),
  user('12', 'Canary Bob', 'bob.canary'),
  user('13', 'Canary Clerk', 'sync.canary', { web_service_access_only: 'true' }),
  user('15', 'Canary Lee', 'lee.canary', { active: 'false' }),
  user('16', 'Canary Sam', 'sam.canary'),
  user('900', 'Canary Jane', 'jane.canary'),
];

const choice = (name: string, element: string, value: string, label: string, language = 'en'): FakeRow => ({
  sys_id: `${value}${name.length}${language}`,
  name,
  element,
  value,
  label,
  language,
});

const ARTICLE = {
  short_description: 'Canary title',
  roles: '',
  can_read_user_criteria: '',
  kb_category: '81',
  kb_knowledge_base: '7101',
  author: '11',
  source: '',
  sys_updated_by: 'bob.canary',
};
function article(sysId: string, updated: string, more: FakeRow = {}): FakeRow {
  return {
    sys_id: sysId,
    number: `KB001${sysId}`,
    sys_created_on: '2025-06-01 00:00:00',
    sys_updated_on: updated,
    workflow_state: 'published',
    text: '<p>Canary</p>',
    ...ARTICLE,
    ...more,
  };
}

const ARTICLES: readonly FakeRow[] = [
  article('8001', '2026-01-10 00:00:00', {
    number: 'KB0010001',
    source: '1001',
    text: '<p>Canary. We reply within 8 hours.</p>',
  }),
  article('8002', '2026-01-11 00:00:00', { workflow_state: 'draft', kb_knowledge_base: '7102' }),
  article('8003', '2026-01-12 00:00:00', { [HIDDEN]: true }),
  article('8004', '2026-01-13 00:00:00', { [HIDDEN]: true }),
  article('8005', '2026-01-14 00:00:00', { roles: 'itil' }),
  article('8006', '2026-01-15 00:00:00', { workflow_state: 'outdated' }),
];

const USES: readonly FakeRow[] = [
  {
    sys_id: '91',
    article: '8001',
    viewed: 'true',
    times_viewed: '3',
    sys_created_on: '2026-03-05 08:00:00',
    user: '900',
  },
  {
    sys_id: '92',
    article: '8001',
    viewed: 'true',
    times_viewed: '1',
    sys_created_on: '2026-03-05 23:59:59',
    user: '901',
  },
  {
    sys_id: '93',
    article: '8005',
    viewed: 'true',
    times_viewed: '2',
    sys_created_on: '2026-03-05 09:00:00',
    user: '900',
  },
  {
    sys_id: '94',
    article: '8001',
    viewed: 'true',
    times_viewed: '1',
    sys_created_on: '2026-03-07 09:00:00',
    user: '900',
  },
  {
    sys_id: '95',
    article: '8001',
    viewed: 'false',
    times_viewed: '9',
    sys_created_on: '2026-03-07 09:30:00',
    user: '900',
  },
];

const COMPANIES: readonly FakeRow[] = [
  [
    '70',
    '2026-02-01 00:00:00',
    { rank_tier: 'gold', industry: 'Retail', website: 'https://www.customer.example/canary', partner: 'false' },
  ],
  ['71', '2026-02-02 00:00:00', { rank_tier: '', industry: '', website: '', partner: '' }],
  ['72', '2026-02-02 00:00:00', { rank_tier: 'basic', industry: '', website: 'canary', partner: 'true' }],
].map(([sysId, updated, more]) => ({
  sys_id: sysId,
  name: 'Canary Ltd',
  notes: 'Canary',
  sys_created_on: '2025-05-01 00:00:00',
  sys_updated_on: updated,
  ...(more as FakeRow),
}));

function survey(sysId: string, ticket: string, state: string, more: FakeRow = {}): FakeRow {
  return {
    sys_id: sysId,
    task_id: ticket,
    'task_id.sys_class_name': ticket === '' ? '' : 'incident',
    trigger_id: '',
    trigger_table: '',
    state,
    taken_on: '',
    sys_created_on: '2026-03-05 12:10:00',
    sys_updated_on: `2026-03-06 08:00:0${sysId.at(-1)}`,
    ...more,
  };
}

const SURVEYS: readonly FakeRow[] = [
  survey('851', '1001', 'complete', { taken_on: '2026-03-06 07:00:00' }),
  survey('852', '', 'ready', { trigger_id: '1002', trigger_table: 'incident' }),
  survey('853', '1003', 'complete', { taken_on: '2026-03-06 08:00:00' }),
  survey('854', '', 'complete', { trigger_id: '77', trigger_table: 'sc_request' }),
];

const answer = (sysId: string, instance: string, metric: string, value: string): FakeRow => ({
  sys_id: sysId,
  instance,
  metric,
  value,
  string_value: 'Canary',
});

const DELETED_XML = `<?xml version="1.0" encoding="UTF-8"?><record_update table="incident"><incident action="INSERT_OR_UPDATE">
<assignment_group display_value="Canary">50</assignment_group><caller_id display_value="Canary Jane">900</caller_id><opened_at>2026-03-01 08:00:00</opened_at>
<opened_by display_value="Canary Jane">900</opened_by><short_description>Canary &amp; co</short_description><state>2</state>
<sys_created_on>2026-03-01 08:00:00</sys_created_on><sys_updated_on>2026-03-01 09:00:00</sys_updated_on></incident></record_update>`;

const deletion = (sysId: string, key: string, at: string): FakeRow => ({
  sys_id: sysId,
  tablename: 'incident',
  documentkey: key,
  display_value: 'Canary',
  sys_created_on: at,
  sys_created_by: 'ann.canary',
  payload: DELETED_XML,
});

const RULE = { sys_updated_on: '2026-02-01 00:00:00', active: 'true', name: 'Canary rule' };

const measured = (sysId: string, id: string, field: string, value: string, raw: string, start: string): FakeRow => ({
  sys_id: sysId,
  table: 'incident',
  'definition.type': 'field_value_duration',
  id,
  field,
  value,
  field_value: raw,
  start,
});

/** Stays of 1001 as metrics recorded them. */
const METRICS: readonly FakeRow[] = [
  measured('961', '1001', 'state', 'New', '1', '2026-03-02 08:00:02'),
  measured('962', '1001', 'state', 'In Progress', '2', '2026-03-02 08:10:00'),
  measured('963', '1001', 'state', 'Resolved', '6', '2026-03-02 12:00:00'),
  measured('964', '1001', 'assignment_group', 'Canary Service Desk', '', '2026-03-02 08:10:00'),
  measured('965', '1001', 'assignment_group', 'Canary Escalations Tier 2', '51', '2026-03-02 11:00:00'),
];

const fixed = (name: string, rows: readonly FakeRow[], size = 4) => serviceNowTable(name, () => rows, size);

const CHOICES: readonly FakeRow[] = [
  choice('task', 'state', '2', 'Work in Progress'),
  choice('incident', 'state', '2', 'In Arbeit', 'de'),
  choice('incident', 'state', '2', 'In Progress'),
  choice('incident', 'state', '12', 'Awaiting Vendor'),
  choice('incident', 'state', '13', 'Escalated'),
  choice('incident', 'hold_reason', '1', 'Awaiting Caller'),
];
const GROUPS: readonly FakeRow[] = [
  { sys_id: '50', name: 'Canary Service Desk', active: 'true' },
  { sys_id: '51', name: 'Canary Escalations Tier 2', active: 'true' },
  { sys_id: '52', name: 'Canary', active: 'false' },
];
const MEMBERS: readonly FakeRow[] = [
  { sys_id: '21', user: '11', group: '50' },
  { sys_id: '22', user: '12', group: '51' },
  { sys_id: '23', user: '13', group: '50' },
  { sys_id: '24', user: '15', group: '50' },
];
const ROLES: readonly FakeRow[] = [
  { sys_id: '31', user: '11', 'role.name': 'admin' },
  { sys_id: '32', user: '12', 'role.name': 'itil' },
  { sys_id: '33', user: '16', 'role.name': 'itil' },
  { sys_id: '34', user: '900', 'role.name': 'snc_external' },
];

/** Rows of the instance, for those who render it in another form. */
export const serviceNowRows = () =>
  structuredClone({
    incidents: serviceNowIncidents(),
    users: USERS,
    groups: GROUPS,
    members: MEMBERS,
    roles: ROLES,
    choices: CHOICES,
    companies: COMPANIES,
  });

/** A fresh instance. `own` are its live incidents, which a test may change while they are read. */
export function serviceNowRoutes(own: readonly FakeRow[] = serviceNowIncidents()): readonly FakeRoute[] {
  return [
    serviceNowTable('incident', () => own),
    serviceNowTable('sn_customerservice_case', serviceNowCases),
    fixed('sys_audit', AUDITS),
    fixed('metric_instance', METRICS),
    fixed('sys_journal_field', JOURNALS),
    fixed('task_sla', RUNS),
    fixed('contract_sla', DEFINITIONS),
    fixed('cmn_schedule', [
      { sys_id: '601', name: 'Canary hours', time_zone: 'America/New_York' },
      { sys_id: '602', name: 'Canary weekend', time_zone: '' },
      { sys_id: '603', name: 'Canary rota', time_zone: '' },
    ]),
    fixed('cmn_other_schedule', [{ sys_id: '691', schedule: '601', child_schedule: '699', type: 'include' }]),
    fixed('cmn_schedule_span', SPANS),
    fixed('sys_properties', [
      { sys_id: '1', name: 'glide.sys.default.tz', value: 'Europe/Berlin' },
      { sys_id: '2', name: 'glide.knowman.block_access_with_no_user_criteria', value: 'false' },
    ]),
    fixed('sys_choice', CHOICES),
    fixed('sys_user', USERS),
    fixed('sys_user_group', GROUPS),
    fixed('sys_user_grmember', MEMBERS),
    fixed('sys_user_has_role', ROLES),
    fixed('core_company', COMPANIES),
    fixed('kb_knowledge', ARTICLES, 2),
    fixed('kb_uc_can_read_mtom', [{ sys_id: '7201', kb_knowledge_base: '7102', user_criteria: '7301' }]),
    fixed('kb_uc_cannot_read_mtom', [{ sys_id: '7202', kb_knowledge_base: '7102', user_criteria: '7302' }]),
    fixed('kb_uc_can_contribute_mtom', []),
    fixed('kb_uc_cannot_contribute_mtom', []),
    fixed('kb_use', USES),
    sums('kb_use', () => USES),
    fixed('asmt_assessment_instance', SURVEYS),
    fixed('asmt_assessment_instance_question', [
      answer('861', '851', '801', '5'),
      answer('862', '851', '802', ''),
      answer('863', '853', '801', '2'),
      answer('864', '853', '803', '5'),
      answer('865', '853', '804', '-1'),
    ]),
    fixed('asmt_metric', [
      { sys_id: '801', name: 'Canary?', datatype: 'scale', min: '1', max: '5', scale: 'high' },
      { sys_id: '802', name: 'Canary?', datatype: 'string', min: '0', max: '10', scale: 'high' },
      { sys_id: '803', name: 'Canary?', datatype: 'numericscale', min: '0', max: '10', scale: 'high' },
      { sys_id: '804', name: 'Canary?', datatype: 'scale', min: '1', max: '5', scale: 'low' },
    ]),
    fixed('sys_audit_delete', [
      deletion('971', '1091', '2026-03-03 08:00:00'),
      deletion('972', '1092', '2026-03-03 08:00:00'),
      deletion('973', '1093', '2026-03-04 08:00:00'),
    ]),
    fixed('sysrule_assignment', [
      {
        sys_id: '101',
        ...RULE,
        table: 'incident',
        condition: 'category=network^assignment_groupISEMPTY^EQ',
        group: '50',
        user: '',
        script: '',
      },
      {
        sys_id: '102',
        ...RULE,
        table: 'incident',
        condition: 'short_descriptionLIKEcanary^EQ',
        group: '',
        user: '12',
        script: 'gs.log("Canary")',
      },
    ]),
    fixed('sys_script', [
      {
        sys_id: '111',
        ...RULE,
        collection: 'incident',
        filter_condition: 'priorityVALCHANGES^priority=1^ORpriority=2^caller_id.vip=true^impact!=3^EQ',
        template: 'assignment_group=51^u_canary=1^EQ',
        action_insert: 'false',
        action_update: 'true',
        advanced: 'false',
        condition: '',
        script: 'Canary, not run',
        sys_customer_update: 'true',
      },
      {
        sys_id: '112',
        ...RULE,
        collection: 'task',
        filter_condition: 'stateIN6,7^assigned_to=javascript:gs.getUserID()^contact_type=email^EQ',
        template: '',
        action_insert: 'true',
        action_update: 'true',
        advanced: 'true',
        condition: 'current.canary()',
        script: 'current.canary = 1;',
        sys_customer_update: 'false',
      },
    ]),
    fixed('sysevent_email_action', [
      {
        sys_id: '121',
        ...RULE,
        collection: 'incident',
        condition: 'company=70^EQ',
        generation_type: 'engine',
        action_insert: 'true',
        action_update: 'false',
        recipient_fields: 'caller_id',
        recipient_groups: '',
        recipient_users: '',
        message_html: '<p>Canary. We reply within 4 business hours.</p>',
        sys_customer_update: 'true',
      },
      {
        sys_id: '122',
        ...RULE,
        collection: 'incident',
        condition: '',
        generation_type: 'event',
        event_name: 'canary.assigned',
        action_insert: 'false',
        action_update: 'false',
        recipient_fields: 'assigned_to,assignment_group,watch_list',
        recipient_groups: '51',
        recipient_users: '',
        sys_customer_update: 'false',
      },
      {
        sys_id: '123',
        ...RULE,
        collection: 'sn_customerservice_case',
        condition: '',
        generation_type: 'event',
        event_name: 'sn_customerservice.case.created',
        action_insert: 'false',
        action_update: 'false',
        recipient_fields: 'contact',
        recipient_groups: '',
        recipient_users: '',
        message_html: '<p>Canary</p>',
        sys_customer_update: 'false',
      },
    ]),
    fixed('sys_hub_flow', [{ sys_id: '131', ...RULE, type: 'flow', sys_customer_update: 'true' }]),
    fixed('sys_dictionary', [
      {
        sys_id: '141',
        ...RULE,
        name: 'incident',
        element: 'category',
        column_label: 'Category',
        internal_type: 'string',
        choice: '1',
        mandatory: 'true',
      },
      {
        sys_id: '142',
        ...RULE,
        name: 'incident',
        element: 'u_cause',
        column_label: 'Root cause',
        internal_type: 'string',
        choice: '3',
        mandatory: 'false',
      },
      {
        sys_id: '143',
        ...RULE,
        name: 'task',
        element: 'short_description',
        column_label: 'Short description',
        internal_type: 'string',
        choice: '0',
        mandatory: 'true',
      },
    ]),
    fixed('sys_store_app', [
      { sys_id: '151', name: 'Jira Spoke, canary', active: 'true' },
      { sys_id: '152', name: 'Canary Platform', active: 'true' },
    ]),
  ];
}
