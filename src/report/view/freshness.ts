import { z } from 'zod';
import type { TelemetryMark } from '../../domain/measurement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { day, lastDay } from '../numbers.ts';
import { daysBetween, sayAge } from './words.ts';

/** How far a connection was read, stream by stream. */
const Source = z.strictObject({
  connection: z.string(),
  vendor: z.string(),
  /** Up to where all its streams are complete; null = not known. */
  until: z.iso.datetime().nullable(),
  age_days: z.int().nullable(),
  sentence: z.string(),
  streams: z.array(
    z.strictObject({
      stream: z.string(),
      status: z.string(),
      until: z.iso.datetime().nullable(),
      rows: z.int(),
      set_aside: z.int(),
      /** Stored rows / rows that the source counts, 0..1; null when it gives no count. */
      reconciled_share: z.number().nullable(),
    }),
  ),
});
type Source = z.infer<typeof Source>;

/** How old what was measured is. `now` is the caller's clock; ages are whole days from the end of the data to it. */
export const FreshnessView = z.strictObject({
  /** The end of the data that was judged; exclusive. */
  as_of: z.iso.datetime(),
  window: z.strictObject({ from: z.iso.date(), last_day: z.iso.date(), days: z.int() }),
  age_days: z.int(),
  sentence: z.string(),
  /** One for each connection, the oldest first; empty when only people spoke. */
  sources: z.array(Source),
});
export type FreshnessView = z.infer<typeof FreshnessView>;

/** What is in the store now, snapshot or not. */
export const SourcesView = FreshnessView.pick({ sources: true });
export type SourcesView = z.infer<typeof SourcesView>;

/** The instant up to which every open stream of a connection is complete; null when none says. */
function completeUntil(marks: readonly TelemetryMark[]): string | null {
  const ends = marks.flatMap(({ status, until }) => (status === 'available' && until !== null ? [until] : []));
  return ends.toSorted()[0] ?? null;
}

function sourceOf(connection: string, marks: readonly TelemetryMark[], now: Date): Source {
  const until = completeUntil(marks);
  const age = until === null ? null : daysBetween(new Date(until), now);
  return {
    connection,
    vendor: marks[0]?.vendor ?? '',
    until,
    age_days: age,
    sentence:
      until === null || age === null
        ? `Nothing of ${connection} was read to its end yet.`
        : `${connection} was read up to ${day(until)}, ${sayAge(age)}.`,
    streams: marks.map(({ stream, status, until: end, rows, rejected, reconciled_share }) => ({
      stream,
      status,
      until: end,
      rows,
      set_aside: rejected,
      reconciled_share,
    })),
  };
}

/** How far the connections of the marks were read, the oldest first; none without marks. Pure. */
export function sourcesView(marks: readonly TelemetryMark[], now: Date): SourcesView {
  const byConnection = new Map<string, TelemetryMark[]>();
  for (const mark of marks) byConnection.set(mark.connection, [...(byConnection.get(mark.connection) ?? []), mark]);
  const sources = [...byConnection].map(([connection, own]) => sourceOf(connection, own, now));
  return { sources: sources.sort((a, b) => (b.age_days ?? Number.MAX_VALUE) - (a.age_days ?? Number.MAX_VALUE)) };
}

/** How old a snapshot is at `now`. Pure. */
export function freshnessView(
  {
    as_of,
    window,
    provenance,
  }: Pick<StagedReading, 'as_of' | 'window'> & {
    readonly provenance: Pick<StagedReading['provenance'], 'telemetry'>;
  },
  now: Date,
): FreshnessView {
  const { sources } = sourcesView(provenance.telemetry, now);
  const age_days = daysBetween(new Date(as_of), now);
  return {
    as_of,
    window: {
      from: day(window.from),
      last_day: lastDay(window.to),
      days: daysBetween(new Date(window.from), new Date(window.to)),
    },
    age_days,
    sentence:
      sources.length === 0
        ? `No records were read; it is told as of ${lastDay(as_of)}, ${sayAge(age_days)}.`
        : `The data end on ${lastDay(as_of)}, ${sayAge(age_days)}.`,
    sources,
  };
}
