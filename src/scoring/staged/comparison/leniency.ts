import type { Comparison, LevelAnswer } from '../../../domain/assessment.ts';
import type { LevelLaw } from '../../../domain/placement.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { normalDensity, normalQuantile } from '../../normal.ts';

/** Mean of a standard normal inside its lower, middle and upper third: levels in latent units. */
function latentScores(): readonly [number, number, number] {
  const upper = 3 * normalDensity(normalQuantile(2 / 3));
  return [-upper, 0, upper];
}

/**
 * How generously each respondent answers, shrunk towards the common leniency, in latent units (standard deviations).
 * Population: a respondent's answers 1 to 3 on statements whose telemetry is seen (`laws`). b = mean of (answer - rho * E[level]), both
 * as normal scores of thirds; d = (n b / s2 + d0 / t2) / (n / s2 + 1 / t2) with d0 = `self.d`, s2 = 1 - rho^2 (the noise of one answer
 * in the answer model) and t2 = d0^2: people differ in leniency about as much as they are lenient on average, which is our convention,
 * no published value being known. Shown, and usable for what-if; never feeds the verdict. Nobody comparable gives an empty list.
 */
export function leniencyOf(
  answers: readonly LevelAnswer[],
  laws: ReadonlyMap<string, LevelLaw>,
  self: StagedModel['self'],
): Comparison['leniency'] {
  const scores = latentScores();
  const people = new Map<string, { role: string; gaps: number[] }>();
  for (const answer of answers) {
    const law = laws.get(answer.criterion);
    if (law === undefined || answer.value === 'dont_know') continue;
    const seen = law[0] * scores[0] + law[1] * scores[1] + law[2] * scores[2];
    const known = people.get(answer.respondent) ?? { role: answer.role, gaps: [] };
    known.gaps.push((scores[answer.value - 1] ?? 0) - self.rho * seen);
    people.set(answer.respondent, known);
  }
  const noise = 1 - self.rho ** 2;
  const between = self.d ** 2;
  return [...people]
    .map(([respondent, { role, gaps }]) => {
      const sum = gaps.reduce((a, b) => a + b, 0);
      // With no common leniency there is nothing to differ by, and no way to tell people apart.
      const d = between === 0 ? 0 : (sum / noise + self.d / between) / (gaps.length / noise + 1 / between);
      return { respondent, role, n: gaps.length, d };
    })
    .sort((a, b) => (a.respondent < b.respondent ? -1 : 1));
}
