import { betaCdf, normalCdf } from './special.ts';

/** z of a two-sided 95 % interval. */
export const Z95 = 1.959963984540054;

/**
 * Probability that a share passes `line`, given k hits of n (effective counts, need not be whole).
 * Posterior Beta(k + 1/2, n - k + 1/2) (Jeffreys); n = 0 gives the prior, about 1/2 at the line 1/2.
 */
export function passShare(k: number, n: number, line: number): number {
  return 1 - betaCdf(line, k + 0.5, n - k + 0.5);
}

/**
 * Probability that a normally distributed estimate passes `line`: Phi((estimate - line) / se).
 * With se = 0: 1 above the line, 0 below it, 1/2 exactly on it.
 */
export function passNormal(estimate: number, line: number, se: number): number {
  if (se > 0) return normalCdf((estimate - line) / se);
  if (estimate === line) return 0.5;
  return estimate > line ? 1 : 0;
}

/** Wilson score interval for k hits of n (effective counts), both ends in [0, 1]. n = 0 gives [0, 1]. */
export function wilson(k: number, n: number, z: number = Z95): [number, number] {
  if (n <= 0) return [0, 1];
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Totals over clusters, enough for the design effect: number of clusters, sums of k^2, k*n and n^2. */
interface ClusterSums {
  readonly clusters: number;
  readonly kk: number;
  readonly kn: number;
  readonly nn: number;
}

/**
 * Design effect of a share under cluster sampling: Var_cluster(p) / (p (1 - p) / n), floored at 1.
 * Var_cluster is the linearised ratio variance m/(m-1) * sum (k_c - p n_c)^2 / n^2 (Kish 1965; Cochran 1977, 9A).
 * Fewer than two clusters, or p of 0 or 1, leave nothing to estimate it from: 1.
 */
export function designEffect(k: number, n: number, sums: ClusterSums): number {
  if (n <= 0 || sums.clusters < 2) return 1;
  const p = k / n;
  const simple = (p * (1 - p)) / n;
  if (simple <= 0) return 1;
  const squares = Math.max(0, sums.kk - 2 * p * sums.kn + p * p * sums.nn);
  const clustered = ((sums.clusters / (sums.clusters - 1)) * squares) / (n * n);
  return Math.max(1, clustered / simple);
}
