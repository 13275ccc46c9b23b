import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { Envelope, keyOf, readPage } from './pages.ts';
import { Version } from './schema.ts';
import type { Settings } from './settings.ts';

type Caller = EarlyContext<Settings>;

const TOKEN_REMEDY =
  'Make a token in RT under "Logged in as" > Settings > Auth Tokens, as a privileged user with the read rights listed in the connector README, and connect again.';

/** What the credentials open. RT has no call that tells a user's rights, so it is found out by looking. */
export interface Access {
  readonly version: string;
  /** Only a superuser is shown the list of plugins. */
  readonly superuser: boolean;
  readonly queues: number;
  readonly serverNow: Date | null;
}

export async function readAccess(context: Caller): Promise<Access> {
  const { data, date } = await context.http.getJson({ path: '/REST/2.0/rt', schema: Version, signal: context.signal });
  const queues = await readPage(context, { path: '/queues/all', query: { per_page: 100 } });
  return {
    version: data.Version,
    superuser: data.Plugins !== undefined,
    queues: queues.total ?? queues.items.length,
    serverNow: date,
  };
}

/** Who the credentials belong to. Throws PERMISSION_DENIED for wrong ones and for users without the mark "privileged". */
export async function identify(context: Caller): Promise<Identity> {
  const access = await explaining(() => readAccess(context));
  await explaining(
    () =>
      context.http.getJson({
        path: '/REST/2.0/users',
        query: { per_page: 1 },
        schema: Envelope,
        signal: context.signal,
      }),
    'The RT user is not privileged, so it sees no users and almost no tickets.',
    'Tick "Let this user be granted rights" for the user in RT (Admin > Users), grant the read rights listed in the connector README, and connect again.',
  );
  if (access.serverNow === null)
    throw new PlumblineError(
      'VENDOR_BROKEN',
      'Request Tracker sends no Date header.',
      'A proxy in front of RT removes it; let it pass.',
    );
  return {
    role: access.superuser ? 'superuser' : `privileged user that sees ${access.queues} queues`,
    account: `${new URL(context.http.origin).host}, RT ${access.version}`,
    serverNow: access.serverNow,
  };
}

async function explaining<T>(ask: () => Promise<T>, message?: string, remedy?: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HttpStatusError) || error.kind !== 'permission') throw error;
    throw new PlumblineError(
      'PERMISSION_DENIED',
      error.status === 403 && message !== undefined
        ? message
        : `Request Tracker refuses the user, the password or the token (${error.status}).`,
      error.status === 403 && remedy !== undefined ? remedy : TOKEN_REMEDY,
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
