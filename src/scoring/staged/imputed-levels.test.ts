import { describe, expect, it } from 'vitest';
import { ORG_X, SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { imputedLevels } from './imputed-levels.ts';

describe('imputedLevels', () => {
  // The joint law written again in Python with numpy.
  it.each([
    ['S3.5', [0.16015380244915398, 0.20792980598032262, 0.6319163915705236]],
    ['S4.2', [0.36808360842947657, 0.2670120856081648, 0.3649043059623588]],
    ['S1.1', [0.00010971237941046916, 0.007381765435868578, 0.9925085221847212]],
    ['S3.2', [0.7023140256820033, 0.17799360542912007, 0.11969236888887655]],
  ])('%s of organisation X', (id, expected) => {
    const law = imputedLevels(SIX_STAGE, ORG_X).get(id) ?? [];
    expected.forEach((p, level) => {
      expect(law[level]).toBeCloseTo(p, 10);
    });
  });

  it('leaves out what does not apply', () => {
    expect(imputedLevels(SIX_STAGE, ORG_X, new Set(['S3.5'])).has('S3.5')).toBe(false);
  });
});
