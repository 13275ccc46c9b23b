import { z } from 'zod';

export const LINE_ORIGINS = ['ISO', 'ES', 'BM', 'DEF', 'CONV'] as const;

export const Lines = z.strictObject({
  /** Line for level 2 ("partly"). */
  partial: z.number().nullable(),
  /** Line for level 3 ("fully"); null for existence-only signals. */
  full: z.number().nullable(),
  /** Where the numbers come from. CONV = our convention, shown as such. */
  origin: z.enum(LINE_ORIGINS),
  source: z.string().min(3),
});
export type Lines = z.infer<typeof Lines>;

/** A file under rules/signals: SQL over the measure views plus the name of an estimator. Data, not code. */
export const SignalDefinition = z
  .strictObject({
    /** Catalogue id + slug that states the healthy state, e.g. `D3-first-reply-target-met`. */
    id: z.string().regex(/^[A-Z]\d{1,2}-[a-z0-9]+(-[a-z0-9]+)*$/),
    version: z.int().positive(),
    /** States the healthy state in a sentence without a full stop. */
    title: z.string().min(5).max(90),
    /** What is measured and why it speaks for maturity; two sentences at most. */
    description: z.string().min(10),
    group: z.string(),
    /** Streams, or `stream.field`, that must be observable; otherwise the SQL is not run. */
    needs: z.array(z.string().regex(/^[a-z_]+(\.[a-z_]+(:[a-z_]+)?)?$/)).min(1),
    /** Alternatives: each inner list is one sufficient set beside `needs`. */
    needs_any: z.array(z.array(z.string())).optional(),
    estimator: z.string(),
    params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
    /** Unit of the estimate for people, e.g. `share`, `A`, `classes`, `weekly growth`. */
    unit: z.string().default('share'),
    window: z
      .string()
      .regex(/^\d+d$/)
      .default('90d'),
    /** Below it the finding is `insufficient`. */
    min_sample: z.int().nonnegative(),
    /** What counts against min_sample, for people: tickets, weeks, agents. */
    sample_unit: z.string().default('tickets'),
    lines: Lines,
    /** Speaks only to "does it exist". */
    existence_only: z.boolean().default(false),
    /** Finding it counts for; not finding it counts for nothing (it may live in another tool). */
    one_sided: z.boolean().default(false),
    /** Never scored; shown by explain. */
    diagnostic: z.boolean().default(false),
    /** Why a diagnostic is not scored, and the day on which that was decided. */
    not_scored: z.strictObject({ since: z.iso.date(), reason: z.string().min(20) }).optional(),
    /** `config` facts age with the config half-life, `behaviour` with the behaviour one. */
    kind: z.enum(['config', 'behaviour']),
    fooled_by: z.array(z.string()).min(1),
    /** Reasons for rows left out, by the name that the SQL gives them. */
    counts_out: z.record(z.string(), z.string()).default({}),
    /** Where the practice leaves its trace, as this signal looks for it. */
    place: z.string().min(3).optional(),
    /** Where else it can live: read as well, or why not finding it counts for nothing. */
    alternatives: z.string().min(3).optional(),
    /** Which units are judged, and which are not because they could not comply or cannot be seen. */
    population: z.string().min(3).optional(),
    /** What a desk that does nothing of the kind gets, and why the line for "partly" lies above it. */
    baseline: z.string().min(3).optional(),
    /** Two desks in the words of their people: one that practises it, and one that only looks so and must not get the points. */
    pair: z.strictObject({ practises: z.string().min(10), looks_so: z.string().min(10) }).optional(),
    /** What to do to make it better, one imperative sentence. */
    remedy: z.string().min(5),
    sql: z.string().min(10),
    aliases: z.array(z.string()).default([]),
  })
  .refine((s) => s.existence_only === (s.lines.full === null) || s.diagnostic, {
    message: 'existence_only signals have lines.full null, and only they',
  })
  .refine((s) => s.diagnostic || s.not_scored === undefined, { message: 'only a diagnostic says why it is not scored' })
  .refine((s) => s.lines.partial === null || s.lines.full === null || s.lines.partial <= s.lines.full, {
    message: 'lines.partial must not exceed lines.full',
  });
export type SignalDefinition = z.infer<typeof SignalDefinition>;
