import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { firstIds, seesAny, seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import type { PageAsk } from '../../src/kit/page/pager.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { API, idsIn, REFUSED, readPage, searchFor, visiblePage } from './pages.ts';
import { Version } from './schema.ts';
import type { Settings } from './settings.ts';

type Caller = EarlyContext<Settings>;

export const PRIVILEGED = 'Tick "Let this user be granted rights" for the API user in RT (Admin > Users).';

const ALL_TICKETS = { query: 'EffectiveId > 0', orderby: 'id' };

/** A cheap question to each list; attachments and transactions are asked for by one number, as their lists are long. */
const LISTS = {
  users: { path: `${API}/users`, query: { per_page: 3 } },
  groups: {
    path: `${API}/groups`,
    query: { fields: 'id', per_page: 3 },
    ...searchFor({ field: 'Domain', value: 'UserDefined' }),
  },
  queues: { path: `${API}/queues/all`, query: { per_page: 3 } },
  tickets: { path: `${API}/tickets`, query: { ...ALL_TICKETS, order: 'ASC', per_page: 3 } },
  transactions: {
    path: `${API}/transactions`,
    query: { query: "ObjectType = 'RT::Ticket' AND (id = 1)", per_page: 1 },
  },
  attachments: {
    path: `${API}/attachments`,
    query: { fields: 'TransactionId', per_page: 1 },
    ...searchFor({ field: 'TransactionId', value: '1' }),
  },
} as const satisfies Record<string, PageAsk>;
export type ListName = keyof typeof LISTS;

/** Whether a list is open at all. */
export function seesList(context: Caller, name: ListName): Promise<boolean> {
  return seesAny(context, [LISTS[name]]);
}

/** The account that RT itself acts as: every RT has it under this id, also where no user is listed. */
const RT_SYSTEM = '1';

/** Whether records are shown one by one, where their list does not tell all. */
export async function seesOne(context: Caller, kind: 'user' | 'group' | 'queue' | 'ticket'): Promise<boolean> {
  const listed = (await firstIds(context, LISTS[`${kind}s`], 'items')) ?? [];
  const ids = listed.length === 0 && kind === 'user' ? [RT_SYSTEM] : listed;
  return seesBelow(context, ids, (id) => ({ path: `${API}/${kind}/${id}` }));
}

/** What the credentials open. RT has no call that tells a user's rights, so it is found out by looking. */
export interface Access {
  readonly version: string;
  /** Only a superuser is shown the list of plugins. */
  readonly superuser: boolean;
  /** How many may be seen; none where the list is refused. */
  readonly queues: number;
  readonly serverNow: Date;
}

export async function readAccess(context: Caller): Promise<Access> {
  const reply = await context.http.getJson({ path: `${API}/rt`, schema: Version, signal: context.signal });
  const { found } = await orRefusal(() => readPage(context, { path: `${API}/queues/all` }), REFUSED);
  return {
    version: reply.data.Version,
    superuser: reply.data.Plugins !== undefined,
    queues: found?.total ?? found?.rows.length ?? 0,
    serverNow: serverTime(reply),
  };
}

/**
 * Who the credentials belong to. Throws PERMISSION_DENIED for wrong ones, and for a user who is shown neither people nor a queue: without the mark
 * "privileged" RT shows next to nothing. A list of people that is refused alone ends nothing.
 */
export async function identify(context: Caller): Promise<Identity> {
  const { version, superuser, queues, serverNow, people } = await withRemedy(async () => ({
    ...(await readAccess(context)),
    people: await seesList(context, 'users'),
  }));
  if (!people && queues === 0)
    throw new PlumblineError(
      'PERMISSION_DENIED',
      'The RT user is not privileged, so it sees no users and almost no tickets.',
      `${PRIVILEGED} Grant it the read rights listed in the connector README, and connect again.`,
      { where: context.http.origin },
    );
  return {
    role: superuser ? 'superuser' : `${people ? 'privileged ' : ''}user that sees ${queues} queues`,
    account: `${new URL(context.http.origin).host}, RT ${version}`,
    serverNow,
  };
}

async function withRemedy<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HttpStatusError) || error.kind !== 'permission') throw error;
    throw new PlumblineError(
      'PERMISSION_DENIED',
      `Request Tracker refuses the user, the password or the token (${error.status}).`,
      'Make a token in RT under "Logged in as" > Settings > Auth Tokens, as a privileged user with the read rights listed in the connector README, and connect again.',
      { cause: error, ...(error.where === undefined ? {} : { where: error.where }) },
    );
  }
}

/** Numbers of the newest visible tickets, newest first; where the newest are all hidden from this user, of the oldest. */
export async function newestTickets(context: Caller): Promise<bigint[]> {
  const ordered = (order: string) => ({ path: `${API}/tickets`, query: { ...ALL_TICKETS, order } });
  const newest = await visiblePage(context, ordered('DESC'));
  const isThere = newest.rows.length > 0 || newest.total === 0;
  return idsIn(isThere ? newest : await readPage(context, ordered('ASC'))).sort((a, b) => (a < b ? 1 : -1));
}
