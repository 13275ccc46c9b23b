import { isUnset } from './missing-words.ts';
import { parseDuration } from './parse-duration.ts';
import type { Binding, Value } from './plan.ts';

export type Pseudonymise = (kind: 'requester' | 'domain' | 'tag' | 'reference', value: string) => string;

/** Why a cell cannot be read; never holds what it says. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
}

/** A code or an id; longer texts are prose and have no place in the store. */
export const MAX_WORD = 120;
/** Longer than any ticket lives: such a number is of another unit or a placeholder. */
const MAX_DURATION_S = 20 * 366 * 86_400;
const NUL = '\0';

/** Value of a cell of an event log that says that nobody and nothing is set, or nothing that is known: it ends what was in force. */
export const NO_ONE = '';

export function isProblem(value: Value | null | Problem): value is Problem {
  return typeof value === 'object' && value !== null;
}

/** What a word stands for; one for nothing ends what was in force. */
function orEnd(one: Binding, value: Value | null): Value | null {
  return value === null && one.clears ? NO_ONE : value;
}

function translate(one: Binding, text: string): Value | null | Problem {
  const found = one.values?.get(text.toLowerCase());
  if (found !== undefined) return orEnd(one, found);
  if (one.fallback !== null) return orEnd(one, one.fallback.value);
  return { code: 'UNMAPPED_VALUE', detail: `a word that \`values\` of ${one.target} does not list` };
}

function count(text: string): number | Problem {
  if (!/^[+-]?\d+(\.0*)?$/.test(text)) return { code: 'NOT_A_NUMBER', detail: 'a whole number was expected' };
  const number = Number(text);
  if (number < 0) return { code: 'NEGATIVE_COUNT', detail: 'a count below zero' };
  return Number.isSafeInteger(number) ? number : { code: 'NOT_A_NUMBER', detail: 'a count beyond 2^53' };
}

function duration(one: Binding, text: string): number | Problem {
  const { unit, hoursPerDay } = one.duration ?? { unit: 'seconds' as const, hoursPerDay: 24 };
  const seconds = parseDuration(text, unit, hoursPerDay);
  if (seconds === null || !Number.isFinite(seconds))
    return { code: 'NOT_A_DURATION', detail: `a duration in ${unit} was expected` };
  if (seconds < 0) return { code: 'NEGATIVE_DURATION', detail: 'a duration below zero' };
  return seconds <= MAX_DURATION_S
    ? Math.round(seconds)
    : { code: 'ABSURD_DURATION', detail: 'a duration of more than 20 years' };
}

const NUMBER = String.raw`[+-]?(?:\d+[.,]?\d*|[.,]\d+)`;
const PERCENT = new RegExp(`^(${NUMBER})\\s*%$`);
/** `4/5`, `4 of 5`. */
const OUT_OF = new RegExp(`^(${NUMBER})\\s*(?:/|(?:out )?of)\\s*(\\d+)$`, 'i');
const numberOf = (text = ''): number => Number(text.replace(',', '.'));

/** Share of the way from worst to best: of a number on the scale, of one that says where the scale ends, or of a percent. */
function shareOf(text: string, [worst, best]: readonly [number, number]): number {
  const percent = PERCENT.exec(text);
  if (percent !== null) return worst < best ? numberOf(percent[1]) / 100 : 1 - numberOf(percent[1]) / 100;
  const [, number, top] = OUT_OF.exec(text) ?? [];
  const isPlain = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);
  const value = isPlain ? Number(text) : Number(top) === Math.max(worst, best) ? numberOf(number) : Number.NaN;
  return (value - worst) / (best - worst);
}

/** A word of the scale, else a number brought to 0 (worst) .. 1 (best). */
function score(one: Binding, text: string): Value | null | Problem {
  const word = one.values?.get(text.toLowerCase());
  if (word !== undefined) return word;
  const [worst, best] = one.range ?? [0, 1];
  const share = shareOf(text, [worst, best]);
  if (Number.isNaN(share)) return { code: 'NOT_A_NUMBER', detail: `a number of ${one.target} was expected` };
  return share >= 0 && share <= 1
    ? Math.abs(share)
    : { code: 'OUT_OF_RANGE', detail: `outside of ${worst} to ${best}` };
}

/** A number that a spreadsheet has rounded is no id: different tickets would become one. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+\d{1,2}$/i;

function key(text: string): string | Problem {
  if (ROUNDED.test(text))
    return { code: 'BAD_KEY', detail: 'a ticket id that a spreadsheet has rounded to a power of ten' };
  return text.length <= MAX_WORD
    ? text
    : { code: 'BAD_KEY', detail: `a ticket id of more than ${MAX_WORD} characters` };
}

/** Reads one cell. `ms` = epoch milliseconds of a time, null when its text could not be read. */
export function readValue(one: Binding, text: string, ms: number | null, hash: Pseudonymise): Value | null | Problem {
  if (text.includes(NUL)) return { code: 'NUL_BYTE', detail: 'the value holds a NUL byte' };
  switch (one.kind) {
    case 'time':
      return ms ?? { code: 'BAD_TIME', detail: 'not a time of the form that the column has' };
    case 'choice':
    case 'flag':
      return translate(one, text);
    case 'count': {
      const worded = one.values?.get(text.toLowerCase());
      return worded === undefined ? count(text) : worded;
    }
    case 'duration':
      return duration(one, text);
    case 'score':
      return score(one, text);
    case 'key':
      return key(text);
    case 'identity':
      if (one.clears && isUnset(text)) return NO_ONE;
      return one.hashed ? hash(one.target === 'ticket.requester' ? 'requester' : 'reference', text) : text;
    case 'word': {
      const value = one.values?.get(text.toLowerCase());
      if (value !== undefined) return orEnd(one, value);
      return one.clears && isUnset(text) ? NO_ONE : text;
    }
    default:
      return one.kind satisfies never;
  }
}
