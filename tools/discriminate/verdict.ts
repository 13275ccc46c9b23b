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
  | 'diagnostic';

/** Decibans: what is closer than that is the same. */
const APART = 1;

function sumOf(points: Points | undefined): number {
  return points === undefined ? 0 : points[0] + points[1];
}

/** The statement for which the desk that practises stands furthest above the other, with the points of both. */
export function widest(
  practises: Told,
  looksSo: Told,
): { holder: string; practises: Points; looksSo: Points | null } | null {
  const holders = Object.keys(practises.points);
  const gap = (holder: string): number => sumOf(practises.points[holder]) - sumOf(looksSo.points[holder]);
  const [holder] = holders.toSorted((a, b) => gap(b) - gap(a) || a.localeCompare(b, 'en'));
  const points = holder === undefined ? undefined : practises.points[holder];
  if (holder === undefined || points === undefined) return null;
  return { holder, practises: points, looksSo: looksSo.points[holder] ?? null };
}

/**
 * Whether a signal tells a desk that practises from one that only looks so: for some statement the first gets points in favour, and at least a
 * deciban more than the second. A desk on which it was not measured has no points: not seen is nothing for and nothing against.
 */
export function judgePair(diagnostic: boolean, practises: Told, looksSo: Told): Verdict {
  if (diagnostic) return 'diagnostic';
  if (practises.status !== 'measured') return 'not measured';
  const wide = widest(practises, looksSo);
  if (wide === null || sumOf(wide.practises) <= 0) return 'practice not seen';
  return sumOf(wide.practises) - sumOf(wide.looksSo ?? undefined) > APART ? 'discriminates' : 'same points';
}

/** Points of one desk in words: both gates, or why it is silent. */
export function sayTold(told: Told, holder: string | null): string {
  if (told.status !== 'measured') return told.reason === null ? told.status : `${told.status} (${told.reason})`;
  const points = holder === null ? undefined : told.points[holder];
  return points === undefined ? 'no points' : points.map((one) => one.toFixed(1)).join(', ');
}
