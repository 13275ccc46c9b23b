import fc from 'fast-check';
import type { LevelAnswer } from '../../src/domain/assessment.ts';
import type { Points } from '../../src/domain/placement.ts';
import type { StagedReading } from '../../src/domain/staged-reading.ts';
import { compareSaidSeen } from '../../src/scoring/staged/comparison/index.ts';
import { findPath } from '../../src/scoring/staged/path/index.ts';
import { AS_OF } from './finding-builder.ts';
import { placedReading } from './placed-snapshot.ts';
import { SIX_STAGE, scorePoints } from './scored-points.ts';

const IDS = SIX_STAGE.criteria.map(({ id }) => id);

function answerOf(criterion: string, value: 1 | 2 | 3): LevelAnswer {
  return {
    model: SIX_STAGE.id,
    criterion,
    respondent: 'r1',
    role: 'support_lead',
    value,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: AS_OF,
    expires_at: new Date(AS_OF.getTime() + 86_400_000),
  };
}

/** What the six-stage model says of these points and answers, with comparison and path, as a snapshot would hold it. */
export function readingOf(
  points: ReadonlyMap<string, Points>,
  values: ReadonlyMap<string, 1 | 2 | 3> = new Map(),
): StagedReading {
  const answers = [...values].map(([id, value]) => answerOf(id, value));
  const scored = scorePoints(points, answers);
  const base = placedReading({ stage: scored.placement.stage, day: 10 });
  return {
    ...base,
    placement: scored.placement,
    readings: scored.readings,
    criteria: scored.criteria,
    comparison: answers.length === 0 ? null : compareSaidSeen({ model: SIX_STAGE, scored, answers }),
    path: scored.placement.stage === null ? null : findPath({ model: SIX_STAGE, scored, findings: [] }),
    answers_used: answers.map(({ criterion, respondent, role, value, answered_at }) => ({
      criterion,
      respondent,
      role,
      value,
      answered_at: answered_at.toISOString(),
    })),
  };
}

const decibans = fc.constantFrom(-15, -7.5, -2.5, 0, 2.5, 7.5, 15);
const some = <T>(value: fc.Arbitrary<T>) => fc.array(fc.tuple(fc.constantFrom(...IDS), value), { maxLength: 40 });

type Evidence = readonly (readonly [string, Points])[];

/** From nothing at all to much that contradicts itself. */
const uneven: fc.Arbitrary<Evidence> = some(fc.tuple(decibans, decibans));
/** Most of it in place with holes anywhere: what leaves several stages open. */
const holed: fc.Arbitrary<Evidence> = fc
  .array(fc.tuple(holes(), holes()), { minLength: IDS.length, maxLength: IDS.length })
  .map((all) => IDS.map((id, at) => [id, all[at] ?? [0, 0]] as const));

function holes(): fc.Arbitrary<number> {
  return fc.constantFrom(7.5, 7.5, 7.5, 0, -7.5);
}

/** Bodies of evidence, and answers of one person or of nobody. */
export const randomReading: fc.Arbitrary<StagedReading> = fc
  .tuple(fc.oneof(uneven, holed), fc.oneof(fc.constant([]), some(fc.constantFrom(1 as const, 2 as const, 3 as const))))
  .map(([points, values]) => readingOf(new Map(points), new Map(values)));
