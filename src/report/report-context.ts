import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';

/** What a report needs beside the snapshot: the texts of the model and the signals, and links to tickets. */
export interface ReportContext {
  readonly model: StagedModel;
  readonly signals: ReadonlyMap<string, SignalDefinition>;
  /** Sentences on what stands beside a verdict of the model and is no part of it. */
  readonly beside: (snapshot: StagedReading) => readonly string[];
  /** Link to one ticket in the vendor's own screen; null when it has none. */
  readonly ticketUrl: (connection: string, id: string) => string | null;
}

/** Words for the status of a placement. */
export const STATUS_WORDS = {
  measured: 'measured',
  partly_measured: 'partly measured',
  self_reported: 'self-reported only',
  not_placed: 'not placed',
} as const;
