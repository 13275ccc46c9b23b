import type { Level } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { stageAt } from './gate.ts';
import { openStaging } from './staging.ts';

/**
 * Stage when every answer is taken at its word: answered criteria are at the level said (1..3, the mean of respondents, halves
 * rounded down), the rest is filled by their pattern. No reliability, no leniency: the opposite of the `said` reading.
 * Null without any answer.
 */
export function stageAtFaceValue(
  model: StagedModel,
  said: ReadonlyMap<string, number>,
  notApplicable: ReadonlySet<string> = new Set(),
): number | null {
  if (said.size === 0) return null;
  const levels = new Map([...said].map(([id, mean]): [string, Level] => [id, mean > 2.5 ? 3 : mean > 1.5 ? 2 : 1]));
  return stageAt(openStaging(model, new Map(), notApplicable).withLevels(levels).atLeast, model.decision.median);
}
