import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { ConnectorContext, ConnectorPage } from '../../src/kit/connector.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { programKind, readPrivileged, readUser, walkUsers } from './directory.ts';
import { type Listing, readOne, walkPages } from './pages.ts';
import { ArticleLinks, ArticleRow, GroupMembers, GroupRow, QueueRow, WatchersOfQueue } from './schema.ts';
import type { Settings } from './settings.ts';
import { purposeOf, tierOf } from './words.ts';

type Context = ConnectorContext<Settings>;
type Agent = TelemetryRecord<'agent'>;
type Team = TelemetryRecord<'team'>;
type Membership = TelemetryRecord<'membership'>;

const QUEUES: Listing = { path: '/queues/all', query: { fields: 'id,Name,Disabled', find_disabled_rows: '1' } };
const GROUPS: Listing = {
  path: '/groups',
  query: { fields: 'id,Name,Domain' },
  search: [{ field: 'Domain', value: 'UserDefined' }],
};
/** Without a limit RT gives no article at all. */
const ARTICLES: Listing = {
  path: '/articles',
  query: {
    fields: 'id,Class,Created,LastUpdated,Creator,LastUpdatedBy,Disabled',
    'fields[Creator]': 'id',
    'fields[LastUpdatedBy]': 'id',
  },
  search: [{ field: 'id', operator: '>', value: '0' }],
};

async function collect<T>(
  listing: Listing,
  schema: Parameters<typeof parseEach<T>>[0],
  stream: string,
  context: Context,
): Promise<{ kept: T[]; rejected: SetAside[]; seen: number }> {
  const all = { kept: [] as T[], rejected: [] as SetAside[], seen: 0 };
  for await (const rows of walkPages(context, listing)) {
    const { kept, rejected } = parseEach(schema, rows, stream);
    all.kept.push(...kept);
    all.rejected.push(...rejected);
    all.seen += rows.length;
  }
  return all;
}

/**
 * The desk as it is now: privileged users are agents, queues and own groups are teams, members of a group and the watchers (AdminCc) of a
 * queue are its members. Read whole each time.
 */
export async function* readDesk(context: Context): AsyncGenerator<ConnectorPage> {
  const users = await readAgents(context);
  const queues = await collect(QUEUES, QueueRow, 'desk', context);
  const groups = await collect(GROUPS, GroupRow, 'desk', context);
  const agentIds = new Map(users.map((user) => [user.name.toLowerCase(), user.agent.id]));
  const teams: Team[] = [];
  const memberships = new Map<string, Membership>();
  const join = (team: string, members: Iterable<string>): void => {
    for (const name of members) {
      const agent = agentIds.get(name.toLowerCase());
      if (agent !== undefined) memberships.set(`${agent} ${team}`, { agent_id: agent, team_id: team });
    }
  };
  const membersOf = new Map<string, string[]>();
  // RT ignores limits that it does not like: the domain is checked again, or every role group of every ticket would be a team.
  for (const group of groups.kept.filter((one) => one.Domain === 'UserDefined')) {
    const reply = await readOne(context, `/group/${group.id}`, GroupMembers);
    const names = (reply.found?.Members ?? []).filter((one) => one.type === 'user').map((one) => one.id);
    membersOf.set(group.id, names);
    teams.push({
      id: `group-${group.id}`,
      active: String(reply.found?.Disabled ?? '0') !== '1',
      purpose: purposeOf(group.Name),
      tier: tierOf(group.Name, context.settings),
    });
    join(`group-${group.id}`, names);
  }
  for (const queue of queues.kept) {
    const watchers = await readOne(context, `/queue/${queue.id}`, WatchersOfQueue);
    teams.push({
      id: queue.id,
      active: String(queue.Disabled ?? '0') !== '1',
      purpose: purposeOf(queue.Name),
      tier: tierOf(queue.Name, context.settings),
    });
    for (const one of watchers.found?.AdminCc ?? [])
      join(queue.id, one.type === 'group' ? (membersOf.get(one.id) ?? []) : [one.id]);
  }
  yield {
    records: { agent: users.map((user) => user.agent), team: teams, membership: [...memberships.values()] },
    rejected: [...queues.rejected, ...groups.rejected],
    checkpoint: '',
    seen: users.length + queues.seen + groups.seen,
  };
}

interface NamedAgent {
  readonly name: string;
  readonly agent: Agent;
}

async function readAgents(context: Context): Promise<NamedAgent[]> {
  const { names } = await readPrivileged(context);
  const found: NamedAgent[] = [
    {
      name: 'RT_System',
      agent: { id: '1', role: 'bot', department: null, active: true, human: false, created_at: null },
    },
    { name: 'Nobody', agent: { id: '6', role: 'bot', department: null, active: true, human: false, created_at: null } },
  ];
  for await (const name of names ?? allNames(context)) {
    const user = await readUser(context, name);
    if (user === null || user.id === null || !user.privileged) continue;
    const human = programKind({ id: user.id, name }, context.settings) === null;
    found.push({
      name,
      agent: {
        id: user.id,
        role: human ? 'agent' : 'integration',
        department: null,
        // Callers without AdminUsers are not told; whoever is still privileged counts as in use.
        active: !(user.disabled ?? false),
        human,
        created_at: user.created,
      },
    });
  }
  return found;
}

async function* allNames(context: Context): AsyncGenerator<string> {
  for await (const users of walkUsers(context)) for (const user of users) yield user.Name;
}

/** Articles, without their text. RT has no drafts and no customers' view: a class can be shown to everyone, which REST does not tell. */
export async function* readArticles(context: Context): AsyncGenerator<ConnectorPage> {
  for await (const rows of walkPages(context, ARTICLES)) {
    const { kept, rejected } = parseEach(ArticleRow, rows, 'articles');
    const article: TelemetryRecord<'article'>[] = [];
    for (const row of kept) {
      const { found } = await readOne(context, `/article/${row.id}`, ArticleLinks);
      // "Extract article" in a ticket makes the article refer to it; the other direction is a ticket that used the article.
      const source = found?._hyperlinks.find((link) => link.ref === 'refers-to' && link.type === 'ticket')?.id;
      article.push({
        id: row.id,
        created_at: row.Created,
        edited_at: row.LastUpdated,
        verified_at: null,
        published: String(row.Disabled ?? '0') !== '1',
        public: false,
        author_id: row.Creator,
        editor_id: row.LastUpdatedBy,
        category: row.Class,
        from_ticket_id: source ?? null,
        promised_reply_s: null,
      });
    }
    yield { records: { article }, rejected, checkpoint: '', seen: rows.length };
  }
}
