import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { once, oncePer } from '../../src/kit/once.ts';
import { type Access, type ListName, newestTickets, readAccess, seesList, seesOne } from './access.ts';
import { readPrivileged, type SideOf, sideReader } from './people.ts';
import type { Settings } from './settings.ts';

/** What probes and reads of one sync share, each asked for once, by the first that needs it. */
export interface Session {
  readonly access: () => Promise<Access>;
  /** Numbers of the newest visible tickets, newest first. */
  readonly newest: () => Promise<readonly bigint[]>;
  /** Login names of the members of the desk; null = they cannot be listed. */
  readonly privileged: () => Promise<readonly string[] | null>;
  readonly sideOf: () => Promise<SideOf>;
  readonly sees: (list: ListName) => Promise<boolean>;
  readonly seesOne: (kind: Parameters<typeof seesOne>[1]) => Promise<boolean>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: EarlyContext<Settings>): Session {
  const privileged = once(() => readPrivileged(context));
  return {
    access: once(() => readAccess(context)),
    newest: once(() => newestTickets(context)),
    privileged,
    sideOf: once(async () => sideReader(await privileged(), context, context.settings)),
    sees: oncePer((list) => seesList(context, list)),
    seesOne: oncePer((kind) => seesOne(context, kind)),
  };
}
