import { z } from 'zod';
import { Comparison, Path } from './assessment.ts';
import { Finding } from './finding.ts';
import { TelemetryMark } from './measurement.ts';
import { AreaCell, AreaResult, CriterionResult, LedgerLine, Placement } from './placement.ts';

/** Immutable result of one run. The same inputs give the same bytes; `digest` is the SHA-256 of the canonical JSON of the rest. */
export const Snapshot = z.strictObject({
  schema: z.literal('plumbline.snapshot/1'),
  workspace: z.string(),
  as_of: z.iso.datetime(),
  window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  model: z.strictObject({ id: z.string(), version: z.int(), title: z.string(), source: z.string() }),
  placement: Placement,
  /** Telemetry-only and answers-only readings, beside the merged one above. */
  readings: z.strictObject({ seen: Placement, said: Placement.nullable() }),
  criteria: z.array(CriterionResult),
  areas: z.array(AreaCell),
  area_stages: z.array(AreaResult),
  findings: z.array(Finding),
  ledger: z.array(LedgerLine),
  answers_used: z.array(
    z.strictObject({
      criterion: z.string(),
      respondent: z.string(),
      role: z.string(),
      value: z.union([z.int(), z.literal('dont_know')]),
      answered_at: z.iso.datetime(),
    }),
  ),
  comparison: Comparison.nullable(),
  path: Path.nullable(),
  provenance: z.strictObject({
    plumbline: z.string(),
    model_hash: z.string(),
    rules_hash: z.string(),
    /** Hash of what people stated things to be (plumbline.yaml); absent when they stated nothing. */
    statements_hash: z.string().optional(),
    telemetry: z.array(TelemetryMark),
  }),
  digest: z.string(),
});
export type Snapshot = z.infer<typeof Snapshot>;

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
