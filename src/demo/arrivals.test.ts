import { describe, expect, it } from 'vitest';
import { buildWeeklyRate, drawArrivals } from './arrivals.ts';
import { localTime, parseInstant, readZone } from './calendar.ts';
import { HARBOR } from './desks/harbor.ts';
import type { ArrivalPractice } from './practices.ts';
import { createRandom } from './random.ts';

const START = parseInstant('2025-06-02T00:00:00Z');
const WEEKS = 52;
const END = START + WEEKS * 7 * 86_400;
const steady: ArrivalPractice = { ...HARBOR.arrivals, growthPerYear: 0, outagesPerMonth: 0 };

describe('buildWeeklyRate', () => {
  it('adds up to the tickets of a week', () => {
    const total = buildWeeklyRate(steady).reduce((sum, rate) => sum + rate * 3600, 0);
    expect(total).toBeCloseTo(steady.perWeek, 9);
  });
});

describe('drawArrivals', () => {
  it('follows the rhythm of the week', () => {
    const zone = readZone('UTC', START, END);
    const counts = new Array<number>(168).fill(0);
    for (const arrival of drawArrivals(steady, zone, START, END, createRandom('rhythm'))) {
      const local = localTime(zone, arrival.at);
      const hour = local.day * 24 + Math.floor(local.secondOfDay / 3600);
      counts[hour] = (counts[hour] ?? 0) + 1;
    }
    // Pearson's statistic against the Poisson rates; chi-square with about 160 degrees passes 240 with p < 1e-4.
    let statistic = 0;
    for (const [hour, rate] of buildWeeklyRate(steady).entries()) {
      const expected = rate * 3600 * WEEKS;
      statistic += ((counts[hour] ?? 0) - expected) ** 2 / expected;
    }
    expect(statistic).toBeLessThan(240);
    expect(statistic).toBeGreaterThan(95);
  });

  it('keeps to the local clock of the customers over the change to summer time', () => {
    const onlyNoon: ArrivalPractice = {
      ...steady,
      byHour: Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 1 : 0)),
    };
    const zone = readZone('Europe/Copenhagen', START, END);
    const hours = drawArrivals(onlyNoon, zone, START, END, createRandom('noon')).map((arrival) =>
      Math.floor(localTime(zone, arrival.at).secondOfDay / 3600),
    );
    expect(new Set(hours)).toEqual(new Set([12]));
    expect(hours.length).toBeGreaterThan(8000);
  });

  it('is ordered, inside the time asked, and marks outages', () => {
    const zone = readZone('UTC', START, END);
    const arrivals = drawArrivals({ ...steady, outagesPerMonth: 3 }, zone, START, END, createRandom('order'));
    const times = arrivals.map((arrival) => arrival.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.every((at) => at >= START && at < END)).toBe(true);
    expect(arrivals.some((arrival) => arrival.outage !== null)).toBe(true);
  });
});
