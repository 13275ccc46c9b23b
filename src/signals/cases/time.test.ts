import { describe, expect, it } from 'vitest';
import { parseDuration, parseInstant } from './time.ts';

const asOf = new Date('2026-03-02T00:00:00Z'); // a Monday
const at = (text: string, i = 0, n = 1): string => parseInstant(text, asOf, i, n).toISOString();

describe('parseDuration', () => {
  it.each([
    ['5m', 300_000],
    ['1d4h', 100_800_000],
    ['1.5h', 5_400_000],
    ['0s', 0],
    ['-3d4h', -273_600_000],
    ['-1d+6h', -64_800_000],
    ['2w', 1_209_600_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
  it.each(['', '5', '5 m', 'm5', '5min', '1d 4h'])('refuses "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(/is not a duration/);
  });
});

describe('parseInstant', () => {
  it.each([
    ['-10d', '2026-02-20T00:00:00.000Z'],
    ['2026-02-10', '2026-02-10T00:00:00.000Z'],
    ['2026-02-10T08:30:00Z', '2026-02-10T08:30:00.000Z'],
    ['-10d @10:15', '2026-02-20T10:15:00.000Z'],
    ['2026-02-21 workdays', '2026-02-20T00:00:00.000Z'],
    ['2026-02-22 workdays', '2026-02-23T00:00:00.000Z'],
    ['2026-02-23 workdays', '2026-02-23T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });
  it('spreads copies evenly inside a range', () => {
    expect([0, 1, 2, 3].map((i) => at('-4d..-0d', i, 4).slice(0, 13))).toEqual([
      '2026-02-26T12',
      '2026-02-27T12',
      '2026-02-28T12',
      '2026-03-01T12',
    ]);
  });
  it.each(['', 'yesterday', '-10d @noon', '-10d weekend', '2026-13-45'])('refuses "%s"', (text) => {
    expect(() => at(text)).toThrow();
  });
});
