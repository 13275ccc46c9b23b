import type { DurationUnit } from './mapping-schema.ts';

/** Seconds of the units that a text may name. */
export const UNIT_SECONDS: Readonly<Record<'s' | 'm' | 'h' | 'd' | 'w', number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const CLOCK = /^(-)?(\d+):([0-5]?\d)(?::([0-5]?\d)(?:\.(\d+))?)?$/;
const ISO =
  /^(-)?P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
/** Unit words of texts, English first, then those of the languages that `propose/foreign-words.ts` knows. */
export const UNIT_WORDS: Readonly<Record<keyof typeof UNIT_SECONDS, string>> = {
  w: 'weeks?|wks?|w|wochen?|semaines?|semanas?|settiman[ae]|weken|week',
  d: 'days?|d|tage?n?|jours?|j|d[ií]as?|giorn[io]|dag(?:en)?',
  h: 'hours?|hrs?|h|stunden?|std|heures?|horas?|or[ae]|uren|uur',
  m: 'minutes?|mins?|m|minuten|minutos?|minut[io]|minuut',
  s: 'seconds?|secs?|s|sekunden?|sek|secondes?|segundos?|second[io]|seconden?',
};
/** Three digits behind a comma may be a thousand: such a number is none. */
const PART = new RegExp(
  `(\\d+(?:\\.\\d+|,\\d{1,2}|,\\d{4,})?)\\s*(?:${Object.entries(UNIT_WORDS)
    .map(([unit, words]) => `(?<${unit}>${words})`)
    .join('|')})(?:\\(s\\))?(?!\\p{L})\\.?[\\s,]*(?:(?:and|und|et|y|e|en)\\s+)?`,
  'iuy',
);
const DAYS_AND_CLOCK = /^(-)?(\d+)\s*(?:d(?:ays?)?|tage?|jours?|j|d[ií]as?|giorn[io]|dagen|dag)[\s,]+(\d+:.*)$/iu;
/** What some desks write behind h:mm. */
const HOURS_BEHIND = /^(-?\d+:[0-5]?\d(?::[0-5]?\d)?)\s*(?:hrs?|hours?|h|std\.?)$/i;

function parseClock(text: string): number | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const [, minus, hours, minutes, seconds = '0', fraction = ''] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction || '0'}`);
  return minus === undefined ? total : -total;
}

function parseIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null || /^-?PT?$/i.test(text)) return null;
  const [, minus, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  const total =
    Number(weeks) * UNIT_SECONDS.w +
    Number(days) * UNIT_SECONDS.d +
    Number(hours) * UNIT_SECONDS.h +
    Number(minutes) * UNIT_SECONDS.m +
    Number(seconds);
  return minus === undefined ? total : -total;
}

/** Texts that name their own units, such as 3h 20m, 2 days, 1 hour and 5 minutes, 2 Std. 15 Min. */
function parseNamed(text: string): number | null {
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return null;
    const unit = Object.entries(match.groups ?? {}).find(([, word]) => word !== undefined)?.[0];
    total += Number((match[1] ?? '').replace(',', '.')) * UNIT_SECONDS[(unit ?? 's') as keyof typeof UNIT_SECONDS];
  }
  return text === '' ? null : total;
}

const FACTORS: Partial<Record<DurationUnit, number>> = {
  milliseconds: 0.001,
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

/**
 * Seconds of one duration as a file writes it, or null when it is none. A bare number is in `unit`; a text that names its own units
 * (3h 20m, PT1H30M, 2 days 03:04:05) is read whatever the unit. h:mm is read under `clock`, `hours` and `days`; h:mm:ss always. A bare
 * number under `clock` or `iso` is none: nothing says its unit. Separators of thousands are gone before (`number-columns.ts`).
 */
export function parseDuration(written: string, unit: DurationUnit, hoursPerDay: number): number | null {
  const text = HOURS_BEHIND.exec(written)?.[1] ?? written;
  if (NUMBER.test(text)) {
    const factor = unit === 'days' ? hoursPerDay * 3600 : FACTORS[unit];
    return factor === undefined ? null : Number(text) * factor;
  }
  const days = DAYS_AND_CLOCK.exec(text);
  if (days !== null) {
    const clock = parseClock(days[3] ?? '');
    if (clock === null || clock < 0) return null;
    const total = Number(days[2]) * UNIT_SECONDS.d + clock;
    return days[1] === undefined ? total : -total;
  }
  const minutesOrHours =
    text === written &&
    text.split(':').length === 2 &&
    (unit === 'minutes' || unit === 'seconds' || unit === 'milliseconds');
  return (minutesOrHours ? null : parseClock(text)) ?? parseIso(text) ?? parseNamed(text);
}
