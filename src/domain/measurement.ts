import { z } from 'zod';
import { Finding } from './finding.ts';

/** How far one stream of one connection had been read when it was measured. */
export const TelemetryMark = z.strictObject({
  connection: z.string(),
  vendor: z.string(),
  stream: z.string(),
  status: z.string(),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  rows: z.int(),
  rejected: z.int(),
  reconciled_share: z.number().nullable(),
});
export type TelemetryMark = z.infer<typeof TelemetryMark>;

/**
 * What was found at one instant, before any model judges it: one finding for every signal of all packs. Which models are switched on changes
 * no byte of it. `digest` is the SHA-256 of the canonical JSON of the rest.
 */
export const Measurement = z.strictObject({
  schema: z.literal('plumbline.measurement/1'),
  workspace: z.string(),
  as_of: z.iso.datetime(),
  window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  findings: z.array(Finding),
  provenance: z.strictObject({
    plumbline: z.string(),
    rules_hash: z.string(),
    /** Hash of what people stated things to be (plumbline.yaml); absent when they stated nothing. */
    statements_hash: z.string().optional(),
    telemetry: z.array(TelemetryMark),
  }),
  digest: z.string(),
});
export type Measurement = z.infer<typeof Measurement>;
