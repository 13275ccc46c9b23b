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

type Parted<T extends string, Found = never> = T extends `${infer A} ${infer B}` ? Parted<B, Found | A> : Found | T;
type Misspelt<S extends StreamName, T extends string> = Exclude<Parted<T>, FieldOf<S>>;

/** Fields of one stream, parted by blanks, in texts of any number: `fields('csat', 'answered_at score scale')`. A misspelt one does not compile. */
export function fields<S extends StreamName, const T extends readonly string[]>(
  _stream: S,
  ...texts: [Misspelt<S, T[number]>] extends [never] ? T : `no field of ${S}: ${Misspelt<S, T[number]>}`[]
): readonly FieldOf<S>[] {
  // The types have checked each word.
  return texts.flatMap((text) => text.split(' ')) as unknown as FieldOf<S>[];
}
