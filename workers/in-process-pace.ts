import type { AccountPace } from '../src/store/operations-port.ts';

/**
 * What the workers of one process share about vendor accounts: pauses. Requests a minute are kept by each connection's own client, which
 * is enough where one process asks; nothing here outlives the process.
 */
export function createInProcessPace(clock: { now(): Date }): AccountPace {
  const pausedUntil = new Map<string, number>();
  const pausedForMs = async (account: string): Promise<number> =>
    Math.max(0, (pausedUntil.get(account) ?? 0) - clock.now().getTime());
  return {
    take: pausedForMs,
    async pause(account, ms) {
      pausedUntil.set(account, Math.max(pausedUntil.get(account) ?? 0, clock.now().getTime() + ms));
    },
    pausedForMs,
  };
}
