/** Minutes from Sunday 00:00 local time, start included, end excluded; at most 10080. */
export interface WeeklyInterval {
  readonly start: number;
  readonly end: number;
}

/** Whole days, both included, as local dates `YYYY-MM-DD`. */
export interface Holiday {
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

export const DAY_S = 86_400;

/** Same hours on the given days (0 = Sunday). `to` may pass midnight. */
export function onDays(days: readonly number[], from: number, to: number): WeeklyInterval[] {
  return days.map((day) => ({ start: (day * 24 + from) * 60, end: (day * 24 + to) * 60 }));
}

export const WEEKDAYS = [1, 2, 3, 4, 5] as const;
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6] as const;

/** Seconds to add to UTC for local time, as steps over [from, to]. */
export type Zone = (at: number) => number;

export function readZone(name: string, from: number, to: number): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (at: number): number => {
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(at * 1000)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  };
  const steps: { at: number; offset: number }[] = [{ at: Number.NEGATIVE_INFINITY, offset: offsetAt(from) }];
  for (let at = from; at < to; at += DAY_S) {
    const before = offsetAt(at);
    if (offsetAt(at + DAY_S) === before) continue;
    let low = at;
    let high = at + DAY_S;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    steps.push({ at: high, offset: offsetAt(high) });
  }
  return (at) => {
    let offset = 0;
    for (const step of steps) {
      if (step.at > at) break;
      offset = step.offset;
    }
    return offset;
  };
}

/** Local weekday (0 = Sunday), second of the day and date of an instant. */
export function localTime(zone: Zone, at: number): { day: number; secondOfDay: number; date: string } {
  const local = at + zone(at);
  return {
    day: (Math.floor(local / DAY_S) + 4) % 7,
    secondOfDay: ((local % DAY_S) + DAY_S) % DAY_S,
    date: new Date(local * 1000).toISOString().slice(0, 10),
  };
}

interface OpenSpan {
  readonly from: number;
  readonly to: number;
  /** Open seconds before `from`. */
  readonly before: number;
}

export interface Calendar {
  readonly spans: readonly OpenSpan[];
  isOpen(at: number): boolean;
  /** Open seconds in [from, to). */
  openBetween(from: number, to: number): number;
  /** Instant at which `seconds` of open time have passed since `from`. */
  addOpen(from: number, seconds: number): number;
  /** The last instant from which `seconds` of open time pass until `to`; the first opening of all where there are fewer. */
  takeOpen(to: number, seconds: number): number;
  /** The first open instant at or after `at`. */
  nextOpen(at: number): number;
}

/** Opening hours over [from, to] as UTC spans; daylight saving and holidays are worked out once. */
export function buildCalendar(
  weekly: readonly WeeklyInterval[],
  holidays: readonly Holiday[],
  zone: Zone,
  from: number,
  to: number,
): Calendar {
  const spans: OpenSpan[] = [];
  let before = 0;
  const firstSunday = Math.floor((from / DAY_S + 4) / 7) * 7 - 4 - 7;
  for (let sunday = firstSunday * DAY_S; sunday < to + 7 * DAY_S; sunday += 7 * DAY_S) {
    for (const interval of [...weekly].sort((a, b) => a.start - b.start)) {
      const localStart = sunday + interval.start * 60;
      const date = new Date(localStart * 1000).toISOString().slice(0, 10);
      if (holidays.some((holiday) => holiday.start <= date && date <= holiday.end)) continue;
      const start = toUtc(zone, localStart);
      const end = toUtc(zone, sunday + interval.end * 60);
      const last = spans.at(-1);
      if (last !== undefined && last.to >= start) spans[spans.length - 1] = { ...last, to: Math.max(last.to, end) };
      else spans.push({ from: start, to: end, before });
      const grown = spans.at(-1);
      if (grown !== undefined) before = grown.before + grown.to - grown.from;
    }
  }
  return serveSpans(spans);
}

/** The wall clock time that a zone shows; a time skipped by daylight saving moves forward with the clock. */
function toUtc(zone: Zone, local: number): number {
  const guess = local - zone(local);
  return local - zone(guess);
}

function serveSpans(spans: readonly OpenSpan[]): Calendar {
  const findSpan = (at: number): number => {
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.to ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const openUntil = (at: number): number => {
    const index = findSpan(at);
    const span = spans[index];
    if (span === undefined) {
      const last = spans.at(-1);
      return last === undefined ? 0 : last.before + last.to - last.from;
    }
    return span.before + Math.max(0, at - span.from);
  };
  return {
    spans,
    isOpen: (at) => (spans[findSpan(at)]?.from ?? Number.POSITIVE_INFINITY) <= at,
    openBetween: (from, to) => Math.max(0, openUntil(to) - openUntil(from)),
    addOpen: (from, seconds) => {
      let left = seconds;
      for (let index = findSpan(from); index < spans.length; index++) {
        const span = spans[index];
        if (span === undefined) break;
        const start = Math.max(span.from, from);
        if (span.to - start >= left) return start + left;
        left -= span.to - start;
      }
      return Number.POSITIVE_INFINITY;
    },
    takeOpen: (to, seconds) => {
      if (seconds <= 0) return to;
      const wanted = openUntil(to) - seconds;
      for (let index = Math.min(findSpan(to), spans.length - 1); index >= 0; index--) {
        const span = spans[index];
        if (span !== undefined && span.before <= wanted)
          return span.from + Math.min(wanted - span.before, span.to - span.from);
      }
      return spans[0]?.from ?? to;
    },
    nextOpen: (at) => {
      const span = spans[findSpan(at)];
      return span === undefined ? Number.POSITIVE_INFINITY : Math.max(at, span.from);
    },
  };
}

/** Unix seconds of an ISO instant. */
export function parseInstant(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

/** ISO with whole seconds and `Z`, as the vendor writes. */
export function formatInstant(at: number): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
}

/** Creation and last change at the same instant, as most configuration has them. */
export function stampBoth(at: number): { created_at: string; updated_at: string } {
  return { created_at: formatInstant(at), updated_at: formatInstant(at) };
}
