import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCalendar, formatInstant, localTime, onDays, parseInstant, readZone, WEEKDAYS } from './calendar.ts';

const FROM = parseInstant('2026-01-01T00:00:00Z');
const TO = parseInstant('2026-07-31T00:00:00Z');
const HOUR = 3600;

describe('readZone', () => {
  // Offsets: IANA tz database, European and US rules of 2026 (last Sunday of March 01:00 UTC; second Sunday of March 02:00 local).
  it.each([
    ['Europe/Copenhagen', '2026-03-29T00:59:59Z', 1],
    ['Europe/Copenhagen', '2026-03-29T01:00:00Z', 2],
    ['America/New_York', '2026-03-08T06:59:59Z', -5],
    ['America/New_York', '2026-03-08T07:00:00Z', -4],
    ['Asia/Singapore', '2026-06-01T00:00:00Z', 8],
    ['UTC', '2026-06-01T00:00:00Z', 0],
  ])('%s at %s is %d h from UTC', (zone, at, hours) => {
    expect(readZone(zone, FROM, TO)(parseInstant(at))).toBe(hours * HOUR);
  });

  it('names the local weekday, second and date', () => {
    // 2026-06-30 is a Tuesday.
    expect(localTime(readZone('America/New_York', FROM, TO), parseInstant('2026-06-30T02:30:00Z'))).toEqual({
      day: 1,
      secondOfDay: 22.5 * HOUR,
      date: '2026-06-29',
    });
  });
});

describe('buildCalendar', () => {
  const zone = readZone('Europe/Copenhagen', FROM, TO);
  const office = buildCalendar(
    onDays(WEEKDAYS, 8, 18),
    [{ name: 'Whit Monday', start: '2026-05-25', end: '2026-05-25' }],
    zone,
    FROM,
    TO,
  );

  // Worked by hand from the wall clock of Copenhagen.
  it.each([
    ['over a weekend', '2026-06-05T15:00:00Z', '2026-06-08T07:00:00Z', 2],
    ['over the change to summer time', '2026-03-27T16:00:00Z', '2026-03-30T07:00:00Z', 2],
    ['over a holiday', '2026-05-22T15:00:00Z', '2026-05-26T07:00:00Z', 2],
    ['inside one day', '2026-06-03T08:00:00Z', '2026-06-03T10:30:00Z', 2.5],
    ['wholly at night', '2026-06-03T20:00:00Z', '2026-06-04T05:00:00Z', 0],
    ['backwards', '2026-06-04T12:00:00Z', '2026-06-04T08:00:00Z', 0],
    ['nothing', '2026-06-04T12:00:00Z', '2026-06-04T12:00:00Z', 0],
  ])('counts open time %s', (_name, from, to, hours) => {
    expect(office.openBetween(parseInstant(from), parseInstant(to))).toBe(hours * HOUR);
  });

  it('finds the end of a span of open time over a weekend', () => {
    expect(formatInstant(office.addOpen(parseInstant('2026-06-05T15:00:00Z'), 2 * HOUR))).toBe('2026-06-08T07:00:00Z');
  });

  it.each([
    ['over a weekend', '2026-06-08T07:00:00Z', 2, '2026-06-05T15:00:00Z'],
    ['from a closed hour', '2026-06-04T03:00:00Z', 1, '2026-06-03T15:00:00Z'],
    ['back to the opening', '2026-06-04T07:00:00Z', 1, '2026-06-04T06:00:00Z'],
    ['inside one day', '2026-06-03T10:30:00Z', 2.5, '2026-06-03T08:00:00Z'],
    ['by nothing', '2026-06-04T03:00:00Z', 0, '2026-06-04T03:00:00Z'],
  ])('goes back in open time %s', (_name, to, hours, from) => {
    expect(formatInstant(office.takeOpen(parseInstant(to), hours * HOUR))).toBe(from);
  });

  it('goes back to the first opening where there is less before', () => {
    expect(office.takeOpen(FROM + 86_400, 1e9)).toBe(office.spans[0]?.from);
  });

  it('knows open from closed at the edges', () => {
    expect(office.isOpen(parseInstant('2026-06-03T05:59:59Z'))).toBe(false);
    expect(office.isOpen(parseInstant('2026-06-03T06:00:00Z'))).toBe(true);
    expect(office.isOpen(parseInstant('2026-06-03T15:59:59Z'))).toBe(true);
    expect(office.isOpen(parseInstant('2026-06-03T16:00:00Z'))).toBe(false);
  });

  it('is additive, and adding what has passed leads back', () => {
    const instant = fc.integer({ min: FROM, max: TO - 30 * 86_400 });
    fc.assert(
      fc.property(instant, instant, instant, (...points) => {
        const [a = 0, b = 0, c = 0] = [...points].sort((x, y) => x - y);
        expect(office.openBetween(a, b) + office.openBetween(b, c)).toBe(office.openBetween(a, c));
        const open = office.openBetween(a, c);
        if (open > 0) {
          const end = office.addOpen(a, open);
          expect(end).toBeLessThanOrEqual(c);
          expect(office.openBetween(a, end)).toBe(open);
        }
      }),
    );
  });

  it('without opening hours never opens', () => {
    const never = buildCalendar([], [], zone, FROM, TO);
    expect(never.openBetween(FROM, TO)).toBe(0);
    expect(never.nextOpen(FROM)).toBe(Number.POSITIVE_INFINITY);
  });
});
