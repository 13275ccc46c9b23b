import { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { Capability, Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { once } from '../../src/kit/once.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { type Directory, loadDirectory } from './directory.ts';
import { API } from './pages.ts';
import type { Settings } from './settings.ts';

/** What other records are understood by. Asked for once a sync, by the first that needs it. */
export interface Session {
  readonly directory: () => Promise<Directory>;
  /** The credentials are known to be an administrator's: what is refused to them is refused by the plan. */
  readonly isAdmin: boolean;
}
export type Context = FeedContext<Settings, Session>;

const ADMIN = 'admin';

export function openSession(context: EarlyContext<Settings>, who: Identity | null): Session {
  return { directory: once(() => loadDirectory(context)), isAdmin: who?.role === ADMIN };
}

/** A refusal of something that a plan can lack is the plan's when an administrator asks. */
export function byPlan(asked: Capability, plan: string | undefined, { session }: Context): Capability {
  const isPlan = asked.status === 'permission' && plan !== undefined && session.isAdmin;
  return isPlan ? { status: 'plan', detail: plan } : asked;
}

const Me = z.looseObject({
  user: z.looseObject({ id: z.union([z.string(), z.int()]).nullish(), role: z.string().nullish() }),
});

export async function identify(context: EarlyContext<Settings>): Promise<Identity> {
  const reply = await context.http.getJson({ path: `${API}/users/me`, schema: Me, signal: context.signal });
  const { id, role } = reply.data.user;
  // Zendesk answers wrong or missing credentials here with 200 and an anonymous end user.
  if (id === null || id === undefined || role === 'end-user')
    throw new PlumblineError(
      'PERMISSION_DENIED',
      'Zendesk does not know these credentials as an agent.',
      'Check the e-mail (--user) and the API token, and that token access is switched on in the admin centre.',
      { where: context.http.origin },
    );
  return { role: role ?? 'unknown', account: new URL(context.http.origin).host, serverNow: serverTime(reply) };
}
