import { z } from 'zod';
import { UtcInstant, UtcText } from '../../src/kit/instants.ts';
import { Instant } from '../../src/kit/vendor-schema.ts';

/**
 * Fields of the Table API. Raw values are texts and '' stands for none; a reference is its id, or an object with it where links were not excluded; where
 * display values were asked for a field is an object with both, of which the raw one counts.
 */
export function cellOf(value: unknown): string | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { value: raw, link, display_value: shown } = value as Record<string, unknown>;
    if (raw !== undefined) return cellOf(raw);
    return typeof link === 'string' ? (/\/([^/?]+)(?:\?|$)/.exec(link)?.[1] ?? null) : cellOf(shown);
  }
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Text, choice or reference. */
export const Cell = z.unknown().optional().transform(cellOf);
export const Id = z.preprocess(cellOf, z.string().min(1));

/** UTC, as the raw form has it; an offset counts where one is written. What is only shown is on the clock of whoever asks, and none. */
export const Time = z.preprocess(timeIn, z.union([UtcInstant, Instant]));
export const MaybeTime = z.preprocess(timeIn, z.union([UtcInstant, Instant]).nullable());

function timeIn(value: unknown): string | null | undefined {
  const isShown = typeof value === 'object' && value !== null && 'display_value' in value && !('value' in value);
  return isShown ? undefined : cellOf(value);
}

export const Bool = z
  .unknown()
  .optional()
  .transform((value) => BOOLS.get((cellOf(value) ?? '').toLowerCase()) ?? null);
const BOOLS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Number, also with separators (`1,204`); null for none and for what is no number. */
export const Amount = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = (cellOf(value) ?? '').replaceAll(',', '');
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
  });

/** Whole number; null for none and for a broken one. */
export const Whole = Amount.transform((value) => (Number.isInteger(value) ? value : null));

/** Seconds of a duration, which the raw form writes as the instant that lies so far behind 1970-01-01 00:00:00. */
export const Span = z
  .unknown()
  .optional()
  .transform((value) => {
    const at = UtcText.safeParse(cellOf(value));
    return at.success ? Math.round(at.data.getTime() / 1000) : null;
  });
