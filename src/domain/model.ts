import { z } from 'zod';

/** Maturity model file (rules/models/*.yaml): the single source of constants. See docs/method.md. */
export const EvidenceClass = z.enum(['D', 'B', 'W']);
export type EvidenceClass = z.infer<typeof EvidenceClass>;
export const Role = z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/);

const Probability = z.number().gt(0).lt(1);

export const FamilySignal = z.strictObject({
  id: z.string(),
  /** Share of the signal inside its family; fixed, never renormalised over what is present. */
  alpha: z.number().gt(0).lte(1),
  existence_only: z.boolean().optional(),
  one_sided: z.boolean().optional(),
});

export const Family = z.strictObject({
  /** Same stream and same construct for this criterion. */
  name: z.string(),
  class: EvidenceClass,
  signals: z.array(FamilySignal).min(1),
});

export const Criterion = z.strictObject({
  id: z.string().regex(/^[A-Z]\d+\.\d+$/),
  set: z.int().positive(),
  area: z.string(),
  /** Short name for matrices and lists. */
  name: z.string().max(60),
  /** The statement people answer, in our own words. */
  statement: z.string(),
  levels: z.strictObject({ 1: z.string(), 2: z.string(), 3: z.string() }),
  /** Best attainable evidence; N = self-report only. */
  verdict: z.enum(['D', 'B', 'W', 'N']),
  families: z.array(Family),
  /** Families whose word on level 3 counts as far as the weakest of them: the parts of a level text with "and". */
  together: z.array(z.string()).default([]),
  /** Move that lifts this criterion, concrete enough to be put on a plan. */
  action: z.strictObject({
    title: z.string(),
    how: z.string(),
    effort: z.enum(['days', 'weeks', 'quarter']),
    verified_by: z.array(z.string()),
  }),
  /** What would prove a claim that cannot be seen. */
  proof: z.string(),
  /** Role(s) best placed to answer. */
  ask: z.array(Role).min(1),
});
export type Criterion = z.infer<typeof Criterion>;

export const Cell = z.strictObject({
  area: z.string(),
  stage: z.int(),
  gist: z.string(),
  /** Criteria and/or signals that speak for the cell; empty = self-report only (hatched). */
  criteria: z.array(z.string()).default([]),
  families: z.array(Family).default([]),
});

export const MaturityModel = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  title: z.string(),
  /** Named, never quoted. */
  source: z.string(),
  interpretation: z.string(),
  stages: z.array(z.strictObject({ stage: z.int().positive(), name: z.string(), summary: z.string() })).min(2),
  areas: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  gate: z.strictObject({ largely: Probability, fully: Probability, reading: z.enum(['attain', 'exit']) }),
  classes: z.strictObject({ D: z.number().positive(), B: z.number().positive(), W: z.number().positive() }),
  half_life_days: z.strictObject({
    config: z.number().positive(),
    behaviour: z.number().positive(),
    answers: z.number().positive(),
  }),
  self: z.strictObject({ rho: Probability, d: z.number(), r: z.number().min(0).max(1) }),
  prior: z.strictObject({
    slope: z.number().positive(),
    grid_from: z.number(),
    grid_to: z.number(),
    grid_step: z.number().positive(),
  }),
  decision: z.strictObject({
    median: Probability,
    assured: Probability,
    /** Decibans by which one level must lead before a statement is said to be at it. */
    undecided: z.number().min(0).default(3),
  }),
  coverage: z.strictObject({ mass: z.number().positive(), partly: Probability, measured: Probability }),
  conflict: z.strictObject({ substantial: z.number(), strong: z.number() }),
  claim: z.strictObject({ substantial: Probability, strong: Probability }),
  criteria: z.array(Criterion).min(1),
  cells: z.array(Cell),
});
export type MaturityModel = z.infer<typeof MaturityModel>;
