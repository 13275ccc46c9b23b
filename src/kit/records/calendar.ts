import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import type { Mapped } from '../feed/feed.ts';
import { ClockMinutes } from '../instants.ts';
import { setAside } from '../parse-each.ts';
import { ianaZone } from '../time-zone-names.ts';

type Calendar = TelemetryRecord<'calendar'>;

/** Working hours of one day as the vendor writes them. */
export interface DayHours {
  /** English name of the day, whole or its first three letters. */
  readonly day: string;
  /** Text of a time of day (`8:00 am`, `17:30`) or minutes from midnight. */
  readonly from: unknown;
  readonly to: unknown;
}

interface CalendarFacts {
  readonly id: string;
  /** IANA zone or a name of Rails. */
  readonly zone: string | null;
  /** Days that are not named are closed; a day with a break is named twice. */
  readonly days?: readonly DayHours[];
  /** The same as the vendor counts it, in minutes of a week that begins on Sunday. */
  readonly weekly?: Calendar['weekly'];
  readonly holidays?: Calendar['holidays'];
  readonly isDefault: boolean;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/**
 * Hours that stand for all time, as vendors keep no history of them. Midnight at the end of a day may be written as its beginning; a shift that ends
 * before it begins goes on into the next day. A zone, day or time that is not understood sets the hours aside: wrong ones would shift every business
 * hour. `feed` names them there.
 */
export function toCalendar(facts: CalendarFacts, feed: string): Mapped {
  const aside = (path: string, detail: string): Mapped => ({
    rejected: [setAside(feed, facts.id, path, detail)],
  });
  const zone = facts.zone === null ? null : ianaZone(facts.zone);
  if (zone === null) return aside('time_zone', 'expected: the name of a time zone');
  const weekly: Calendar['weekly'] = [...(facts.weekly ?? [])];
  for (const one of facts.days ?? []) {
    const place = DAYS.indexOf(one.day.trim().slice(0, 3).toLowerCase());
    const [start, end] = [minutesOf(one.from), minutesOf(one.to)];
    if (place < 0) return aside('day', 'expected: the name of a day');
    if (start === null || end === null || (start === end && start > 0))
      return aside(`hours.${DAYS[place]}`, 'expected: two times of day');
    weekly.push(...spansOf(place * DAY_MINUTES, start, end));
  }
  return {
    calendar: [
      {
        ...blank('calendar'),
        id: facts.id,
        time_zone: zone,
        weekly: weekly.sort((a, b) => a.start_minute - b.start_minute),
        holidays: [...(facts.holidays ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1)),
        valid_from: new Date(0),
        is_default: facts.isDefault,
      },
    ],
  };
}

function spansOf(day: number, start: number, end: number): Calendar['weekly'] {
  const until = end === 0 ? DAY_MINUTES : end;
  if (until > start) return [{ start_minute: day + start, end_minute: day + until }];
  const next = (day + DAY_MINUTES) % WEEK_MINUTES;
  return [
    { start_minute: day + start, end_minute: day + DAY_MINUTES },
    { start_minute: next, end_minute: next + until },
  ];
}

function minutesOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= DAY_MINUTES ? value : null;
  return ClockMinutes.safeParse(value).data ?? null;
}
