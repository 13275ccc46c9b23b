import type { ModelItem } from '../../domain/model.ts';
import type { StagedModel } from '../../domain/staged-model.ts';

/** The statements of a staged model as items. */
export function itemsOfStaged(model: StagedModel): ModelItem[] {
  return model.criteria.map(({ id, name, statement, families, ask, proof, levels, set }) => ({
    id,
    name,
    statement,
    scale: 'level3',
    signals: [...new Set(families.flatMap((family) => family.signals.map((signal) => signal.id)))],
    ask,
    proof,
    levels,
    set,
  }));
}
