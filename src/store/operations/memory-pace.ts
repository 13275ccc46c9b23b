import type { AccountPace } from '../operations-port.ts';
import { paceOf } from './pace-law.ts';

interface Account {
  turnAt: number;
  pausedUntil: number;
  pauseMs: number;
}

/**
 * The pace of accounts that one process alone talks to (embedded mode). A clock that is set back makes nobody wait longer than
 * one interval or the pause itself.
 */
export function memoryPace(clock: { now(): Date }): AccountPace {
  const accounts = new Map<string, Account>();
  const accountOf = (name: string): Account => {
    const known = accounts.get(name) ?? { turnAt: 0, pausedUntil: 0, pauseMs: 0 };
    accounts.set(name, known);
    return known;
  };
  const pauseLeft = (account: Account, now: number): number =>
    Math.max(0, Math.min(account.pausedUntil - now, account.pauseMs));
  return {
    async take(name, perMinute) {
      const now = clock.now().getTime();
      const account = accountOf(name);
      if (perMinute === null) return Math.ceil(pauseLeft(account, now));
      const { intervalMs, toleranceMs } = paceOf(perMinute);
      const turnAt = Math.min(account.turnAt, now + toleranceMs + intervalMs);
      const waitMs = Math.max(pauseLeft(account, now), turnAt - toleranceMs - now);
      if (waitMs <= 0) account.turnAt = Math.max(turnAt, now) + intervalMs;
      return Math.max(0, Math.ceil(waitMs));
    },
    async pause(name, ms) {
      const now = clock.now().getTime();
      const account = accountOf(name);
      if (ms <= pauseLeft(account, now)) return;
      account.pausedUntil = now + ms;
      account.pauseMs = ms;
    },
    async pausedForMs(name) {
      return Math.ceil(pauseLeft(accountOf(name), clock.now().getTime()));
    },
  };
}
