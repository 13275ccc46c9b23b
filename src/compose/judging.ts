import type { LoadedModel } from '../cli/app.ts';
import { unknownName } from '../domain/model-problem.ts';
import { nearest, PlumblineError } from '../errors/index.ts';

/** What somebody says of the models that are to judge; what is left out is as configured. */
export interface JudgingChoice {
  /** These and no others; null = all that are switched on. */
  readonly models?: readonly string[] | null;
  /** One that is to be shown: it judges too where it is switched off. */
  readonly shown?: string | null | undefined;
}

interface Configured {
  /** Id of the model that is shown unless another is asked for. */
  readonly model: string;
  /** Ids of models that are switched on; null = all. */
  readonly judges: readonly string[] | null;
}

/**
 * Models that judge a snapshot, the configured one first and the others in the order of their files, so that the same choice gives the same
 * bytes however it is written. Errors: UNKNOWN_NAME with the nearest known model; BAD_CONFIG for a model of plumbline.yaml that is not there,
 * and where the configured model is not among those that are switched on.
 */
export function chooseJudging(
  all: readonly LoadedModel[],
  configured: Configured,
  { models = null, shown = null }: JudgingChoice = {},
): readonly LoadedModel[] {
  const on = models === null ? switchedOn(all, configured) : models.map((id) => findModel(all, id).model.id);
  const wanted = new Set(shown === null ? on : [...on, findModel(all, shown).model.id]);
  const isFirst = ({ model }: LoadedModel) => model.id === configured.model;
  const chosen = all.filter(({ model }) => wanted.has(model.id));
  return [...chosen.filter(isFirst), ...chosen.filter((one) => !isFirst(one))];
}

function switchedOn(all: readonly LoadedModel[], { model, judges }: Configured): readonly string[] {
  const ids = all.map((one) => one.model.id);
  if (judges === null) {
    findModel(all, model);
    return ids;
  }
  const unknown = judges.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new PlumblineError(
      'BAD_CONFIG',
      `plumbline.yaml switches ${unknown} on under judges: ${unknownName('model', unknown, ids)}`,
      'Write ids of models; plumbline models list shows them.',
    );
  if (!judges.includes(model))
    throw new PlumblineError(
      'BAD_CONFIG',
      `plumbline.yaml switches ${model} off, which is the model that is shown.`,
      `Add ${model} to judges, or set model to a staged one of ${judges.join(', ')}.`,
    );
  return judges;
}

/** Errors: UNKNOWN_NAME with the nearest known model. */
export function findModel(all: readonly LoadedModel[], id: string): LoadedModel {
  const found = all.find(({ model }) => model.id === id);
  if (found !== undefined) return found;
  const ids = all.map(({ model }) => model.id);
  const guess = nearest(id, ids);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no model named "${id}".`,
    guess === null ? `Known: ${ids.join(', ')}.` : `Did you mean ${guess}?`,
  );
}
