import { z } from 'zod';
import { zoneOffsetMs } from '../domain/zone-clock.ts';

/**
 * Instants as vendors write them, beside the ISO-8601 of `vendor-schema.ts`. All give UTC dates and refuse what they do not understand: a record with a
 * wrong time is worse than one that is set aside.
 */

/** Whole or broken seconds since 1970, as number or digits. */
export const EpochSeconds = z.coerce
  .number()
  .positive()
  .transform((seconds) => new Date(Math.round(seconds * 1000)));

/** As EpochSeconds, but null, absent, '' and 0 give null. */
export const MaybeEpochSeconds = z
  .union([z.number(), z.string().regex(/^\d*(?:\.\d+)?$/)])
  .nullish()
  .transform((value) => (Number(value ?? 0) > 0 ? new Date(Math.round(Number(value) * 1000)) : null));

/** Milliseconds since 1970, as number or digits. */
export const EpochMillis = z.coerce
  .number()
  .int()
  .positive()
  .transform((ms) => new Date(ms));

/** ISO-8601 also with a blank for `T`, and an offset without colon (`+0000`) or behind a blank. */
export const LooseInstant = z.string().transform((text, context) => {
  const match = LOOSE.exec(text.trim());
  if (match === null) return refuse(context, 'an instant with an offset');
  const [, day, time, zone = ''] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return checked(`${day}T${time}${offset}`, context);
});
const LOOSE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})$/i;

/** `YYYY-MM-DD HH:MM:SS` that is meant as UTC. */
export const UtcText = z.string().transform((text, context) => {
  const parts = WALL.exec(text.trim());
  return parts === null ? refuse(context, 'a date and time') : checked(`${parts[1]}T${parts[2]}Z`, context);
});
const WALL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)$/;

const DayText = z.iso.date().transform((day) => new Date(`${day}T00:00:00Z`));
const DayOrInstant = z.union([DayText, LooseInstant, UtcText]);

/** A day (its midnight in UTC) or an instant as records of customers state them; null for anything else. Never throws. */
export function dayOf(value: unknown): Date | null {
  return DayOrInstant.safeParse(value).data ?? null;
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
  const at = new Date(iso);
  // The engine takes the 31st of February for the 3rd of March.
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  const exists =
    !Number.isNaN(at.getTime()) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso.slice(0, 10));
  return exists ? at : refuse(context, 'a date that exists');
}

function refuse(context: Refusing, what: string): never {
  context.issues.push({ code: 'custom', message: what, input: context.value });
  return z.NEVER;
}
