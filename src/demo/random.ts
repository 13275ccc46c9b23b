import { PlumblineError } from '../errors/plumbline-error.ts';

/** Seeded source of chance: the same seed gives the same desk on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [low, high], both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A key, with probability proportional to its weight. */
  weigh<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Lognormal by its median; sigma is the standard deviation of the logarithm. */
  lognormal(median: number, sigma: number): number;
  exponential(mean: number): number;
  poisson(mean: number): number;
  /** An independent source for one concern, so that a change in one place does not shift all others. */
  fork(label: string): Random;
}

/** FNV-1a, 32 bit: spreads a label over the state of the generator. */
function hashLabel(label: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** sfc32 (Doty-Humphrey, PractRand): 128 bit of state, passes BigCrush, fast in doubles. */
function seedGenerator(seed: number): () => number {
  let a = seed | 0;
  let b = Math.imul(seed, 0x9e3779b1) | 0;
  let c = 0x2545f491 | 0;
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) step();
  return step;
}

export function createRandom(seed: string): Random {
  const next = seedGenerator(hashLabel(seed));
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => takeAt(items, Math.floor(next() * items.length)),
    weigh: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const entries = Object.entries(weights) as [K, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return takeAt(entries, entries.length - 1)[0];
    },
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson: (mean) => {
      if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let product = next();
      let count = 0;
      while (product > limit) {
        product *= next();
        count++;
      }
      return count;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
  return random;
}

/** Element that must exist; a miss is a bug of the generator, not a gap in the data. */
export function takeAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined)
    throw new PlumblineError('BUG', `The simulated desk asked for item ${index} of ${items.length}.`, 'Report this.');
  return item;
}
