import { z } from 'zod';
import { Comparison, Path } from './assessment.ts';
import { AreaCell, AreaResult, CriterionResult, Placement } from './placement.ts';
import type { ItemVerdict } from './verdict.ts';

/** The part of a verdict that only models of kind `staged` have. */
export const StagedBody = z.strictObject({
  placement: Placement,
  /** Telemetry-only and answers-only readings, beside the merged one above. */
  readings: z.strictObject({ seen: Placement, said: Placement.nullable() }),
  criteria: z.array(CriterionResult),
  areas: z.array(AreaCell),
  area_stages: z.array(AreaResult),
  /** Said beside seen; null when nobody answered. */
  comparison: Comparison.nullable(),
  /** To the next stage; null when nothing is placed. */
  path: Path.nullable(),
});
export type StagedBody = z.infer<typeof StagedBody>;

/** Whether the body of a verdict is that of a staged model; the value itself stays as it is. */
export function isStagedBody(body: unknown): body is StagedBody {
  return StagedBody.safeParse(body).success;
}

/** A statement of a staged model as an item of a verdict of any kind. */
export function itemVerdict(result: CriterionResult): ItemVerdict {
  const known = result.decided_by !== 'none';
  const level = result.level ?? (result.between === null ? null : result.between.join(' to '));
  return {
    id: result.id,
    name: result.name,
    degree: known ? result.posterior[1] / 2 + result.posterior[2] : null,
    label: level === null ? null : `level ${level}`,
    decided_by: result.decided_by,
    not_applicable: result.not_applicable,
  };
}
