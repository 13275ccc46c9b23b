/** Waits after the first, second, ... failed attempt, seconds: 24 h together, then it has failed for good. */
const WAITS_S = [5, 60, 300, 1_800, 7_200, 14_400, 28_800, 33_835] as const;
const DAY_MS = 86_400_000;

/**
 * Wait before the next attempt, milliseconds, after `attempts` that failed; null = no further one. Up to a fifth shorter by `random`
 * in [0, 1), so that a receiver that comes back is not struck by all at once. What the receiver asked for (`retryAfterMs`) is
 * waited for where it is longer, at most a day.
 */
export function nextWaitMs(attempts: number, retryAfterMs: number | null, random: () => number): number | null {
  const waitS = WAITS_S[attempts - 1];
  if (waitS === undefined) return null;
  const waitMs = Math.round(waitS * 1000 * (1 - random() / 5));
  return Math.min(DAY_MS, Math.max(waitMs, retryAfterMs ?? 0));
}
