import { z } from 'zod';
import { Family, ItemId, MODEL_HEAD, type ModelHead, Role } from './model.ts';
import { Archetypes, Outcome, Perception, StepWord, TelemetryCap, UserAreas } from './staged-extras.ts';

const Probability = z.number().gt(0).lt(1);

export const Criterion = z.strictObject({
  id: ItemId,
  set: z.int().positive(),
  /** Left out in a model that ships no areas. */
  area: z.string().optional(),
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

/** Model of kind `staged`: sets of statements, a gate over them, one stage. The file is the single source of its constants. docs/method.md. */
export const StagedModel = z.strictObject({
  kind: z.literal('staged'),
  ...MODEL_HEAD,
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
  /** Statements in each set where the source fixes how many there are; the file must keep them. */
  set_sizes: z.array(z.int().positive()).optional(),
  /** Area by stage; empty = the model has no matrix. */
  cells: z.array(Cell).default([]),
  step: StepWord.optional(),
  archetypes: Archetypes.optional(),
  perception: Perception.optional(),
  outcomes: z.array(Outcome).optional(),
  user_areas: UserAreas.optional(),
  telemetry: TelemetryCap.optional(),
});
export type StagedModel = z.infer<typeof StagedModel>;

/** The kind decides: a file of this kind was read by its schema. */
export function isStaged(model: ModelHead): model is StagedModel {
  return model.kind === 'staged';
}
