import { STREAMS, type StreamName } from '../../domain/observability.ts';
import { STREAM_TABLES } from '../../domain/stream-tables.ts';
import { EVENT_KINDS, TABLES } from '../../domain/telemetry.ts';

/** Streams that show a state (configuration, master data): `since` must reach asOf, not the start of the window. */
export const STATE_STREAMS: ReadonlySet<StreamName> = new Set([
  'sla_policies',
  'calendars',
  'articles',
  'automations',
  'agents',
  'organisations',
  'integrations',
]);

/** Fields that no column stands for: what a source shows as a whole. */
const FACTS: Partial<Record<StreamName, readonly string[]>> = {
  events: [...EVENT_KINDS, 'touch'],
  tickets: ['open_tickets'],
};

/**
 * Fields that a need may name: columns of the stream's tables; for `events` also the kinds of event and `touch` (every action leaves an
 * event); for `tickets` also `open_tickets` (work that is not finished is there too, not closed tickets alone).
 */
export function fieldsOf(stream: StreamName): string[] {
  const columns = STREAM_TABLES[stream].flatMap((table) => Object.keys(TABLES[table].columns));
  return [...new Set([...columns, ...(FACTS[stream] ?? [])])];
}

export interface Need {
  readonly stream: StreamName;
  readonly field: string | null;
}

/** Reads `stream` or `stream.field`; null when the stream is not one of ours. */
export function parseNeed(need: string): Need | null {
  const [stream, field] = need.split('.');
  const known = STREAMS.find((name) => name === stream);
  return known === undefined ? null : { stream: known, field: field ?? null };
}
