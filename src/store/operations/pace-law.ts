import { PlumblineError } from '../../errors/plumbline-error.ts';

const MINUTE_MS = 60_000;
const MOST_AT_ONCE = 10;

/** How turns of one account follow each other. */
interface Pace {
  /** Distance of two turns in the long run. */
  readonly intervalMs: number;
  /** How much earlier than that a turn may be taken: `burst` of them at once, after a rest. */
  readonly toleranceMs: number;
}

/**
 * The pace of a limit of `perMinute` requests, for the generic cell rate algorithm (ITU-T I.371): a turn at `now` is free when
 * `turn_at - tolerance <= now`, and moves `turn_at` to `max(turn_at, now) + interval`. A burst of b and then one each interval
 * makes b + minute / interval - 1 turns in the fullest sliding minute; the interval is the one at which that is the limit.
 * The burst is one turn and one more for each full 60 of the limit, at most 10: what it costs in the long run is below 2 % of the limit or one turn.
 * Errors: BUG for a limit that is not a positive number.
 */
export function paceOf(perMinute: number): Pace {
  if (!Number.isFinite(perMinute) || perMinute <= 0)
    throw new PlumblineError('BUG', `A limit of ${perMinute} requests a minute cannot be kept.`, 'Report this.');
  const burst = Math.min(MOST_AT_ONCE, 1 + Math.floor(perMinute / 60));
  // Upwards to the microsecond, so that rounding never makes room for one turn more.
  const intervalMs = Math.ceil((MINUTE_MS / (perMinute - burst + 1)) * 1000) / 1000;
  return { intervalMs, toleranceMs: (burst - 1) * intervalMs };
}
