import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { readingOf } from '../../../test/harness/random-reading.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { LadderView, ladderView } from './ladder.ts';

const { comparison } = readingOf(new Map(), new Map([['S1.1', 3]]));
if (comparison === null) throw new Error('somebody answered');

describe('ladderView', () => {
  const base = placedReading({ stage: 3, assured: 2, day: 10 });
  const reading = {
    placement: { ...base.placement, probabilities: [0, 0.1, 0.7, 0.2, 0, 0], floor: 2, ceiling: 4 },
    readings: { seen: { ...base.placement, stage: 2 }, said: null },
    comparison: { ...comparison, stages: { said: 5, seen: 2, merged: 3 } },
  };
  const view = ladderView(reading, SIX_STAGE);

  it('marks said, seen, together and assured on their steps, and the range', () => {
    expect(LadderView.safeParse(view).success).toBe(true);
    expect(view.rungs.map(({ marks }) => marks.join('+'))).toEqual(['', 'seen+assured', 'together', '', 'said', '']);
    expect(view.rungs.filter(({ in_range }) => in_range).map(({ step }) => step.stage)).toEqual([2, 3, 4]);
    expect(view.rungs.map(({ text }) => text)).toEqual(['0 %', '10 %', '70 %', '20 %', '0 %', '0 %']);
  });

  it('says what each side has to say', () => {
    expect(view.marks.map(({ sentence }) => sentence)).toEqual([
      'People say stage 5 Proactive.',
      'Records alone show stage 2 Formal.',
      'Both together give stage 3 Managed.',
      'At least stage 2 Formal is assured: nine to one.',
    ]);
  });

  it('keeps the law to itself while the verdict is withheld', () => {
    const withheld = ladderView(placedReading({ stage: null, day: 10 }), SIX_STAGE);
    expect(withheld.rungs.every(({ probability, text }) => probability === null && text === '–')).toBe(true);
  });
});
