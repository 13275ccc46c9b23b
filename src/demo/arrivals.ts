import { DAY_S, localTime, type Zone } from './calendar.ts';
import type { ArrivalPractice } from './practices.ts';
import type { Random } from './random.ts';

export interface Arrival {
  readonly at: number;
  /** Belongs to an outage: many customers report the same trouble. */
  readonly outage: number | null;
}

/**
 * Draws when customers write: a non-homogeneous Poisson process by hour of the week in the customers' zone, thinned from its
 * peak rate (Lewis and Shedler 1979), plus outages that raise the rate for some hours.
 */
export function drawArrivals(
  practice: ArrivalPractice,
  zone: Zone,
  start: number,
  end: number,
  random: Random,
): Arrival[] {
  const rate = buildWeeklyRate(practice);
  const growth = (at: number): number => (1 + practice.growthPerYear) ** ((at - end) / (365 * DAY_S));
  const peak = Math.max(...rate) * Math.max(growth(start), growth(end));
  const arrivals: Arrival[] = [];
  for (let at = start + random.exponential(1 / peak); at < end; at += random.exponential(1 / peak)) {
    const local = localTime(zone, at);
    const current = (rate[local.day * 24 + Math.floor(local.secondOfDay / 3600)] ?? 0) * growth(at);
    if (random.next() * peak < current) arrivals.push({ at: Math.floor(at), outage: null });
  }
  const outages = random.poisson((practice.outagesPerMonth * (end - start)) / (30 * DAY_S));
  for (let outage = 0; outage < outages; outage++) {
    const begins = start + random.next() * (end - start - DAY_S);
    const reports = random.poisson(practice.outageReports);
    for (let i = 0; i < reports; i++) arrivals.push({ at: Math.floor(begins + random.exponential(2 * 3600)), outage });
  }
  return arrivals.filter((arrival) => arrival.at < end).sort((a, b) => a.at - b.at);
}

/** Arrivals per second for each of the 168 hours of the week, Sunday 00:00 first; sums to `perWeek`. */
export function buildWeeklyRate(practice: ArrivalPractice): number[] {
  const weights = practice.byDay.flatMap((day) => practice.byHour.map((hour) => day * hour));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (practice.perWeek * weight) / total / 3600);
}
