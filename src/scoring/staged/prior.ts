import type { StagedModel } from '../../domain/staged-model.ts';

/** log sigma(x), accurate in both tails. */
function logSigmoid(x: number): number {
  return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
}

export interface Prior {
  /** Grid of the common cause theta, uniform. */
  readonly theta: Float64Array;
  /** log P(L = l | theta) of an item of this difficulty, laid out theta by theta: [l=1, l=2, l=3, l=1, ...]. */
  logLevels(difficulty: number): Float64Array;
}

/**
 * Graded-response prior with a common slope: P(L >= 2 | theta) = sigma(a (theta - t + 1/2)), P(L >= 3 | theta) = sigma(a (theta - t - 1/2)).
 * t = difficulty of the item, the number of its set. A common slope makes the kernel totally positive of order 2 for any a > 0,
 * which is what keeps the verdict monotone in the evidence. Source: Samejima (1969); Karlin and Rinott (1980) for the ordering.
 */
export function gradedPrior(prior: StagedModel['prior']): Prior {
  const steps = Math.round((prior.grid_to - prior.grid_from) / prior.grid_step);
  const theta = Float64Array.from({ length: steps + 1 }, (_, i) => prior.grid_from + i * prior.grid_step);
  const gap = Math.log(-Math.expm1(-prior.slope));
  const cache = new Map<number, Float64Array>();
  return {
    theta,
    logLevels(difficulty) {
      const known = cache.get(difficulty);
      if (known !== undefined) return known;
      const table = new Float64Array(theta.length * 3);
      for (let i = 0; i < theta.length; i++) {
        const at = theta[i] ?? 0;
        const exists = prior.slope * (at - difficulty + 0.5);
        const full = prior.slope * (at - difficulty - 0.5);
        table[3 * i] = logSigmoid(-exists);
        // sigma(x) - sigma(y) = sigma(x) sigma(-y) (1 - exp(y - x)): no cancellation far from the item
        table[3 * i + 1] = logSigmoid(exists) + logSigmoid(-full) + gap;
        table[3 * i + 2] = logSigmoid(full);
      }
      cache.set(difficulty, table);
      return table;
    },
  };
}
