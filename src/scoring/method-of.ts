import type { ModelHead, ModelItem } from '../domain/model.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Method } from './method.ts';
import { METHODS } from './methods.ts';

/** The method of a model that was loaded. Errors: BUG for a kind that has none, since the loader refuses it. */
export function methodOf(model: ModelHead): Method<ModelHead, unknown> {
  const methods: Readonly<Record<string, Method<ModelHead, unknown>>> = METHODS;
  const found = Object.hasOwn(methods, model.kind) ? methods[model.kind] : undefined;
  if (found === undefined)
    throw new PlumblineError('BUG', `Model ${model.id} is of kind ${model.kind}, which has no method.`, 'Report this.');
  return found;
}

/** What can be asked, evidenced and explained of a model, in the order of its file. */
export function itemsOf(model: ModelHead): ModelItem[] {
  return methodOf(model).items(model);
}
