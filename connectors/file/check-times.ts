import type { SetAside } from '../../src/domain/observability.ts';
import type { SourceRow } from './source-row.ts';

const ENDS = ['ticket.first_reply_at', 'ticket.solved_at', 'ticket.closed_at'] as const;
const STAMPS = ['ticket.created_at', 'ticket.updated_at', 'events.at', ...ENDS] as const;

/**
 * Why the times of a row cannot be true, or null: a stamp behind the end of the file, an end before the creation (a negative
 * duration), a closure before the resolution, a change before the creation. `until` is epoch milliseconds, inclusive.
 */
export function checkTimes(row: SourceRow, until: number): SetAside | null {
  const aside = (code: string, path: string, detail: string): SetAside => ({
    stream: 'rows',
    ref: row.ref,
    code,
    path: path.replace('ticket.', ''),
    detail,
  });
  const created = row.values['ticket.created_at'] as number;
  for (const path of STAMPS) {
    const at = row.values[path];
    if (typeof at === 'number' && at > until) return aside('FUTURE_TIME', path, 'later than the end of the file');
  }
  for (const path of [...ENDS, 'events.at']) {
    const at = row.values[path];
    if (typeof at === 'number' && at < created)
      return aside('NEGATIVE_DURATION', path, 'earlier than the creation of the ticket');
  }
  const [solved, closed] = [row.values['ticket.solved_at'], row.values['ticket.closed_at']];
  if (typeof solved === 'number' && typeof closed === 'number' && closed < solved)
    return aside('NEGATIVE_DURATION', 'ticket.closed_at', 'earlier than the resolution of the ticket');
  return null;
}
