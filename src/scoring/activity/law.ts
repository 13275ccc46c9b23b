/** A law on finitely many values, ascending. */
export type Law = readonly { readonly value: number; readonly p: number }[];

/** Values closer than this are one: sums of the same parts in another order differ in their last digits. */
export const GRAIN = 1e-9;

/** Number of the grain that a value lies in, for comparing values that may differ in their last digits. */
export function grainOf(value: number): number {
  return Math.round(value / GRAIN);
}

/**
 * Exact law of the sum of independent yes/no parts, each `weight` with probability `yes`, else 0.
 * Twelve parts have at most 4,096 sums. No part gives 0 for certain.
 */
export function lawOf(parts: readonly { readonly yes: number; readonly weight: number }[]): Law {
  const ordered = [...parts].sort((a, b) => a.weight - b.weight || a.yes - b.yes);
  let sums = new Map<number, { value: number; p: number }>([[0, { value: 0, p: 1 }]]);
  for (const { yes, weight } of ordered) {
    const next = new Map<number, { value: number; p: number }>();
    const add = (value: number, p: number): void => {
      if (p === 0) return;
      const same = next.get(grainOf(value));
      if (same === undefined) next.set(grainOf(value), { value, p });
      else same.p += p;
    };
    for (const { value, p } of sums.values()) {
      add(value, p * (1 - yes));
      add(value + weight, p * yes);
    }
    sums = next;
  }
  return [...sums.values()].sort((a, b) => a.value - b.value);
}

/** Smallest value with at least `share` of the probability at or below it. */
export function quantileOf(law: Law, share: number): number {
  let below = 0;
  for (const { value, p } of law) {
    below += p;
    if (below >= share - GRAIN) return value;
  }
  return law.at(-1)?.value ?? Number.NaN;
}

/** Law of the number of events that happen, of independent ones with these probabilities: index = number. */
export function countLaw(probabilities: readonly number[]): Float64Array {
  const law = new Float64Array(probabilities.length + 1);
  law[0] = 1;
  for (const [seen, p] of probabilities.entries()) {
    for (let count = seen + 1; count > 0; count--) law[count] = (law[count] ?? 0) * (1 - p) + (law[count - 1] ?? 0) * p;
    law[0] = (law[0] ?? 0) * (1 - p);
  }
  return law;
}
