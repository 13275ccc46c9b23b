/** What a person said and what the data show for the same statement, both as levels 1 to 3. */
export interface Rating {
  readonly said: number;
  readonly seen: number;
}

const LEVELS = [1, 2, 3] as const;

/** Share of statements on which both give the same level. NaN for no ratings. */
export function rawAgreement(ratings: readonly Rating[]): number {
  return ratings.filter((r) => r.said === r.seen).length / ratings.length;
}

/** Sums from which quadratic weighted kappa follows. */
interface KappaSums {
  readonly n: number;
  readonly said: number;
  readonly saidSquared: number;
  readonly seen: number;
  readonly seenSquared: number;
  readonly product: number;
}

/**
 * Cohen's kappa with quadratic weights from sums: twice the covariance over the two variances plus the squared difference of the means,
 * all divided by n (Fleiss and Cohen 1973; the same number as one minus weighted disagreement over chance disagreement).
 * Null when both sides give one and the same level throughout, where chance alone agrees fully and kappa is not defined.
 */
export function kappaOfSums(sums: KappaSums): number | null {
  const { n } = sums;
  const [meanSaid, meanSeen] = [sums.said / n, sums.seen / n];
  const varSaid = sums.saidSquared / n - meanSaid * meanSaid;
  const varSeen = sums.seenSquared / n - meanSeen * meanSeen;
  const chance = varSaid + varSeen + (meanSaid - meanSeen) ** 2;
  // Sums of small whole numbers: anything this close to zero is zero.
  if (!(chance > 1e-12)) return null;
  return (2 * (sums.product / n - meanSaid * meanSeen)) / chance;
}

/** Quadratic weighted kappa of ratings; null for none, or where it is not defined (see `kappaOfSums`). */
export function weightedKappa(ratings: readonly Rating[]): number | null {
  if (ratings.length === 0) return null;
  const sums = { n: ratings.length, said: 0, saidSquared: 0, seen: 0, seenSquared: 0, product: 0 };
  for (const { said, seen } of ratings) {
    sums.said += said;
    sums.saidSquared += said * said;
    sums.seen += seen;
    sums.seenSquared += seen * seen;
    sums.product += said * seen;
  }
  return kappaOfSums(sums);
}

/**
 * Gwet's AC2 with quadratic weights over the three levels: stays meaningful where nearly everybody gives one answer and kappa collapses.
 * Chance agreement = sum of weights / (q (q - 1)) * sum of p (1 - p), with p the mean of both sides' shares of a level and q = 3.
 * NaN for no ratings. Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition; R package irrCAC.
 */
export function gwetAc2(ratings: readonly Rating[]): number {
  const n = ratings.length;
  const q = LEVELS.length;
  const weight = (a: number, b: number): number => 1 - (a - b) ** 2 / (q - 1) ** 2;
  const observed = ratings.reduce((sum, r) => sum + weight(r.said, r.seen), 0) / n;
  const weights = LEVELS.reduce((sum, a) => sum + LEVELS.reduce((row, b) => row + weight(a, b), 0), 0);
  const spread = LEVELS.reduce((sum, level) => {
    const share =
      (ratings.filter((r) => r.said === level).length + ratings.filter((r) => r.seen === level).length) / (2 * n);
    return sum + share * (1 - share);
  }, 0);
  const chance = (weights / (q * (q - 1))) * spread;
  return (observed - chance) / (1 - chance);
}
