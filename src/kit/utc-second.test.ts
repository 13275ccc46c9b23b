import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runs } from '../../test/harness/property-runs.ts';
import { utcSecondMs } from './utc-second.ts';

const iso = z.iso.datetime({ offset: true });

describe('utcSecondMs', () => {
  it.each([
    ['2026-03-09T14:05:00Z', Date.UTC(2026, 2, 9, 14, 5)],
    ['2026-12-31T23:59:59Z', Date.UTC(2026, 11, 31, 23, 59, 59)],
    ['1970-01-01T00:00:00Z', 0],
    ['2028-02-29T00:00:00Z', null],
    ['2026-02-29T00:00:00Z', null],
    ['2026-04-31T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-03-09T24:00:00Z', null],
    ['2026-03-09T14:05:00z', null],
    ['2026-03-09 14:05:00Z', null],
    ['2026-03-09T14:05:00', null],
    ['2026-03-0:T14:05:00Z', null],
    ['٢026-03-09T14:05:00Z', null],
    ['', null],
  ])('%j', (text, ms) => {
    expect(utcSecondMs(text)).toBe(ms);
  });

  it('reads nothing that the schema of instants refuses, and nothing otherwise', () => {
    const digit = fc.constantFrom(...'0123456789:-TZ ');
    const near = fc
      .tuple(fc.integer({ min: 0, max: 4_000_000_000 }), fc.nat(19), digit, fc.boolean())
      .map(([second, at, by, odd]) => {
        const text = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
        return odd ? text.slice(0, at) + by + text.slice(at + 1) : text;
      });
    fc.assert(
      fc.property(near, (text) => {
        const read = utcSecondMs(text);
        if (read === null) return;
        expect(iso.safeParse(text).success).toBe(true);
        expect(read).toBe(new Date(text).getTime());
      }),
      runs(500),
    );
  });
});
