import type { z } from 'zod';
import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { oncePer } from '../../src/kit/once.ts';
import type { Reader } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { API, LISTED, REFUSED, readPage, searchFor } from './pages.ts';
import { GroupMembers, GroupRow, type Person, type TicketRow, UserDetail, UserRow } from './schema.ts';
import type { Settings } from './settings.ts';

/** RT_System and Nobody exist in every RT under these ids and names. */
const NOBODY = new Set(['6', 'nobody']);
const SYSTEM = new Set(['1', 'rt_system', ...NOBODY]);

/** Local parts that people do not have. */
const PROGRAM =
  /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|daemon|cron|root|nagios|icinga|zabbix|prometheus|alertmanager|grafana|monitoring|monitor|alerts?)@/i;

type Side = 'system' | 'machine' | 'agent' | 'customer';

/** On which side somebody is: privileged users belong to the desk. Null = it is not shown whether they do. */
export type SideOf = (person: Person) => Promise<Side | null>;

const ALL_USERS = { query: { fields: 'id,Name,Created', find_disabled_rows: '1' }, ...LISTED, rows: UserRow };

/**
 * Login names of the privileged users, in small letters: from `/users/privileged` (newer RT) or from the members of the system group "Privileged",
 * which asks for SeeGroup. Null = neither can be seen, and each user has to be asked for.
 */
export async function readPrivileged(reader: Reader): Promise<readonly string[] | null> {
  const listed = await readVisible(reader, { path: `${API}/users/privileged`, ...ALL_USERS });
  if (listed !== null) return listed.map(({ Name }) => Name.toLowerCase());
  const search = searchFor({ field: 'Domain', value: 'SystemInternal' });
  const ask = { path: `${API}/groups`, query: { fields: 'id,Name,Domain' }, ...search };
  // There are three. RT ignores limits that it does not like and then gives every role group of every ticket: one page is enough.
  const { found } = await orRefusal(() => readPage(reader, ask), REFUSED);
  const group = parseEach(GroupRow, found?.rows ?? [], 'groups').kept.find(
    ({ Domain, Name }) => Domain === 'SystemInternal' && Name === 'Privileged',
  );
  const detail =
    group === undefined ? null : await readShown(reader, { path: `${API}/group/${group.id}` }, GroupMembers);
  return detail?.Members ?? null;
}

/**
 * Names of all users, disabled ones among them, for RT that lists privileged users in no other way: since the security fixes of October 2026 the
 * members of a system group are shown to nobody (CVE-2026-108353). None where the list is refused.
 */
export async function allNames(reader: Reader): Promise<readonly string[]> {
  return ((await readVisible(reader, { path: `${API}/users`, ...ALL_USERS })) ?? []).map(({ Name }) => Name);
}

export function readUser(reader: Reader, idOrName: string): Promise<z.infer<typeof UserDetail> | null> {
  return readShown(reader, { path: `${API}/user/${encodeURIComponent(idOrName)}` }, UserDetail);
}

/** Single users are asked for only where the list of members cannot be seen. */
export function sideReader(privileged: readonly string[] | null, reader: Reader, settings: Settings): SideOf {
  const names = privileged === null ? null : new Set(privileged);
  const isMember = oncePer(async (id: string) => (await readUser(reader, id))?.privileged ?? null);
  return async (person) => {
    const program = programKind(person, settings);
    if (program !== null) return program;
    const member = names === null ? await isMember(person.id) : names.has(person.name.toLowerCase());
    return member === null ? null : member ? 'agent' : 'customer';
  };
}

export function programKind(
  { id, name }: Pick<Person, 'id' | 'name'>,
  settings: Settings,
): 'system' | 'machine' | null {
  const login = name.toLowerCase();
  if (SYSTEM.has(id) || SYSTEM.has(login)) return 'system';
  return PROGRAM.test(login) || settings.machineUsers.some((one) => one.toLowerCase() === login) ? 'machine' : null;
}

/** Null for Nobody. */
export function ownerId(owner: Person | null): string | null {
  return owner === null || NOBODY.has(owner.id.toLowerCase()) ? null : owner.id;
}

/** Somebody as seen on one ticket. */
export interface Author {
  readonly id: string;
  /** Null = unknown. */
  readonly side: Side | null;
  readonly isRequester: boolean;
}

/** Scrips act as RT_System, so a change by it is a rule of the desk. */
const ACTORS = { system: 'automation', machine: 'system', agent: 'agent', customer: 'customer' } as const;

export function actorOf(author: Author | null): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const side = author?.side ?? null;
  return { actor: side === null ? null : ACTORS[side], actor_id: side === 'agent' ? (author?.id ?? null) : null };
}

/** Who people are on a ticket. */
export type AuthorOn = (row: TicketRow, person: Person | null) => Author | null;

/** Looks up the sides of all people on some tickets, so that mapping itself needs no request. */
export async function castOf(people: readonly (Person | null)[], sideOf: SideOf): Promise<AuthorOn> {
  const sides = new Map<string, Side | null>();
  for (const person of people)
    if (person !== null && !sides.has(person.name)) sides.set(person.name, await sideOf(person));
  return (row, person) => {
    if (person === null) return null;
    const isRequester = row.Requestor.some((one) => one.name.toLowerCase() === person.name.toLowerCase());
    return { id: person.id, side: sides.get(person.name) ?? null, isRequester };
  };
}
