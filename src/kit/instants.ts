import { z } from 'zod';
import { zoneOffsetMs } from '../domain/zone-clock.ts';
import { utcSecondMs } from './utc-second.ts';

/**
 * Instants as vendors write them. All give UTC dates and refuse what they do not understand: a record with a wrong time is worse than one that is set
 * aside.
 */

/**
 * Instants of helpdesks lie between these. Before, they are what programs write for none (1970, the year 1); behind, they are numbers in another unit.
 * Seconds and milliseconds since 1970 of this span share no number.
 */
const FIRST_MS = Date.UTC(1980, 0, 1);
const END_MS = Date.UTC(2200, 0, 1);

/**
 * The instant that a text or number names: ISO-8601 with any form of offset, also with a blank for `T`; seconds or milliseconds since 1970, as number or
 * digits, also broken. Null for anything else, and for one before 1980 or after 2199.
 */
export function instantOf(value: unknown): Date | null {
  const ms = momentOf(value);
  return ms === null ? null : ofSpan(ms);
}

/** Whether a value is what programs write where there is no instant: the empty text, 0, the first moment of 1970 or of the year 1. */
export function namesNoInstant(value: unknown): boolean {
  if (value === '' || value === '0') return true;
  const ms = momentOf(value);
  return ms === 0 || ms === YEAR_1_MS;
}
const YEAR_1_MS = Date.parse('0001-01-01T00:00:00Z');

function momentOf(value: unknown): number | null {
  if (typeof value === 'number') return isSecond(value) ? Math.round(value * 1000) : value;
  if (typeof value !== 'string') return null;
  const quick = utcSecondMs(value);
  if (quick !== null) return quick;
  const text = value.trim();
  if (/^\d{9,13}(?:\.\d+)?$/.test(text)) return momentOf(Number(text));
  const [, day, time, zone = ''] = LOOSE.exec(text) ?? [];
  if (day === undefined) return null;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return existing(`${day}T${time}${offset}`)?.getTime() ?? null;
}
const LOOSE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})$/i;

function isSecond(value: number): boolean {
  return value * 1000 < END_MS;
}

function ofSpan(ms: number): Date | null {
  return ms >= FIRST_MS && ms < END_MS ? new Date(ms) : null;
}

/** `YYYY-MM-DD HH:MM:SS` that is meant as UTC. */
export const UtcText = z.string().transform((text, context) => {
  const parts = WALL.exec(text.trim());
  return parts === null ? refuse(context, 'a date and time') : checked(`${parts[1]}T${parts[2]}Z`, context);
});
/** As UtcText, of an instant: durations, which some vendors write in this form too, are refused by their year. */
export const UtcInstant = UtcText.refine((at) => ofSpan(at.getTime()) !== null, 'a year of helpdesks');
const WALL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)$/;

/** A day (its midnight in UTC) or an instant as records of customers state them; null for anything else. Never throws. */
export function dayOf(value: unknown): Date | null {
  const day = z.iso.date().safeParse(value);
  return instantOf(day.success ? `${day.data}T00:00:00Z` : value) ?? UtcInstant.safeParse(value).data ?? null;
}

/**
 * `YYYY-MM-DD HH:MM:SS` on the clock of a zone (IANA). An hour that the clock skips counts as the hour after it; of an hour that comes twice the first is
 * taken.
 */
export function wallTime(zone: string) {
  return z.string().transform((text, context) => {
    const parts = WALL.exec(text.trim());
    if (parts === null) return refuse(context, 'a date and time');
    const asUtc = checked(`${parts[1]}T${parts[2]}Z`, context);
    if (!(asUtc instanceof Date)) return asUtc;
    const wallMs = asUtc.getTime();
    const day = 86_400_000;
    const guesses = [zoneOffsetMs(wallMs - day, zone), zoneOffsetMs(wallMs + day, zone)].map(
      (offset) => wallMs - offset,
    );
    const exact = guesses.filter((ms) => ms + zoneOffsetMs(ms, zone) === wallMs);
    return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...guesses));
  });
}

/** `8:00 am`, `08:00`, `17:30:00`: minutes from midnight, 0 to 1440. */
export const ClockMinutes = z.string().transform((text, context) => {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?$/i.exec(text.trim());
  if (match === null) return refuse(context, 'a time of day');
  const half = match[3]?.toLowerCase();
  const hours = Number(match[1]);
  const minutes = (half === undefined ? hours : (hours % 12) + (half === 'p' ? 12 : 0)) * 60 + Number(match[2]);
  return minutes > 1440 || Number(match[2]) > 59 ? refuse(context, 'a time of day') : minutes;
});

/** `HH:MM`, also beyond 24 hours: seconds. */
export const HoursMinutes = z.string().transform((text, context) => {
  const match = /^(\d{1,5}):([0-5]\d)$/.exec(text.trim());
  return match === null ? refuse(context, 'hours and minutes') : Number(match[1]) * 3600 + Number(match[2]) * 60;
});

type Refusing = z.core.$RefinementCtx<string>;

function checked(iso: string, context: Refusing): Date {
  return existing(iso) ?? refuse(context, 'a date that exists');
}

/** Null for a date that does not exist: the engine takes the 31st of February for the 3rd of March. */
function existing(iso: string): Date | null {
  const at = new Date(iso);
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  const exists =
    !Number.isNaN(at.getTime()) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso.slice(0, 10));
  return exists ? at : null;
}

function refuse(context: Refusing, what: string): never {
  context.issues.push({ code: 'custom', message: what, input: context.value });
  return z.NEVER;
}
