import type { UnevenLoss } from '../../src/domain/source-check.ts';

export type LossGroup = UnevenLoss['group'];

/** A subgroup is lost unevenly from this many lost rows and this risk ratio on. */
const LEAST_ROWS = 5;
const LEAST_RATIO = 2;
/** Of the two questions asked of every file (open, same day) at 95 %; of many months and teams at 99.9 %, since one of many is always the worst. */
const Z: Readonly<Record<LossGroup, number>> = { open: 1.96, same_day: 1.96, month: 3.29, team: 3.29 };
/** Months and teams that are kept apart; a file with more has its further ones in no group. */
const MOST_VALUES = 5_000;

/** Counts rows and lost rows of subgroups, in bounded memory. */
export class LossTally {
  private rows = 0;
  private lost = 0;
  private readonly groups = new Map<LossGroup, Map<string, { of: number; lost: number }>>();

  /** One row with the subgroups that it is in. */
  add(lost: boolean, memberships: readonly (readonly [LossGroup, string])[]): void {
    this.rows += 1;
    if (lost) this.lost += 1;
    for (const [group, value] of memberships) {
      const values = this.groups.get(group) ?? new Map<string, { of: number; lost: number }>();
      this.groups.set(group, values);
      const found = values.get(value) ?? { of: 0, lost: 0 };
      if (!values.has(value) && values.size >= MOST_VALUES) continue;
      found.of += 1;
      if (lost) found.lost += 1;
      values.set(value, found);
    }
  }

  /** Subgroups that the loss hits, the strongest first. `show` gives the text of a value that may be shown, or null. */
  uneven(show: (group: LossGroup, value: string) => string | null): UnevenLoss[] {
    const found: UnevenLoss[] = [];
    for (const [group, values] of this.groups)
      for (const [value, { of, lost }] of values) {
        const hit = compareLoss({ lost, of, restLost: this.lost - lost, restOf: this.rows - of }, Z[group]);
        if (hit !== null)
          found.push({
            group,
            value: show(group, value),
            lost,
            of,
            rest_lost: this.lost - lost,
            rest_of: this.rows - of,
            ...hit,
          });
      }
    return found.sort((a, b) => b.low - a.low || b.lost - a.lost);
  }
}

/**
 * Risk ratio of the loss in a subgroup against the rest with the lower bound of its interval, or null when the loss is not uneven: fewer than
 * five rows, less than twice as often, or an interval that holds 1. Half a row is added to each cell where the rest lost none.
 * Source: D. Katz, J. Baptista, S. P. Azen, M. C. Pike, Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 34 (1978).
 */
export function compareLoss(
  { lost, of, restLost, restOf }: { lost: number; of: number; restLost: number; restOf: number },
  z: number,
): { risk_ratio: number; low: number } | null {
  if (lost < LEAST_ROWS || restOf === 0) return null;
  const add = restLost === 0 ? 0.5 : 0;
  const [a, n, c, m] = [lost + add, of + 2 * add, restLost + add, restOf + 2 * add];
  const ratio = a / n / (c / m);
  const low = Math.exp(Math.log(ratio) - z * Math.sqrt(1 / a - 1 / n + 1 / c - 1 / m));
  return ratio >= LEAST_RATIO && low > 1 ? { risk_ratio: ratio, low } : null;
}
