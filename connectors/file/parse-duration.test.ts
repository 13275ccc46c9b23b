import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import type { DurationUnit } from './mapping-schema.ts';
import { parseDuration } from './parse-duration.ts';

describe('parseDuration', () => {
  it.each<[string, DurationUnit, number, number | null]>([
    ['90', 'seconds', 24, 90],
    ['90', 'minutes', 24, 5400],
    ['1.5', 'hours', 24, 5400],
    ['2', 'days', 24, 172_800],
    ['2', 'days', 8, 57_600],
    ['1e3', 'seconds', 24, 1000],
    ['2:30', 'clock', 24, 9000],
    ['2:30:15', 'clock', 24, 9015],
    ['100:00', 'hours', 24, 360_000],
    ['2:30', 'minutes', 24, null],
    ['0:02:30', 'minutes', 24, 150],
    ['2:75', 'clock', 24, null],
    ['90', 'clock', 24, null],
    ['90', 'iso', 24, null],
    ['PT1H30M', 'iso', 24, 5400],
    ['P1DT2H', 'iso', 24, 93_600],
    ['P2W', 'iso', 24, 1_209_600],
    ['PT', 'iso', 24, null],
    ['P', 'iso', 24, null],
    ['2 days 03:04:05', 'clock', 24, 183_845],
    ['1 day, 0:00:01', 'clock', 24, 86_401],
    ['3h 20m', 'minutes', 24, 12_000],
    ['1 hour and 5 minutes', 'minutes', 24, 3900],
    ['2d4h', 'hours', 24, 187_200],
    ['45 min', 'hours', 24, 2700],
    ['1.5 hrs', 'minutes', 24, 5400],
    ['2 Std. 15 Min.', 'clock', 24, 8100],
    ['1 Tag und 3 Stunden', 'clock', 24, 97_200],
    ['1,5 Tage', 'clock', 24, 129_600],
    ['1,250 min', 'clock', 24, null],
    ['2 jours 4 heures', 'clock', 24, 187_200],
    ['1 jour(s) 3 heure(s) 12 minute(s)', 'clock', 24, 97_920],
    ['1 día, 02:30', 'clock', 24, 95_400],
    ['00:45 hrs', 'clock', 24, 2700],
    ['00:45 hrs', 'minutes', 24, 2700],
    ['8100000', 'milliseconds', 24, 8100],
    ['-30', 'minutes', 24, -1800],
    ['-1:30', 'clock', 24, -5400],
    ['1,5', 'hours', 24, null],
    ['soon', 'hours', 24, null],
    ['3 months', 'hours', 24, null],
    ['', 'hours', 24, null],
    ['5 apples', 'hours', 24, null],
  ])('%s in %s', (text, unit, hours, seconds) => {
    expect(parseDuration(text, unit, hours)).toBe(seconds);
  });

  it('reads back every way of writing the same seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (total) => {
        const [d, h, m, s] = [
          Math.floor(total / 86_400),
          Math.floor(total / 3600) % 24,
          Math.floor(total / 60) % 60,
          total % 60,
        ];
        const two = (n: number): string => String(n).padStart(2, '0');
        for (const text of [
          `${d} days ${two(h)}:${two(m)}:${two(s)}`,
          `P${d}DT${h}H${m}M${s}S`,
          `${d}d ${h}h ${m}m ${s}s`,
          `${d * 24 + h}:${two(m)}:${two(s)}`,
        ])
          expect(parseDuration(text, 'clock', 24), text).toBe(total);
      }),
      runs(25),
    );
  });

  it('answers any text quickly, with a number or null', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const seconds = parseDuration(text, 'clock', 24);
        expect(seconds === null || Number.isFinite(seconds)).toBe(true);
      }),
      runs(25),
    );
  });
});
