import type { Logger } from '../logging/create-logger.ts';
import type { Store } from '../store/ports.ts';

interface Shared {
  readonly store: Promise<Store>;
  holders: number;
  idle: NodeJS.Timeout | null;
}

/** Stores of many workspaces, each opened once however many hold it, and closed a while after the last has given it back. */
export interface StoreLeases {
  /** The store on loan: its `close` gives it back. */
  lease(workspace: string): Promise<Store>;
  /** Closes what nobody holds, now. */
  close(): Promise<void>;
}

/** `idleMs` = time that a store stays open for the next one; commands of other processes wait that long when embedded. */
export function leaseStores(
  open: (workspace: string) => Promise<Store>,
  { idleMs, log }: { readonly idleMs: number; readonly log: Pick<Logger, 'error'> },
): StoreLeases {
  const shared = new Map<string, Shared>();
  const closing = new Map<string, Promise<void>>();

  const end = (workspace: string, one: Shared): Promise<void> => {
    if (one.idle !== null) clearTimeout(one.idle);
    shared.delete(workspace);
    const closed = one.store
      .then((store) => store.close())
      .catch((error: unknown) => log.error({ workspace, err: error }, 'a store could not be closed'))
      .finally(() => closing.delete(workspace));
    closing.set(workspace, closed);
    return closed;
  };

  const enter = async (workspace: string): Promise<Shared> => {
    // The lock of a store that is being closed is still held.
    await closing.get(workspace);
    const known = shared.get(workspace);
    if (known !== undefined) return known;
    const made: Shared = { store: open(workspace), holders: 0, idle: null };
    shared.set(workspace, made);
    made.store.catch(() => shared.delete(workspace));
    return made;
  };

  return {
    async lease(workspace) {
      const one = await enter(workspace);
      one.holders += 1;
      if (one.idle !== null) clearTimeout(one.idle);
      one.idle = null;
      const store = await one.store;
      let held = true;
      return {
        telemetry: store.telemetry,
        ledger: store.ledger,
        async close() {
          if (!held) return;
          held = false;
          one.holders -= 1;
          if (one.holders > 0) return;
          one.idle = setTimeout(() => {
            void end(workspace, one);
          }, idleMs);
        },
      };
    },
    async close() {
      await Promise.all([...shared].filter(([, one]) => one.holders === 0).map(([name, one]) => end(name, one)));
      await Promise.all(closing.values());
    },
  };
}
