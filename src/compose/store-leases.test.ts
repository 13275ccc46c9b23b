import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../test/harness/patience.ts';
import { createLogger } from '../logging/create-logger.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { leaseStores } from './store-leases.ts';

const log = createLogger('silent', { write: () => undefined });

function counted() {
  const opened: string[] = [];
  const closed: string[] = [];
  const open = async (workspace: string): Promise<Store> => {
    opened.push(workspace);
    const store = await openMemoryStore();
    return {
      ...store,
      close: async () => {
        closed.push(workspace);
        await store.close();
      },
    };
  };
  return { opened, closed, open };
}

describe('leaseStores', () => {
  it('opens a store once for all that hold it and closes it after the last', async () => {
    const { opened, closed, open } = counted();
    const leases = leaseStores(open, { idleMs: 5, log });
    const [a, b] = await Promise.all([leases.lease('one'), leases.lease('one')]);
    await a.close();
    await a.close();
    await sleep(30);
    expect(closed).toEqual([]);
    expect(await b.ledger.connections()).toEqual([]);
    await b.close();
    await vi.waitFor(() => expect([opened, closed]).toEqual([['one'], ['one']]), PATIENT);
    await (await leases.lease('one')).close();
    await leases.close();
    expect([opened, closed]).toEqual([
      ['one', 'one'],
      ['one', 'one'],
    ]);
  });

  it('keeps a store open for one that comes before it is idle for long', async () => {
    const { opened, closed, open } = counted();
    const leases = leaseStores(open, { idleMs: 60_000, log });
    await (await leases.lease('one')).close();
    const again = await leases.lease('one');
    await leases.close();
    expect([opened, closed]).toEqual([['one'], []]);
    expect(await again.ledger.connections()).toEqual([]);
    await again.close();
    await leases.close();
    expect(closed).toEqual(['one']);
  });

  it('does not remember a store that could not be opened', async () => {
    let tries = 0;
    const leases = leaseStores(
      async () => {
        tries += 1;
        if (tries === 1) throw new Error('disk');
        return openMemoryStore();
      },
      { idleMs: 5, log },
    );
    await expect(leases.lease('one')).rejects.toThrow('disk');
    await (await leases.lease('one')).close();
    await leases.close();
    expect(tries).toBe(2);
  });
});
