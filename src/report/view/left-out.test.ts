import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import { leftOutOf, sayImported, sayLeftOut, sayPopulation } from './left-out.ts';

const finding = (more: Partial<Finding>): Finding => ({
  signal: 'N10-first-owner-solves',
  version: 1,
  status: 'measured',
  reason: null,
  detail: null,
  estimate: 0.5,
  unit: 'share',
  n: 100,
  n_effective: 100,
  interval: null,
  pass: null,
  window: { from: '2026-01-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' },
  excluded: {},
  extra: {},
  sample: [],
  carried_from: null,
  ...more,
});

describe('what a signal leaves out', () => {
  // 80 of 100 tickets are people's, and of their 80 rows 60 could be used: 0.8 x 0.75 = 0.6 stay.
  it('is its population and its reasons together', () => {
    const left = leftOutOf(
      finding({ n: 60, population: { human: 80, migration: 15, spam: 5 }, excluded: { no_owner: 20 } }),
    );
    expect(left?.share).toBeCloseTo(0.4, 12);
    expect(left?.mostly).toBe('no_owner');
  });

  it('is said in one line from 20 % on, of measured signals only', () => {
    const much = finding({ population: { human: 86, migration: 120 } });
    expect(sayLeftOut([much, finding({ population: { human: 80, spam: 20 } })])).toBe(
      '1 signal leaves out more than 20 % of tickets: N10 (58 % migration)',
    );
    expect(sayLeftOut([{ ...much, status: 'insufficient' }, finding({})])).toBeNull();
  });

  it('is printed by population', () => {
    expect(sayPopulation(finding({ population: { human: 86, migration: 120 } }))).toBe(
      '86 of 206 tickets of the window are of people; left out 120 migration (58 %)',
    );
    expect(sayPopulation(finding({ population: { human: 3 } }))).toBe('all 3 tickets of the window are of people');
    expect(sayPopulation(finding({}))).toBeNull();
  });

  it('names the days of imports, not more than six', () => {
    const days = Array.from({ length: 8 }, (_, i) => ({ connection: 'desk', day: `2026-01-0${i + 1}`, tickets: 30 }));
    expect(sayImported(days)).toMatch(
      /^240 tickets look like an import .*: desk 2026-01-01 \(30\), .* and 2 more days$/,
    );
    expect(sayImported([])).toBeNull();
  });
});
