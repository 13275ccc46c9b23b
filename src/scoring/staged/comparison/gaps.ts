import type { LevelAnswer, StatementGap } from '../../../domain/assessment.ts';
import type { Level, LevelLaw } from '../../../domain/placement.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';

/** Answers 1 to 3 to one statement; "don't know" is no answer. */
export interface Said {
  readonly criterion: string;
  readonly mean: number;
  readonly values: readonly { readonly respondent: string; readonly role: string; readonly value: Level }[];
}

/** Answers in force by statement; statements that nobody answered with a level are absent. */
export function saidByCriterion(answers: readonly LevelAnswer[]): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const { criterion, respondent, role, value } of answers) {
    if (value === 'dont_know') continue;
    const values = [...(said.get(criterion)?.values ?? []), { respondent, role, value }];
    said.set(criterion, { criterion, values, mean: values.reduce((sum, v) => sum + v.value, 0) / values.length });
  }
  return said;
}

/** A mean answer as a level: the nearest one, and the lower of two equally near. */
export function nearestLevel(mean: number): Level {
  if (mean <= 1.5) return 1;
  return mean <= 2.5 ? 2 : 3;
}

export function expectedLevel(law: LevelLaw): number {
  return law[0] + 2 * law[1] + 3 * law[2];
}

/** Lowest level at or below which at least `p` of the law lies. */
function quantileLevel(law: LevelLaw, p: number): Level {
  // Sums of a law end a rounding error below 1.
  const reached = (sum: number): boolean => sum >= p - 1e-12;
  if (reached(law[0])) return 1;
  return reached(law[0] + law[1]) ? 2 : 3;
}

/** Probability that the level is below (over-claim) or above (under-claim) what was said; a mean between levels is no level itself. */
function claimChances(said: number, law: LevelLaw): { over: number; under: number } {
  let over = 0;
  let under = 0;
  law.forEach((p, index) => {
    if (index + 1 < said) over += p;
    if (index + 1 > said) under += p;
  });
  return { over, under };
}

/**
 * Distance between what was said and what telemetry alone shows, for one statement.
 * Unit: levels, -2 to 2, positive = said more than seen. `interval` holds 80 % of the gap under the telemetry law and `median` its middle: both go from
 * level to level, while `gap` is a mean and may lie between two levels, outside the interval. Flags by
 * `model.claim`: the chance of an over- or under-claim reaches the substantial or the strong line.
 */
export function statementGap(
  criterion: { readonly id: string; readonly name: string },
  said: number,
  law: LevelLaw,
  claim: StagedModel['claim'],
): StatementGap {
  const { over, under } = claimChances(said, law);
  const seen = expectedLevel(law);
  const grade = (p: number): 0 | 1 | 2 => (p >= claim.strong ? 2 : p >= claim.substantial ? 1 : 0);
  const overFlags = ['none', 'over', 'strong_over'] as const;
  const underFlags = ['none', 'under', 'strong_under'] as const;
  return {
    criterion: criterion.id,
    name: criterion.name,
    said,
    seen,
    gap: said - seen,
    median: said - quantileLevel(law, 0.5),
    interval: [said - quantileLevel(law, 0.9), said - quantileLevel(law, 0.1)],
    over_claim: over,
    under_claim: under,
    flag: over >= under ? overFlags[grade(over)] : underFlags[grade(under)],
  };
}
