import type { Range } from '../../domain/range.ts';

/** Interval arithmetic: the result holds every figure that parts inside their ranges can give, so a wider part never gives a narrower result. */
export function exactly(value: number): Range {
  return { low: value, high: value };
}

export function add(a: Range, b: Range): Range {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function subtract(a: Range, b: Range): Range {
  return { low: a.low - b.high, high: a.high - b.low };
}

export function multiply(a: Range, b: Range): Range {
  const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return { low: Math.min(...products) + 0, high: Math.max(...products) + 0 };
}
