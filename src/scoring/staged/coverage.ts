import type { Placement } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';

/** Room for the rounding of sums such as 2.5 * 0.3 + 2.5 * 0.7. */
export const ROUNDING = 1e-9;

/** The share of `items` in sets 1..min(stage + 1, S) that are covered; 0 when there are none. */
export function coverageUpTo<T extends { readonly set: number }>(
  items: readonly T[],
  covered: (item: T) => boolean,
  stage: number,
): number {
  const inReach = items.filter((item) => item.set <= stage + 1);
  return inReach.length === 0 ? 0 : inReach.filter(covered).length / inReach.length;
}

/** Telemetry of at least the model's mass (decibans) makes a criterion count as covered. */
export function isCovered(mass: number, model: Pick<StagedModel, 'coverage'>): boolean {
  return mass >= model.coverage.mass - ROUNDING;
}

/** measured >= 2/3, partly measured >= 1/3, else self-reported when answers exist, else not placed (lines from the model). */
export function statusOf(
  coverage: number,
  answered: boolean,
  model: Pick<StagedModel, 'coverage'>,
): Placement['status'] {
  if (coverage >= model.coverage.measured - ROUNDING) return 'measured';
  if (coverage >= model.coverage.partly - ROUNDING) return 'partly_measured';
  return answered ? 'self_reported' : 'not_placed';
}
