import { PlumblineError } from '../errors/plumbline-error.ts';
import type { HttpReply } from './http.ts';

/** When the vendor answered, by its own clock: the upper bound of a sync. Errors: BUG for a reply without a time, which the client never gives. */
export function serverTime({ date }: Pick<HttpReply<unknown>, 'date'>): Date {
  if (date !== null) return date;
  throw new PlumblineError('BUG', 'A reply came without a time.', 'Report this.');
}
