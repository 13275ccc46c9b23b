import { describe, expect, it } from 'vitest';
import type { Schedule } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import {
  jitterMs,
  lastSlot,
  nextSlot,
  parseCron,
  parseEvery,
  parseJitter,
  parseZone,
  planSchedule,
  type Rhythm,
  runOfSlot,
  type ScheduleInput,
} from './schedules.ts';

const every = (every_s: number): Rhythm => ({ every_s, cron: null, tz: 'UTC' });
const cron = (line: string, tz: string): Rhythm => ({ every_s: null, cron: line, tz });

/** The first `n` slots after an instant, as ISO texts without seconds. */
function slots(rhythm: Rhythm, from: string, n: number): string[] {
  const found: string[] = [];
  let at = new Date(from);
  for (let i = 0; i < n; i++) {
    at = nextSlot(rhythm, at);
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'BAD_SCHEDULE') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('every', () => {
  it.each([
    ['15m', 900],
    ['1h', 3_600],
    ['1d', 86_400],
    ['1w', 604_800],
    ['1m', 60],
    ['52w', 31_449_600],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseEvery(text)).toBe(seconds);
  });

  it.each(['', '15', '1.5h', '-1h', '0m', '30s', '53w', 'h', '1 h', '1y', '1H'])('refuses "%s"', (text) => {
    expect(refusal(() => parseEvery(text))).toContain(`--every ${text}`);
  });

  it('is a grid from the epoch, which a slot itself is not after', () => {
    expect(slots(every(900), '2026-03-01T12:00:00Z', 2)).toEqual(['2026-03-01T12:15', '2026-03-01T12:30']);
    // 1970-01-01 was a Thursday, and so is 2026-03-05.
    expect(slots(every(604_800), '2026-03-01T12:00:00Z', 1)).toEqual(['2026-03-05T00:00']);
    expect(lastSlot(every(900), new Date('2026-03-01T12:15:00Z'))?.toISOString()).toBe('2026-03-01T12:15:00.000Z');
    expect(lastSlot(every(900), new Date('2026-03-01T12:14:59.999Z'))?.toISOString()).toBe('2026-03-01T12:00:00.000Z');
  });
});

describe('cron in wall time, 2026', () => {
  it('keeps nine o’clock over the change to summer time in New York (8 March, 02:00 -> 03:00)', () => {
    // Friday 6 March 09:00 EST = 14:00Z; Monday 9 March 09:00 EDT = 13:00Z.
    expect(slots(cron('0 9 * * 1-5', 'America/New_York'), '2026-03-06T00:00:00Z', 2)).toEqual([
      '2026-03-06T14:00',
      '2026-03-09T13:00',
    ]);
  });

  it('runs a time that is left out at the first minute after it (Berlin, 29 March, 02:00 -> 03:00)', () => {
    // 02:30 is not there on the 29th: 03:00 CEST = 01:00Z. Before: 02:30 CET = 01:30Z; after: 02:30 CEST = 00:30Z.
    expect(slots(cron('30 2 * * *', 'Europe/Berlin'), '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('runs a time that comes twice once, at its first coming (Berlin, 25 October, 03:00 -> 02:00)', () => {
    // 02:30 CEST = 00:30Z; the second 02:30, in CET, would be 01:30Z.
    expect(slots(cron('30 2 * * *', 'Europe/Berlin'), '2026-10-24T00:00:00Z', 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('goes on every half hour through the repeated hour and over the one that is left out', () => {
    expect(slots(cron('*/30 * * * *', 'Europe/Berlin'), '2026-10-24T23:45:00Z', 5)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
      '2026-10-25T02:00',
    ]);
    expect(slots(cron('*/30 * * * *', 'Europe/Berlin'), '2026-03-29T00:15:00Z', 3)).toEqual([
      '2026-03-29T00:30',
      '2026-03-29T01:00',
      '2026-03-29T01:30',
    ]);
  });

  it('finds the last slot, the instant included, and agrees with the next one', () => {
    const berlin = cron('30 2 * * *', 'Europe/Berlin');
    const at = (iso: string): string | undefined => lastSlot(berlin, new Date(iso))?.toISOString();
    expect(at('2026-03-29T01:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026-03-29T00:59:59.999Z')).toBe('2026-03-28T01:30:00.000Z');
    expect(at('2026-10-25T23:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    for (const rhythm of [berlin, cron('*/30 1-4 * * *', 'Europe/Berlin'), cron('15 1,2 * * *', 'America/New_York')])
      for (const day of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01'])
        for (let minute = 0; minute < 1_440; minute += 7) {
          const now = new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000);
          const last = lastSlot(rhythm, now);
          expect(last).not.toBeNull();
          if (last === null) continue;
          expect(last.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(nextSlot(rhythm, last).getTime(), `${rhythm.cron} at ${now.toISOString()}`).toBeGreaterThan(
            now.getTime(),
          );
          expect(nextSlot(rhythm, new Date(last.getTime() - 60_000))).toEqual(last);
        }
  });

  it.each([
    ['* * * *', '4 fields'],
    ['0 0 0 * * *', '6 fields'],
    ['', '0 fields'],
    ['@daily', '1 fields'],
    ['61 * * * *', 'cannot be understood'],
    ['0 25 * * *', 'cannot be understood'],
    ['0 0 30 2 *', 'never comes'],
  ])('refuses "%s": %s', (line, reason) => {
    expect(refusal(() => parseCron(line, 'UTC'))).toContain(reason);
  });

  it('refuses a zone that is none', () => {
    expect(refusal(() => parseZone('Mars/Base'))).toContain('Mars/Base');
    expect(parseZone('Asia/Kathmandu')).toBe('Asia/Kathmandu');
  });
});

const INPUT: ScheduleInput = {
  workspace: 'harbor',
  name: 'nightly',
  kind: 'snapshot',
  model: null,
  models: null,
  window_days: null,
  by: 'cli',
};
const NOW = new Date('2026-03-01T12:00:00Z');

describe('planSchedule', () => {
  it('begins with the next slot and spreads over a tenth of the gap, at most ten minutes', () => {
    expect(planSchedule({ ...INPUT, every: '1h' }, NOW)).toMatchObject({
      every_s: 3_600,
      cron: null,
      jitter_s: 360,
      paused: false,
      next_at: new Date('2026-03-01T13:00:00Z'),
    });
    expect(planSchedule({ ...INPUT, every: '1w' }, NOW).jitter_s).toBe(600);
    expect(planSchedule({ ...INPUT, cron: '0  9 * * *', tz: 'Europe/Berlin' }, NOW)).toMatchObject({
      every_s: null,
      cron: '0 9 * * *',
      tz: 'Europe/Berlin',
      next_at: new Date('2026-03-02T08:00:00Z'),
    });
    expect(planSchedule({ ...INPUT, every: '1h', jitter: '0' }, NOW).jitter_s).toBe(0);
  });

  it.each([
    [{}, 'either --every or --cron'],
    [{ every: '1h', cron: '0 9 * * *' }, 'either --every or --cron'],
    [{ every: '1h', tz: 'UTC' }, '--tz belongs to --cron'],
    [{ every: '1h', name: 'Nightly run' }, 'Nightly run'],
    [{ every: '1h', jitter: '2h' }, '--jitter 2h'],
    [{ every: '1h', jitter: 'much' }, '--jitter much'],
  ])('refuses %j', (more, reason) => {
    expect(refusal(() => planSchedule({ ...INPUT, ...more }, NOW))).toContain(reason);
  });
});

describe('the run of a slot', () => {
  const schedule: Schedule = planSchedule({ ...INPUT, every: '1h', jitter: '10m' }, NOW);

  it('has an id made from what it means and starts within the jitter', () => {
    const run = runOfSlot(schedule, schedule.next_at, 2, NOW);
    // 2026-03-01T13:00:00Z = 20,513 days and 13 hours after the epoch.
    expect(run.id).toBe(`snapshot.harbor.nightly.${20_513 * 86_400 + 13 * 3_600}`);
    expect(run.params.missed).toBe(2);
    const delay = run.due_at.getTime() - run.slot.getTime();
    expect(delay).toBe(jitterMs(schedule));
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(600_000);
    expect(parseJitter('10m')).toBe(600);
  });

  it('spreads many desks evenly over the jitter', () => {
    const delays = Array.from({ length: 1_000 }, (_, i) =>
      jitterMs({ workspace: `desk-${i}`, name: 'nightly', jitter_s: 100 }),
    );
    // A tenth of 1,000 is 100; four standard deviations of a binomial count are 4 * sqrt(1000 * 0.1 * 0.9) = 38.
    for (let tenth = 0; tenth < 10; tenth++) {
      const n = delays.filter((d) => d >= tenth * 10_000 && d < (tenth + 1) * 10_000).length;
      expect(Math.abs(n - 100)).toBeLessThanOrEqual(38);
    }
  });
});
