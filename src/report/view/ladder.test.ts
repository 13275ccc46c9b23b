import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { ladderView } from './ladder.ts';

const base = placedReading({ stage: 3, assured: 2, day: 10 });

describe('ladderView', () => {
  it('marks what people say at their word, as the disagreements do', () => {
    const stages = { said: 4, seen: base.readings.seen.stage, merged: 3 };
    const comparison = { ...(base.comparison as NonNullable<StagedReading['comparison']>), stages };
    const { marks, rungs } = ladderView({ ...base, comparison }, SIX_STAGE);
    expect(marks.find(({ mark }) => mark === 'said')?.sentence).toBe('People say stage 4 Strategic.');
    expect(rungs.filter((rung) => rung.marks.includes('said')).map(({ step }) => step.stage)).toEqual([4]);
  });

  it('says that nobody has answered', () => {
    const { marks } = ladderView({ ...base, comparison: null }, SIX_STAGE);
    expect(marks.find(({ mark }) => mark === 'said')).toMatchObject({ step: null });
  });
});
