import type { StreamName } from './observability.ts';

/**
 * How much of an evidence stream a vendor can show, for at least some accounts. `full` = all that signals ask of it; `part` = some signal asks for a
 * field that no call fills; `none` = no call has it.
 */
export const SHOWN = ['full', 'part', 'none'] as const;
export type Shown = (typeof SHOWN)[number];

/** A field that no call of the vendor fills, and the signals that stay dark for want of it. */
export interface LackedField {
  readonly field: string;
  readonly signals: readonly string[];
}

/** One evidence stream at one vendor. */
export interface VendorCell {
  readonly stream: StreamName;
  readonly shown: Shown;
  /** Empty unless `part`. */
  readonly lacks: readonly LackedField[];
  /** Why nothing is shown, and which report or export of the vendor has it; null unless `none`, or where the connector does not say. */
  readonly reason: string | null;
}

/** What one vendor can show, before anything is asked of an account. */
export interface VendorEvidence {
  readonly id: string;
  readonly title: string;
  /** Command line that connects an account; its values are made up. */
  readonly example: string;
  /** Signals that have all they need at this vendor alone, and signals in all. */
  readonly signals: { readonly lit: number; readonly of: number };
  /** Every evidence stream. */
  readonly streams: readonly VendorCell[];
}
