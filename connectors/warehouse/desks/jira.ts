import { type Ask, absent, type Route } from '../desk.ts';
import type { Lists, Row } from '../lists.ts';

const API = '/rest/api/[23]';
const DESK = '/rest/servicedeskapi';
const FAR_S = 4_102_444_800;

function needed(lists: Lists, list: string, { url }: Ask): void {
  if (!lists.has(list)) throw absent(url.pathname);
}

/** The bare list. */
function bare(path: string, list: string): Route {
  return {
    path: new RegExp(`^${API}${path}$`),
    async answer(ask, lists) {
      needed(lists, list, ask);
      return lists.all(list);
    },
  };
}

/** A page of rows that are there already, as lists of the platform give them. */
function pageOf({ url }: Ask, key: string, rows: readonly Row[]): unknown {
  const from = Number(url.searchParams.get('startAt') ?? 0);
  const size = Number(url.searchParams.get('maxResults') ?? 50);
  return { startAt: from, maxResults: size, total: rows.length, [key]: rows.slice(from, from + size) };
}

const listIn = (value: unknown): Row[] => (Array.isArray(value) ? (value as Row[]) : []);

/** Members of a group: people name the groups that they are in. */
async function membersOf(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'users', ask);
  const group = ask.url.searchParams.get('groupId');
  const users = await lists.all('users');
  return pageOf(
    ask,
    'values',
    users.filter((user) => listIn(user.groups).some((one) => nameOf(one) === group)),
  );
}

/** Groups go by their id, older ones by their name alone. */
const nameOf = ({ groupId, name }: Row): unknown => groupId ?? name;

async function groupsOf(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'users', ask);
  const all = (await lists.all('users')).flatMap((user) => listIn(user.groups));
  return pageOf(ask, 'values', [...new Map(all.map((group) => [nameOf(group), group])).values()]);
}

/** Service projects; where the tables do not tell the kind of a project, all of them, of which settings choose. */
async function desksOf(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'projects', ask);
  const own = (await lists.all('projects')).filter(
    ({ projectTypeKey: kind }) => kind === undefined || kind === 'service_desk',
  );
  const from = Number(ask.url.searchParams.get('start') ?? 0);
  const size = Number(ask.url.searchParams.get('limit') ?? 50);
  const values = own.slice(from, from + size).map(({ id, key }) => ({ id, projectId: id, projectKey: key }));
  return { start: from, limit: size, size: values.length, isLastPage: from + size >= own.length, values };
}

const JQL = /^project in \(([^)]*)\) AND updated >= (\d+)/;

/** Issues of some projects by their last change, from a minute on. */
async function search(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'issues', ask);
  const { searchParams: query } = ask.url;
  const [, projects = '', since = '0'] = JQL.exec(query.get('jql') ?? '') ?? [];
  const wanted = new Set(projects.split(',').map((id) => id.trim()));
  const from = Number(query.get('nextPageToken') ?? 0);
  const size = Number(query.get('maxResults') ?? 100);
  const { rows, more } = await lists.between('issues', [Math.floor(Number(since) / 1000), FAR_S], from, size);
  const issues = rows.filter(({ fields }) => wanted.has(String(projectOf(fields))));
  return { issues, isLast: !more, ...(more ? { nextPageToken: String(from + size) } : {}) };
}

function projectOf(fields: unknown): unknown {
  const { project } = (fields ?? {}) as { project?: { id?: unknown } | null };
  return project?.id;
}

async function commentsOf(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'comments', ask);
  return pageOf(ask, 'comments', await lists.where('comments', 'issue_id', [ask.parts[0] ?? '']));
}

/** All changes of an issue stand with it, or none is told. */
async function changesOf(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, 'issues', ask);
  const [issue] = await lists.where('issues', 'id', [ask.parts[0] ?? '']);
  const changelog = issue?.changelog as { histories?: unknown } | undefined;
  if (changelog?.histories === undefined) throw absent(ask.url.pathname);
  return pageOf(ask, 'values', listIn(changelog.histories));
}

/** The calls of `connectors/jira-service-management` on Cloud, in the forms that its schemas read. */
export const JIRA_ROUTES: readonly Route[] = [
  {
    path: new RegExp(`^${API}/myself$`),
    answer: async () => ({ accountId: 'warehouse', accountType: 'app' }),
  },
  bare('/field', 'fields'),
  bare('/status', 'statuses'),
  { path: new RegExp(`^${API}/group/bulk$`), answer: groupsOf },
  { path: new RegExp(`^${API}/group/member$`), answer: membersOf },
  { path: new RegExp(`^${DESK}/servicedesk$`), answer: desksOf },
  { path: new RegExp(`^${API}/search/jql$`), answer: search },
  { path: new RegExp(`^${API}/issue/([^/]+)/comment$`), answer: commentsOf },
  { path: new RegExp(`^${API}/issue/([^/]+)/changelog$`), answer: changesOf },
];
