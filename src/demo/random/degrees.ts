import type { Random } from '../random.ts';
import type { Setting } from './draw-setting.ts';
import type { Degree, Truth } from './draw-truth.ts';

type Range = readonly [low: number, high: number];

/** One of three ranges by degree, drawn evenly inside it. */
export function by(random: Random, degree: Degree, ...ranges: readonly [Range, Range, Range]): number {
  const [low, high] = ranges[degree - 1] ?? ranges[0];
  return low + (high - low) * random.next();
}

/** Degree of a statement by its id. */
export type Degrees = (id: string) => Degree;

/** A statement that was not drawn is not in place. */
export function reader(truth: Truth): Degrees {
  return (id) => truth[id] ?? 1;
}

/**
 * What the parts of a desk are drawn from. `ranks` is one course of chance for most of them: parts are drawn in a fixed order, and one more draw
 * changes every later part of every desk, so that the desks of `docs/calibration.md` would be others.
 */
export interface Draft {
  readonly of: Degrees;
  readonly setting: Setting;
  readonly ranks: Random;
}
