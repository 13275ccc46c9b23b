import type { Store } from '../store/ports.ts';

/** Whoever lends stores of workspaces. */
interface LendsStores {
  store(workspace: string): Promise<Store>;
}

/** Works with the store of a workspace and gives it back, also after an error. */
export async function withStore<T>(
  deps: LendsStores,
  workspace: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await deps.store(workspace);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
