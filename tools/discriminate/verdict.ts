import type { FindingStatus } from '../../src/domain/finding.ts';
import type { Points } from '../../src/domain/placement.ts';

/** What one signal said of one desk. */
export interface Told {
  readonly version: number;
  readonly status: FindingStatus;
  readonly reason: string | null;
  readonly estimate: number | null;
  readonly n: number;
  /** Points (exists, full) by statement or cell; empty where it was not measured or is not scored. */
  readonly points: Readonly<Record<string, Points>>;
}

export type Verdict =
  | 'discriminates'
  /** Both desks get the same points. */
  | 'same points'
  /** The desk that practises gets nothing for it. */
  | 'practice not seen'
  /** The desk that practises cannot be measured. */
  | 'not measured'
  /** Invented words that nobody could read: unknown on the desk that practises and no points for the other, though told apart where words are known. */
  | 'unread'
  | 'diagnostic';

/** Decibans: what is closer than that is the same. */
const APART = 1;

type Gate = 0 | 1;

interface Widest {
  readonly holder: string;
  readonly practises: Points;
  readonly looksSo: Points | null;
  /** Decibans between the two at the gate where they stand furthest apart, of those at which the first has points in favour; null without one. */
  readonly apart: number | null;
}

/** The statement or cell for which the desk that practises stands furthest above the other; null where nothing was scored. */
export function widest(practises: Told, looksSo: Told): Widest | null {
  const all = Object.entries(practises.points).map(([holder, points]): Widest => {
    const other = looksSo.points[holder] ?? null;
    const gaps = ([0, 1] as const)
      .filter((gate: Gate) => points[gate] > 0)
      .map((gate: Gate) => points[gate] - (other?.[gate] ?? 0));
    return { holder, practises: points, looksSo: other, apart: gaps.length === 0 ? null : Math.max(...gaps) };
  });
  const [first] = all.toSorted(
    (a, b) => (b.apart ?? -Infinity) - (a.apart ?? -Infinity) || a.holder.localeCompare(b.holder, 'en'),
  );
  return first ?? null;
}

/**
 * Whether a signal tells a desk that practises from one that only looks so: at some gate of some statement the first gets points in favour, and over
 * a deciban more than the second. A desk on which it was not measured has no points: not seen is nothing for and nothing against.
 */
export function judgePair(diagnostic: boolean, practises: Told, looksSo: Told): Verdict {
  if (diagnostic) return 'diagnostic';
  if (practises.status !== 'measured') return 'not measured';
  const apart = widest(practises, looksSo)?.apart ?? null;
  if (apart === null) return 'practice not seen';
  return apart > APART ? 'discriminates' : 'same points';
}

/** Points of one desk in words: both gates, or why it is silent. */
export function sayTold(told: Told, holder: string | null): string {
  if (told.status !== 'measured') return told.reason === null ? told.status : `${told.status} (${told.reason})`;
  const points = holder === null ? undefined : told.points[holder];
  return points === undefined ? 'no points' : points.map((one) => one.toFixed(1)).join(', ');
}
