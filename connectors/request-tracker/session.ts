import { orRefusal } from '../../src/kit/capability.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { once } from '../../src/kit/once.ts';
import { type Access, type ListName, newestTickets, REFUSED, readAccess, seesList } from './access.ts';
import { type Directory, openDirectory, type Privileged, readPrivileged } from './directory.ts';
import { keyOf, type Listing, readPage } from './pages.ts';
import type { Settings } from './settings.ts';

/** What probes and reads of one sync share, each asked for once, by the first that needs it. */
export interface Session {
  readonly access: () => Promise<Access>;
  /** Numbers of the newest visible tickets, newest first. */
  readonly newest: () => Promise<readonly bigint[]>;
  readonly privileged: () => Promise<Privileged>;
  readonly directory: () => Promise<Directory>;
  /** Whether a list is open at all. */
  readonly sees: (list: ListName) => Promise<boolean>;
  /** Whether records of a list are shown one by one, where the list itself does not tell all. */
  readonly seesOne: (kind: OneByOne) => Promise<boolean>;
}
export type Context = FeedContext<Settings, Session>;

const ONE_BY_ONE = {
  user: { path: '/users', query: {} },
  group: { path: '/groups', query: { fields: 'id' }, search: [{ field: 'Domain', value: 'UserDefined' }] },
  queue: { path: '/queues/all', query: {} },
  article: { path: '/articles', query: {}, search: [{ field: 'id', operator: '>', value: '0' }] },
  ticket: { path: '/tickets', query: { query: 'EffectiveId > 0', orderby: 'id', order: 'ASC' } },
} as const satisfies Record<string, Listing>;
export type OneByOne = keyof typeof ONE_BY_ONE;

/** The account that RT itself acts as: every RT has it under this id. */
const RT_SYSTEM = '1';

/** Looks at the first records of a list; where the list is refused there is nothing to look at, but one user. */
async function seesOne(context: EarlyContext<Settings>, kind: OneByOne): Promise<boolean> {
  const { found } = await orRefusal(() => readPage(context, ONE_BY_ONE[kind]), REFUSED);
  const listed = (found?.items ?? []).map(keyOf).filter((id) => id !== '');
  const ids = listed.length === 0 && kind === 'user' ? [RT_SYSTEM] : listed;
  return seesBelow(context, ids, (id) => ({ path: `/REST/2.0/${kind}/${id}` }));
}

export function openSession(context: EarlyContext<Settings>): Session {
  const privileged = once(() => readPrivileged(context));
  const lists = new Map<ListName, () => Promise<boolean>>();
  const single = new Map<OneByOne, () => Promise<boolean>>();
  const ask = <K>(known: Map<K, () => Promise<boolean>>, key: K, look: () => Promise<boolean>) => {
    const asked = known.get(key) ?? once(look);
    known.set(key, asked);
    return asked();
  };
  return {
    sees: (list) => ask(lists, list, () => seesList(context, list)),
    seesOne: (kind) => ask(single, kind, () => seesOne(context, kind)),
    access: once(() => readAccess(context)),
    newest: once(() => newestTickets(context)),
    privileged,
    directory: once(async () => openDirectory(await privileged(), context, context.settings)),
  };
}
