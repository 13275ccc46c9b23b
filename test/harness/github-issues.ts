import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakePages, type FakeRow, fixedReply, linkedList } from './fake-vendor.ts';

/**
 * A made-up repository, written from the interface description (REST 2022-11-28) and, for discussions, from the GraphQL reference. Ids, texts and names are
 * invented; canaries are planted in every text.
 */
export const ORIGIN = 'https://api.github.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

const PAGES: FakePages = { size: 2, most: 100, page: 'page', perPage: 'per_page' };

const user = (id: number, login: string, type = 'User'): FakeRow => ({
  id,
  login,
  type,
  node_id: `U_${id}`,
  site_admin: false,
});
const ANN = user(11, 'canary-ann');
const BOB = user(12, 'canary-bob');
const JANE = user(90, 'canary-jane');
const JOE = user(91, 'canary-joe');
const TRIAGE = user(500, 'triage[bot]', 'Bot');
const GHOST = user(10137, 'ghost');

const label = (name: string): FakeRow => ({ id: 1, name, color: 'ffffff', description: 'Canary text', default: false });

function issue(number: string | number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    id: number,
    number,
    node_id: `I_${number}`,
    title: 'Canary title of jane@customer.example',
    state: 'open',
    state_reason: null,
    user: JANE,
    labels: [],
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    locked: false,
    active_lock_reason: null,
    author_association: 'NONE',
    body: 'Canary text, see https://canary.atlassian.net/browse/CORE-17',
    created_at: '2026-03-02T09:00:00Z',
    updated_at: updatedAt,
    closed_at: null,
    performed_via_github_app: null,
    reactions: { total_count: 3, '+1': 3 },
    ...more,
  };
}

/** Two of them share an instant across the edge of a page, three others within one second. */
export function githubRows(): FakeRow[] {
  return [
    issue(1, '2026-03-02T15:00:00Z', {
      state: 'closed',
      state_reason: 'completed',
      labels: [
        'bug',
        'area/mail',
        'topic/login',
        'sev/2',
        'priority: high',
        'cause/config',
        'escalated',
        'canary jane',
      ].map(label),
      assignee: ANN,
      assignees: [ANN, BOB],
      milestone: { number: 3, title: 'Canary 1.2' },
      closed_at: '2026-03-02T15:00:00Z',
    }),
    issue(2, '2026-03-03T10:00:00Z', { pull_request: { url: 'https://api.github.com/canary' }, user: ANN }),
    issue(3, '2026-03-03T10:00:00Z', {
      user: ANN,
      author_association: 'MEMBER',
      labels: ['question', 'waiting for customer'].map(label),
    }),
    issue(4, '2026-03-04T08:00:00Z', {
      user: GHOST,
      labels: ['P0'].map(label),
      active_lock_reason: 'spam',
      locked: true,
    }),
    issue(`@big:${BIG}`, '2026-03-04T08:00:00Z', { user: TRIAGE, type: { id: 5, name: 'Task' } }),
    issue(6, '2026-03-04T08:00:00Z', {
      user: JOE,
      author_association: 'CONTRIBUTOR',
      state: 'closed',
      state_reason: 'not_planned',
      closed_at: '2026-03-04T08:00:00Z',
    }),
    // Written before labels were records and before closings had a reason.
    issue(7, '2026-03-06T08:00:00Z', {
      user: null,
      labels: ['blocked'],
      state_reason: undefined,
      assignees: undefined,
      assignee: BOB,
    }),
  ];
}

const step = (id: number, event: string, at: string, actor: FakeRow | null, more: FakeRow = {}): FakeRow => ({
  id,
  event,
  actor,
  created_at: at,
  commit_id: null,
  performed_via_github_app: null,
  ...more,
});
const comment = (id: number, at: string, who: FakeRow, association: string, more: FakeRow = {}): FakeRow => ({
  id,
  event: 'commented',
  actor: who,
  user: who,
  author_association: association,
  created_at: at,
  updated_at: at,
  body: 'Canary text of jane@customer.example',
  performed_via_github_app: null,
  ...more,
});
/** References have no id. */
const reference = (at: string, other: FakeRow): FakeRow => ({
  event: 'cross-referenced',
  actor: ANN,
  created_at: at,
  source: { type: 'issue', issue: { title: 'Canary', ...other } },
});

const TIMELINES: Readonly<Record<string, readonly FakeRow[]>> = {
  '1': [
    step(601, 'labeled', '2026-03-02T09:00:00Z', JANE, { label: { name: 'bug' } }),
    step(602, 'labeled', '2026-03-02T09:00:00Z', JANE, { label: { name: 'area/mail' } }),
    step(603, 'mentioned', '2026-03-02T09:00:00Z', JANE),
    comment(604, '2026-03-02T09:01:00Z', TRIAGE, 'NONE', { body: 'Canary. We will get back to you within 8 hours.' }),
    step(605, 'labeled', '2026-03-02T09:05:00Z', ANN, { label: { name: 'priority: low' } }),
    step(606, 'labeled', '2026-03-02T09:06:00Z', ANN, { label: { name: 'topic/login' } }),
    step(607, 'labeled', '2026-03-02T09:07:00Z', ANN, { label: { name: 'sev/2' } }),
    step(608, 'assigned', '2026-03-02T09:10:00Z', ANN, { assignee: BOB, assigner: ANN }),
    comment(609, '2026-03-02T09:30:00Z', ANN, 'MEMBER', { performed_via_github_app: { id: 7, slug: 'canary' } }),
    step(610, 'unassigned', '2026-03-02T09:40:00Z', ANN, { assignee: BOB }),
    step(611, 'assigned', '2026-03-02T09:40:00Z', ANN, { assignee: ANN }),
    step(612, 'assigned', '2026-03-02T09:41:00Z', ANN, { assignee: BOB }),
    step(613, 'unlabeled', '2026-03-02T10:00:00Z', ANN, { label: { name: 'priority: low' } }),
    step(614, 'labeled', '2026-03-02T10:00:00Z', ANN, { label: { name: 'priority: high' } }),
    step(615, 'labeled', '2026-03-02T10:30:00Z', ANN, { label: { name: 'escalated' } }),
    step(616, 'labeled', '2026-03-02T10:31:00Z', ANN, { label: { name: 'canary jane' } }),
    step(617, 'milestoned', '2026-03-02T10:32:00Z', ANN, { milestone: { title: 'Canary 1.2' } }),
    reference('2026-03-02T11:00:00Z', {
      number: 41,
      state: 'closed',
      closed_at: '2026-03-02T12:00:00Z',
      repository: { full_name: 'Acme/core' },
      pull_request: { merged_at: '2026-03-02T12:00:00Z' },
    }),
    reference('2026-03-02T11:30:00Z', {
      number: 3,
      state: 'open',
      closed_at: null,
      repository: { full_name: 'acme/desk' },
    }),
    step(618, 'closed', '2026-03-02T12:00:00Z', ANN, { commit_id: 'abc', state_reason: 'completed' }),
    step(619, 'reopened', '2026-03-02T13:00:00Z', JANE),
    comment(620, '2026-03-02T13:00:00Z', JANE, 'NONE'),
    step(621, 'labeled', '2026-03-02T14:00:00Z', ANN, { label: { name: 'cause/config' } }),
    step(622, 'closed', '2026-03-02T15:00:00Z', ANN),
    step(623, 'subscribed', '2026-03-02T15:00:00Z', JANE),
    // Written after the bound of the sync.
    comment(624, '2026-03-07T11:59:30Z', ANN, 'MEMBER'),
  ],
  '3': [
    comment(630, '2026-03-03T09:00:00Z', JOE, 'CONTRIBUTOR'),
    step(631, 'labeled', '2026-03-03T10:00:00Z', ANN, { label: { name: 'waiting for customer' } }),
    step(632, 'labeled', '2026-03-02T09:00:00Z', ANN, { label: { name: 'question' } }),
  ],
  '6': [step(640, 'closed', '2026-03-04T08:00:00Z', JOE, { state_reason: 'not_planned' })],
};

const TEAMS = [
  { id: 50, slug: 'tier-1', name: 'Canary Support Tier 1', permission: 'triage' },
  { id: 51, slug: 'escalations', name: 'Canary Escalations', permission: 'push' },
  { id: 52, slug: 'empty', name: 'Canary', permission: 'pull' },
];
const MEMBERS: Readonly<Record<string, readonly FakeRow[]>> = { 'tier-1': [ANN, BOB], escalations: [BOB] };

const actor = (one: FakeRow | null) =>
  one === null ? null : { __typename: one.type, login: one.login, databaseId: one.id };
const said = (id: string, at: string, who: FakeRow | null, association: string, more: FakeRow = {}): FakeRow => ({
  id,
  createdAt: at,
  body: 'Canary text',
  authorAssociation: association,
  isMinimized: false,
  author: actor(who),
  ...more,
});
const END = { hasNextPage: false, endCursor: null };

function discussion(number: number, updatedAt: string, more: FakeRow = {}): FakeRow {
  return {
    id: `D_${number}`,
    number,
    createdAt: '2026-03-01T09:00:00Z',
    updatedAt,
    closed: false,
    closedAt: null,
    answerChosenAt: null,
    body: 'Canary, see https://canary.atlassian.net/browse/CORE-18',
    authorAssociation: 'NONE',
    author: actor(JANE),
    category: { id: 'DIC_1', isAnswerable: true },
    labels: { nodes: [] },
    comments: { pageInfo: END, nodes: [] },
    ...more,
  };
}

const DISCUSSIONS = [
  discussion(101, '2026-03-02T09:00:00Z', {
    answerChosenAt: '2026-03-02T09:00:00Z',
    labels: { nodes: [{ name: 'priority: low' }, { name: 'area/mail' }] },
    comments: {
      pageInfo: { hasNextPage: true, endCursor: 'c1' },
      nodes: [said('DC_1', '2026-03-01T10:00:00Z', ANN, 'MEMBER')],
    },
  }),
  discussion(102, '2026-03-02T10:00:00Z', {
    closed: true,
    closedAt: '2026-03-02T10:00:00Z',
    author: null,
    authorAssociation: 'NONE',
  }),
  discussion(103, '2026-03-03T10:00:00Z', {
    category: { id: 'DIC_2', isAnswerable: false },
    author: actor(ANN),
    authorAssociation: 'MEMBER',
    comments: {
      pageInfo: END,
      nodes: [said('DC_9', '2026-03-03T10:00:00Z', JOE, 'NONE', { isMinimized: true, replies: { nodes: [] } })],
    },
  }),
];
const COMMENTS = [
  said('DC_1', '2026-03-01T10:00:00Z', ANN, 'MEMBER', {
    replies: { nodes: [said('DC_2', '2026-03-01T11:00:00Z', JANE, 'NONE')] },
  }),
  said('DC_3', '2026-03-01T10:30:00Z', TRIAGE, 'NONE', { replies: { nodes: [] } }),
  said('DC_4', '2026-03-01T12:00:00Z', BOB, 'COLLABORATOR', { replies: null }),
];

interface Asked {
  readonly query: string;
  readonly variables: { readonly id?: string; readonly cursor?: string | null };
}

/** Pages of two, by a cursor that is the place of the next row. */
function connection(rows: readonly FakeRow[], after: string | null | undefined) {
  const from = Number((after ?? 'c0').slice(1));
  const more = from + 2 < rows.length;
  return {
    totalCount: rows.length,
    pageInfo: { hasNextPage: more, endCursor: more ? `c${from + 2}` : null },
    nodes: structuredClone(rows.slice(from, from + 2)),
  };
}

const at = (path: string): RegExp => new RegExp(`^${path}$`);
const REPO = '/repos/acme/desk';
const list = (name: string, path: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute =>
  linkedList({ name, path: at(path), rows, pages: PAGES });

/** A fresh repository. `own` are its issues, which a test may change while they are read. */
export function githubRoutes(own: readonly FakeRow[] = githubRows()): readonly FakeRoute[] {
  return [
    fixedReply('repository', at(REPO), {
      id: 1,
      full_name: 'acme/desk',
      has_discussions: true,
      has_issues: true,
      owner: { login: 'acme', type: 'Organization' },
      description: 'Canary text',
    }),
    list('assignees', `${REPO}/assignees`, () => [ANN, BOB, TRIAGE]),
    list('teams', `${REPO}/teams`, () => TEAMS),
    list('members', '/orgs/acme/teams/[\\w-]+/members', (url) => MEMBERS[url.pathname.split('/')[4] ?? ''] ?? []),
    fixedReply(
      'templates',
      at(`${REPO}/contents/.github/ISSUE_TEMPLATE`),
      ['bug.yml', 'question.md', 'config.yml', 'images'].map((name) => ({
        name,
        path: `.github/ISSUE_TEMPLATE/${name}`,
        type: name === 'images' ? 'dir' : 'file',
        sha: 'abc',
      })),
    ),
    linkedList({
      name: 'issues',
      path: at(`${REPO}/issues`),
      rows: (url) => own.filter((row) => url.searchParams.get('state') === 'all' || row.state === 'open'),
      pages: PAGES,
      since: {
        param: 'since',
        field: 'updated_at',
        sorted: (url) => url.searchParams.get('sort') === 'updated' && url.searchParams.get('direction') === 'asc',
      },
    }),
    list('timeline', `${REPO}/issues/\\d+/timeline`, (url) => TIMELINES[url.pathname.split('/')[5] ?? ''] ?? []),
    {
      name: 'graphql',
      path: at('/graphql'),
      async answer(_url, request) {
        const { query, variables } = (await request.json()) as Asked;
        if (query.includes('discussions('))
          return { data: { repository: { discussions: connection(DISCUSSIONS, variables.cursor) } } };
        if (variables.id === 'D_101') return { data: { node: { comments: connection(COMMENTS, variables.cursor) } } };
        return new FakeStatus(200, { data: { node: null }, errors: [{ type: 'NOT_FOUND', message: 'Canary' }] });
      },
    },
  ];
}
