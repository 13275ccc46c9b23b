import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { toMemberships } from '../../src/kit/records/people.ts';
import { programKind, readUser, walkUsers } from './directory.ts';
import { type Listing, readOne, walkPages } from './pages.ts';
import { ArticleLinks, ArticleRow, GroupMembers, GroupRow, QueueRow, WatchersOfQueue } from './schema.ts';
import type { Context } from './session.ts';

type Agent = TelemetryRecord<'agent'>;
type Team = TelemetryRecord<'team'>;

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
): Promise<Parsed<T> & { seen: number }> {
  const all: Parsed<T> & { seen: number } = { kept: [], rejected: [], seen: 0 };
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
  // RT keeps approvals in a queue of its own, marked by 2.
  const own = queues.kept.filter((queue) => String(queue.Disabled ?? '0') !== '2');
  const seesGroups = await context.session.sees('groups');
  const groups = seesGroups ? await collect(GROUPS, GroupRow, 'desk', context) : { kept: [], rejected: [], seen: 0 };
  const agentIds = new Map(users.map((user) => [user.name.toLowerCase(), user.agent.id]));
  const teams: Team[] = [];
  const memberships: [agent: string, team: string][] = [];
  const join = (team: string, members: Iterable<string>): void => {
    for (const name of members) {
      const agent = agentIds.get(name.toLowerCase());
      if (agent !== undefined) memberships.push([agent, team]);
    }
  };
  const membersOf = new Map<string, string[]>();
  // RT ignores limits that it does not like: the domain is checked again, or every role group of every ticket would be a team.
  const userDefined = groups.kept.filter((one) => one.Domain === 'UserDefined');
  const members = await each(userDefined, (group) => readOne(context, `/group/${group.id}`, GroupMembers));
  for (const [i, group] of userDefined.entries()) {
    const detail = members[i]?.found ?? null;
    const names = (detail?.Members ?? []).filter((one) => one.type === 'user').map((one) => one.id);
    membersOf.set(group.id, names);
    teams.push(teamOf(`group-${group.id}`, group.Name, detail?.Disabled, context));
    join(`group-${group.id}`, names);
  }
  const watchers = await each(own, (queue) => readOne(context, `/queue/${queue.id}`, WatchersOfQueue));
  for (const [i, queue] of own.entries()) {
    teams.push(teamOf(queue.id, queue.Name, queue.Disabled, context));
    for (const one of watchers[i]?.found?.AdminCc ?? [])
      join(queue.id, one.type === 'group' ? (membersOf.get(one.id) ?? []) : [one.id]);
  }
  yield {
    records: { agent: users.map((user) => user.agent), team: teams, membership: toMemberships(memberships) },
    rejected: [...queues.rejected, ...groups.rejected],
    checkpoint: '',
    seen: users.length + queues.seen + groups.seen,
  };
}

function teamOf(id: string, name: string, disabled: string | number | undefined, context: Context): Team {
  return {
    id,
    active: String(disabled ?? '0') === '0',
    purpose: purposeOf(name),
    tier: context.settings.tiers[name] ?? tierOfName(name),
  };
}

interface NamedAgent {
  readonly name: string;
  readonly agent: Agent;
}

async function readAgents(context: Context): Promise<NamedAgent[]> {
  const { names } = await context.session.privileged();
  const asked = names === null ? await allNames(context) : [...names];
  const users = await each(asked, async (name) => ({ name, user: await readUser(context, name) }));
  return [
    program('1', 'RT_System'),
    program('6', 'Nobody'),
    ...users.flatMap(({ name, user }): NamedAgent[] => {
      if (user === null || user.id === null || !user.privileged) return [];
      const human = programKind({ id: user.id, name }, context.settings) === null;
      const agent: Agent = {
        ...blank('agent'),
        id: user.id,
        role: human ? 'agent' : 'integration',
        // Callers without AdminUsers are not told; whoever is still privileged counts as in use.
        active: !(user.disabled ?? false),
        human,
        created_at: user.created,
      };
      return [{ name, agent }];
    }),
  ];
}

function program(id: string, name: string): NamedAgent {
  return { name, agent: { ...blank('agent'), id, role: 'bot', active: true, human: false } };
}

async function allNames(context: Context): Promise<string[]> {
  if (!(await context.session.sees('users'))) return [];
  const names: string[] = [];
  for await (const users of walkUsers(context)) names.push(...users.map((user) => user.Name));
  return names;
}

/** Articles, without their text. RT has no drafts and no customers' view: a class can be shown to everyone, which REST does not tell. */
export async function* readArticles(context: Context): AsyncGenerator<ConnectorPage> {
  for await (const rows of walkPages(context, ARTICLES)) {
    const { kept, rejected } = parseEach(ArticleRow, rows, 'articles');
    const links = await each(kept, (row) => readOne(context, `/article/${row.id}`, ArticleLinks));
    const article = kept.map((row, i): TelemetryRecord<'article'> => {
      // "Extract article" in a ticket makes the article refer to it; the other direction is a ticket that used the article.
      const source = links[i]?.found?._hyperlinks.find(
        (link) => link.ref === 'refers-to' && link.type === 'ticket',
      )?.id;
      return {
        ...blank('article'),
        id: row.id,
        created_at: row.Created,
        edited_at: row.LastUpdated,
        published: String(row.Disabled ?? '0') !== '1',
        public: false,
        author_id: row.Creator,
        editor_id: row.LastUpdatedBy,
        category: row.Class,
        from_ticket_id: source ?? null,
      };
    });
    yield { records: { article }, rejected, checkpoint: '', seen: rows.length };
  }
}
