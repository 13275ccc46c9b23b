import { redmine } from '../../connectors/redmine/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { countedList } from '../harness/counted-list.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Field, Life, Ticket, Values } from './life.ts';
import { iso, isoOrNull, number, type Rendering } from './rendering.ts';

const STATUSES = {
  new: { id: 1, name: 'New', is_closed: false },
  open: { id: 2, name: 'In Progress', is_closed: false },
  solved: { id: 3, name: 'Resolved', is_closed: false },
  pending: { id: 4, name: 'Feedback', is_closed: false },
  closed: { id: 5, name: 'Closed', is_closed: true },
} as const;
const PRIORITIES = {
  low: { id: 1, name: 'Low' },
  normal: { id: 2, name: 'Normal' },
  high: { id: 3, name: 'High' },
  urgent: { id: 4, name: 'Urgent' },
} as const;
const PROJECT = { id: 1, name: 'Support' };
/** What closes by a timer is a program with an account of its own. */
const PROGRAM = { id: 9, name: 'Auto close bot' };
const [MANAGER, DEVELOPER, REPORTER] = [3, 4, 5];

type Names = ReadonlyMap<string, string>;
const named = (id: string, names: Names): FakeRow => ({ id: number(id), name: names.get(id) });
/** An issue is given to a person or to a group, never to both. */
const ownerOf = ({ assignee, group }: Pick<Values, 'assignee' | 'group'>): string | null => assignee ?? group;

function showIssue(ticket: Ticket, names: Names): FakeRow {
  const { is, requester } = ticket;
  const owner = ownerOf(is);
  return {
    id: number(ticket.id),
    project: PROJECT,
    tracker: ticket.type === 'incident' ? { id: 9, name: 'Incident' } : { id: 3, name: 'Support' },
    status: STATUSES[is.status],
    priority: PRIORITIES[is.priority],
    author: named(requester.id, names),
    ...(owner === null ? {} : { assigned_to: named(owner, names) }),
    subject: ticket.subject,
    description: ticket.opening.text,
    custom_fields: [],
    relations: [],
    created_on: iso(ticket.createdAt),
    updated_on: iso(ticket.updatedAt),
    closed_on: isoOrNull(ticket.closedAt),
  };
}

function showJournals({ born, steps }: Ticket, names: Names): FakeRow[] {
  const now: Record<Field, string | null> = { ...born };
  return steps.flatMap((step) => {
    const before = ownerOf(now);
    for (const { field, to } of step.changes) now[field] = to;
    const owner = ownerOf(now);
    const details = [
      ...step.changes.flatMap(({ field, from, to }) => {
        const words: Readonly<Record<string, { id: number }>> | null =
          field === 'status' ? STATUSES : field === 'priority' ? PRIORITIES : null;
        return words === null ? [] : [attribute(`${field}_id`, words[from ?? '']?.id, words[to ?? '']?.id)];
      }),
      ...(before === owner ? [] : [attribute('assigned_to_id', before, owner)]),
    ];
    return details.length === 0 && step.said === null
      ? []
      : [
          {
            id: number(step.id),
            user: step.by === null ? PROGRAM : named(step.by, names),
            notes: step.said?.text ?? '',
            private_notes: step.said !== null && !step.said.public,
            created_on: iso(step.at),
            details,
          },
        ];
  });
}

const attribute = (name: string, from: string | number | null | undefined, to: string | number | null | undefined) => ({
  property: 'attr',
  name,
  old_value: from == null ? null : String(from),
  new_value: to == null ? null : String(to),
});

const PAGE = {
  start: 'offset',
  limit: 'limit',
  size: 100,
  end: (_place: number, all: number) => ({ total_count: all }),
};
const idIn = (url: URL): string => (url.pathname.split('/')[2] ?? '').replace('.json', '');

function configuration({ staff, customers, teams }: Life, names: Names): FakeRoute[] {
  const account = ({ id, name, admin, createdAt }: Life['staff'][number]): FakeRow => ({
    id: number(id),
    login: name,
    admin,
    firstname: name,
    lastname: '',
    created_on: iso(createdAt),
  });
  const role = (id: number, name: string, permissions: readonly string[]) => ({ role: { id, name, permissions } });
  const rights = ['view_issues', 'add_issues', 'add_issue_notes'];
  const roles = new Map([
    [String(MANAGER), role(MANAGER, 'Manager', [...rights, 'edit_issues', 'view_private_notes'])],
    [String(DEVELOPER), role(DEVELOPER, 'Developer', [...rights, 'edit_issues', 'view_private_notes'])],
    [String(REPORTER), role(REPORTER, 'Reporter', rights)],
  ]);
  const memberships = [
    ...staff.map((one) => ({ user: named(one.id, names), roles: [{ id: one.admin ? MANAGER : DEVELOPER }] })),
    ...teams.map((team) => ({ group: named(team.id, names), roles: [{ id: DEVELOPER }] })),
    ...customers.map((one) => ({ user: named(one.id, names), roles: [{ id: REPORTER }] })),
  ].map((one, place) => ({ id: place + 1, project: PROJECT, ...one }));
  return [
    fixedReply('me', /^\/users\/current\.json$/, { user: account(staff[0] as Life['staff'][number]) }),
    countedList({
      ...PAGE,
      name: 'projects',
      path: /^\/projects\.json$/,
      at: 'projects',
      rows: () => [
        { ...PROJECT, identifier: 'support', status: 1, enabled_modules: [{ id: 1, name: 'issue_tracking' }] },
      ],
    }),
    countedList({
      ...PAGE,
      name: 'memberships',
      path: /^\/projects\/\d+\/memberships\.json$/,
      at: 'memberships',
      rows: () => memberships,
    }),
    { name: 'role', path: /^\/roles\/\d+\.json$/, answer: (url) => roles.get(idIn(url)) },
    countedList({
      ...PAGE,
      name: 'users',
      path: /^\/users\.json$/,
      at: 'users',
      rows: (url) => (url.searchParams.get('status') === '3' ? [] : [...staff, ...customers].map(account)),
    }),
    {
      name: 'group',
      path: /^\/groups\/\d+\.json$/,
      answer: (url) => {
        const team = teams.find(({ id }) => id === idIn(url));
        return { group: { ...named(idIn(url), names), users: team?.members.map((one) => named(one, names)) } };
      },
    },
    fixedReply('statuses', /^\/issue_statuses\.json$/, { issue_statuses: Object.values(STATUSES) }),
    fixedReply('priorities', /^\/enumerations\/issue_priorities\.json$/, {
      issue_priorities: Object.values(PRIORITIES).map((one) => ({ ...one, is_default: one.id === 2, active: true })),
    }),
    fixedReply('custom_fields', /^\/custom_fields\.json$/, { custom_fields: [] }),
    fixedReply('categories', /^\/projects\/\d+\/issue_categories\.json$/, { issue_categories: [], total_count: 0 }),
  ];
}

function routes(life: Life): FakeRoute[] {
  const names = new Map([...life.staff, ...life.customers, ...life.teams].map(({ id, name }) => [id, name]));
  const issues = life.tickets.map((ticket) => showIssue(ticket, names));
  const byId = new Map(life.tickets.map((ticket, place) => [ticket.id, { ticket, row: issues[place] }]));
  return [
    ...configuration(life, names),
    countedList({
      ...PAGE,
      name: 'search',
      path: /^\/issues\.json$/,
      at: 'issues',
      rows(url) {
        const from = Date.parse(url.searchParams.get('v[updated_on][]') ?? '1970-01-01');
        return issues.filter((row) => Date.parse(String(row.updated_on)) >= from);
      },
    }),
    {
      name: 'issue',
      path: /^\/issues\/\d+\.json$/,
      answer(url) {
        const found = byId.get(idIn(url));
        return { issue: { ...found?.row, journals: found === undefined ? [] : showJournals(found.ticket, names) } };
      },
    },
  ];
}

export const asRedmine: Rendering = {
  connector: redmine,
  settings: { url: 'https://redmine.desk.example' },
  secret: 'sesame-open-key',
  routes,
};
