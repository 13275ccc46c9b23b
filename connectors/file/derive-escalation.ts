import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { becomesEscalated } from '../../src/kit/recognise-escalation.ts';
import { actorOf, type SourceRow } from './source-row.ts';

/**
 * Escalations that an event log tells in clear words: a tracked field (`changes` = its events) or the file's own word for the status comes to say so.
 * One for an instant. Values that are kept as hashes are judged by the name of their column alone. Rows without such words give none.
 */
export function deriveEscalations(
  id: string,
  rows: readonly SourceRow[],
  changes: readonly TicketEvent[],
): TicketEvent[] {
  const marks = new Map<number, TicketEvent>();
  const mark = (
    event: Omit<TicketEvent, 'id' | 'ticket_id' | 'seq' | 'kind' | 'field' | 'from_value' | 'rule_id'>,
  ): void => {
    const at = event.at.getTime();
    if (marks.has(at)) return;
    marks.set(at, {
      ...event,
      id: `${id}:escalation:${event.at.toISOString()}`,
      ticket_id: id,
      seq: 0,
      kind: 'escalation',
      field: null,
      from_value: null,
      rule_id: null,
    });
  };
  for (const { kind, field, from_value, to_value, at, initial, actor, actor_id } of changes)
    if (kind === 'field' && becomesEscalated(field, from_value, to_value))
      mark({ at, to_value: `field:${field}=${to_value}`, initial, actor, actor_id });
  let before: string | null = null;
  for (const [place, row] of rows.entries()) {
    const word = row.words['ticket.status'] ?? null;
    if (word === null) continue;
    if (becomesEscalated(null, before, word)) {
      const at = new Date(row.values['events.at'] as number);
      mark({ at, to_value: `state:${word}`, initial: place === 0, ...actorOf(row) });
    }
    before = word;
  }
  return [...marks.values()];
}
