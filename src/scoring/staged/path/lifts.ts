import type { Points } from '../../../domain/placement.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { certain, likelihoodOf, NO_POINTS } from '../../levels.ts';
import { bySet, type GateItem, openGate, type SetProfile } from '../gate.ts';

/** P(stage >= target) when the criteria with these ids are known to be at level 3. */
export type Chance = (lifted: readonly string[]) => number;

/**
 * Opens the gate for questions of the form "what if these criteria were fully in place".
 * Evidence of the others stays as it is. A set's profile depends only on which of its own criteria are lifted, so profiles are kept
 * and thousands of combinations cost one product each.
 */
export function chanceOfTarget(
  model: StagedModel,
  points: ReadonlyMap<string, Points>,
  notApplicable: ReadonlySet<string>,
  target: number,
): Chance {
  const gate = openGate(model);
  const items = model.criteria
    .filter((criterion) => !notApplicable.has(criterion.id))
    .map(
      ({ id, set }): GateItem => ({
        id,
        set,
        difficulty: set,
        likelihood: likelihoodOf(points.get(id) ?? NO_POINTS),
      }),
    );
  const sets = bySet(items, model.stages.length);
  const kept = new Map<string, SetProfile>();
  const profileOf = (index: number, lifted: ReadonlySet<string>): SetProfile => {
    const set = sets[index] ?? [];
    const key = [index, ...set.filter((item) => lifted.has(item.id)).map((item) => item.id)].join(' ');
    const known = kept.get(key);
    if (known !== undefined) return known;
    const profile = gate.profile(set.map((item) => (lifted.has(item.id) ? { ...item, likelihood: certain(3) } : item)));
    kept.set(key, profile);
    return profile;
  };
  const answered = new Map<string, number>();
  return (lifted) => {
    const key = lifted.toSorted().join(' ');
    const known = answered.get(key);
    if (known !== undefined) return known;
    const ids = new Set(lifted);
    const chance = gate.combine(sets.map((_, index) => profileOf(index, ids))).atLeast[target - 1] ?? 0;
    answered.set(key, chance);
    return chance;
  };
}
