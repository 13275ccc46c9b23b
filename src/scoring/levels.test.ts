import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import { levelAt, openLevels, posteriorLaw } from './levels.ts';

describe('openLevels', () => {
  // Decibans of lead worked out by hand from [0, u1, u1 + u2].
  it.each([
    ['nothing speaks', [0, 0], 3, [1, 3]],
    ['a tie at zero out of plus and minus', [5 - 5, 0], 3, [1, 3]],
    ['a fact of configuration: it exists, how fully is not known', [15, 0], 3, [2, 3]],
    ['one weak hint both ways', [2.5, 2.5], 3, [2, 3]],
    ['just below the line', [-2.99, -2.99], 3, [1, 2]],
    ['on the line', [-3, -3], 3, [1, 1]],
    ['exists and is not full', [7.5, -7.5], 3, [2, 2]],
    ['full', [7.5, 7.5], 3, [3, 3]],
    ['a lead is asked of none', [0.1, 0.1], 0.05, [3, 3]],
  ] as const)('%s', (_what, points, least, open) => {
    expect(openLevels(posteriorLaw([...points]), least)).toEqual(open);
  });

  it('is the median wherever one level is left', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 40, noNaN: true }),
        fc.double({ min: -40, max: 40, noNaN: true }),
        (a, b) => {
          const law = posteriorLaw([a, b]);
          const [low, high] = openLevels(law, 3.02);
          if (low === high) expect(levelAt(law, 0.5)).toBe(low);
        },
      ),
      runs(500),
    );
  });
});
