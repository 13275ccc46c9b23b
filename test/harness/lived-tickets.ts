import type { Message, TelemetryBatch, TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { aMessage, anEvent, aTicket } from './records.ts';

const MINUTE = 60_000;

/** One thing that happens on a ticket, so many minutes after it came in. */
export type Step =
  | { after: number; say: 'customer' }
  | { after: number; say: 'agent'; by: string; note?: boolean; api?: boolean }
  | {
      after: number;
      set: TicketEvent['kind'];
      from?: string | null;
      to: string | null;
      field?: string;
      by?: string;
      actor?: TicketEvent['actor'];
      initial?: boolean;
    };

/** A ticket that a customer opens at `at`, with what then happens. */
export function livedTicket(
  id: string,
  at: Date,
  steps: readonly Step[],
  more: Partial<Ticket> = {},
): Required<Pick<TelemetryBatch, 'ticket' | 'message' | 'event'>> {
  const message: Message[] = [
    aMessage({ id: `${id}m0`, ticket_id: id, at, seq: 0, author: 'customer', through_api: false }),
  ];
  const event: TicketEvent[] = [];
  for (const [i, step] of steps.entries()) {
    const when = new Date(at.getTime() + step.after * MINUTE);
    if ('say' in step)
      message.push(
        aMessage({
          id: `${id}m${i + 1}`,
          ticket_id: id,
          at: when,
          seq: i + 1,
          author: step.say,
          author_id: step.say === 'agent' ? step.by : null,
          public: step.say === 'customer' || step.note !== true,
          through_api: step.say === 'agent' ? (step.api ?? null) : null,
        }),
      );
    else
      event.push(
        anEvent({
          id: `${id}e${i}`,
          ticket_id: id,
          at: when,
          seq: i + 1,
          kind: step.set,
          field: step.field ?? null,
          from_value: step.from ?? null,
          to_value: step.to,
          initial: step.initial ?? false,
          actor: step.actor ?? (step.by === undefined ? 'automation' : 'agent'),
          actor_id: step.by ?? null,
        }),
      );
  }
  return { ticket: [aTicket({ id, created_at: at, created_by: 'customer', ...more })], message, event };
}

/** Several batches as one. */
export function together(...batches: readonly TelemetryBatch[]): TelemetryBatch {
  const all: Record<string, unknown[]> = {};
  for (const batch of batches)
    for (const [name, rows] of Object.entries(batch)) all[name] = [...(all[name] ?? []), ...(rows as unknown[])];
  return all as TelemetryBatch;
}

export function anAgent(id: string, more: Partial<TelemetryRecord<'agent'>> = {}): TelemetryRecord<'agent'> {
  return { id, role: 'agent', department: null, active: true, human: true, created_at: null, ...more };
}
