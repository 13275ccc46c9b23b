import { PlumblineError } from '../errors/index.ts';
import { startOfDay } from './zone-days.ts';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function validDate(text: string): Date | null {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : date;
}

/**
 * Reads a bound of time: an instant with offset is taken as it is; a bare date is the start of that day in the zone (`start`) or its end,
 * the next midnight there, exclusive (`end`). Errors: BAD_USAGE naming the flag. See docs/decisions/2026-11-21-dates-are-whole-days.md.
 */
export function parseBound(text: string, flag: string, side: 'start' | 'end', zone = 'UTC'): Date {
  if (DATE.test(text)) {
    const start = validDate(text);
    if (start !== null) return startOfDay(side === 'start' ? start : new Date(start.getTime() + DAY_MS), zone);
  } else if (INSTANT.test(text) && validDate(text.slice(0, 10)) !== null) {
    const instant = new Date(text);
    if (!Number.isNaN(instant.getTime())) return instant;
  }
  throw new PlumblineError(
    'BAD_USAGE',
    `${flag} ${text} is not a date or an instant.`,
    `Write e.g. ${flag} 2026-06-30 or ${flag} 2026-06-30T18:00:00Z.`,
  );
}

/** Length of a window such as `90d`, days. Errors: BAD_USAGE. */
export function parseDays(text: string, flag: string): number {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 7 || Number(days) > 1_100)
    throw new PlumblineError(
      'BAD_USAGE',
      `${flag} ${text} is not a number of days from 7d to 1100d.`,
      `Write e.g. ${flag} 90d.`,
    );
  return Number(days);
}

/** Length of an age such as `36h` or `3d` of the configuration, milliseconds. Errors: BAD_CONFIG. */
export function parseAgeMs(text: string, key: string): number {
  const [, count, unit] = /^(\d+)([hd])$/.exec(text) ?? [];
  if (count === undefined)
    throw new PlumblineError('BAD_CONFIG', `${key}: ${text} is not an age.`, 'Write e.g. 36h or 3d.');
  return Number(count) * (unit === 'h' ? 3_600_000 : DAY_MS);
}

export const STEPS = ['week', 'month', 'quarter'] as const;
export type Step = (typeof STEPS)[number];

/** Ends of whole weeks (Monday 00:00 UTC), months or quarters in (from, to], earliest first. Empty when none lies inside. */
export function stepEnds(from: Date, to: Date, step: Step): Date[] {
  const ends: Date[] = [];
  let end = nextEnd(from, step);
  while (end <= to) {
    ends.push(end);
    end = nextEnd(end, step);
  }
  return ends;
}

function nextEnd(after: Date, step: Step): Date {
  const [year, month] = [after.getUTCFullYear(), after.getUTCMonth()];
  if (step === 'week') {
    const midnight = Date.UTC(year, month, after.getUTCDate());
    const toMonday = (8 - after.getUTCDay()) % 7 || 7;
    return new Date(midnight + toMonday * DAY_MS);
  }
  const length = step === 'month' ? 1 : 3;
  return new Date(Date.UTC(year, Math.floor(month / length) * length + length, 1));
}
