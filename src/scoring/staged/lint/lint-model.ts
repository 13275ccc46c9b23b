import type { ModelProblem } from '../../../domain/model-problem.ts';
import type { SignalDefinition } from '../../../domain/signal.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { lintConstants } from './lint-constants.ts';
import { lintFamilies, lintSignals } from './lint-evidence.ts';
import { lintExtras } from './lint-extras.ts';
import { lintStructure } from './lint-structure.ts';

/**
 * Faults of a model that its schema cannot see; empty when it may be used.
 * Without `signals` the ids of signals are not resolved. Source of the rules: docs/method.md, "Model lint".
 */
export function lintModel(model: StagedModel, signals?: Iterable<SignalDefinition>): ModelProblem[] {
  return [
    ...lintStructure(model),
    ...lintConstants(model),
    ...lintFamilies(model),
    ...lintExtras(model, signals),
    ...(signals === undefined ? [] : lintSignals(model, signals)),
  ];
}
