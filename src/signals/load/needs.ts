import { STREAMS, type StreamName } from '../../domain/observability.ts';
import { STREAM_TABLES } from '../../domain/stream-tables.ts';
import { ACTORS, AUTHORS, EVENT_KINDS, LINK_KINDS, TABLES } from '../../domain/telemetry.ts';

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

function kindsOf(column: string, values: readonly string[]): string[] {
  return values.map((value) => `${column}:${value}`);
}

/** What a source may record or never record, beside the columns: kinds of event and of link, who may act, internal notes, open work, targets of policies. */
const RECORDED_KINDS: Partial<Record<StreamName, readonly string[]>> = {
  tickets: ['open_tickets', ...kindsOf('created_by', AUTHORS)],
  events: [...EVENT_KINDS, 'touch', ...kindsOf('actor', ACTORS)],
  messages: ['note'],
  sla_policies: ['sla_target'],
  links: kindsOf('kind', LINK_KINDS),
};

/** Fields that a need may name: columns of the stream's tables, and the kinds of record that it may hold. */
export function fieldsOf(stream: StreamName): string[] {
  const columns = STREAM_TABLES[stream].flatMap((table) => Object.keys(TABLES[table].columns));
  return [...new Set([...columns, ...(RECORDED_KINDS[stream] ?? [])])];
}

interface Need {
  readonly stream: StreamName;
  readonly field: string | null;
}

/** Reads `stream` or `stream.field`; null when the stream is not one of ours. */
export function parseNeed(need: string): Need | null {
  const [stream, field] = need.split('.');
  const known = STREAMS.find((name) => name === stream);
  return known === undefined ? null : { stream: known, field: field ?? null };
}
