import type { UnevenLoss } from '../../src/domain/source-check.ts';

export type LossGroup = UnevenLoss['group'];

/** A subgroup is lost unevenly from this many lost rows and this ratio to the rest on. */
const LEAST_ROWS = 5;
const LEAST_RATIO = 2;
/** Of the two questions asked of every file (open, same day) at the 5 % level; of many months and teams at 0.1 %, since one of many is always the worst. */
const CRITICAL: Readonly<Record<LossGroup, number>> = { open: 1.96, same_day: 1.96, month: 3.29, team: 3.29 };
/** Of equally strong ones. */
const ORDER: readonly LossGroup[] = ['open', 'same_day', 'month', 'team'];
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
        const hit = compareLoss({ lost, of, restLost: this.lost - lost, restOf: this.rows - of }, CRITICAL[group]);
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
    return found.sort((a, b) => b.z - a.z || ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || b.lost - a.lost);
  }
}

/**
 * How much more often a subgroup is lost than the rest, or null when the loss is not uneven: fewer than five rows, less than twice as often, or a
 * difference that chance explains. Test: two proportions with pooled variance; `z` is its statistic. `risk_ratio` null = the rest lost none.
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3, https://www.itl.nist.gov/div898/handbook/prc/section3/prc33.htm
 */
export function compareLoss(
  { lost, of, restLost, restOf }: { lost: number; of: number; restLost: number; restOf: number },
  critical: number,
): { risk_ratio: number | null; z: number } | null {
  if (lost < LEAST_ROWS || restOf === 0) return null;
  const [here, rest] = [lost / of, restLost / restOf];
  const pooled = (lost + restLost) / (of + restOf);
  if (pooled === 1 || here < LEAST_RATIO * rest) return null;
  const z = (here - rest) / Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / restOf));
  return z > critical ? { risk_ratio: rest === 0 ? null : here / rest, z } : null;
}
