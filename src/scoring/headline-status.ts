import type { Headline } from '../domain/verdict.ts';

/** From these shares on that records can speak of, a verdict is measured, or partly: the lines of the staged models (docs/method.md). */
const MEASURED = 2 / 3;
const PARTLY = 1 / 3;

/** Status of a verdict that no gate gives: `not_placed` without a value; by people alone where records show too little. */
export function headlineStatus(value: number | null, coverage: number, respondents: number): Headline['status'] {
  if (value === null) return 'not_placed';
  if (coverage >= MEASURED) return 'measured';
  return coverage >= PARTLY || respondents === 0 ? 'partly_measured' : 'self_reported';
}
