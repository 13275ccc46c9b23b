import { jiraServiceManagement } from '../../connectors/jira-service-management/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { countedList } from '../harness/counted-list.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Life, Person, Ticket } from './life.ts';
import type { Clock } from './life-clocks.ts';
import { iso, isoOrNull, type Rendering } from './rendering.ts';

const STATUSES = {
  new: status('1', 'To do', 'new'),
  open: status('2', 'Waiting for support', 'indeterminate'),
  pending: status('3', 'Waiting for customer', 'indeterminate'),
  solved: status('4', 'Resolved', 'done'),
  closed: status('5', 'Closed', 'done'),
} as const;
const PRIORITIES = {
  urgent: { id: '1', name: 'Urgent' },
  high: { id: '2', name: 'High' },
  normal: { id: '3', name: 'Medium' },
  low: { id: '4', name: 'Low' },
} as const;
const CHANNELS = { email: 'email', web: 'widget', chat: 'chat' } as const;
const SURVEY = { rating: 'customfield_10017', at: 'customfield_10018' } as const;
const [TEAM, ORGANISATION, FIRST, SOLUTION] = [50, 2, 30, 31].map((n) => `customfield_${10000 + n}`) as [
  string,
  string,
  string,
  string,
];

function status(id: string, name: string, key: string) {
  return { id, name, statusCategory: { key } };
}

function person({ id, name, email }: Person, accountType: string): FakeRow {
  return { accountId: id, accountType, displayName: name, emailAddress: email, active: true, timeZone: 'Etc/UTC' };
}

/** Who is who, and what a value of a field is called. */
interface Directory {
  readonly people: ReadonlyMap<string, FakeRow>;
  readonly teams: ReadonlyMap<string, string>;
}

const stamp = (at: number): FakeRow => ({ iso8601: iso(at), epochMillis: at * 1000 });

/** A cycle ends with each solution; the next one begins anew when the request is opened again. */
function showClock(name: string, clock: Clock | undefined): FakeRow | null {
  if (clock === undefined) return null;
  const { startedAt, dueAt, targetS, fulfilledAt, missed } = clock;
  const cycle = {
    startTime: stamp(startedAt),
    breachTime: stamp(dueAt),
    breached: missed,
    goalDuration: { millis: targetS * 1000 },
  };
  return fulfilledAt === null
    ? { name, ongoingCycle: cycle }
    : { name, completedCycles: [{ ...cycle, stopTime: stamp(fulfilledAt) }] };
}

function showIssue(ticket: Ticket, { people, teams }: Directory): FakeRow {
  const { is, requester, clocks, survey } = ticket;
  const clock = (metric: Clock['metric']) => clocks.find((one) => one.metric === metric);
  const histories = showHistories(ticket, { people, teams });
  return {
    id: ticket.id,
    key: `SUP-${ticket.id}`,
    fields: {
      summary: ticket.subject,
      created: iso(ticket.createdAt),
      updated: iso(ticket.updatedAt),
      status: STATUSES[is.status],
      priority: PRIORITIES[is.priority],
      issuetype: { id: '10001', name: ticket.type === 'incident' ? '[System] Incident' : 'Question' },
      project: { id: '11001', key: 'SUP' },
      assignee: is.assignee === null ? null : people.get(is.assignee),
      reporter: people.get(requester.id),
      creator: people.get(requester.id),
      labels: [],
      resolution: ticket.solvedAt === null ? null : { id: '1', name: 'Done' },
      resolutiondate: isoOrNull(ticket.solvedAt),
      issuelinks: [],
      [ORGANISATION]: requester.organisation === null ? [] : [{ id: requester.organisation }],
      [TEAM]: is.group === null ? null : { groupId: is.group, name: teams.get(is.group) },
      [FIRST]: showClock('Time to first response', clock('first_reply')),
      [SOLUTION]: showClock('Time to resolution', clock('resolution')),
      [SURVEY.rating]: survey === null || survey.answeredAt === null ? null : { rating: survey.good ? 5 : 1 },
      [SURVEY.at]: isoOrNull(survey?.answeredAt ?? null),
    },
    properties: { 'request.channel.type': { value: CHANNELS[ticket.channel] } },
    changelog: { startAt: 0, maxResults: 40, total: histories.length, histories: histories.reverse() },
  };
}

function showHistories({ steps }: Ticket, { people, teams }: Directory): FakeRow[] {
  const shown = (field: string, value: string | null): [string | null, string | null] => {
    if (value === null) return [null, null];
    if (field === 'status') {
      const row = STATUSES[value as keyof typeof STATUSES];
      return [row.id, row.name];
    }
    if (field === 'priority') {
      const row = PRIORITIES[value as keyof typeof PRIORITIES];
      return [row.id, row.name];
    }
    return field === 'group'
      ? [`[${teams.get(value)}]`, `[${teams.get(value)}]`]
      : [value, String(people.get(value)?.displayName)];
  };
  return steps
    .filter(({ changes }) => changes.length > 0)
    .map((step) => ({
      id: step.id,
      created: iso(step.at),
      author: step.by === null ? RULES : people.get(step.by),
      items: step.changes.map(({ field, from, to }) => {
        const [old, next] = [shown(field, from), shown(field, to)];
        const fieldId = field === 'group' ? TEAM : field;
        const name = field === 'group' ? 'Support group' : field;
        return { field: name, fieldId, from: old[0], fromString: old[1], to: next[0], toString: next[1] };
      }),
    }));
}

const RULES = { accountId: 'rules', accountType: 'app', displayName: 'Automation for Jira', active: true };

function field(id: string, name: string, type: string, custom: string): FakeRow {
  return { id, key: id, name, custom: true, schema: { type, custom } };
}
const sla = ['sd-servicelevelagreement', 'com.atlassian.servicedesk:sd-sla-field'] as const;
const FIELDS = [
  field(ORGANISATION, 'Organizations', 'array', 'com.atlassian.servicedesk:sd-customer-organizations'),
  field(SURVEY.rating, 'Satisfaction', 'sd-feedback', 'com.atlassian.servicedesk:sd-request-feedback'),
  field(SURVEY.at, 'Satisfaction date', 'datetime', 'com.atlassian.servicedesk:sd-request-feedback-date'),
  field(FIRST, 'Time to first response', ...sla),
  field(SOLUTION, 'Time to resolution', ...sla),
  field(TEAM, 'Support group', 'group', 'com.atlassian.jira.plugin.system.customfieldtypes:grouppicker'),
];

const platform = (name: string, path: string, key: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute =>
  countedList({
    name,
    path: new RegExp(`^/rest/api/[23]${path}$`),
    rows,
    at: key,
    start: 'startAt',
    limit: 'maxResults',
    size: 100,
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
    size: 50,
    end: (place, total) => ({ isLastPage: place >= total }),
  });

function configuration({ teams, staff, organisations }: Life, { people }: Directory): FakeRoute[] {
  const access = 'jira-servicemanagement-users-acme';
  const members = new Map([
    ['g0', staff.map(({ id }) => id)],
    ...teams.map(({ id, members }) => [id, members] as const),
  ]);
  return [
    fixedReply('myself', /^\/rest\/api\/3\/myself$/, people.get(staff[0]?.id ?? '')),
    fixedReply('field', /^\/rest\/api\/3\/field$/, FIELDS),
    fixedReply('status', /^\/rest\/api\/3\/status$/, Object.values(STATUSES)),
    fixedReply('priority', /^\/rest\/api\/3\/priority$/, Object.values(PRIORITIES)),
    platform('groups', '/group/bulk', 'values', () => [
      { groupId: 'g0', name: access },
      ...teams.map(({ id, name }) => ({ groupId: id, name })),
    ]),
    platform('members', '/group/member', 'values', (url) =>
      (members.get(url.searchParams.get('groupId') ?? '') ?? []).map((id) => people.get(id) as FakeRow),
    ),
    desk('servicedesk', '/servicedesk', [{ id: '1', projectId: '11001', projectKey: 'SUP' }]),
    desk('requesttype', '/servicedesk/1/requesttype', []),
    desk('queue', '/servicedesk/1/queue', []),
    desk(
      'organization',
      '/organization',
      organisations.map(({ id, name }) => ({ id, name })),
    ),
  ];
}

function routes(life: Life): FakeRoute[] {
  const directory = {
    people: new Map([
      ...life.staff.map((one) => [one.id, person(one, 'atlassian')] as const),
      ...life.customers.map((one) => [one.id, person(one, 'customer')] as const),
    ]),
    teams: new Map(life.teams.map(({ id, name }) => [id, name])),
  };
  const issues = life.tickets.map((ticket) => ({ at: ticket.updatedAt * 1000, row: showIssue(ticket, directory) }));
  const comments = new Map(
    life.tickets.map(({ id, steps }) => [
      id,
      steps.flatMap(({ said, at }) =>
        said === null
          ? []
          : [
              {
                id: said.id,
                author: directory.people.get(said.by),
                body: said.text,
                created: iso(at),
                jsdPublic: said.public,
              },
            ],
      ),
    ]),
  );
  return [
    ...configuration(life, directory),
    {
      name: 'search',
      path: /^\/rest\/api\/3\/search\/jql$/,
      answer(url) {
        const since = Number(/updated >= (\d+)/.exec(url.searchParams.get('jql') ?? '')?.[1]);
        const rows = issues.filter(({ at }) => at >= Math.floor(since / 60_000) * 60_000).map(({ row }) => row);
        const place = Number(url.searchParams.get('nextPageToken') ?? 0);
        const next = place + 100;
        const more = next < rows.length;
        return {
          issues: structuredClone(rows.slice(place, next)),
          isLast: !more,
          ...(more ? { nextPageToken: String(next) } : {}),
        };
      },
    },
    platform('changelog', '/issue/\\d+/changelog', 'values', (url) => {
      const found = life.tickets.find(({ id }) => id === url.pathname.split('/')[5]);
      return found === undefined ? [] : showHistories(found, directory);
    }),
    platform(
      'comments',
      '/issue/\\d+/comment',
      'comments',
      (url) => comments.get(url.pathname.split('/')[5] ?? '') ?? [],
    ),
  ];
}

export const asJira: Rendering = {
  connector: jiraServiceManagement,
  settings: { url: 'acme', user: 'ann@acme.example' },
  secret: 'sesame-open-key',
  routes,
};
