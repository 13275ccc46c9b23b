import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceConformance } from '../../../test/conformance/pace.ts';
import { runs } from '../../../test/harness/property-runs.ts';
import { memoryPace } from './memory-pace.ts';
import { paceOf } from './pace-law.ts';

paceConformance('memory', async (callers) => {
  const pace = memoryPace({ now: () => new Date() });
  return { callers: Array.from({ length: callers }, () => pace), close: async () => undefined };
});

function atHand() {
  let now = Date.parse('2026-03-02T12:00:00Z');
  const pace = memoryPace({ now: () => new Date(now) });
  return {
    pace,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('paceOf', () => {
  // By hand: burst = 1 + limit / 60 in whole numbers, at most 10; interval = 60 s / (limit - burst + 1).
  it.each([
    [1, 60_000, 0],
    [10, 6_000, 0],
    [60, 1_016.95, 1_016.95],
    [600, 101.523, 9 * 101.523],
    [0.5, 120_000, 0],
  ])('%d a minute: a turn every %d ms, %d ms early', (perMinute, intervalMs, toleranceMs) => {
    expect(paceOf(perMinute).intervalMs).toBeCloseTo(intervalMs, 2);
    expect(paceOf(perMinute).toleranceMs).toBeCloseTo(toleranceMs, 1);
  });
});

describe('memory pace on a clock in the hand', () => {
  it('never gives more than the limit in any sliding minute, and uses it nearly up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 900 }),
        fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 6 }),
        async (limit, rests) => {
          const { pace, now, pass } = atHand();
          const turns: number[] = [];
          const begun = now();
          // Greedy callers, who also rest now and then so that bursts become free again.
          while (now() - begun < 180_000) {
            const ms = await pace.take('x', limit);
            if (ms === 0) turns.push(now());
            else pass(ms);
            if (turns.length % 97 === 96) pass(rests.pop() ?? 0);
          }
          for (const [i, first] of turns.entries()) {
            const within = turns.slice(i, i + limit + 1).filter((at) => at < first + 60_000);
            expect(within.length).toBeLessThanOrEqual(limit);
          }
        },
      ),
      runs(40),
    );
    const { pace, now, pass } = atHand();
    const begun = now();
    let turns = 0;
    while (now() - begun < 600_000) {
      const ms = await pace.take('x', 600);
      if (ms === 0) turns += 1;
      else pass(ms);
    }
    expect(turns).toBeGreaterThan(6_000 * 0.97);
  });

  it('makes nobody wait for a clock that was set back', async () => {
    const { pace, pass } = atHand();
    expect(await pace.take('x', 10)).toBe(0);
    await pace.pause('y', 5_000);
    pass(-3_600_000);
    expect(await pace.take('x', 10)).toBe(6_000);
    expect(await pace.pausedForMs('y')).toBe(5_000);
  });
});
