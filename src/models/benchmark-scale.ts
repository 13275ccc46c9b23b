import type { ModelHead } from '../domain/model.ts';
import { isStaged } from '../domain/staged-model.ts';
import { isValueModel } from '../domain/value-model.ts';

/** Id under which a benchmark gives the value of the whole verdict: stage, tier, level, pairs exchanged. */
export const OVERALL = 'overall';

/** What a benchmark may give figures for, in a model that is no activity score. */
export interface BenchmarkScale {
  /** Ends of the scale of the whole verdict. */
  readonly overall: readonly [number, number];
  /** Ids of items; their figures are shares in place, 0..1. */
  readonly items: readonly string[];
}

/** Null for a kind of models that has no figures to stand beside, and for activity scores, whose figures are maturity and importance. */
export function benchmarkScale(model: ModelHead): BenchmarkScale | null {
  if (isStaged(model)) return { overall: [1, model.stages.length], items: model.criteria.map(({ id }) => id) };
  if (!isValueModel(model)) return null;
  const sides = model.pairs.flatMap(({ customer, company }) => [customer.id, company.id]);
  return { overall: [0, model.pairs.length], items: sides };
}
