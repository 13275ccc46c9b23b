import type { LevelLaw, Points } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { likelihoodOf, NO_POINTS } from '../levels.ts';
import { gradedPrior } from './prior.ts';

/**
 * Law of every applicable criterion's level under the joint prior: own evidence and the pattern of the rest.
 * Decibans in, probabilities out. For planning questions only; verdicts on a criterion use the flat prior (`posteriorLaw`), so that
 * nothing imputed is ever shown as known. Criteria in `notApplicable` are absent. No evidence gives the prior. Exact on the theta grid.
 */
export function imputedLevels(
  model: Pick<StagedModel, 'criteria' | 'prior'>,
  points: ReadonlyMap<string, Points>,
  notApplicable: ReadonlySet<string> = new Set(),
): Map<string, LevelLaw> {
  const prior = gradedPrior(model.prior);
  const length = prior.theta.length;
  const logWeight = new Float64Array(length);
  const items = model.criteria
    .filter((criterion) => !notApplicable.has(criterion.id))
    .map((criterion) => {
      const table = prior.logLevels(criterion.set);
      const likelihood = likelihoodOf(points.get(criterion.id) ?? NO_POINTS);
      const laws = Array.from({ length }, (_, i): LevelLaw => {
        const [a, b, c] = [0, 1, 2].map((l) => (table[3 * i + l] ?? 0) + (likelihood[l] ?? 0)) as LevelLaw;
        const top = Math.max(a, b, c);
        const [x, y, z] = [Math.exp(a - top), Math.exp(b - top), Math.exp(c - top)];
        const sum = x + y + z;
        logWeight[i] = (logWeight[i] ?? 0) + top + Math.log(sum);
        return [x / sum, y / sum, z / sum];
      });
      return { id: criterion.id, laws };
    });
  const highest = logWeight.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weight = logWeight.map((w) => Math.exp(w - highest));
  const total = weight.reduce((a, b) => a + b, 0);
  return new Map(
    items.map(({ id, laws }) => {
      const mean: LevelLaw = [0, 0, 0];
      laws.forEach((law, i) => {
        for (const l of [0, 1, 2] as const) mean[l] += (law[l] * (weight[i] ?? 0)) / total;
      });
      return [id, mean];
    }),
  );
}
