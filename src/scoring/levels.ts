import type { Level, LevelLaw, Points } from '../domain/placement.ts';

/** Natural logarithms of the likelihood of levels 1, 2, 3, up to a common factor. */
export type LogLikelihood = readonly [number, number, number];

const LEVELS = [1, 2, 3] as const;
export const NO_POINTS: Points = [0, 0];

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

/** Decibans by which `a` is more probable than `b`; 0 when both are impossible. */
function lead(a: number, b: number): number {
  return a === b ? 0 : 10 * Math.log10(a / b);
}

/**
 * The levels that evidence does not tell apart: those less than `least` decibans behind the most probable one, lowest and highest. One level
 * alone is decided; it is then the median too, as it outweighs both others together.
 */
export function openLevels(law: LevelLaw, least: number): readonly [Level, Level] {
  const top = Math.max(...law);
  const open = LEVELS.filter((level) => lead(top, law[level - 1] ?? 0) < least);
  return [open[0] ?? 1, open.at(-1) ?? 3];
}

/** Highest level l with P(L >= l) >= `line`; the median when `line` is one half. Monotone in the points. */
export function levelAt(law: LevelLaw, line: number): Level {
  if (law[2] >= line) return 3;
  return law[1] + law[2] >= line ? 2 : 1;
}
