import { z } from 'zod';
import type { StagedModel } from '../../domain/staged-model.ts';

/** A step of a model's ladder. `text` names it in a sentence: `stage 3 Managed`, `tier 2 Repeatable`. */
export const Step = z.strictObject({ stage: z.int().positive(), name: z.string(), text: z.string() });
export type Step = z.infer<typeof Step>;

type Words = Pick<StagedModel, 'step' | 'stages'>;

/** What the model calls a step of its ladder: stage, tier, level. */
export function stepWord({ step }: Pick<StagedModel, 'step'>): string {
  return step ?? 'stage';
}

/** `tier 3 Effective`; without a name for a step that the model does not know (an old snapshot of a longer ladder). */
export function stepName(model: Words, stage: number): string {
  const name = model.stages.find((one) => one.stage === stage)?.name;
  return `${stepWord(model)} ${stage}${name === undefined ? '' : ` ${name}`}`;
}

/** The step of that number; null for a withheld one. */
export function stepOf(model: Words, stage: number | null): Step | null {
  if (stage === null) return null;
  const name = model.stages.find((one) => one.stage === stage)?.name ?? '';
  return { stage, name, text: stepName(model, stage) };
}

/** The first letter in capitals: a name at the head of a line. */
export function headed(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
