import { describe, expect, it } from 'vitest';
import { parseAgeMs, parseBound, parseDays, stepEnds } from './parse-span.ts';

describe('parseBound', () => {
  it.each([
    ['2016-04-30', 'start', '2016-04-30T00:00:00.000Z'],
    ['2016-04-30', 'end', '2016-05-01T00:00:00.000Z'],
    ['2016-12-31', 'end', '2017-01-01T00:00:00.000Z'],
    ['2016-02-29', 'end', '2016-03-01T00:00:00.000Z'],
    ['2016-04-30T23:59:59Z', 'end', '2016-04-30T23:59:59.000Z'],
    ['2016-04-30T23:59:59+02:00', 'start', '2016-04-30T21:59:59.000Z'],
  ] as const)('%s as %s', (text, side, expected) => {
    expect(parseBound(text, '--to', side).toISOString()).toBe(expected);
  });

  it.each([
    '2015-02-29',
    '30.4.2016',
    '2016-4-3',
    '2016-04-31T10:00:00Z',
    '2016-04-30T10:00',
    '',
    'yesterday',
    '2016-13-01',
  ])('refuses %j', (text) => {
    expect(() => parseBound(text, '--to', 'end')).toThrow(/is not a date/);
  });
});

describe('parseAgeMs', () => {
  it('reads hours and days, and nothing else', () => {
    expect([parseAgeMs('36h', 'k'), parseAgeMs('3d', 'k')]).toEqual([129_600_000, 259_200_000]);
    for (const text of ['36', '1.5h', 'h', '3w', ''])
      expect(() => parseAgeMs(text, 'notify.stale_after')).toThrow(/notify\.stale_after/);
  });
});

describe('parseDays', () => {
  it.each([
    ['90d', 90],
    ['7d', 7],
    ['1100d', 1100],
  ])('%s', (text, days) => {
    expect(parseDays(text, '--window')).toBe(days);
  });
  it.each(['6d', '1101d', '90', '3m', '-90d'])('refuses %s', (text) => {
    expect(() => parseDays(text, '--window')).toThrow(/number of days/);
  });
});

describe('stepEnds', () => {
  const at = (text: string) => new Date(text);
  it('gives the ends of whole months inside', () => {
    expect(
      stepEnds(at('2026-01-15T00:00:00Z'), at('2026-04-01T00:00:00Z'), 'month').map((d) =>
        d.toISOString().slice(0, 10),
      ),
    ).toEqual(['2026-02-01', '2026-03-01', '2026-04-01']);
  });
  it('starts weeks on Monday', () => {
    // 2026-06-29 is a Monday.
    expect(
      stepEnds(at('2026-06-22T00:00:00Z'), at('2026-07-07T00:00:00Z'), 'week').map((d) => d.toISOString().slice(0, 10)),
    ).toEqual(['2026-06-29', '2026-07-06']);
  });
  it('gives nothing when no end lies inside', () => {
    expect(stepEnds(at('2026-01-02T00:00:00Z'), at('2026-03-31T00:00:00Z'), 'quarter')).toEqual([]);
  });
});

describe('parseBound in a zone', () => {
  // Auckland is 13 h ahead in summer, 12 h from 2026-04-05; Santiago sets its clock forward at midnight of 2026-09-06, so that day begins at 01:00.
  it.each([
    ['2026-03-01', 'start', 'Pacific/Auckland', '2026-02-28T11:00:00.000Z'],
    ['2026-03-31', 'end', 'Pacific/Auckland', '2026-03-31T11:00:00.000Z'],
    ['2026-04-05', 'end', 'Pacific/Auckland', '2026-04-05T12:00:00.000Z'],
    ['2026-09-06', 'start', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2026-03-29', 'start', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'end', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-03-29T00:00:00Z', 'start', 'Europe/Berlin', '2026-03-29T00:00:00.000Z'],
  ] as const)('%s as %s in %s', (text, side, zone, expected) => {
    expect(parseBound(text, '--from', side, zone).toISOString()).toBe(expected);
  });
});
