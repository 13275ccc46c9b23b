/**
 * Wait before a further attempt, milliseconds: full jitter, uniform in [0, min(capMs, baseMs * 2^attempt)).
 * `attempt` counts from 0; `random` gives [0, 1). Source: "Exponential Backoff And Jitter", AWS Architecture Blog (2015).
 */
export function jitteredWait(attempt: number, random: () => number, baseMs = 500, capMs = 30_000): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** attempt));
}
