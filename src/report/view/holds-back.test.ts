import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { readingOf } from '../../../test/harness/random-reading.ts';
import { ORG_X, SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { holdsBackView } from './holds-back.ts';

describe('holdsBackView', () => {
  it('names what is not there, what is partly there and what nobody knows apart', () => {
    const reading = readingOf(ORG_X);
    const blockers = ['S3.2', 'S3.5', 'S2.3'].map((criterion, at) => ({ criterion, gain: 0.3 - at / 10 }));
    const view = holdsBackView({ ...reading, placement: { ...reading.placement, stage: 3, blockers } }, SIX_STAGE);
    // Org X: S3.2 points down, S3.5 was not seen, S2.3 exists and is not full.
    expect(view.statements.map(({ state }) => state)).toEqual(['not_there', 'unknown', 'partly']);
    expect(view.sentence).toMatch(
      /^What holds it back from stage 4 Strategic most: ".+" is not there, nothing is known of ".+" and ".+" is only partly there\.$/,
    );
    expect(view.statements[0]?.sentence).toBe(
      'Fully in place it would lift the chance of stage 4 Strategic by 30 points.',
    );
  });

  it('says so where there is no next step, or no verdict', () => {
    expect(holdsBackView(placedReading({ stage: 6, day: 10 }), SIX_STAGE).sentence).toMatch(/^This is the last stage/);
    expect(holdsBackView(placedReading({ stage: null, day: 10 }), SIX_STAGE).target).toBeNull();
  });
});
