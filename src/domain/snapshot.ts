import { z } from 'zod';
import { Finding } from './finding.ts';
import { ItemAnswerValue } from './item-answer.ts';
import { Measurement } from './measurement.ts';
import { LedgerLine } from './placement.ts';
import { StagedBody } from './staged-verdict.ts';
import { Verdict } from './verdict.ts';

const Window = z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() });

/** An answer that a verdict counted; `criterion` is the id of the item, whatever the kind of the model. */
export const AnswerUsed = z.strictObject({
  criterion: z.string(),
  respondent: z.string(),
  role: z.string(),
  value: z.union([z.int(), z.literal('dont_know')]),
  answered_at: z.iso.datetime(),
});
export type AnswerUsed = z.infer<typeof AnswerUsed>;

/** What one model says in a snapshot, and the answers that it says it by. */
export const KeptVerdict = Verdict.extend({
  answers_used: z.array(AnswerUsed.extend({ value: ItemAnswerValue })),
});
export type KeptVerdict = z.infer<typeof KeptVerdict>;

/**
 * Immutable result of one run: one measurement, and the verdict of every model that was switched on. The same inputs give the same bytes;
 * `digest` is the SHA-256 of the canonical JSON of the rest.
 */
export const Snapshot = z.strictObject({
  schema: z.literal('plumbline.snapshot/2'),
  workspace: z.string(),
  as_of: z.iso.datetime(),
  window: Window,
  findings: z.array(Finding),
  provenance: Measurement.shape.provenance,
  /** Digest of the measurement that all verdicts are of. */
  measurement: z.string(),
  /** The model that is shown unless another is asked for comes first. */
  verdicts: z
    .array(KeptVerdict)
    .min(1)
    .refine((all) => new Set(all.map(({ model }) => model.id)).size === all.length, 'names a model twice'),
  digest: z.string(),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** What programs up to 2026-11 kept: one staged model, its verdict spread over the top. Never written any more, and never rewritten. */
export const FirstSnapshot = z.strictObject({
  schema: z.literal('plumbline.snapshot/1'),
  workspace: z.string(),
  as_of: z.iso.datetime(),
  window: Window,
  model: z.strictObject({ id: z.string(), version: z.int(), title: z.string(), source: z.string() }),
  ...StagedBody.shape,
  findings: z.array(Finding),
  ledger: z.array(LedgerLine),
  answers_used: z.array(AnswerUsed),
  provenance: Measurement.shape.provenance.extend({ model_hash: z.string() }),
  digest: z.string(),
});
export type FirstSnapshot = z.infer<typeof FirstSnapshot>;

/** A snapshot as the ledger holds it, of whatever age. */
export const StoredSnapshot = z.discriminatedUnion('schema', [FirstSnapshot, Snapshot]);
export type StoredSnapshot = z.infer<typeof StoredSnapshot>;

export const Metric = z.strictObject({
  id: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  n: z.int(),
  excluded: z.record(z.string(), z.int()),
  definition: z.string(),
  /** Who worked the value out, where that differs: from records, by the vendor itself, or both. */
  source: z.enum(['records', 'vendor', 'mixed']).optional(),
});
export type Metric = z.infer<typeof Metric>;

/** Zone of days, weeks and months, and where it was found. */
export const DeskZone = z.strictObject({
  id: z.string(),
  from: z.enum(['option', 'calendar', 'workspace', 'mapping', 'none']),
  /** In words, for people. */
  note: z.string(),
});
export type DeskZone = z.infer<typeof DeskZone>;

export const MetricsReport = z.strictObject({
  window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  zone: DeskZone,
  metrics: z.array(Metric),
  breakdowns: z.array(z.strictObject({ by: z.string(), value: z.string(), metrics: z.array(Metric) })),
});
export type MetricsReport = z.infer<typeof MetricsReport>;
