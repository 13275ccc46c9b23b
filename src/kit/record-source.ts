import type { StreamName } from '../domain/observability.ts';
import type { SourceCheck } from '../domain/source-check.ts';
import type { ConnectorPage } from './connector.ts';

/** What a source that is read once (a file) can show of the evidence streams. */
export interface SourceCoverage {
  /** Streams and their fields that this source fills. */
  readonly provides: Partial<Record<StreamName, readonly string[]>>;
  /** For streams that it does not fill: why, in one sentence for people. */
  readonly absent: Partial<Record<StreamName, string>>;
  /** First instant that it covers, and the exclusive upper bound. */
  readonly since: Date | null;
  readonly until: Date;
  /** Zone of its times, where the reading was told one; null or left out when they carry their offset. */
  readonly timeZone?: string | null;
}

/** A finite source of canonical records: the pages, checkpoints and set-asides of a connector, without account, network or limits. */
export interface RecordSource {
  /** Changes whenever the content or the way of reading it changes; a checkpoint counts only under the same digest. */
  readonly digest: string;
  /** Digest of the bytes alone: the same content read in another way has the same one. */
  readonly content: string;
  readonly coverage: SourceCoverage;
  /** Rows of the source, malformed ones included. */
  readonly rows: number;
  /** Distinct tickets that the source names, for reconciliation. */
  readonly tickets: number;
  /** Columns that the mapping does not use. */
  readonly unmapped: readonly string[];
  /** Decisions taken while reading, in words: date orders with their evidence. */
  readonly notes: readonly string[];
  /** What makes two sources alike enough to stand under one name: mode, and the columns that the mapping uses. */
  readonly form: { readonly mode: string; readonly columns: readonly string[] };
  /** What it is to the workspace; left out = tickets of a desk. */
  readonly role?: 'deflection';
  /** The dry run: what would become of every row, by the same code that `read` uses. Stores nothing. */
  check(signal: AbortSignal): Promise<SourceCheck>;
  /** Checkpoints are JSON of `SourceCheckpoint`. */
  read(checkpoint: string | null, signal: AbortSignal): AsyncIterable<ConnectorPage>;
  close(): Promise<void>;
}

/** Where a read stands: `after` = last row of the last ticket that is wholly read, null = all of them. */
export interface SourceCheckpoint {
  readonly digest: string;
  readonly content: string;
  readonly after: string | null;
}
