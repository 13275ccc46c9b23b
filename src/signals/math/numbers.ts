/** Rounds to 10 significant digits, so that the order in which threads add up cannot change stored bytes. */
export function settle(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x === 0 ? 0 : x;
  return Number(x.toPrecision(10));
}

/** Middle value; mean of the two middle ones for even counts (type 7). Empty input gives NaN: callers check first. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Type 7 quantile (linear interpolation of order statistics). Empty input gives NaN. */
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

/** Seeded generator of numbers in [0, 1): the same seed gives the same sequence everywhere (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
