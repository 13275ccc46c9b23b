import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { readRows } from '../../src/kit/feed/read-all.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { fields } from '../../src/kit/fields.ts';
import { purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { toMemberships } from '../../src/kit/records/people.ts';
import { API, LISTED, searchFor } from './pages.ts';
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
  const agents = await readAgents(context);
  const queues = await readRows(context, 'desk', QUEUES);
  const seesGroups = await context.session.sees('groups');
  const groups = seesGroups ? await readRows(context, 'desk', GROUPS) : { kept: [], rejected: [] };
  // RT ignores limits that it does not like: the domain is checked again, or every role group of every ticket would be a team.
  const own = groups.kept.filter(({ Domain }) => Domain === 'UserDefined');
  const grouped = await each(own, async ({ id, Name }) => {
    const detail = await readShown(context, { path: `${API}/group/${id}` }, GroupMembers);
    return { id, name: Name, disabled: detail?.Disabled, members: detail?.Members ?? [] };
  });
  const membersOf = new Map(grouped.map(({ id, members }) => [id, members]));
  // RT keeps approvals in a queue of its own, marked by 2.
  const used = queues.kept.filter(({ Disabled }) => Disabled !== '2');
  const watched = await each(used, async ({ id, Name, Disabled }) => {
    const watchers = (await readShown(context, { path: `${API}/queue/${id}` }, WatchersOfQueue))?.AdminCc ?? [];
    const members = watchers.flatMap((one) => (one.type === 'group' ? (membersOf.get(one.id) ?? []) : [one.id]));
    return { id, name: Name, disabled: Disabled, members };
  });
  const teams = [...grouped.map((one) => ({ ...one, id: `group-${one.id}` })), ...watched];
  const records = {
    agent: [...agents.values()],
    team: teams.map(({ id, name, disabled }) => ({
      id,
      active: (disabled ?? '0') === '0',
      purpose: purposeOf(name),
      tier: context.settings.tiers[name] ?? tierOfName(name),
    })),
    membership: toMemberships(
      teams.flatMap(({ id, members }) =>
        members.flatMap((name) => {
          const agent = agents.get(name.toLowerCase());
          return agent === undefined ? [] : [[agent.id, id] as const];
        }),
      ),
    ),
  };
  const seen = agents.size + queues.kept.length + groups.kept.length;
  yield pageOf(records, [...queues.rejected, ...groups.rejected], seen);
}

type Agent = TelemetryRecord<'agent'>;

/** By login name in small letters; RT's own two among them. */
async function readAgents(context: Context): Promise<ReadonlyMap<string, Agent>> {
  const names = (await context.session.privileged()) ?? (await allNames(context));
  const users = await each(names, async (name): Promise<[string, Agent][]> => {
    const user = await readUser(context, name);
    if (user === null || user.id === null || !user.privileged) return [];
    const { id, active, created } = user;
    const human = programKind({ id, name }, context.settings) === null;
    const role = human ? 'agent' : 'integration';
    return [[name.toLowerCase(), { ...blank('agent'), id, role, active, human, created_at: created }]];
  });
  const program: Agent = { ...blank('agent'), id: '1', role: 'bot', active: true, human: false };
  return new Map([['rt_system', program], ['nobody', { ...program, id: '6' }], ...users.flat()]);
}
