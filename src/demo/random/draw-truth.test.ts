import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/harness/property-runs.ts';
import { drawTruth, MATTERS, WORLDS } from './draw-truth.ts';

const seeds = fc.string({ minLength: 1, maxLength: 8 });

describe('drawTruth', () => {
  it('gives every statement a degree, and the same ones for the same seed', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...WORLDS), (seed, world) => {
        const truth = drawTruth(seed, world);
        expect(Object.keys(truth).sort()).toEqual([...MATTERS].sort());
        expect(drawTruth(seed, world)).toEqual(truth);
      }),
      runs(100),
    );
  });

  it('never says a part that is more than its whole', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...WORLDS), (seed, world) => {
        const truth = drawTruth(seed, world);
        const of = (id: string): number => truth[id] ?? 0;
        // Targets for every step hold one for the first; plans that are felt are tiers that change the wait; flags flag something.
        if (of('S2.5') === 3) expect(of('S1.4')).toBe(3);
        expect(of('S3.1') === 3).toBe(of('S2.2') === 3);
        if (of('S6.4') >= 2) expect(of('S4.1')).toBeGreaterThanOrEqual(2);
      }),
      runs(300),
    );
  });

  it('draws all degrees, and late matters less often than early ones on a ladder', () => {
    const truths = Array.from({ length: 400 }, (_, index) => drawTruth(String(index), 'ladder'));
    const full = (set: string): number => truths.filter((truth) => truth[`S${set}.3`] === 3).length;
    expect(full('1')).toBeGreaterThan(full('3'));
    expect(full('3')).toBeGreaterThan(full('5'));
    expect(full('6')).toBeGreaterThan(0);
  });
});
