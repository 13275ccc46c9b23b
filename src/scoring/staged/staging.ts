import type { Level, Points } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { certain, likelihoodOf, NO_POINTS } from '../levels.ts';
import { bySet, type Gate, type GateItem, openGate, type SetProfile, type StageLaw } from './gate.ts';

/**
 * The gate opened for one body of evidence, so that many what-ifs cost one set each.
 * Items are the applicable criteria of the model.
 */
export interface Staging {
  readonly law: StageLaw;
  /** Law when this criterion is known to be at `level`, whatever its own evidence says. */
  withLevel(criterion: string, level: Level): StageLaw;
  /** Law with these levels known; evidence stays for the rest. */
  withLevels(levels: ReadonlyMap<string, Level>): StageLaw;
  /** Law with other points (decibans) for one criterion. */
  withPoints(criterion: string, points: Points): StageLaw;
}

function replace(items: readonly GateItem[], changed: ReadonlyMap<string, GateItem['likelihood']>): GateItem[] {
  return items.map((item) => {
    const likelihood = changed.get(item.id);
    return likelihood === undefined ? item : { ...item, likelihood };
  });
}

function stageItems(gate: Gate, items: readonly GateItem[], stages: number): Staging {
  const sets = bySet(items, stages);
  const profiles = sets.map((set) => gate.profile(set));
  const lawWith = (changed: ReadonlyMap<string, GateItem['likelihood']>): StageLaw =>
    gate.combine(
      sets.map((set, index): SetProfile => {
        const kept = profiles[index];
        const touched = kept === undefined || set.some((item) => changed.has(item.id));
        return touched ? gate.profile(replace(set, changed)) : kept;
      }),
    );
  return {
    law: gate.combine(profiles),
    withLevel: (criterion, level) => lawWith(new Map([[criterion, certain(level)]])),
    withLevels: (levels) => lawWith(new Map([...levels].map(([id, level]) => [id, certain(level)]))),
    withPoints: (criterion, points) => lawWith(new Map([[criterion, likelihoodOf(points)]])),
  };
}

/**
 * Opens the gate of the model for these points (decibans by criterion id; absent = no evidence).
 * Criteria in `notApplicable` are removed from their set, numerator and denominator.
 */
export function openStaging(
  model: StagedModel,
  points: ReadonlyMap<string, Points>,
  notApplicable: ReadonlySet<string> = new Set(),
): Staging {
  const items = model.criteria
    .filter((criterion) => !notApplicable.has(criterion.id))
    .map((criterion) => ({
      id: criterion.id,
      set: criterion.set,
      difficulty: criterion.set,
      likelihood: likelihoodOf(points.get(criterion.id) ?? NO_POINTS),
    }));
  return stageItems(openGate(model), items, model.stages.length);
}
