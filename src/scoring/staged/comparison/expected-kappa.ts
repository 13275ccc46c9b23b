import type { LevelLaw } from '../../../domain/placement.ts';
import { kappaOfSums } from './agreement.ts';

interface UncertainRating {
  readonly said: number;
  readonly law: LevelLaw;
}

/** P(i of the statements are at level 2, j at level 3), by `i * (n + 1) + j`. */
function countLaw(laws: readonly LevelLaw[]): Float64Array {
  const width = laws.length + 1;
  let table = new Float64Array(width * width);
  table[0] = 1;
  laws.forEach((law, done) => {
    const next = new Float64Array(width * width);
    for (let i = 0; i <= done; i++)
      for (let j = 0; i + j <= done; j++) {
        const p = table[i * width + j] ?? 0;
        if (p === 0) continue;
        const at = (a: number, b: number, q: number): void => {
          next[a * width + b] = (next[a * width + b] ?? 0) + p * q;
        };
        at(i, j, law[0]);
        at(i + 1, j, law[1]);
        at(i, j + 1, law[2]);
      }
    table = next;
  });
  return table;
}

interface Group {
  readonly said: number;
  readonly size: number;
  /** [twos, threes, probability] of every outcome that can happen. */
  readonly outcomes: readonly (readonly [number, number, number])[];
}

function groupBySaid(ratings: readonly UncertainRating[]): Group[] {
  return [1, 2, 3].flatMap((said) => {
    const laws = ratings.filter((r) => r.said === said).map((r) => r.law);
    if (laws.length === 0) return [];
    const outcomes: [number, number, number][] = [];
    countLaw(laws).forEach((p, index) => {
      const width = laws.length + 1;
      if (p > 0) outcomes.push([Math.floor(index / width), index % width, p]);
    });
    return [{ said, size: laws.length, outcomes }];
  });
}

/**
 * Mean of quadratic weighted kappa over what the data leave open: exact, no draws.
 * Kappa depends on the seen levels only through how many statements of each answer stand at each level, so the law of these counts is
 * convolved per answer and summed over. Outcomes where kappa is not defined are left out; null when none is left, or for no ratings.
 * `said` must be 1, 2 or 3. At most about 300,000 outcomes for 30 statements.
 */
export function expectedKappa(ratings: readonly UncertainRating[]): number | null {
  const groups = groupBySaid(ratings);
  let total = 0;
  let mass = 0;
  const visit = (index: number, p: number, seen: number, seenSquared: number, product: number): void => {
    const group = groups[index];
    if (group === undefined) {
      const kappa = kappaOfSums({ n: ratings.length, said, saidSquared, seen, seenSquared, product });
      if (kappa === null) return;
      total += p * kappa;
      mass += p;
      return;
    }
    for (const [twos, threes, chance] of group.outcomes) {
      const sum = group.size + twos + 2 * threes;
      visit(
        index + 1,
        p * chance,
        seen + sum,
        seenSquared + group.size + 3 * twos + 8 * threes,
        product + group.said * sum,
      );
    }
  };
  const said = groups.reduce((sum, g) => sum + g.said * g.size, 0);
  const saidSquared = groups.reduce((sum, g) => sum + g.said * g.said * g.size, 0);
  if (groups.length > 0) visit(0, 1, 0, 0, 0);
  return mass > 0 ? total / mass : null;
}
