/**
 * Reproducible numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain), period about 2^32.
 * Same seed, same numbers on every machine. Good enough to draw bootstrap samples, for nothing else.
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
