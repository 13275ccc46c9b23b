import { githubIssues } from '../../connectors/github-issues/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { type FakePages, type FakeRow, fixedReply, linkedList } from '../harness/fake-vendor.ts';
import type { Life, Person, Step, Ticket } from './life.ts';
import { iso, isoOrNull, number, type Rendering } from './rendering.ts';

const PAGES: FakePages = { size: 100, most: 100, page: 'page', perPage: 'per_page' };
const REPO = '/repos/acme/desk';
const WAITING = 'waiting for customer';
/** What acts by a timer is an app. */
const APP = { id: 9, login: 'stale[bot]', type: 'Bot' };

type Accounts = ReadonlyMap<string, FakeRow>;
const account = ({ id }: Person): FakeRow => ({ id: number(id), login: `user-${id}`, type: 'User' });
const priorityLabel = (priority: string): string => `priority: ${priority}`;
const isDone = (status: string | null): boolean => status === 'solved' || status === 'closed';

function showIssue(ticket: Ticket, accounts: Accounts): FakeRow {
  const { is, requester } = ticket;
  const labels = [
    priorityLabel(is.priority),
    ...(is.status === 'pending' ? [WAITING] : []),
    ...(ticket.type === null ? [] : [ticket.type]),
  ];
  return {
    id: number(ticket.id),
    number: number(ticket.id),
    title: ticket.subject,
    body: ticket.opening.text,
    user: accounts.get(requester.id),
    author_association: 'NONE',
    state: isDone(is.status) ? 'closed' : 'open',
    state_reason: isDone(is.status) ? 'completed' : null,
    labels: labels.map((name) => ({ name })),
    assignees: is.assignee === null ? [] : [accounts.get(is.assignee)],
    milestone: null,
    created_at: iso(ticket.createdAt),
    updated_at: iso(ticket.updatedAt),
    closed_at: isoOrNull(ticket.solvedAt),
  };
}

/** What happened to an issue, without who did it and when. A status is open or closed, and a label where an open issue waits. */
function wordsOf({ field, from, to }: Step['changes'][number], accounts: Accounts): FakeRow[] {
  const label = (event: string, name: string): FakeRow => ({ event, label: { name } });
  if (field === 'priority')
    return [label('unlabeled', priorityLabel(from ?? '')), label('labeled', priorityLabel(to ?? ''))];
  if (field === 'assignee')
    return [
      ...(from === null ? [] : [{ event: 'unassigned', assignee: accounts.get(from) }]),
      ...(to === null ? [] : [{ event: 'assigned', assignee: accounts.get(to) }]),
    ];
  if (field !== 'status' || to === 'closed') return [];
  return [
    ...(from === 'pending' ? [label('unlabeled', WAITING)] : []),
    ...(to === 'pending' ? [label('labeled', WAITING)] : []),
    ...(to === 'solved' ? [{ event: 'closed', state_reason: 'completed' }] : []),
    ...(from === 'solved' ? [{ event: 'reopened' }] : []),
  ];
}

/** There are no internal notes: what was one is not there. */
function showTimeline(ticket: Ticket, accounts: Accounts, staff: ReadonlySet<string>): FakeRow[] {
  const { createdAt, requester, born, type } = ticket;
  const given = [priorityLabel(born.priority ?? ''), ...(type === null ? [] : [type])];
  const rows = [
    ...given.map((name) => ({ at: createdAt, by: requester.id, more: { event: 'labeled', label: { name } } })),
    ...ticket.steps.flatMap(({ at, by, said, changes }) => {
      const comment =
        said === null || !said.public
          ? []
          : [
              {
                event: 'commented',
                user: accounts.get(said.by),
                author_association: staff.has(said.by) ? 'MEMBER' : 'NONE',
                body: said.text,
              },
            ];
      return [...comment, ...changes.flatMap((change) => wordsOf(change, accounts))].map((more) => ({ at, by, more }));
    }),
  ];
  return rows.map(({ at, by, more }, place) => ({
    id: Number(ticket.id) * 1000 + place,
    actor: by === null ? APP : accounts.get(by),
    created_at: iso(at),
    performed_via_github_app: null,
    ...more,
  }));
}

const list = (name: string, path: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute =>
  linkedList({ name, path: new RegExp(`^${path}$`), rows, pages: PAGES });

function routes(life: Life): FakeRoute[] {
  const { staff, customers, teams, tickets } = life;
  const accounts = new Map([...staff, ...customers].map((one) => [one.id, account(one)]));
  const ids = new Set(staff.map(({ id }) => id));
  const issues = tickets.map((ticket) => showIssue(ticket, accounts));
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  return [
    fixedReply('repository', new RegExp(`^${REPO}$`), {
      id: 1,
      full_name: 'acme/desk',
      has_discussions: false,
      has_issues: true,
      owner: { login: 'acme', type: 'Organization' },
    }),
    list('assignees', `${REPO}/assignees`, () => staff.map(account)),
    list('teams', `${REPO}/teams`, () =>
      teams.map(({ id, name }) => ({ id: number(id), slug: `team-${id}`, name, permission: 'push' })),
    ),
    list('members', '/orgs/acme/teams/[\\w-]+/members', (url) =>
      staff.filter((one) => one.teams.some((id) => url.pathname.includes(`/team-${id}/`))).map(account),
    ),
    fixedReply('templates', new RegExp(`^${REPO}/contents/.github/ISSUE_TEMPLATE$`), []),
    linkedList({
      name: 'issues',
      path: new RegExp(`^${REPO}/issues$`),
      rows: () => issues,
      pages: PAGES,
      since: { param: 'since', field: 'updated_at', sorted: () => true },
    }),
    list('timeline', `${REPO}/issues/\\d+/timeline`, (url) => {
      const ticket = byId.get(url.pathname.split('/')[5] ?? '');
      return ticket === undefined ? [] : showTimeline(ticket, accounts, ids);
    }),
  ];
}

export const asGitHub: Rendering = {
  connector: githubIssues,
  settings: { repository: 'acme/desk', discussions: false },
  secret: 'sesame-open-key',
  routes,
};
