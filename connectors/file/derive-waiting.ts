import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { NOBODY, type Plan } from './plan.ts';
import { actorOf, type SourceRow } from './source-row.ts';

/** Statuses in which a ticket waits for nobody outside of the desk. */
const AT_WORK = new Set(['new', 'open', 'solved', 'closed']);

/**
 * Changes of whom a ticket waits for, as `field` events of `waiting` (customer, vendor, engineering, internal; null = nobody).
 * A row that says nothing leaves it as it was, unless its status says that the ticket is at work or over. Mode events only: one row a ticket
 * shows where it stands now, never how long it waited.
 */
export function deriveWaiting(plan: Plan, id: string, rows: readonly SourceRow[]): TicketEvent[] {
  if (plan.by.get('waiting') === undefined) return [];
  const events: TicketEvent[] = [];
  let current: string | null = null;
  for (const row of rows) {
    const said = row.values.waiting ?? null;
    const status = row.values['ticket.status'];
    const whom = said ?? (typeof status === 'string' && AT_WORK.has(status) ? NOBODY : null);
    const next: string | null = whom === null ? current : whom === NOBODY ? null : String(whom);
    if (next === current) continue;
    const at = row.values['events.at'] as number;
    const same = events.filter((event) => event.at.getTime() === at).length;
    events.push({
      id: `${id}:field:waiting:${new Date(at).toISOString()}:${same}`,
      ticket_id: id,
      at: new Date(at),
      seq: 0,
      kind: 'field',
      field: 'waiting',
      from_value: current,
      to_value: next,
      initial: row === rows[0],
      ...actorOf(row),
      rule_id: null,
    });
    current = next;
  }
  return events;
}
