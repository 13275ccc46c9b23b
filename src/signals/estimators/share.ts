import { z } from 'zod';
import { COMMON_CELLS, type Estimator, percent } from './estimator.ts';
import { shareFigures, shareSums } from './share-sums.ts';

export const SHARE_CELLS = {
  ...COMMON_CELLS,
  cluster: {
    type: 'cluster',
    opaque: true,
    required: true,
    meaning: 'When it happened; put into its ISO week for the design effect.',
  },
  organisation: {
    type: 'text',
    required: false,
    meaning: 'Customer organisation; clusters by it when the top one holds over 20 %.',
  },
  hit: { type: 'bool', required: true, meaning: 'The unit follows the practice.' },
  weight: {
    type: 'int',
    required: false,
    meaning: 'How many units the row stands for (views of an article); default 1.',
  },
} as const satisfies Estimator['cells'];

/**
 * Share of units that follow a practice, with uncertainty that knows about clusters.
 * Unit of the estimate: 1. n counts units (weights), nEffective = n / deff, deff from ISO weeks or, when the top organisation holds more
 * than 20 % of volume, from organisations; never below 1. Rows whose `hit` is null are left out as `unknown`.
 * Interval: Wilson 95 % on nEffective. Pass probability: upper tail of Beta(k_e + 1/2, n_e - k_e + 1/2) at each line.
 * Empty input gives `insufficient` with n = 0. Never throws. Sources: Jeffreys interval (Brown, Cai, DasGupta 2001); Kish (1965) for deff.
 */
export const share: Estimator = {
  id: 'share',
  doc: 'Share of units that follow a practice.',
  cells: SHARE_CELLS,
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({ sums: shareSums(source, { hit: 'hit', weight: 'coalesce(weight, 1)' }) }),
  reduceBy: (source, key) => ({
    sums: shareSums(source, { hit: 'hit', weight: 'coalesce(weight, 1)', by: key }),
  }),
  estimate({ sums }, lines) {
    const figures = shareFigures(sums?.[0], lines);
    if (figures === null) return { kind: 'insufficient', n: 0, sampleSize: 0, extra: {} };
    return {
      kind: 'measured',
      estimate: figures.p,
      n: figures.n,
      sampleSize: figures.n,
      nEffective: figures.nEffective,
      interval: figures.interval,
      q2: figures.q2,
      q3: figures.q3,
      extra: {
        hits: figures.k,
        deff: figures.deff,
        clusters: figures.clusters,
        clustered_by: figures.clusteredBy,
      },
      summary: `${figures.k} of ${figures.n} (${percent(figures.p)})`,
    };
  },
  hit: () => 'hit',
};
