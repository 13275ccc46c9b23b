import type { Level, LevelLaw, Points } from '../domain/placement.ts';

/** Natural logarithms of the likelihood of levels 1, 2, 3, up to a common factor. */
export type LogLikelihood = readonly [number, number, number];

export const LEVELS = [1, 2, 3] as const;
export const NO_POINTS: Points = [0, 0];
/** Likelihood of something of which nothing is known. */
export const NO_EVIDENCE: LogLikelihood = [0, 0, 0];

/** 10 decibans are odds of ten to one: one deciban in natural logarithms. */
const NATS_PER_DECIBAN = Math.LN10 / 10;

/** Adds points; the result never holds a negative zero, which would print as another byte. */
export function addPoints(a: Points, b: Points): Points {
  return [a[0] + b[0] + 0, a[1] + b[1] + 0];
}

/** Points (exists, full) as the likelihood of the three levels: [1, 10^(u1/10), 10^((u1+u2)/10)] in logarithms. */
export function likelihoodOf(points: Points): LogLikelihood {
  return [0, points[0] * NATS_PER_DECIBAN, (points[0] + points[1]) * NATS_PER_DECIBAN];
}

/** The likelihood that leaves one level only. */
export function certain(level: Level): LogLikelihood {
  const none = Number.NEGATIVE_INFINITY;
  return [level === 1 ? 0 : none, level === 2 ? 0 : none, level === 3 ? 0 : none];
}

/** Criterion view: law of the level under a flat prior. Finite for any finite points (the largest term is taken out first). */
export function posteriorLaw(points: Points): LevelLaw {
  const [a, b, c] = likelihoodOf(points);
  const top = Math.max(a, b, c);
  const [x, y, z] = [Math.exp(a - top), Math.exp(b - top), Math.exp(c - top)];
  const sum = x + y + z;
  return [x / sum, y / sum, z / sum];
}

/** Highest level l with P(L >= l) >= `line`; the median when `line` is one half. Monotone in the points. */
export function levelAt(law: LevelLaw, line: number): Level {
  if (law[2] >= line) return 3;
  return law[1] + law[2] >= line ? 2 : 1;
}
