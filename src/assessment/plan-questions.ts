import type { Question } from '../domain/assessment.ts';
import type { LevelLaw, Points } from '../domain/placement.ts';
import type { Criterion, StagedModel } from '../domain/staged-model.ts';

/** P(answer 1, 2, 3 | level) for levels 1, 2, 3. */
export type AnswerLaw = readonly [LevelLaw, LevelLaw, LevelLaw];

export interface PlanInput {
  readonly model: StagedModel;
  /** Points of telemetry and answers in force, decibans; absent = no evidence. */
  readonly points: ReadonlyMap<string, Points>;
  /** Sum of the absolute telemetry points by criterion. */
  readonly telemetryMass: ReadonlyMap<string, number>;
  /** Statements with an answer in force (of this respondent, or of anybody: the caller decides), "don't know" included. */
  readonly answered: ReadonlySet<string>;
  readonly expired: ReadonlySet<string>;
  readonly notApplicable: ReadonlySet<string>;
  /** Also statements that data can show. */
  readonly all: boolean;
  /** Statements meant for this role come first. */
  readonly role?: string;
  /** P(stage = s) for s = 1..S under the joint prior. */
  readonly stageLaw: (points: Map<string, Points>) => readonly number[];
  /** Law of the criterion's level under the same joint prior, so that expectations over answers are consistent. */
  readonly levelLaw: (criterion: string, points: Map<string, Points>) => LevelLaw;
  readonly answerLaw: AnswerLaw;
}

/** Shannon entropy in bits; 0 log 0 = 0. */
export function entropyBits(law: readonly number[]): number {
  let bits = 0;
  for (const p of law) if (p > 0) bits -= p * Math.log2(p);
  return bits;
}

const VALUES = [0, 1, 2] as const;

/** Points (exists, full) that a single answer brings: ratios of its likelihood under neighbouring levels, in decibans. */
function pointsOfAnswer(law: AnswerLaw, answer: 0 | 1 | 2): Points {
  return [10 * Math.log10(law[1][answer] / law[0][answer]), 10 * Math.log10(law[2][answer] / law[1][answer])];
}

/**
 * Expected narrowing of the verdict by one more answer: entropy of the stage now minus its mean over the possible answers, bits.
 * Answers are weighted by their probability given the present evidence. Never below 0 (mutual information).
 */
function valueOfAsking(criterion: string, input: PlanInput, points: Map<string, Points>, now: number): number {
  const level = input.levelLaw(criterion, points);
  const [exists, full] = points.get(criterion) ?? [0, 0];
  let after = 0;
  for (const answer of VALUES) {
    const chance = level.reduce((sum, p, l) => sum + p * (input.answerLaw[l]?.[answer] ?? 0), 0);
    if (chance <= 0) continue;
    const [moreExists, moreFull] = pointsOfAnswer(input.answerLaw, answer);
    const then = new Map(points).set(criterion, [exists + moreExists, full + moreFull]);
    after += chance * entropyBits(input.stageLaw(then));
  }
  return Math.max(0, now - after);
}

/**
 * Questions worth asking, the most telling first.
 * Unit of `value_bits`: bits of entropy of the stage distribution. Population: statements without an answer in force. Left out: not
 * applicable ones, and those whose telemetry mass reaches `coverage.mass` unless `all`. With a role, statements meant for it come first.
 * Method: expected information gain of a single further answer under the joint prior. Ties by the order of the model.
 * Everything answered gives an empty list.
 */
export function planQuestions(input: PlanInput): Question[] {
  const points = new Map(input.points);
  const now = entropyBits(input.stageLaw(points));
  const seen = (id: string): boolean => (input.telemetryMass.get(id) ?? 0) >= input.model.coverage.mass;
  const mine = (criterion: Criterion): boolean => input.role === undefined || criterion.ask.includes(input.role);
  return input.model.criteria
    .filter((criterion) => !input.answered.has(criterion.id) && !input.notApplicable.has(criterion.id))
    .filter((criterion) => input.all || !seen(criterion.id))
    .map((criterion, order) => ({ criterion, order, bits: valueOfAsking(criterion.id, input, points, now) }))
    .sort((a, b) => Number(mine(b.criterion)) - Number(mine(a.criterion)) || b.bits - a.bits || a.order - b.order)
    .map(({ criterion, bits }) => ({
      criterion: criterion.id,
      statement: criterion.statement,
      levels: criterion.levels,
      ask: criterion.ask,
      value_bits: bits,
      unseen: (input.telemetryMass.get(criterion.id) ?? 0) === 0,
      expired: input.expired.has(criterion.id),
    }));
}
