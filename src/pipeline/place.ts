import type { Placement } from '../domain/placement.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { placePoints } from '../scoring/index.ts';

/** Placement of given points and answers alone; no store, no clock. Errors: BAD_POINTS with every problem. */
export function placeFromPoints(input: unknown, model: StagedModel): Placement {
  return placePoints(input, model).placement;
}
