import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { readRows } from '../../src/kit/feed/read-all.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { API, LISTED, readOne, searchFor } from './pages.ts';
import { allNames, programKind, readUser } from './people.ts';
import { GroupMembers, GroupRow, QueueRow, WatchersOfQueue } from './schema.ts';
import type { Context } from './session.ts';

const GRANT = 'Grant SeeQueue and SeeGroup to the API user, globally.';

const QUEUES = {
  path: `${API}/queues/all`,
  query: { fields: 'id,Name,Disabled', find_disabled_rows: '1' },
  ...LISTED,
  rows: QueueRow,
};
const GROUPS = {
  path: `${API}/groups`,
  query: { fields: 'id,Name,Domain' },
  ...searchFor({ field: 'Domain', value: 'UserDefined' }),
  ...LISTED,
  rows: GroupRow,
};

export const desk: Feed<Context> = {
  id: 'desk',
  title: 'Users, queues and groups',
  kind: 'config',
  provides: { agents: fields('agents', 'role active human created_at team membership purpose tier') },
  probe: ({ session }) =>
    probeCapability(
      async () => {
        if ((await session.access()).queues === 0)
          return { status: 'permission', detail: `No queue is visible. ${GRANT}` };
        if ((await session.privileged()) !== null) return available();
        const detail =
          'The members of the desk cannot be listed, so every user is asked for one by one, and groups look empty.';
        return available({ detail: `${detail} ${GRANT}` });
      },
      { permission: GRANT },
    ),
  read: readDesk,
};

/**
 * The desk as it is now: privileged users are agents, queues and own groups are teams, members of a group and the watchers (AdminCc) of a
 * queue are its members. Read whole each time.
 */
async function* readDesk(context: Context): AsyncGenerator<ConnectorPage> {
  const users = await readAgents(context);
  const queues = await readRows(context, 'desk', QUEUES);
  // RT keeps approvals in a queue of its own, marked by 2.
  const own = queues.kept.filter(({ Disabled }) => Disabled !== '2');
  const seesGroups = await context.session.sees('groups');
  const groups = seesGroups ? await readRows(context, 'desk', GROUPS) : { kept: [], rejected: [] };
  // RT ignores limits that it does not like: the domain is checked again, or every role group of every ticket would be a team.
  const userDefined = groups.kept.filter(({ Domain }) => Domain === 'UserDefined');
  const details = await each(userDefined, ({ id }) => readOne(context, `/group/${id}`, GroupMembers));
  const membersOf = new Map(userDefined.map(({ id }, i) => [id, details[i]?.Members ?? []]));
  const watchers = await each(own, ({ id }) => readOne(context, `/queue/${id}`, WatchersOfQueue));
  const teams = [
    ...userDefined.map(({ id, Name }, i) => {
      return { id: `group-${id}`, name: Name, disabled: details[i]?.Disabled, members: membersOf.get(id) ?? [] };
    }),
    ...own.map(({ id, Name, Disabled }, i) => {
      const all = watchers[i]?.AdminCc ?? [];
      const members = all.flatMap((one) => (one.type === 'group' ? (membersOf.get(one.id) ?? []) : [one.id]));
      return { id, name: Name, disabled: Disabled, members };
    }),
  ];
  const agents = new Map(users.map(({ name, agent }) => [name.toLowerCase(), agent.id]));
  const { tiers } = context.settings;
  const records = {
    agent: users.map(({ agent }) => agent),
    team: teams.map(({ id, name, disabled }) =>
      toTeam(
        { id, name, active: (disabled ?? '0') === '0' },
        { purposes: {}, lines: tiers[name] === undefined ? {} : { [id]: tiers[name] }, programs: [] },
      ),
    ),
    membership: toMemberships(
      teams.flatMap(({ id, members }) =>
        members.flatMap((name): [string, string][] => {
          const agent = agents.get(name.toLowerCase());
          return agent === undefined ? [] : [[agent, id]];
        }),
      ),
    ),
  };
  const seen = users.length + queues.kept.length + groups.kept.length;
  yield pageOf(records, [...queues.rejected, ...groups.rejected], seen);
}

interface NamedAgent {
  readonly name: string;
  readonly agent: TelemetryRecord<'agent'>;
}

async function readAgents(context: Context): Promise<NamedAgent[]> {
  const names = (await context.session.privileged()) ?? (await allNames(context));
  const users = await each(names, async (name) => ({ name, user: await readUser(context, name) }));
  const people = users.flatMap(({ name, user }): NamedAgent[] => {
    if (user === null || user.id === null || !user.privileged) return [];
    const human = programKind({ id: user.id, name }, context.settings) === null;
    const { id, active, created } = user;
    return [
      {
        name,
        agent: { ...blank('agent'), id, role: human ? 'agent' : 'integration', active, human, created_at: created },
      },
    ];
  });
  return [program('1', 'RT_System'), program('6', 'Nobody'), ...people];
}

function program(id: string, name: string): NamedAgent {
  return { name, agent: { ...blank('agent'), id, role: 'bot', active: true, human: false } };
}
