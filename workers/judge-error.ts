import { PlumblineError } from '../src/errors/index.ts';

const PERMANENT: ReadonlySet<string> = new Set(['config', 'permission', 'bug']);

/**
 * Whether trying again cannot help: wrong settings, refused credentials and faults of ours stay as they are.
 * STORE_LOCKED is passing (another command holds the store for a moment); whatever is not a PlumblineError is passing too.
 */
export function isPermanent(error: unknown): boolean {
  return error instanceof PlumblineError && error.code !== 'STORE_LOCKED' && PERMANENT.has(error.kind);
}

const MOST_BACKOFF_MS = 300_000;

/** Milliseconds before the next try after the given one (1 = first): doubles from `baseMs`, at most five minutes. */
export function backoffOf(attempt: number, baseMs: number): number {
  return Math.min(MOST_BACKOFF_MS, baseMs * 2 ** Math.max(0, attempt - 1));
}
