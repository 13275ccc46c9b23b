import type { StreamName } from '../domain/observability.ts';
import type { STREAM_TABLES } from '../domain/stream-tables.ts';
import type { EVENT_KINDS, TABLES } from '../domain/telemetry.ts';

/** Words that stand for something other than a column (docs/telemetry.md, `STREAMS`). */
interface Words {
  readonly tickets: 'open_tickets';
  readonly events: (typeof EVENT_KINDS)[number] | 'touch';
  readonly messages: 'note';
  readonly sla_policies: 'sla_target';
  readonly agents: 'team' | 'membership';
}

type TablesOf<S extends StreamName> = Extract<keyof typeof TABLES, (typeof STREAM_TABLES)[S][number]>;
type ColumnOf<S extends StreamName> = {
  [T in TablesOf<S>]: keyof (typeof TABLES)[T]['columns'] & string;
}[TablesOf<S>];

/** A field of an evidence stream: a column, `column:value`, or one of the stream's own words. A misspelt one does not compile. */
export type FieldOf<S extends StreamName> =
  | ColumnOf<S>
  | `${ColumnOf<S>}:${string}`
  | (S extends keyof Words ? Words[S] : never);

/** What a feed fills, checked against the telemetry tables. */
export type Fills = { readonly [S in StreamName]?: readonly FieldOf<S>[] };
