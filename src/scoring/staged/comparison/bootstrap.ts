import { seededRandom } from './random.ts';

const DRAWS = 2_000;
/** Any fixed number would do: the same snapshot must give the same bytes. */
const SEED = 20_240_229;

/** Quantile of sorted values, type 7 of Hyndman and Fan (1996): the default of R and numpy. NaN for no values. */
export function quantileOfSorted(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

/**
 * 95 % percentile bootstrap interval of a statistic of n units (criteria), 2,000 draws with a fixed seed.
 * `statistic` gets the indices drawn and may answer null where it is not defined on that draw; such draws are left out, and when they
 * are more than half the interval is null. Fewer than two units give null. Source: Efron and Tibshirani (1993), section 13.3.
 */
export function bootstrapInterval(
  n: number,
  statistic: (drawn: readonly number[]) => number | null,
  draws = DRAWS,
): [number, number] | null {
  if (n < 2) return null;
  const random = seededRandom(SEED);
  const drawn = new Array<number>(n).fill(0);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < n; i++) drawn[i] = Math.floor(random() * n);
    const value = statistic(drawn);
    if (value !== null) values.push(value);
  }
  if (values.length * 2 < draws) return null;
  values.sort((a, b) => a - b);
  return [quantileOfSorted(values, 0.025), quantileOfSorted(values, 0.975)];
}
