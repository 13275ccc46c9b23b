import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/harness/property-runs.ts';
import { skeletonModel } from '../../../test/harness/six-stage-skeleton.ts';
import { likelihoodOf } from '../levels.ts';
import { type GateItem, gateOfLaws, stageAt, stageLaw } from './gate.ts';

const BANDS = { largely: 0.5, fully: 0.85 };

describe('gateOfLaws', () => {
  it('agrees with the gate worked out by hand', () => {
    // all full .1633, exactly one partial .3851: fully .548; largely .996
    const laws = [
      [0.02, 0.28, 0.7],
      [0.01, 0.19, 0.8],
      [0.05, 0.55, 0.4],
      [0, 0.19, 0.81],
      [0, 0.1, 0.9],
    ] as const;
    const [largely, fully] = gateOfLaws(laws, BANDS);
    expect(fully).toBeCloseTo(0.1633 + 0.3851, 3);
    expect(largely).toBeCloseTo(0.996, 3);
  });

  const [none, part, full] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  it.each([
    ['five full', [full, full, full, full, full], 1, 1],
    ['five, one partial: .90', [part, full, full, full, full], 1, 1],
    ['five, two partial: .80', [part, part, full, full, full], 1, 0],
    ['five, one absent: .80', [none, full, full, full, full], 1, 0],
    ['five partial: .50 is not above the line', [part, part, part, part, part], 0, 0],
    ['five, one step above .50', [part, part, part, part, full], 1, 0],
    ['six, one partial: .917', [part, full, full, full, full, full], 1, 1],
    ['six, one absent: .833', [none, full, full, full, full, full], 1, 0],
    ['four, one partial: .875', [part, full, full, full], 1, 1],
    ['four, one absent: .75', [none, full, full, full], 1, 0],
    ['ten, three steps short: .85 is not above the line', [...Array(7).fill(full), part, part, part], 1, 0],
    ['nothing in the set', [], 0, 0],
  ])('%s', (_, laws, largely, fully) => {
    expect(gateOfLaws(laws as (readonly [number, number, number])[], BANDS)).toEqual([largely, fully]);
  });
});

/** Sum over all level profiles of prior x likelihood: the definition, without any convolution. */
function enumerateSmall(items: readonly GateItem[], reading: 'attain' | 'exit'): number {
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  let all = 0;
  let second = 0;
  for (let step = 0; step <= 70; step++) {
    const theta = step / 10;
    for (let code = 0; code < 3 ** items.length; code++) {
      let weight = 1;
      const degrees: number[][] = [[], []];
      for (const [index, item] of items.entries()) {
        const level = Math.floor(code / 3 ** index) % 3;
        const exists = sigma(1.2 * (theta - item.difficulty + 0.5));
        const complete = sigma(1.2 * (theta - item.difficulty - 0.5));
        const prior = [1 - exists, exists - complete, complete][level] ?? 0;
        weight *= prior * Math.exp(item.likelihood[level] ?? 0);
        degrees[item.set - 1]?.push(level / 2);
      }
      const mean = (set: number) => {
        const own = degrees[set] ?? [];
        return own.reduce((a, b) => a + b, 0) / own.length;
      };
      all += weight;
      if (mean(0) > 0.85 && (reading === 'exit' || mean(1) > 0.5)) second += weight;
    }
  }
  return second / all;
}

function smallItems(points: readonly (readonly [number, number])[]): GateItem[] {
  return points.map(([exists, full], index) => ({
    id: `x${index}`,
    set: index < 2 ? 1 : 2,
    difficulty: index < 2 ? 1 : 2,
    likelihood: likelihoodOf([exists, full]),
  }));
}

describe('stageLaw', () => {
  const small = skeletonModel({ sets: [2, 2] });
  const smallExit = skeletonModel({ sets: [2, 2], reading: 'exit' });

  it('agrees with numpy over all 81 profiles of two sets of two', () => {
    const items = smallItems([
      [3, -1],
      [-4, 2],
      [6, 5],
      [0, -3],
    ]);
    // numpy: sum over itertools.product([1, 2, 3], repeat=4) and the grid
    expect(stageLaw(small, items).atLeast[1]).toBeCloseTo(0.6681852771912002, 12);
    expect(stageLaw(small, items).atLeast[0]).toBe(1);
  });

  const point = fc.double({ min: -20, max: 20, noNaN: true });
  it('agrees with enumeration for any points, in both readings', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(point, point), { minLength: 4, maxLength: 4 }), (points) => {
        const items = smallItems(points);
        expect(stageLaw(small, items).atLeast[1]).toBeCloseTo(enumerateSmall(items, 'attain'), 10);
        expect(stageLaw(smallExit, items).atLeast[1]).toBeCloseTo(enumerateSmall(items, 'exit'), 10);
      }),
      runs(40),
    );
  });

  it('in the exit reading asks nothing of the set of the stage itself', () => {
    const items = smallItems([
      [60, 60],
      [60, 60],
      [-60, -60],
      [-60, -60],
    ]);
    expect(stageLaw(small, items).atLeast[1]).toBeLessThan(0.001);
    expect(stageLaw(smallExit, items).atLeast[1]).toBeGreaterThan(0.999);
  });
});

describe('stageAt', () => {
  it.each([
    ['below the line', [1, 0.4999, 0.1], 1],
    ['on the line', [1, 0.5, 0.1], 2],
    ['above the line', [1, 0.9, 0.6], 3],
  ])('%s', (_, atLeast, stage) => {
    expect(stageAt(atLeast, 0.5)).toBe(stage);
  });
});
