import { z } from 'zod';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import type { Reader } from '../../src/kit/page/pager.ts';
import { keyOf, readOne, walkPages } from './pages.ts';
import { GroupMembers, GroupRow, type Person, UserDetail, UserRow } from './schema.ts';
import type { Settings } from './settings.ts';

/** RT_System and Nobody exist in every RT under these ids and names. */
export const NOBODY = new Set(['6', 'nobody']);
const SYSTEM = new Set(['1', 'rt_system']);

/** Local parts that people do not have. */
const PROGRAM =
  /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|daemon|cron|root|nagios|icinga|zabbix|prometheus|alertmanager|grafana|monitoring|monitor|alerts?)@/i;

export type PersonKind = 'system' | 'machine' | 'agent' | 'customer';

/** Who is a member of the desk (privileged in RT) and who is not. */
export interface Directory {
  /** Null = it is not shown whether somebody belongs to the desk. */
  kindOf(person: Person): Promise<PersonKind | null>;
}

export interface Privileged {
  /** Login names in lower case; null = the list cannot be seen and each user has to be asked for. */
  readonly names: ReadonlySet<string> | null;
}

/**
 * The privileged users by login name, from `/users/privileged` (newer RT) or from the members of the system group "Privileged",
 * which asks for SeeGroup. Null names when neither can be seen.
 */
export async function readPrivileged(reader: Reader): Promise<Privileged> {
  const listed = await listPrivileged(reader);
  if (listed !== null) return { names: new Set(listed.map((user) => user.Name.toLowerCase())) };
  const group = await findPrivilegedGroup(reader);
  if (group === null) return { names: null };
  const reply = await readOne(reader, `/group/${group}`, GroupMembers);
  if (reply.found === null) return { names: null };
  return {
    names: new Set(reply.found.Members.filter((one) => one.type === 'user').map((one) => one.id.toLowerCase())),
  };
}

async function listPrivileged(reader: Reader): Promise<z.infer<typeof UserRow>[] | null> {
  const users: z.infer<typeof UserRow>[] = [];
  try {
    const query = { fields: 'id,Name,Created', find_disabled_rows: '1' };
    for await (const rows of walkPages(reader, { path: '/users/privileged', query }))
      users.push(...z.array(UserRow).parse(rows));
  } catch (error) {
    if (isRefusal(error, [403, 404])) return null;
    throw error;
  }
  return users;
}

async function findPrivilegedGroup(reader: Reader): Promise<string | null> {
  try {
    return await searchPrivilegedGroup(reader);
  } catch (error) {
    if (isRefusal(error, [403, 404])) return null;
    throw error;
  }
}

async function searchPrivilegedGroup(reader: Reader): Promise<string | null> {
  const listing = {
    path: '/groups',
    query: { fields: 'id,Name,Domain' },
    search: [{ field: 'Domain', value: 'SystemInternal' }],
  };
  for await (const rows of walkPages(reader, listing)) {
    for (const row of rows) {
      const group = GroupRow.safeParse(row);
      // The search is checked here again: RT ignores limits that it does not like and then gives every role group of every ticket.
      if (group.success && group.data.Domain === 'SystemInternal' && group.data.Name === 'Privileged')
        return group.data.id;
      if (group.success && group.data.Domain !== 'SystemInternal') return null;
    }
  }
  return null;
}

export async function readUser(reader: Reader, idOrName: string): Promise<UserDetail | null> {
  const reply = await readOne(reader, `/user/${encodeURIComponent(idOrName)}`, UserDetail);
  return reply.found;
}

/** Single users are asked for only where the list of members cannot be seen. */
export function openDirectory({ names }: Privileged, reader: Reader, settings: Settings): Directory {
  const asked = new Map<string, Promise<boolean | null>>();
  const isPrivileged = (person: Person): boolean | Promise<boolean | null> => {
    if (names !== null) return names.has(person.name.toLowerCase());
    const known = asked.get(person.id);
    if (known !== undefined) return known;
    const answer = readUser(reader, person.id).then((user) => user?.privileged ?? null);
    asked.set(person.id, answer);
    return answer;
  };
  return {
    async kindOf(person) {
      const kind = programKind(person, settings);
      if (kind !== null) return kind;
      const ofDesk = await isPrivileged(person);
      return ofDesk === null ? null : ofDesk ? 'agent' : 'customer';
    },
  };
}

export function programKind(person: Pick<Person, 'id' | 'name'>, settings: Settings): 'system' | 'machine' | null {
  const name = person.name.toLowerCase();
  if (SYSTEM.has(person.id) || SYSTEM.has(name) || NOBODY.has(person.id) || NOBODY.has(name)) return 'system';
  if (PROGRAM.test(name) || settings.machineUsers.some((one) => one.toLowerCase() === name)) return 'machine';
  return null;
}

/**
 * Names of all users, disabled ones among them, for RT that lists privileged users in no other way: since the security fixes of October 2026 the
 * members of a system group are shown to nobody (CVE-2026-108353).
 */
export async function* walkUsers(reader: Reader): AsyncGenerator<z.infer<typeof UserRow>[]> {
  const query = { fields: 'id,Name,Created', find_disabled_rows: '1' };
  for await (const rows of walkPages(reader, { path: '/users', query }))
    yield rows.flatMap((row) => {
      const user = UserRow.safeParse(row);
      return user.success && keyOf(row) !== '' ? [user.data] : [];
    });
}
