import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { type DayHours, toCalendar } from '../../src/kit/records/calendar.ts';
import { ianaZone } from '../../src/kit/time-zone-names.ts';
import type { Schedule, ScheduleSpan } from './schema.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;

/** Days of the week (0 = Sunday) of a repeated entry; null = it repeats in another way. */
const REPEATED: Readonly<Record<string, readonly number[]>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [0, 6],
  weekmwf: [1, 3, 5],
  weektt: [2, 4],
};

/** Occasions, which are no rule of the week. */
const ONCE = /^$|^(none|does_not_repeat|monthly|yearly)$/;

/** A wall time: local day, and minutes into it. */
interface Wall {
  readonly day: string;
  readonly minutes: number;
}

interface Entry {
  readonly span: ScheduleSpan;
  readonly start: Wall;
  readonly end: Wall;
}

/**
 * Weekly hours and closed days of a schedule, with those of its child schedules. Entries of a type other than `exclude` open, the others close: whole days as
 * holidays, hours of the week are taken away. Hours of single days, months and years are no rule of the week and are passed over; what opens in a way that is not
 * understood (every second week) sets the schedule aside.
 */
export function toHours(
  row: Schedule,
  spans: readonly ScheduleSpan[],
  given: { readonly zone: string | null; readonly isDefault: boolean; readonly now: Date; readonly feed: string },
): Mapped {
  const zone = row.time_zone === null || row.time_zone === 'floating' ? given.zone : row.time_zone;
  const aside = (path: string, detail: string): Mapped => ({
    rejected: [setAside(given.feed, row.sys_id, path, detail)],
  });
  const known = zone === null ? null : ianaZone(zone);
  if (known === null) return aside('time_zone', 'expected: a zone of its own, or the setting timeZone');
  const entries: Entry[] = [];
  for (const span of spans) {
    if (isOver(span, given.now)) continue;
    const [start, end] = [wallOf(span.start_date_time, known), wallOf(span.end_date_time, known)];
    if (start === null || end === null) return aside('start_date_time', 'expected: two local times');
    entries.push({ span, start, end });
  }
  const closes = entries.filter(({ span }) => /exclude/i.test(span.type ?? ''));
  const opens = entries.filter((one) => !closes.includes(one));
  const open: Hours[] = [];
  for (const entry of opens) {
    const days = daysOf(entry);
    if (days === 'once') continue;
    if (days === null) return aside('repeat_type', 'expected: a way to repeat by the week');
    open.push(...days.map((day) => ({ day, ...hoursOf(entry) })));
  }
  if (open.length === 0) return aside('schedule', 'expected: entries that open it');
  const breaks = closes.flatMap((entry) => {
    const days = daysOf(entry);
    return days === 'once' || days === null ? [] : days.map((day) => ({ day, ...hoursOf(entry) }));
  });
  return toCalendar(
    {
      id: row.sys_id,
      zone: known,
      days: without(open, breaks).map(
        ({ day, from, to }): DayHours => ({ day: DAYS[day] as string, from, to: to === DAY_MINUTES ? 0 : to }),
      ),
      holidays: closes.flatMap((entry) => holidaysOf(entry, given.now)),
      isDefault: given.isDefault,
    },
    given.feed,
  );
}

function isOver({ repeat_until: until }: ScheduleSpan, now: Date): boolean {
  const day = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(until ?? '');
  return day !== null && Date.parse(`${day[1]}-${day[2]}-${day[3]}T23:59:59Z`) < now.getTime();
}

/** `20180222T060000` on the clock of the schedule; with a Z behind in UTC. */
function wallOf(text: string | null, zone: string): Wall | null {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})[T ](\d{2}):?(\d{2}):?(\d{2})(Z?)$/.exec(text ?? '');
  if (parts === null) return null;
  const [, year, month, date, hour, minute, , utc] = parts;
  if (utc !== 'Z') return { day: `${year}-${month}-${date}`, minutes: Number(hour) * 60 + Number(minute) };
  const at = new Date(`${year}-${month}-${date}T${hour}:${minute}:00Z`);
  const told = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  const local = /^(\S+) (\d{2}):(\d{2})$/.exec(told);
  return local === null ? null : { day: local[1] as string, minutes: Number(local[2]) * 60 + Number(local[3]) };
}

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

function daysOf({ span, start }: Entry): readonly number[] | 'once' | null {
  const kind = (span.repeat_type ?? '').toLowerCase();
  if (ONCE.test(kind)) return 'once';
  if (span.repeat_count !== null && span.repeat_count > 1) return null;
  if (kind === 'weekly' || kind === 'specific') {
    // 1 = Monday .. 7 = Sunday.
    const digits = [...(span.days_of_week ?? '')].filter((one) => /[1-7]/.test(one)).map((one) => Number(one) % 7);
    return digits.length > 0 ? digits : [weekdayOf(start.day)];
  }
  return REPEATED[kind] ?? null;
}

interface Hours {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/** A day that ends at its last second is whole; times are written to the second, hours to the minute. */
function hoursOf({ span, start, end }: Entry): Omit<Hours, 'day'> {
  if (span.all_day === true) return { from: 0, to: DAY_MINUTES };
  return { from: start.minutes, to: end.minutes === DAY_MINUTES - 1 || end.minutes === 0 ? DAY_MINUTES : end.minutes };
}

/** Hours of a week less those that are taken away; hours over midnight are left whole. */
function without(open: readonly Hours[], breaks: readonly Hours[]): Hours[] {
  return breaks.reduce<Hours[]>(
    (left, gap) =>
      left.flatMap((one) => {
        const apart = one.day !== gap.day || one.to <= one.from || gap.to <= one.from || gap.from >= one.to;
        if (apart) return [one];
        const before = { ...one, to: gap.from };
        const after = { ...one, from: gap.to };
        return [before, after].filter((part) => part.to > part.from);
      }),
    [...open],
  );
}

type Holiday = TelemetryRecord<'calendar'>['holidays'][number];
/** Yearly closed days are written out for the years that are looked at. */
const YEARS_BACK = 3;

function holidaysOf({ span, start, end }: Entry, now: Date): Holiday[] {
  const { from: begin, to: stop } = hoursOf({ span, start, end });
  if (begin !== 0 || stop !== DAY_MINUTES) return [];
  const kind = (span.repeat_type ?? '').toLowerCase();
  const apart = Math.round((Date.parse(end.day) - Date.parse(start.day)) / DAY_MS);
  const days = end.minutes === 0 ? Math.max(0, apart - 1) : apart;
  const from = (day: string): Holiday => ({ from: day, to: dayAfter(day, days) });
  if (kind !== 'monthly' && kind !== 'yearly' && ONCE.test(kind)) return [from(start.day)];
  if (kind !== 'yearly') return [];
  const year = now.getUTCFullYear();
  const years = Array.from({ length: YEARS_BACK + 2 }, (_, i) => year - YEARS_BACK + i).filter(
    (one) => one >= Number(start.day.slice(0, 4)),
  );
  return years.flatMap((one) => {
    const day = span.yearly_type === 'float' ? floating(one, span) : `${one}${start.day.slice(4)}`;
    return day === null || Number.isNaN(Date.parse(day)) ? [] : [from(day)];
  });
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The nth or last weekday of a month; days count from 1 = Sunday, as the third Monday of January is the day 2 of the week 3. */
function floating(year: number, { month, float_week: week, float_day: weekday }: ScheduleSpan): string | null {
  if (month === null || weekday === null) return null;
  const first = Date.UTC(year, month - 1, 1);
  const offset = (weekday - 1 - new Date(first).getUTCDay() + 7) % 7;
  const dates = [0, 1, 2, 3, 4]
    .map((n) => new Date(first + (offset + n * 7) * DAY_MS))
    .filter((date) => date.getUTCMonth() === month - 1);
  const found = week === 'last' ? dates.at(-1) : dates[Number(week) - 1];
  return found?.toISOString().slice(0, 10) ?? null;
}
