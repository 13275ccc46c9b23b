import type { FakeRoute } from '../conformance/connector.ts';
import { countedList } from './counted-list.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Redmine, written from its own source (5.0) and from an interface description that others made. Ids, texts and names are invented; canaries
 * are planted in every text.
 */
export const ORIGIN = 'https://redmine.desk.example';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

const named = (id: number, name: string): FakeRow => ({ id, name });
const ANN = named(11, 'Canary Ann');
const BOB = named(12, 'Canary Bob');
const SYNC = named(13, 'Canary sync bot');
const GONE = named(14, 'Canary Gil');
const JANE = named(90, 'Canary Jane');
const JOE = named(91, 'Canary Joe');
const ANONYMOUS = named(4, 'Anonymous');
const FIRST_LINE = named(50, 'Canary Support Tier 1');
const SECOND_LINE = named(51, 'Canary Escalations Tier 2');
const CLIENTS = named(52, 'Canary clients');

const PROJECTS = [
  project(1, 'support', [{ id: 71, name: 'Customer tier', value: 'Gold' }]),
  project(2, 'vip', [{ id: 71, name: 'Customer tier', value: 'Platinum' }]),
  project(3, 'dev', []),
  project(5, 'plain', [{ id: 71, name: 'Customer tier', value: '' }], ['issue_tracking']),
];

function project(
  id: number,
  identifier: string,
  custom: readonly FakeRow[],
  modules = ['issue_tracking', 'wiki'],
): FakeRow {
  return {
    id,
    name: `Canary ${identifier}`,
    identifier,
    description: 'Canary text',
    homepage: 'https://canary.example',
    status: 1,
    is_public: id === 2,
    inherit_members: false,
    custom_fields: custom,
    enabled_modules: modules.map((name, i) => ({ id: id * 10 + i, name })),
    created_on: '2025-01-01T00:00:00Z',
    updated_on: '2025-01-01T00:00:00Z',
  };
}

const MANAGER = named(3, 'Manager');
const DEVELOPER = named(4, 'Developer');
const REPORTER = named(5, 'Reporter');
const member = (id: number, projectId: number, who: FakeRow, role: FakeRow): FakeRow => ({
  id,
  project: named(projectId, 'Canary'),
  ...who,
  roles: [role],
});

const MEMBERSHIPS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    member(1, 1, { user: ANN }, MANAGER),
    member(2, 1, { group: FIRST_LINE }, DEVELOPER),
    member(3, 1, { user: BOB }, { ...DEVELOPER, inherited: true }),
    member(4, 1, { user: SYNC }, DEVELOPER),
    member(5, 1, { group: CLIENTS }, REPORTER),
    member(6, 1, { user: JANE }, { ...REPORTER, inherited: true }),
    member(7, 1, { user: GONE }, DEVELOPER),
  ],
  '2': [
    member(8, 2, { group: SECOND_LINE }, DEVELOPER),
    member(9, 2, { user: ANN }, { ...DEVELOPER, inherited: true }),
  ],
  '5': [],
};

const RIGHTS = ['view_issues', 'add_issues', 'add_issue_notes'];
const role = (row: FakeRow, permissions: readonly string[]): FakeRow => ({
  role: { ...row, assignable: true, issues_visibility: 'default', users_visibility: 'all', permissions },
});
const ROLES: Readonly<Record<string, FakeRow>> = {
  '3': role(MANAGER, [...RIGHTS, 'edit_issues', 'view_private_notes']),
  '4': role(DEVELOPER, [...RIGHTS, 'edit_issues']),
  '5': role(REPORTER, RIGHTS),
};

const account = (id: number, firstname: string, admin = false): FakeRow => ({
  id,
  login: `canary${id}`,
  admin,
  firstname,
  lastname: 'Canary',
  mail: 'canary@acme.example',
  created_on: '2025-01-01T00:00:00Z',
  updated_on: '2025-01-01T00:00:00Z',
  last_login_on: null,
});
const USERS: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    account(1, 'Root', true),
    account(11, 'Ann'),
    account(12, 'Bob'),
    account(13, 'sync bot'),
    account(90, 'Jane'),
    account(91, 'Joe'),
  ],
  '3': [account(14, 'Gil')],
};

export const STATUSES = [
  { id: 1, name: 'New', is_closed: false },
  { id: 2, name: 'In Progress', is_closed: false },
  { id: 3, name: 'Resolved', is_closed: false },
  { id: 4, name: 'Feedback', is_closed: false },
  { id: 5, name: 'Closed', is_closed: true },
  { id: 6, name: 'Rejected', is_closed: true },
  { id: 7, name: 'Escalated to vendor', is_closed: false },
];
const PRIORITIES = ['Low', 'Normal', 'High', 'Urgent', 'Immediate'].map((name, i) => ({
  id: i + 1,
  name,
  is_default: i === 1,
  active: true,
}));

const field = (id: number, name: string, format: string, more: FakeRow = {}): FakeRow => ({
  id,
  name,
  customized_type: 'issue',
  field_format: format,
  is_required: false,
  multiple: false,
  default_value: '',
  visible: true,
  ...more,
});
const FIELDS = [
  field(61, 'Root cause', 'list', { is_required: true, possible_values: [{ value: 'config', label: 'config' }] }),
  field(62, 'Component', 'list', { default_value: 'core' }),
  field(63, 'Severity', 'enumeration'),
  field(64, 'Canary note', 'text'),
  field(65, 'Seen before', 'bool', { default_value: '0' }),
  field(71, 'Customer tier', 'list', { customized_type: 'project' }),
];

const custom = (cause: string, product: string, severity: unknown): FakeRow[] => [
  { id: 61, name: 'Root cause', value: cause },
  { id: 62, name: 'Component', multiple: true, value: [product] },
  { id: 63, name: 'Severity', value: severity },
  { id: 64, name: 'Canary note', value: 'Canary text of jane@customer.example' },
  { id: 65, name: 'Seen before', value: '0' },
];

function issue(id: string | number, updatedOn: string, more: FakeRow = {}): FakeRow {
  return {
    id,
    project: named(1, 'Canary support'),
    tracker: named(3, 'Support'),
    status: STATUSES[1],
    priority: named(2, 'Normal'),
    author: JANE,
    subject: 'Canary subject of jane@customer.example',
    description: 'Canary text, as in [[how to log in|here]] and https://canary.atlassian.net/browse/CORE-17',
    start_date: '2026-03-02',
    due_date: null,
    done_ratio: 0,
    is_private: false,
    estimated_hours: null,
    spent_hours: 0,
    custom_fields: custom('', 'core', null),
    relations: [],
    created_on: '2026-03-02T09:00:00Z',
    updated_on: updatedOn,
    closed_on: null,
    ...more,
  };
}

const relation = (id: number, from: number, to: number): FakeRow => ({
  id,
  issue_id: from,
  issue_to_id: to,
  relation_type: 'relates',
  delay: null,
});

/** Two of them share an instant across the edge of a page, three others within one second. */
export function redmineIssues(): FakeRow[] {
  return [
    issue(1, '2026-03-02T15:00:00Z', {
      status: STATUSES[4],
      priority: named(5, 'Immediate'),
      assigned_to: BOB,
      category: named(81, 'Canary login'),
      fixed_version: named(31, 'Canary 1.2'),
      custom_fields: custom('config', 'mail', '7'),
      relations: [relation(401, 1, 30), relation(402, 3, 1)],
      spent_hours: 1.25,
      closed_on: '2026-03-02T15:00:00Z',
    }),
    issue(2, '2026-03-03T10:00:00Z', { author: ANN, status: STATUSES[0], tracker: named(1, 'Bug'), parent: { id: 1 } }),
    issue(3, '2026-03-03T10:00:00Z', {
      tracker: named(9, 'Incident'),
      project: named(2, 'Canary vip'),
      author: JOE,
      status: STATUSES[2],
      assigned_to: SECOND_LINE,
      relations: [relation(402, 3, 1)],
    }),
    issue(4, '2026-03-04T08:00:00Z', { author: ANONYMOUS, status: STATUSES[3], due_date: '2026-03-09' }),
    issue(`@big:${BIG}`, '2026-03-04T08:00:00Z', { status: STATUSES[6], closed_on: '2026-03-03T08:00:00Z' }),
    issue(6, '2026-03-04T08:00:00Z', { author: SYNC, status: STATUSES[5], closed_on: '2026-03-04T08:00:00Z' }),
    issue(7, '2026-03-06T08:00:00Z', { priority: named(1, 'Low'), assigned_to: FIRST_LINE }),
  ];
}

/** So many issues, a minute apart. */
export function manyIssues(count: number): FakeRow[] {
  return Array.from({ length: count }, (_, i) =>
    issue(1000 + i, new Date(Date.parse('2026-03-01T00:00:00Z') + i * 60_000).toISOString().replace('.000', '')),
  );
}

/** Of a project that is not read. */
const FOREIGN = issue(30, '2026-03-05T08:00:00Z', {
  project: named(3, 'Canary dev'),
  tracker: named(1, 'Bug'),
  status: { id: 3, name: 'Resolved', is_closed: true },
  closed_on: '2026-03-05T08:00:00Z',
});

const attr = (name: string, from: string | null, to: string | null): FakeRow => ({
  property: 'attr',
  name,
  old_value: from,
  new_value: to,
});

function journal(id: number, at: string, user: FakeRow, details: readonly FakeRow[], more: FakeRow = {}): FakeRow {
  return { id, user, notes: '', created_on: at, updated_on: at, private_notes: false, details, ...more };
}

const JOURNALS: Readonly<Record<string, readonly FakeRow[]>> = {
  // Given to the first line, taken, moved to another customer and back, solved, opened again by the customer, closed.
  '1': [
    journal(501, '2026-03-02T09:10:00Z', ANN, [
      attr('assigned_to_id', null, '50'),
      attr('priority_id', '2', '5'),
      attr('description', 'Canary old', 'Canary new'),
    ]),
    journal(502, '2026-03-02T09:30:00Z', BOB, [attr('assigned_to_id', '50', '12'), attr('status_id', '1', '2')], {
      notes: 'Canary text, see /projects/vip/wiki/Reset and [[vip:reset]]',
    }),
    journal(503, '2026-03-02T09:30:00Z', BOB, [], { notes: 'Canary note', private_notes: true }),
    journal(504, '2026-03-02T10:00:00Z', ANN, [attr('project_id', '1', '2'), attr('category_id', '81', null)], {
      notes: null,
    }),
    journal(505, '2026-03-02T11:00:00Z', ANN, [attr('project_id', '2', '1'), attr('category_id', null, '81')]),
    journal(506, '2026-03-02T12:00:00Z', BOB, [
      attr('status_id', '2', '5'),
      { property: 'cf', name: '61', old_value: '', new_value: 'config' },
      { property: 'cf', name: '64', old_value: '', new_value: 'Canary text' },
    ]),
    journal(507, '2026-03-02T13:00:00Z', JANE, [attr('status_id', '5', '2')], { notes: 'Canary again' }),
    journal(508, '2026-03-02T14:00:00Z', SYNC, [
      { property: 'relation', name: 'relates', old_value: null, new_value: '30' },
    ]),
    journal(
      509,
      '2026-03-02T14:30:00Z',
      SYNC,
      [{ property: 'attachment', name: '9', old_value: null, new_value: 'canary.png' }],
      {
        notes: 'Canary from a program',
      },
    ),
    journal(510, '2026-03-02T15:00:00Z', BOB, [attr('status_id', '2', '5'), attr('status_id_unknown', '1', '2')]),
  ],
  '3': [
    journal(520, '2026-03-03T09:00:00Z', JOE, [], { notes: 'Canary more' }),
    journal(521, '2026-03-03T10:00:00Z', ANN, [attr('status_id', '1', '3')], { notes: 'Canary done' }),
    // Written after the bound of the sync.
    journal(522, '2026-03-07T11:59:30Z', ANN, [attr('status_id', '3', '5')], { notes: 'Canary late' }),
  ],
  [BIG]: [journal(530, '2026-03-04T08:00:00Z', BOB, [attr('status_id', '2', '7')])],
};

/** By the filters of the search: what has no filter on the status leaves closed ones out. */
function found(url: URL, own: readonly FakeRow[]): readonly FakeRow[] {
  const filters = url.searchParams.getAll('f[]');
  const values = (name: string) => url.searchParams.getAll(`v[${name}][]`);
  const op = (name: string) => (filters.includes(name) ? url.searchParams.get(`op[${name}]`) : null);
  const idOf = (row: FakeRow) => String(row.id).replace('@big:', '');
  const at = (row: FakeRow) => Date.parse(String(row.updated_on));
  const rows = [...own, FOREIGN]
    .filter((row) => op('status_id') === '*' || (row.status as { is_closed: boolean }).is_closed === false)
    .filter((row) => op('project_id') === null || values('project_id').includes(String((row.project as FakeRow).id)))
    .filter((row) => op('issue_id') === null || values('issue_id').join(',').split(',').includes(idOf(row)))
    .filter((row) => op('updated_on') === null || at(row) >= Date.parse(values('updated_on')[0] ?? ''));
  const sorted = url.searchParams.get('sort') === 'updated_on:asc,id:asc';
  return sorted ? rows.toSorted((a, b) => at(a) - at(b) || Number(idOf(a)) - Number(idOf(b))) : rows;
}

const PAGE = { start: 'offset', limit: 'limit', size: 2, end: (_place: number, all: number) => ({ total_count: all }) };
const idIn = (url: URL, place: number): string => (url.pathname.split('/')[place] ?? '').replace('.json', '');

/** A fresh Redmine. `own` are its issues, which a test may change while they are read. */
export function redmineRoutes(own: readonly FakeRow[] = redmineIssues()): readonly FakeRoute[] {
  return [
    fixedReply('me', /^\/users\/current\.json$/, {
      user: { ...account(1, 'Root', true), api_key: 'canary', memberships: [] },
    }),
    countedList({ ...PAGE, name: 'projects', path: /^\/projects\.json$/, at: 'projects', rows: () => PROJECTS }),
    countedList({
      ...PAGE,
      size: 4,
      name: 'memberships',
      path: /^\/projects\/\d+\/memberships\.json$/,
      at: 'memberships',
      rows: (url) => MEMBERSHIPS[idIn(url, 2)] ?? [],
    }),
    { name: 'role', path: /^\/roles\/\d+\.json$/, answer: (url) => structuredClone(ROLES[idIn(url, 2)]) },
    countedList({
      ...PAGE,
      name: 'users',
      path: /^\/users\.json$/,
      at: 'users',
      rows: (url) => USERS[url.searchParams.get('status') ?? '1'] ?? [],
    }),
    {
      name: 'group',
      path: /^\/groups\/\d+\.json$/,
      answer: (url) => ({
        group: { ...named(Number(idIn(url, 2)), 'Canary'), users: idIn(url, 2) === '50' ? [BOB, GONE, JANE] : [ANN] },
      }),
    },
    fixedReply('statuses', /^\/issue_statuses\.json$/, { issue_statuses: STATUSES }),
    fixedReply('priorities', /^\/enumerations\/issue_priorities\.json$/, { issue_priorities: PRIORITIES }),
    fixedReply('custom_fields', /^\/custom_fields\.json$/, { custom_fields: FIELDS }),
    {
      name: 'categories',
      path: /^\/projects\/\d+\/issue_categories\.json$/,
      answer: (url) => ({
        issue_categories:
          idIn(url, 2) === '1'
            ? [
                { id: 81, project: named(1, 'Canary'), name: 'Canary login', assigned_to: FIRST_LINE },
                { id: 82, project: named(1, 'Canary'), name: 'Canary mail', assigned_to: BOB },
                { id: 83, project: named(1, 'Canary'), name: 'Canary other' },
              ]
            : [],
        total_count: 3,
      }),
    },
    {
      name: 'wiki',
      path: /^\/projects\/\d+\/wiki\/index\.json$/,
      answer: (url) => ({
        wiki_pages: (idIn(url, 2) === '1' ? ['How_to_log_in', 'Canary'] : ['Reset']).map((title, i) => ({
          title,
          version: 2,
          created_on: '2025-06-01T00:00:00Z',
          updated_on: `2026-01-1${i}T00:00:00Z`,
        })),
      }),
    },
    countedList({ ...PAGE, name: 'search', path: /^\/issues\.json$/, at: 'issues', rows: (url) => found(url, own) }),
    {
      name: 'issue',
      path: /^\/issues\/\d+\.json$/,
      answer(url) {
        const row = own.find((one) => String(one.id).replace('@big:', '') === idIn(url, 2));
        return { issue: structuredClone({ ...row, journals: JOURNALS[idIn(url, 2)] ?? [] }) };
      },
    },
  ];
}
