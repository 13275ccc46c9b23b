/** Weekly hours and closed days as a calendar record holds them. */
export interface OracleCalendar {
  readonly time_zone: string;
  readonly weekly: readonly { readonly start_minute: number; readonly end_minute: number }[];
  readonly holidays: readonly { readonly from: string; readonly to: string }[];
}

const MINUTE_MS = 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

function isOpenMinute(calendar: OracleCalendar, minuteMs: number): boolean {
  const parts = Object.fromEntries(
    formatOf(calendar.time_zone)
      .formatToParts(minuteMs)
      .map((part) => [part.type, part.value]),
  );
  const day = `${parts.year}-${parts.month}-${parts.day}`;
  if (calendar.holidays.some((holiday) => holiday.from <= day && day <= holiday.to)) return false;
  const ofWeek = WEEKDAYS.indexOf(parts.weekday ?? '') * 1440 + Number(parts.hour) * 60 + Number(parts.minute);
  return calendar.weekly.some((open) => open.start_minute <= ofWeek && ofWeek < open.end_minute);
}

/**
 * Business seconds between two instants, found by asking the platform's own calendar (Intl) minute after minute whether the desk is open. Slow
 * and independent of the store: it shares neither code nor time zone tables with it.
 */
export function businessSecondsByMinute(calendar: OracleCalendar, from: Date, to: Date): number {
  let openMs = 0;
  for (let minute = Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS; minute < to.getTime(); minute += MINUTE_MS) {
    if (!isOpenMinute(calendar, minute)) continue;
    openMs += Math.min(to.getTime(), minute + MINUTE_MS) - Math.max(from.getTime(), minute);
  }
  return openMs / 1000;
}
