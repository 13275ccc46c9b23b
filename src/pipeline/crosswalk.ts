import type { CrosswalkRow, CrosswalkUse } from '../domain/beside-verdict.ts';
import type { ModelHead } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import { itemsOf } from '../scoring/index.ts';

function usesOfStaged(model: StagedModel, signal: SignalDefinition): CrosswalkUse[] {
  return model.criteria.flatMap((item) =>
    item.families.flatMap((family) =>
      family.signals
        .filter(({ id }) => id === signal.id || signal.aliases.includes(id))
        .map((use): CrosswalkUse => {
          const existenceOnly = use.existence_only === true || signal.existence_only;
          return {
            model: model.id,
            item: item.id,
            name: item.name,
            set: item.set,
            levels: [
              ...(use.full_only === true || signal.lines.partial === null ? [] : ([2] as const)),
              ...(existenceOnly || signal.lines.full === null ? [] : ([3] as const)),
            ],
            one_sided: use.one_sided === true || signal.one_sided,
            exists_one_sided: use.exists_one_sided === true,
            most: use.alpha * model.classes[family.class],
          };
        }),
    ),
  );
}

/** A model of another kind says which items a signal speaks for; how, is the matter of its kind. */
function usesOfOther(model: ModelHead, signal: SignalDefinition): CrosswalkUse[] {
  return itemsOf(model)
    .filter(({ signals }) => signals.some((id) => id === signal.id || signal.aliases.includes(id)))
    .map(({ id, name }) => ({
      model: model.id,
      item: id,
      name,
      set: null,
      levels: [],
      one_sided: signal.one_sided,
      exists_one_sided: false,
      most: null,
    }));
}

/**
 * Which signal speaks in which model and how: a row for each signal that may be scored, in the order given; without uses where no model looks
 * at it. The own signals of matrix cells are left out, since they speak for no item. Pure.
 */
export function crosswalk(models: readonly ModelHead[], signals: Iterable<SignalDefinition>): CrosswalkRow[] {
  return [...signals]
    .filter(({ diagnostic }) => !diagnostic)
    .map((signal) => ({
      signal: signal.id,
      title: signal.title,
      uses: models.flatMap((model) => (isStaged(model) ? usesOfStaged(model, signal) : usesOfOther(model, signal))),
    }));
}
