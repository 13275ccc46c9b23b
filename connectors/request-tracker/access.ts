import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { firstIds, seesAny } from '../../src/kit/feed/visible-parts.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import type { PageAsk } from '../../src/kit/page/pager.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { API, idsIn, REFUSED, readPage, searchFor } from './pages.ts';
import { Version } from './schema.ts';
import type { Settings } from './settings.ts';

type Caller = EarlyContext<Settings>;

const TOKEN_REMEDY =
  'Make a token in RT under "Logged in as" > Settings > Auth Tokens, as a privileged user with the read rights listed in the connector README, and connect again.';

export const PRIVILEGED = 'Tick "Let this user be granted rights" for the API user in RT (Admin > Users).';

const USERS: PageAsk = { path: `${API}/users`, query: { per_page: 3 } };
const GROUPS: PageAsk = {
  path: `${API}/groups`,
  query: { fields: 'id', per_page: 3 },
  ...searchFor({ field: 'Domain', value: 'UserDefined' }),
};
const TICKETS: PageAsk = {
  path: `${API}/tickets`,
  query: { query: 'EffectiveId > 0', orderby: 'id', order: 'ASC', per_page: 3 },
};

/** The cheapest question to each list; attachments and transactions are asked for by one number, as their lists are long. */
const LISTS = {
  users: USERS,
  groups: GROUPS,
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

/** Where ids are listed of records that are shown one by one. */
const SINGLE = {
  user: USERS,
  group: GROUPS,
  queue: { path: `${API}/queues/all`, query: { per_page: 3 } },
  ticket: TICKETS,
} as const satisfies Record<string, PageAsk>;

/** A call that may not be granted: a list, or the records of one, one by one. */
export type Part = keyof typeof LISTS | keyof typeof SINGLE;

/** The account that RT itself acts as: every RT has it under this id, also where no user is listed. */
const RT_SYSTEM = '1';

/** Whether a call may be used. */
export async function seesPart(context: Caller, part: Part): Promise<boolean> {
  if (part in LISTS) return seesAny(context, [LISTS[part as keyof typeof LISTS]]);
  const listed = (await firstIds(context, SINGLE[part as keyof typeof SINGLE], 'items')) ?? [];
  const ids = listed.length === 0 && part === 'user' ? [RT_SYSTEM] : listed;
  return seesAny(
    context,
    ids.map((id) => ({ path: `${API}/${part}/${id}` })),
  );
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
    people: await seesPart(context, 'users'),
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
      TOKEN_REMEDY,
      { cause: error, ...(error.where === undefined ? {} : { where: error.where }) },
    );
  }
}

/** Where to look for visible tickets: among the newest, which may all be hidden from this user, then among the oldest. */
const PLACES = [
  ['DESC', 1],
  ['DESC', 2],
  ['DESC', 3],
  ['ASC', 1],
] as const;

/** Numbers of the newest visible tickets, newest first. */
export async function newestTickets(context: Caller): Promise<bigint[]> {
  for (const [order, page] of PLACES) {
    const query = { query: 'EffectiveId > 0', orderby: 'id', order };
    const found = await readPage(context, { path: `${API}/tickets`, query }, page);
    const ids = idsIn(found);
    if (ids.length > 0 || found.total === 0) return ids.sort((a, b) => (a < b ? 1 : -1));
  }
  return [];
}
