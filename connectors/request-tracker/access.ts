import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { keyOf, type Listing, readPage } from './pages.ts';
import { Version } from './schema.ts';
import type { Settings } from './settings.ts';

type Caller = EarlyContext<Settings>;

const TOKEN_REMEDY =
  'Make a token in RT under "Logged in as" > Settings > Auth Tokens, as a privileged user with the read rights listed in the connector README, and connect again.';

export const PRIVILEGED = 'Tick "Let this user be granted rights" for the API user in RT (Admin > Users).';

/** Statuses by which RT refuses a list or a record. */
export const REFUSED = [403, 404] as const;

/** The cheapest question to each list; attachments and transactions are asked for by one number, as their lists are long. */
const LISTS = {
  users: { path: '/users', query: { per_page: 1 } },
  groups: {
    path: '/groups',
    query: { fields: 'id', per_page: 1 },
    search: [{ field: 'Domain', value: 'UserDefined' }],
  },
  transactions: { path: '/transactions', query: { query: "ObjectType = 'RT::Ticket' AND (id = 1)", per_page: 1 } },
  attachments: {
    path: '/attachments',
    query: { fields: 'TransactionId', per_page: 1 },
    search: [{ field: 'TransactionId', value: '1' }],
  },
} as const satisfies Record<string, Listing>;
export type ListName = keyof typeof LISTS;

/** Whether a list is open at all. */
export async function seesList(context: Caller, name: ListName): Promise<boolean> {
  return (await orRefusal(() => readPage(context, LISTS[name]), REFUSED)).found !== null;
}

/** What the credentials open. RT has no call that tells a user's rights, so it is found out by looking. */
export interface Access {
  readonly version: string;
  /** Only a superuser is shown the list of plugins. */
  readonly superuser: boolean;
  /** Null = the list of queues is refused. */
  readonly queues: number | null;
  readonly serverNow: Date | null;
}

export async function readAccess(context: Caller): Promise<Access> {
  const { data, date } = await context.http.getJson({ path: '/REST/2.0/rt', schema: Version, signal: context.signal });
  const listed = () => readPage(context, { path: '/queues/all', query: { per_page: 100 } });
  const { found: queues } = await orRefusal(listed, REFUSED);
  return {
    version: data.Version,
    superuser: data.Plugins !== undefined,
    queues: queues === null ? null : (queues.total ?? queues.items.length),
    serverNow: date,
  };
}

/**
 * Who the credentials belong to. Throws PERMISSION_DENIED for wrong ones, and for a user who is shown neither people nor a queue: without the mark
 * "privileged" RT shows next to nothing. A list of people that is refused alone ends nothing.
 */
export async function identify(context: Caller): Promise<Identity> {
  const access = await explaining(() => readAccess(context));
  const people = await explaining(() => seesList(context, 'users'));
  if (!people && (access.queues ?? 0) === 0)
    throw new PlumblineError(
      'PERMISSION_DENIED',
      'The RT user is not privileged, so it sees no users and almost no tickets.',
      `${PRIVILEGED} Grant it the read rights listed in the connector README, and connect again.`,
      { where: context.http.origin },
    );
  if (access.serverNow === null)
    throw new PlumblineError(
      'VENDOR_BROKEN',
      'Request Tracker sends no Date header.',
      'A proxy in front of RT removes it; let it pass.',
    );
  return {
    role: access.superuser ? 'superuser' : `${people ? 'privileged ' : ''}user that sees ${access.queues ?? 0} queues`,
    account: `${new URL(context.http.origin).host}, RT ${access.version}`,
    serverNow: access.serverNow,
  };
}

async function explaining<T>(ask: () => Promise<T>): Promise<T> {
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
    const reply = await readPage(context, { path: '/tickets', query }, page);
    const ids = reply.items.map(keyOf).filter((id) => /^\d+$/.test(id));
    if (ids.length > 0) return ids.map(BigInt).sort((a, b) => (a < b ? 1 : -1));
    if (reply.total === 0) return [];
  }
  return [];
}
