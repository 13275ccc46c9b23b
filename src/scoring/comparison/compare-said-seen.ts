import type { Answer, Comparison } from '../../domain/assessment.ts';
import type { MaturityModel } from '../../domain/model.ts';
import type { Level, LevelLaw, Points } from '../../domain/placement.ts';
import { addPoints, NO_POINTS } from '../levels.ts';
import { type BlindSpotInput, blindSpotsOf } from './blind-spots.ts';
import { agreement, calibrationOf, claimRate, type Judged, signedBias } from './claims.ts';
import { nearestLevel, type Said, saidByCriterion, statementGap } from './gaps.ts';
import { leniencyOf } from './leniency.ts';
import { roleDifferences } from './roles.ts';

export interface ComparisonInput {
  readonly model: MaturityModel;
  /** Telemetry points and sum of their absolute values, by criterion, decibans. */
  readonly telemetry: ReadonlyMap<string, Points>;
  readonly telemetryMass: ReadonlyMap<string, number>;
  /** Answers in force at asOf. */
  readonly answers: readonly Answer[];
  /** Their points as they count in the merged verdict (aged, respondents pooled, checked proofs included). */
  readonly answerPoints: ReadonlyMap<string, Points>;
  readonly notApplicable: ReadonlySet<string>;
  /** Flat-prior law of the level. */
  readonly levelLaw: (points: Points) => LevelLaw;
  /** P(stage >= s), s = 1..S, under the joint prior. */
  readonly atLeast: (points: Map<string, Points>) => readonly number[];
}

/** So many decibans that nothing else matters: an answer taken at its word. */
const AT_ITS_WORD = 400;
const FACE_VALUE: Readonly<Record<Level, Points>> = {
  1: [-AT_ITS_WORD, -AT_ITS_WORD],
  2: [AT_ITS_WORD, -AT_ITS_WORD],
  3: [AT_ITS_WORD, AT_ITS_WORD],
};
/** Changes below it are not worth a line. */
const NOTICEABLE = 0.0005;

function merge(a: ReadonlyMap<string, Points>, b: ReadonlyMap<string, Points>): Map<string, Points> {
  const sum = new Map(a);
  for (const [id, points] of b) sum.set(id, addPoints(sum.get(id) ?? NO_POINTS, points));
  return sum;
}

function medianStage(atLeast: readonly number[], line: number): number {
  return Math.max(1, atLeast.filter((p) => p >= line).length);
}

/** Change in P(stage >= s) when the answers to a statement are left out, largest first; s = merged stage, but at least 2. */
function driversOf(input: ComparisonInput, merged: Map<string, Points>, stage: number): Comparison['drivers'] {
  const index = Math.max(2, stage) - 1;
  const now = input.atLeast(merged)[index] ?? 0;
  const drivers: Comparison['drivers'] = [];
  for (const criterion of input.answerPoints.keys()) {
    const without = new Map(merged).set(criterion, input.telemetry.get(criterion) ?? NO_POINTS);
    const change = (input.atLeast(without)[index] ?? 0) - now;
    if (Math.abs(change) >= NOTICEABLE) drivers.push({ criterion, change });
  }
  return drivers.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.criterion < b.criterion ? -1 : 1));
}

function stagesOf(input: ComparisonInput, said: ReadonlyMap<string, Said>, merged: Map<string, Points>) {
  const line = input.model.decision.median;
  const seenSomething = [...input.telemetryMass].some(([, mass]) => mass > 0);
  const faceValue = new Map([...said].map(([id, { mean }]) => [id, FACE_VALUE[nearestLevel(mean)]]));
  return {
    said: said.size === 0 ? null : medianStage(input.atLeast(faceValue), line),
    seen: seenSomething ? medianStage(input.atLeast(new Map(input.telemetry)), line) : null,
    merged: seenSomething || said.size > 0 ? medianStage(input.atLeast(merged), line) : null,
  };
}

/**
 * What people say beside what the data show.
 * Population: statements whose telemetry mass reaches `coverage.mass` and that somebody answered 1 to 3 are comparable; the others appear
 * as blind spots at most. "Not applicable" statements are left out. Telemetry stands alone here: answers never enter `seen`.
 * Stages: `said` takes answers at their word through the gate, `seen` is telemetry alone, `merged` both; null = that side is silent.
 * Rates, bias and agreement need two comparable statements, else null. No answers at all gives an empty comparison, not an error.
 */
export function compareSaidSeen(input: ComparisonInput): Comparison {
  const applicable = input.model.criteria.filter((criterion) => !input.notApplicable.has(criterion.id));
  const ids = new Set(applicable.map((criterion) => criterion.id));
  const answers = input.answers.filter((answer) => ids.has(answer.criterion));
  const said = saidByCriterion(answers);

  const laws = new Map<string, LevelLaw>();
  for (const { id } of applicable)
    if ((input.telemetryMass.get(id) ?? 0) >= input.model.coverage.mass)
      laws.set(id, input.levelLaw(input.telemetry.get(id) ?? NO_POINTS));
  const judged: Judged[] = [];
  const spots: BlindSpotInput[] = applicable.map((criterion) => {
    const law = laws.get(criterion.id) ?? null;
    const own = said.get(criterion.id);
    const gap = law === null || own === undefined ? null : statementGap(criterion, own.mean, law, input.model.claim);
    if (gap !== null && law !== null) judged.push({ gap, law });
    return { criterion, said: own, answers: answers.filter((a) => a.criterion === criterion.id), law, gap };
  });

  const merged = merge(input.telemetry, input.answerPoints);
  const stages = stagesOf(input, said, merged);
  const gaps = judged.map(({ gap }) => gap);
  return {
    stages,
    comparable: judged.length,
    gaps,
    over_claims: claimRate(gaps.map((gap) => gap.over_claim)),
    under_claims: claimRate(gaps.map((gap) => gap.under_claim)),
    bias: signedBias(gaps),
    agreement: agreement(judged),
    calibration: calibrationOf(judged),
    leniency: leniencyOf(answers, laws, input.model.self),
    blind_spots: blindSpotsOf(spots),
    drivers: stages.merged === null ? [] : driversOf(input, merged, stages.merged),
    roles: roleDifferences(said.values()),
  };
}
