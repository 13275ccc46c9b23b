import type { SetReach, TelemetryReach } from '../../domain/beside-verdict.ts';
import type { Points } from '../../domain/placement.ts';
import type { Criterion, StagedModel } from '../../domain/staged-model.ts';
import { openLevels, posteriorLaw } from '../levels.ts';
import { ROUNDING } from './coverage.ts';

type Rules = Pick<StagedModel, 'criteria' | 'stages' | 'classes' | 'decision' | 'gate' | 'coverage' | 'telemetry'>;

/** Points (exists, full) when every signal of the item passes every line that it speaks to, today. */
function bestPoints(model: Rules, { families, together }: Criterion): Points {
  const full = families.map((family) => ({
    name: family.name,
    points: family.signals.reduce(
      (sum, { alpha, existence_only }) => sum + (existence_only === true ? 0 : alpha * model.classes[family.class]),
      0,
    ),
  }));
  const weakest = Math.min(...full.filter(({ name }) => together.includes(name)).map(({ points }) => points));
  return [
    families.reduce(
      (sum, family) =>
        sum +
        family.signals.reduce((all, { alpha, full_only }) => all + (full_only === true ? 0 : alpha), 0) *
          model.classes[family.class],
      0,
    ),
    full.reduce((sum, { name, points }) => sum + (together.includes(name) ? Math.min(points, weakest) : points), 0),
  ];
}

function reachOfSet(model: Rules, set: number): SetReach {
  const items = model.criteria.filter((criterion) => criterion.set === set);
  const shown = items.map((item) => openLevels(posteriorLaw(bestPoints(model, item)), model.decision.undecided)[0]);
  return {
    set,
    items: items.length,
    partly: shown.filter((level) => level >= 2).length,
    fully: shown.filter((level) => level === 3).length,
    degree: shown.reduce((sum, level) => sum + (level - 1) / 2, 0) / items.length,
    people: items.flatMap(({ id }, index) => (shown[index] === 3 ? [] : [id])),
  };
}

/**
 * How far records alone could carry a model, from the model file only: no data, no answers. Of an item they can show the lowest level
 * that stays open when every signal stands at its best (`decision.undecided` decibans); N items stay at 1, facts of existence at 2.
 * The cap is the highest stage s with a mean degree above `gate.largely` in every set 1..s.
 */
export function reachOfTelemetry(model: Rules): TelemetryReach {
  const sets = model.stages.map(({ stage }) => reachOfSet(model, stage));
  const short = sets.findIndex(({ degree }) => degree <= model.gate.largely);
  return { sets, cap: Math.max(1, short === -1 ? sets.length : short) };
}

/**
 * Highest stage that may be named. A model without `telemetry` has no such limit. Otherwise records alone name none above the cap; above
 * it a stage may be named once people have spoken for a share `coverage.partly` of the items of its set that only they can show,
 * and so for every set from the cap up. `spoken`: items that somebody answered or declared not applicable.
 */
export function highestToName(model: Rules, spoken: ReadonlySet<string>): number {
  if (model.telemetry === undefined) return model.stages.length;
  const { sets, cap } = reachOfTelemetry(model);
  const silent = sets.findIndex(
    ({ people }, index) =>
      index >= cap && people.filter((id) => spoken.has(id)).length < people.length * model.coverage.partly - ROUNDING,
  );
  return silent === -1 ? sets.length : silent;
}
