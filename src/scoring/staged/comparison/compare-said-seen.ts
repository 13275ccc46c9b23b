import type { Comparison, LevelAnswer } from '../../../domain/assessment.ts';
import type { LevelLaw } from '../../../domain/placement.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { posteriorLaw } from '../../levels.ts';
import { isCovered } from '../coverage.ts';
import { stageAtFaceValue } from '../face-value.ts';
import type { Scored } from '../score-snapshot.ts';
import { type BlindSpotInput, blindSpotsOf } from './blind-spots.ts';
import { agreement, calibrationOf, claimRate, type Judged, signedBias } from './claims.ts';
import { expectedLevel, saidByCriterion, statementGap } from './gaps.ts';
import { leniencyOf } from './leniency.ts';
import { roleDifferences } from './roles.ts';

export interface ComparisonInput {
  readonly model: StagedModel;
  readonly scored: Pick<Scored, 'placement' | 'readings' | 'criteria' | 'staging'>;
  /** Answers in force at asOf, the same that were scored. */
  readonly answers: readonly LevelAnswer[];
}

function byStatementThenPerson(a: LevelAnswer, b: LevelAnswer): number {
  const [left, right] = [a, b].map((answer) => JSON.stringify([answer.criterion, answer.respondent])) as [
    string,
    string,
  ];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Changes of probability below it are not worth a line. */
const NOTICEABLE = 0.0005;

/** Change in P(stage >= s) when the answers to a statement are left out, largest first; s = merged stage, but at least 2. */
function driversOf({ placement, criteria, staging }: ComparisonInput['scored']): Comparison['drivers'] {
  if (placement.stage === null) return [];
  const index = Math.max(2, placement.stage) - 1;
  const now = placement.atLeast[index] ?? 0;
  return criteria
    .filter(({ not_applicable, answers }) => !not_applicable && (answers[0] !== 0 || answers[1] !== 0))
    .map(({ id, telemetry }) => ({
      criterion: id,
      change: (staging.withPoints(id, telemetry).atLeast[index] ?? 0) - now,
    }))
    .filter(({ change }) => Math.abs(change) >= NOTICEABLE)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.criterion < b.criterion ? -1 : 1));
}

/**
 * What people say beside what the data show.
 * Population: statements whose telemetry mass reaches `coverage.mass` and that somebody answered 1 to 3 are comparable; the others appear
 * as blind spots at most. "Not applicable" statements are left out. Telemetry stands alone here: answers never enter `seen`.
 * Stages: `said` takes answers at their word through the gate; `seen` and `merged` are the readings of the snapshot; null = that side has
 * too little to say. Rates, bias and agreement need two comparable statements, else null. No answers gives an empty comparison.
 */
export function compareSaidSeen({ model, scored, answers: all }: ComparisonInput): Comparison {
  const results = new Map(scored.criteria.filter((c) => !c.not_applicable).map((c) => [c.id, c]));
  const applicable = model.criteria.filter((criterion) => results.has(criterion.id));
  // One order whatever the store gives back: sums of fractions would otherwise differ in their last digit, and so would the digest.
  const answers = all.filter((answer) => results.has(answer.criterion)).sort(byStatementThenPerson);
  const said = saidByCriterion(answers);

  const laws = new Map<string, LevelLaw>();
  const judged: Judged[] = [];
  const spots = applicable.map((criterion): BlindSpotInput => {
    const result = results.get(criterion.id);
    const seen = result !== undefined && isCovered(result.telemetry_mass, model);
    const law = seen ? posteriorLaw(result.telemetry) : null;
    if (law !== null) laws.set(criterion.id, law);
    const own = said.get(criterion.id);
    const gap =
      law === null || own === undefined || result === undefined
        ? null
        : {
            ...statementGap(criterion, own.mean, law, model.claim),
            counted: expectedLevel(posteriorLaw(result.answers)),
          };
    if (gap !== null && law !== null) judged.push({ gap, law });
    return { criterion, said: own, answers: answers.filter((a) => a.criterion === criterion.id), law, gap };
  });

  const gaps = judged.map(({ gap }) => gap);
  const notApplicable = new Set(scored.criteria.filter((c) => c.not_applicable).map((c) => c.id));
  const means = new Map([...said].map(([id, { mean }]) => [id, mean]));
  return {
    stages: {
      said: stageAtFaceValue(model, means, notApplicable),
      seen: scored.readings.seen.stage,
      merged: scored.placement.stage,
    },
    comparable: judged.length,
    gaps,
    over_claims: claimRate(gaps.map((gap) => gap.over_claim)),
    under_claims: claimRate(gaps.map((gap) => gap.under_claim)),
    bias: signedBias(gaps),
    agreement: agreement(judged),
    calibration: calibrationOf(judged),
    leniency: leniencyOf(answers, laws, model.self),
    blind_spots: blindSpotsOf(spots),
    drivers: driversOf(scored),
    roles: roleDifferences(said.values()),
  };
}
