import type { ModelHead } from '../domain/model.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import type { LoadedModel } from './load-model.ts';

/** The staged ones among loaded models, in their order. */
export function onlyStaged(loaded: readonly LoadedModel<ModelHead>[]): LoadedModel<StagedModel>[] {
  return loaded.flatMap(({ model, hash, path }) => (isStaged(model) ? [{ model, hash, path }] : []));
}
