import { z } from 'zod';
import { FINDING_STATUSES } from '../../domain/finding.ts';
import { RecordLink, SignalName, StatementName } from './named.ts';

const Interval = z.tuple([z.number(), z.number()]);

/** A signal in one snapshot: its number with interval against its lines, its course, what it leaves out, and how it was worked out. */
export const SignalView = z.strictObject({
  signal: SignalName,
  version: z.int(),
  description: z.string(),
  status: z.enum(FINDING_STATUSES),
  /** The number and what it means against the lines; or why there is none and what would give one. */
  sentence: z.string(),
  detail: z.string().nullable(),
  way_out: z.string().nullable(),
  unit: z.string(),
  estimate: z.number().nullable(),
  /** `84 %`; null when there is no number. */
  text: z.string().nullable(),
  /** 95 %. */
  interval: Interval.nullable(),
  interval_text: z.string().nullable(),
  n: z.int(),
  n_effective: z.number().nullable(),
  sample_unit: z.string(),
  lines: z.strictObject({
    partly: z.number().nullable(),
    fully: z.number().nullable(),
    partly_text: z.string().nullable(),
    fully_text: z.string().nullable(),
    origin: z.string(),
    /** The origin in words: `our convention`. */
    origin_words: z.string(),
    source: z.string(),
  }),
  /** P(passes the line), each; null when the signal has no such line or was not measured. */
  passes: z.strictObject({ partly: z.number().nullable(), fully: z.number().nullable() }),
  window: z.strictObject({ from: z.iso.date(), last_day: z.iso.date() }),
  notes: z.array(z.string()),
  /** Of the kept snapshots, oldest first. `version` differs where the rule changed: no line across it. */
  course: z.array(
    z.strictObject({
      digest: z.string(),
      last_day: z.iso.date(),
      status: z.enum(FINDING_STATUSES),
      estimate: z.number().nullable(),
      interval: Interval.nullable(),
      n: z.int(),
      version: z.int(),
    }),
  ),
  left_out: z.array(z.strictObject({ reason: z.string(), n: z.int(), words: z.string() })),
  population: z.string().nullable(),
  imported: z.string().nullable(),
  /** The same by the calendar and by the business clock, where the signal has both. */
  clocks: z.array(z.strictObject({ name: z.string(), text: z.string(), value: z.number() })),
  extra: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  fooled_by: z.array(z.string()),
  /** Statements that it speaks for, with the points it gave, decibans. */
  speaks_for: z.array(StatementName.extend({ points: z.tuple([z.number(), z.number()]), sentence: z.string() })),
  estimator: z.string(),
  needs: z.array(z.string()),
  sql: z.string(),
  tickets: z.array(RecordLink),
  remedy: z.string(),
});
export type SignalView = z.infer<typeof SignalView>;
