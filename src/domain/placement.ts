import { z } from 'zod';
import { EvidenceClass } from './model.ts';

/** (exists, full) in decibans. */
export const Points = z.tuple([z.number(), z.number()]);
export type Points = z.infer<typeof Points>;
/** Probabilities of levels 1, 2, 3. */
export const LevelLaw = z.tuple([z.number(), z.number(), z.number()]);
export type LevelLaw = z.infer<typeof LevelLaw>;
export const Level = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Level = z.infer<typeof Level>;

/** One line of the ledger: the sum of the lines of a criterion is its points. */
export const LedgerLine = z.strictObject({
  criterion: z.string(),
  source: z.enum(['signal', 'answer', 'artefact', 'override']),
  /** Signal id, or respondent id for answers. */
  ref: z.string(),
  family: z.string(),
  class: EvidenceClass.nullable(),
  alpha: z.number(),
  /** Age of the evidence at asOf, days, and the factor 2^(-age/half-life). */
  age_days: z.number(),
  decay: z.number(),
  q2: z.number().nullable(),
  q3: z.number().nullable(),
  points: Points,
  n: z.int().nullable(),
  n_effective: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Origin and source of the line that was applied. */
  line: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

const CONFLICT_GRADES = ['none', 'substantial', 'strong'] as const;
export const Observable = z.enum(['seen', 'partly_seen', 'not_seen', 'self_report_only']);

export const CriterionResult = z.strictObject({
  id: z.string(),
  set: z.int(),
  /** Null in a model without areas. */
  area: z.string().nullable(),
  name: z.string(),
  telemetry: Points,
  answers: Points,
  total: Points,
  /** Flat-prior law of the level (telemetry and answers); never imputed from other criteria. */
  posterior: LevelLaw,
  /** Level that leads by enough decibans; null when none does (see `between`) or when there is no evidence at all. */
  level: Level.nullable(),
  /** Lowest and highest level that the evidence does not tell apart; null when one leads, or when there is no evidence at all. */
  between: z.tuple([Level, Level]).nullable().default(null),
  telemetry_mass: z.number(),
  conflict: z.strictObject({ decibans: z.number(), grade: z.enum(CONFLICT_GRADES), text: z.string().nullable() }),
  observability: Observable,
  /** Which side decided: telemetry, answers, both or none. */
  decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
  /** Signals that should speak here but did not, with the reason. */
  missing: z.array(z.strictObject({ signal: z.string(), status: z.string(), reason: z.string().nullable() })),
  not_applicable: z.boolean(),
});
export type CriterionResult = z.infer<typeof CriterionResult>;

export const PLACEMENT_STATUSES = ['measured', 'partly_measured', 'self_reported', 'not_placed'] as const;

export const Placement = z.strictObject({
  model: z.string(),
  model_version: z.int(),
  /** Median stage; null when status is not_placed (pure prior is withheld). */
  stage: z.int().nullable(),
  assured: z.int().nullable(),
  /** P(stage >= s) for s = 1..S. */
  atLeast: z.array(z.number()),
  /** P(stage = s) for s = 1..S. */
  probabilities: z.array(z.number()),
  /** Stage when everything unseen is absent, and when everything unseen is fully there: ignorance, apart from chance. */
  floor: z.int().nullable(),
  ceiling: z.int().nullable(),
  /** Share of criteria in sets 1..min(stage+1, S) whose telemetry mass reaches the line. */
  coverage: z.number(),
  status: z.enum(PLACEMENT_STATUSES),
  frontier: z.int().nullable(),
  blockers: z.array(z.strictObject({ criterion: z.string(), gain: z.number() })),
});
export type Placement = z.infer<typeof Placement>;

/**
 * The stage that may be called assured, null where nothing may: a stage that rests on answers alone was checked by nobody, and a withheld
 * one says nothing. `assured` itself is the 90 % line of the published method, whatever it rests on.
 */
export function assuredStage(placement: Pick<Placement, 'assured' | 'status'>): number | null {
  return placement.status === 'self_reported' || placement.status === 'not_placed' ? null : placement.assured;
}

export const AreaCell = z.strictObject({
  area: z.string(),
  stage: z.int(),
  gist: z.string(),
  /** Implementation degree 0..1 expected under the posterior; null when nothing speaks. */
  degree: z.number().nullable(),
  level: Level.nullable(),
  /** True when only people can speak for it: hatched, never coloured. */
  self_report_only: z.boolean(),
  criteria: z.array(z.string()),
});
export type AreaCell = z.infer<typeof AreaCell>;

export const AreaResult = z.strictObject({
  area: z.string(),
  name: z.string(),
  stage: z.int().nullable(),
  atLeast: z.array(z.number()),
});
export type AreaResult = z.infer<typeof AreaResult>;

/** Input of the pure core: `place --points`. Both keys optional; absent = no evidence. */
export const PointsFile = z.strictObject({
  criteria: z.record(z.string(), Points).optional(),
  answers: z.record(z.string(), z.union([Level, z.literal('dont_know')])).optional(),
});
export type PointsFile = z.infer<typeof PointsFile>;
