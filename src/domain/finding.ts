import { z } from 'zod';
import { NotObservableReason } from './observability.ts';

export const FINDING_STATUSES = ['measured', 'insufficient', 'not_observable', 'not_applicable', 'failed'] as const;

/** Reference from a number back to the records behind it. */
export const SampleRef = z.strictObject({
  connection: z.string(),
  /** Ticket id, or another record's id with its table in `table`. */
  id: z.string(),
  table: z.string(),
  /** The unit follows the practice (true), does not (false), or is neither (null). */
  hit: z.boolean().nullable(),
});
export type SampleRef = z.infer<typeof SampleRef>;

const Pass = z.strictObject({
  /** P(metric passes the line for level 2 | data); null when the signal has no such line. */
  q2: z.number().min(0).max(1).nullable(),
  /** P(metric passes the line for level 3 | data); null for existence-only signals. */
  q3: z.number().min(0).max(1).nullable(),
});

/** A signal's result for one window. Missing is a status, never a number. */
export const Finding = z.strictObject({
  signal: z.string(),
  version: z.int(),
  status: z.enum(FINDING_STATUSES),
  /** For not_observable: the closed reason. For others that are not measured: a short code. Null when measured. */
  reason: z.union([NotObservableReason, z.string()]).nullable(),
  /** One sentence for people: what was found, or what is missing and how to get it. */
  detail: z.string().nullable(),
  estimate: z.number().nullable(),
  unit: z.string(),
  n: z.int().nonnegative(),
  n_effective: z.number().nullable(),
  /** 95 % interval for people; scoring uses `pass`. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  pass: Pass.nullable(),
  window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** Units left out, by reason. */
  excluded: z.record(z.string(), z.int()),
  /**
   * Tickets of the window by population, for signals that look at people's tickets (`human`) alone: all others are left out.
   * Not there for signals that do not.
   */
  population: z.record(z.string(), z.int()).optional(),
  /** Extra figures of the estimator (deff, medians, per-metric shares ...), shown by `explain`. */
  extra: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  sample: z.array(SampleRef).max(50),
  /** Set when this is an older measurement kept because its source was disconnected. */
  carried_from: z.strictObject({ snapshot: z.string(), as_of: z.iso.datetime() }).nullable(),
  /**
   * The window ends before configuration was first read, and what was found says that nobody has changed it since: it was there. Such a finding
   * never speaks against a practice, for what was there and is gone or changed cannot be known. Not there otherwise.
   */
  as_last_changed: z.literal(true).optional(),
});
export type Finding = z.infer<typeof Finding>;
export type FindingStatus = Finding['status'];
