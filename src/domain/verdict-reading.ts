import type { z } from 'zod';
import { KeptVerdict, Snapshot } from './snapshot.ts';

/**
 * A kept snapshot read by one model that has no stages: what was measured, and what this model says of it. `digest` is that of the kept document.
 */
export const VerdictReading = Snapshot.omit({ verdicts: true }).extend({ verdict: KeptVerdict });
export type VerdictReading = z.infer<typeof VerdictReading>;

/** Null when the model did not judge the snapshot. Pure. */
export function readVerdict({ verdicts, ...rest }: Snapshot, model: string): VerdictReading | null {
  const verdict = verdicts.find((one) => one.model.id === model);
  return verdict === undefined ? null : { ...rest, verdict };
}
