import type { ModelHead } from '../domain/model.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import { itemsOf } from './method-of.ts';

/** What can be asked about a model; answers are to be asked again after `expireDays`, however they came in. */
export function questionnaireOf(model: ModelHead, expireDays: number): Questionnaire {
  const { id, title, source, extends: bases } = model;
  return {
    model: { id, title, source, ...(bases === undefined ? {} : { extends: bases }) },
    items: itemsOf(model),
    expireDays,
  };
}
