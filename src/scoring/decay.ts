import { PlumblineError } from '../errors/index.ts';

const MS_PER_DAY = 86_400_000;

/**
 * Age in days (fractions kept) of evidence that ends at `until`, seen from `asOf`.
 * Evidence from after asOf is a leak of the future: BUG.
 */
export function ageInDays(asOf: Date, until: Date, what: string): number {
  const age = (asOf.getTime() - until.getTime()) / MS_PER_DAY;
  if (!Number.isFinite(age) || age < 0)
    throw new PlumblineError(
      'BUG',
      `${what} ends at ${Number.isFinite(until.getTime()) ? until.toISOString() : 'no valid instant'}, after the instant it is judged at.`,
      'Report this with the command you ran; no placement is published.',
    );
  return age;
}

/** Share of its weight that evidence keeps at this age: 2^(-age / half-life), both in days. */
export function decayAt(ageDays: number, halfLifeDays: number): number {
  return 2 ** (-ageDays / halfLifeDays);
}
