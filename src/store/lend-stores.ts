import type { Store } from './ports.ts';

interface Loan {
  users: number;
  readonly store: Promise<Store>;
}

export interface LendsStores {
  /** The store of a workspace, shared by all who borrow it at the time; `close` gives it back, once. Errors: those of opening. */
  lend(workspace: string): Promise<Store>;
}

/** Lends stores that one process may open once: opened for the first who needs one, closed when the last gives it back. */
export function lendStores(open: (workspace: string) => Promise<Store>): LendsStores {
  const loans = new Map<string, Loan>();
  const closing = new Map<string, Promise<void>>();

  const begin = (workspace: string): Loan => {
    const before = closing.get(workspace) ?? Promise.resolve();
    const loan: Loan = { users: 0, store: before.then(() => open(workspace)) };
    loans.set(workspace, loan);
    return loan;
  };

  const giveBack = async (workspace: string, loan: Loan): Promise<void> => {
    loan.users -= 1;
    if (loan.users > 0) return;
    if (loans.get(workspace) === loan) loans.delete(workspace);
    const closed = loan.store.then(
      (store) => store.close(),
      () => undefined,
    );
    // Whoever comes next waits for it, whether it went well or not.
    const over = closed.catch(() => undefined);
    closing.set(workspace, over);
    await closed;
    if (closing.get(workspace) === over) closing.delete(workspace);
  };

  return {
    async lend(workspace) {
      const loan = loans.get(workspace) ?? begin(workspace);
      loan.users += 1;
      let returned = false;
      const back = async (): Promise<void> => {
        if (returned) return;
        returned = true;
        await giveBack(workspace, loan);
      };
      try {
        return { ...(await loan.store), close: back };
      } catch (error) {
        await back();
        throw error;
      }
    },
  };
}
