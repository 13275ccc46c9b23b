import { describe, expect, it } from 'vitest';
import { customersOf, PLAIN, shareOf } from '../../test/harness/plain-desk.ts';
import { readClocks } from './clocks.ts';
import { fitPromises, readLoad, withLoad } from './load.ts';
import { simulateDesk } from './simulate.ts';

describe('readLoad', () => {
  it('is the work of a week over the time for it', () => {
    const [topic] = PLAIN.topics;
    const [crew] = PLAIN.crews;
    if (topic === undefined || crew === undefined) throw new Error('the plain desk has topics and crews');
    const load = readLoad({
      ...PLAIN,
      arrivals: { ...PLAIN.arrivals, perWeek: 100, outagesPerMonth: 0 },
      intake: { ...PLAIN.intake, spam: 0, duplicates: 0, botSolves: 0, monitoring: null },
      closing: { ...PLAIN.closing, reopens: 0 },
      topics: [{ ...topic, minutes: 10, questions: 0, specialist: 0, bug: 0 }],
      crews: [{ ...crew, count: 1, weekly: [{ start: 600, end: 3000 }], attention: 1 }],
    });
    // 100 cases of 10 * exp(0.18) minutes; 2400 minutes on shift, 68 of 75 days there.
    expect(load).toBeCloseTo(1197.217 / 2176, 5);
  });

  it('tells a desk that drowns from one that keeps up', () => {
    const left = (load: number): number => {
      const desk = withLoad(PLAIN, load);
      expect(readLoad(desk)).toBeCloseTo(load, 5);
      return shareOf(
        customersOf(simulateDesk(desk, '1'), 0),
        ({ plan, status }) => plan.queued && (status === 'new' || status === 'open'),
      );
    };
    expect(left(0.6)).toBeLessThan(0.05);
    expect(left(2)).toBeGreaterThan(0.3);
  });
});

describe('fitPromises', () => {
  it.each([0.95, 0.6])('makes promises of which about %d are kept', (kept) => {
    const world = simulateDesk(fitPromises(PLAIN, kept), '1');
    const broken = new Set(
      readClocks(world)
        .filter(
          ({ metric, instance, type, deleted }) =>
            metric === 'reply_time' && instance === 1 && type === 'breach' && deleted !== true,
        )
        .map(({ ticket }) => ticket),
    );
    const promised = customersOf(world).filter(({ policy, priority }) => policy !== null && priority !== null);
    const found = shareOf(promised, ({ id }) => !broken.has(id));
    expect(found).toBeGreaterThan(kept - 0.1);
    expect(found).toBeLessThan(kept + 0.1);
  });
});
