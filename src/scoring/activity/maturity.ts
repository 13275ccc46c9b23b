import type { MarkerReading } from '../../domain/activity-verdict.ts';
import { sumOf } from '../order-free.ts';
import { SCALE } from './grade.ts';
import { type Law, lawOf, quantileOf } from './law.ts';

type Known = Pick<MarkerReading, 'yes' | 'weight'>;

interface Maturity {
  /** 1 + 4 * mean(P(yes)) over the known markers, weighted by how much of each is known. */
  readonly mean: number;
  /** Where it may lie, since a marker known with probability 0.8 is a yes or a no. */
  readonly law: Law;
  /** If every unknown part were no, and if it were yes. */
  readonly bounds: readonly [number, number];
}

function onScale(share: number): number {
  return SCALE.lowest + (SCALE.highest - SCALE.lowest) * share;
}

/** Weight of what is known, in markers. */
export function knownWeight(markers: readonly Known[]): number {
  return sumOf(markers.map((marker) => marker.weight));
}

/**
 * Maturity of an activity from its markers. Unknown markers are left out of the mean; they only widen the bounds.
 * Null when nothing is known.
 */
export function maturityOf(markers: readonly Known[]): Maturity | null {
  const known = markers.flatMap(({ yes, weight }) => (yes === null || weight <= 0 ? [] : [{ yes, weight }]));
  const weight = knownWeight(known);
  if (weight <= 0) return null;
  const yes = sumOf(known.map((marker) => marker.weight * marker.yes));
  const open = Math.max(0, markers.length - weight);
  return {
    mean: onScale(Math.min(1, yes / weight)),
    law: lawOf(known).map(({ value, p }) => ({ value: onScale(value / weight), p })),
    bounds: [onScale(yes / markers.length), onScale((yes + open) / markers.length)],
  };
}

/** Interval that holds `share` of the law, the same rest on both sides. */
export function intervalOf(law: Law, share: number): [number, number] {
  const rest = (1 - share) / 2;
  return [quantileOf(law, rest), quantileOf(law, 1 - rest)];
}
