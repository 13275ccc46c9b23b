import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import type { Placement } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { headlineView } from './headline.ts';

const CONTEXT = { model: SIX_STAGE, signals: new Map() };

function reading(placement: Partial<Placement>): StagedReading {
  const base = placedReading({ stage: 3, assured: 2, day: 10 });
  return { ...base, placement: { ...base.placement, ...placement } };
}

/** P(stage >= s) from P(stage = s). */
function cumulated(probabilities: readonly number[]): Pick<Placement, 'probabilities' | 'atLeast'> {
  return {
    probabilities: [...probabilities],
    atLeast: probabilities.map((_, s) => probabilities.slice(s).reduce((sum, p) => sum + p, 0)),
  };
}

describe('headlineView', () => {
  it('names one step with the word for its probability', () => {
    const view = headlineView(reading(cumulated([0, 0.06, 0.84, 0.1, 0, 0])), CONTEXT);
    expect(view).toMatchObject({ face: 'step', title: 'Stage 3 Managed', span: null, likelihood: 'likely' });
    expect(view.sentence).toBe('Stage 3 Managed, likely (84 %).');
    expect(view.assured?.step).toEqual({ stage: 2, name: 'Formal', text: 'stage 2 Formal' });
  });

  it('names the span that holds it in four of five cases where no step reaches a third', () => {
    // P(>= 2) = .95, P(>= 5) = .2, P(>= 6) = .05: 2 to 5.
    const view = headlineView(reading(cumulated([0.05, 0.3, 0.25, 0.2, 0.15, 0.05])), CONTEXT);
    expect(view).toMatchObject({ face: 'span', title: 'Stage 2 to 5', step: { stage: 3 } });
    expect(view.span).toMatchObject({ low: { stage: 2 }, high: { stage: 5 } });
    expect(view.ground).toBe('too little was seen to say which; held at stage 3 Managed (25 %)');
  });

  it('keeps the step that it is held at inside the span', () => {
    const view = headlineView(reading({ ...cumulated([0, 0, 0.03, 0.9, 0.07, 0]), stage: 3 }), CONTEXT);
    expect(view.span).toMatchObject({ low: { stage: 3 }, high: { stage: 4 } });
  });

  it('says that answers were checked by nobody, and assures nothing of them', () => {
    const view = headlineView(reading({ ...cumulated([0, 0, 0.7, 0.3, 0, 0]), status: 'self_reported' }), CONTEXT);
    expect(view.face).toBe('answers_only');
    expect(view.sentence).toContain('by answers alone: likely (70 %) if they are right');
    expect(view.assured).toBeNull();
  });

  it('withholds everything that the prior would say, and tells the way out', () => {
    const view = headlineView(placedReading({ stage: null, day: 10 }), CONTEXT);
    expect(view).toMatchObject({ face: 'not_placed', step: null, probability: null, range: null, assured: null });
    expect(view.why_not).toEqual(['Nothing could be measured yet, and nobody has answered.']);
    expect(view.next).toEqual(['connect', 'import', 'assess']);
  });

  it('says of equal ends that what is unseen could not move it', () => {
    expect(headlineView(reading({ floor: 3, ceiling: 3 }), CONTEXT).range?.sentence).toBe(
      'Even what we cannot see could not move it from 3.',
    );
  });
});
