import { z } from 'zod';
import { BesideVerdict } from './benchmark.ts';
import { StagedReading } from './staged-reading.ts';

/**
 * What `plumbline snapshot --json` prints: the snapshot as one staged model reads it, and what stands beside its verdicts. The body of the model that
 * is shown stands at the top, and is null in its own entry of `verdicts`; `models judge ID --json` gives one verdict whole.
 */
export const ShownSnapshot = StagedReading.extend({
  /** No part of any verdict and of the digest; not there without benchmarks. */
  beside: z.strictObject({ benchmarks: z.array(BesideVerdict).min(1) }).optional(),
});
export type ShownSnapshot = z.infer<typeof ShownSnapshot>;

/** The reading as it is printed, with the body of the shown model once. Pure. */
export function toShownSnapshot(reading: StagedReading, benchmarks: readonly BesideVerdict[]): ShownSnapshot {
  const verdicts = reading.verdicts.map((verdict) =>
    verdict.model.id === reading.model.id ? { ...verdict, body: null } : verdict,
  );
  return { ...reading, verdicts, ...(benchmarks.length === 0 ? {} : { beside: { benchmarks: [...benchmarks] } }) };
}
