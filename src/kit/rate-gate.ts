import type { OriginLimits } from './account.ts';
import type { Clock } from './clock.ts';
import type { RateHeaders } from './retry-after.ts';

const MINUTE_MS = 60_000;

/** Lets requests to one origin through: so many at once, so many per sliding minute, none before a pause has passed. */
export interface RateGate {
  /** Waits for a turn; call the returned function when the request has ended. Rejects when `signal` aborts. */
  enter(signal: AbortSignal | undefined): Promise<() => void>;
  /** No request starts before `ms` from now. */
  pause(ms: number): void;
  /** Milliseconds until the pause ends; 0 = none. */
  pausedForMs(): number;
  /** Lowers the limits to what the vendor states; never raises them. */
  learn(rate: RateHeaders): void;
}

export function createRateGate(limits: OriginLimits, clock: Clock): RateGate {
  let active = 0;
  let perMinute = limits.perMinute;
  const others = (limits.windows ?? []).map(({ requests, seconds }) => ({ requests, ms: seconds * 1000 }));
  const longestMs = Math.max(MINUTE_MS, ...others.map(({ ms }) => ms));
  let pausedUntil = 0;
  const waiting: (() => void)[] = [];
  const starts: number[] = [];

  const now = () => clock.now().getTime();
  const release = () => {
    active -= 1;
    waiting.shift()?.();
  };

  /** Milliseconds until the next start is allowed. */
  const delay = (at: number): number => {
    while (starts.length > 0 && (starts[0] as number) <= at - longestMs) starts.shift();
    const minute = perMinute === null ? [] : [{ requests: perMinute, ms: MINUTE_MS }];
    const spans = [...minute, ...others].map(({ requests, ms }) => {
      const first = starts[starts.length - requests];
      return first === undefined ? 0 : first + ms - at;
    });
    return Math.max(pausedUntil - at, 0, ...spans);
  };

  return {
    async enter(signal) {
      while (active >= limits.concurrency)
        await new Promise<void>((resolve, reject) => {
          const turn = () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          };
          const stop = () => {
            const place = waiting.indexOf(turn);
            if (place >= 0) waiting.splice(place, 1);
            reject(signal?.reason);
          };
          if (signal?.aborted) return reject(signal.reason);
          signal?.addEventListener('abort', stop, { once: true });
          waiting.push(turn);
        });
      active += 1;
      try {
        for (let ms = delay(now()); ms > 0; ms = delay(now())) await clock.sleep(ms, signal);
      } catch (error) {
        release();
        throw error;
      }
      starts.push(now());
      return release;
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, now() + ms);
    },
    pausedForMs: () => Math.max(0, pausedUntil - now()),
    learn({ limit, remaining, resetMs }) {
      if (limit !== null && limit >= 1) perMinute = Math.min(perMinute ?? limit, limit);
      if (remaining === 0 && resetMs !== null)
        pausedUntil = Math.max(pausedUntil, now() + Math.min(resetMs, MINUTE_MS));
    },
  };
}
