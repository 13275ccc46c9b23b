import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../kit/clock.ts';

/** The one reader of the machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

/** Makes `make` run once, at the first call; a failure is not remembered, so that the next call tries again. */
export function once<T>(make: () => Promise<T>): (() => Promise<T>) & { made(): Promise<T> | null } {
  let made: Promise<T> | null = null;
  const get = (): Promise<T> => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
  return Object.assign(get, { made: () => made });
}
