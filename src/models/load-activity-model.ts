import { ActivityModel } from '../domain/activity-model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { lintActivityModel } from './lint-activity-model.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above; rules/models/activity-score.yaml is a complete model of this kind to compare with.';

/** A model of kind `activity` from YAML text; with `signals`, every signal id must resolve. Errors: BAD_MODEL with every problem. */
export function loadActivityModel(text: string, path: string, signals?: Iterable<SignalDefinition>): ActivityModel {
  return readLinted({ text, path, remedy: REMEDY }, ActivityModel, (model) => lintActivityModel(model, signals));
}
