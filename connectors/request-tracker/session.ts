import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { once } from '../../src/kit/once.ts';
import { type Access, newestTickets, readAccess } from './access.ts';
import { type Directory, openDirectory, type Privileged, readPrivileged } from './directory.ts';
import type { Settings } from './settings.ts';

/** What probes and reads of one sync share, each asked for once, by the first that needs it. */
export interface Session {
  readonly access: () => Promise<Access>;
  /** Numbers of the newest visible tickets, newest first. */
  readonly newest: () => Promise<readonly bigint[]>;
  readonly privileged: () => Promise<Privileged>;
  readonly directory: () => Promise<Directory>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: EarlyContext<Settings>): Session {
  const privileged = once(() => readPrivileged(context));
  return {
    access: once(() => readAccess(context)),
    newest: once(() => newestTickets(context)),
    privileged,
    directory: once(async () => openDirectory(await privileged(), context, context.settings)),
  };
}
