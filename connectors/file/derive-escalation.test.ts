import { describe, expect, it } from 'vitest';
import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { anEvent } from '../../test/harness/records.ts';
import { deriveEscalations } from './derive-escalation.ts';
import type { SourceRow } from './source-row.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const at = (hour: number): Date => new Date(T0 + hour * 3_600_000);

const rows = (...words: (string | null)[]): SourceRow[] =>
  words.map((word, hour) => ({
    ref: `row ${hour}`,
    key: '1',
    values: { 'events.at': at(hour).getTime() },
    words: { 'ticket.status': word },
    content: String(hour),
  }));
const change = (field: string, from: string | null, to: string | null, hour: number, initial = false): TicketEvent =>
  anEvent({
    id: `${field}${hour}`,
    ticket_id: '1',
    at: at(hour),
    kind: 'field',
    field,
    from_value: from,
    to_value: to,
    initial,
  });
const marks = (of: readonly SourceRow[], changes: readonly TicketEvent[] = []) =>
  deriveEscalations('1', of, changes).map((e) => [e.at.getTime() - T0, e.to_value, e.initial]);

describe('escalations of an event log', () => {
  it('are words of the status that come to say so, in any language, each once', () => {
    expect(marks(rows('Open', 'Escalated to L2', null, 'Escalated to L3', 'Open', 'Eskaliert'))).toEqual([
      [3_600_000, 'state:Escalated to L2', false],
      [18_000_000, 'state:Eskaliert', false],
    ]);
    expect(marks(rows('Eskalace', 'Otevřeno'))).toEqual([[0, 'state:Eskalace', true]]);
  });

  it('are tracked fields that are filled, and values that say so; one for an instant', () => {
    const changes = [
      change('escalated', null, 'no', 0, true),
      change('escalated', 'no', 'yes', 1),
      change('queue_step', 'first', 'escalade', 1),
      change('queue_step', 'escalade', 'first', 2),
      change('colour', null, 'red', 3),
    ];
    expect(marks(rows('a', 'a', 'a', 'a'), changes)).toEqual([[3_600_000, 'field:escalated=yes', false]]);
  });

  it('are none where nothing says so', () => {
    expect(marks(rows('Open', 'Not escalated', 'Closed'), [change('priority_note', null, 'x', 1)])).toEqual([]);
    expect(marks([])).toEqual([]);
  });
});
