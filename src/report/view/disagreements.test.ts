import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import type { Comparison, StatementGap } from '../../domain/assessment.ts';
import { disagreementsView, gapText } from './disagreements.ts';
import { saidSeenView } from './said-and-seen.ts';

function gap(criterion: string, over: Partial<StatementGap>): StatementGap {
  return {
    criterion,
    name: `Statement ${criterion}`,
    said: 3,
    counted: 2.2,
    seen: 1.2,
    gap: 1.8,
    interval: [1.2, 2],
    over_claim: 0.96,
    under_claim: 0.01,
    flag: 'strong_over',
    ...over,
  };
}

const COMPARISON: Comparison = {
  stages: { said: 4, seen: null, merged: 2 },
  comparable: 3,
  gaps: [
    gap('S1.2', { said: 2, counted: 2, seen: 1.9, gap: 0.1, flag: 'none', over_claim: 0.2 }),
    gap('S1.1', { said: 1, counted: 1.4, seen: 2.9, gap: -1.9, flag: 'under', under_claim: 0.8 }),
    gap('S2.1', {}),
  ],
  over_claims: { expected: 1.1, share: 0.4, interval: [0, 1] },
  under_claims: { expected: 0.9, share: 0.3, interval: [0, 1] },
  bias: null,
  agreement: { raw: 1 / 3, kappa: 0.1, kappa_expected: null, interval: null, ac2: null },
  calibration: [],
  leniency: [],
  blind_spots: [{ kind: 'unverifiable', criterion: 'S4.2', text: 'Only people can tell.' }],
  drivers: [],
  roles: [],
};
const READING = {
  answers_used: [
    { criterion: 'S2.1', respondent: 'r1', role: 'agent', value: 3 as const, answered_at: '2026-01-09T00:00:00.000Z' },
  ],
  comparison: COMPARISON,
};

describe('disagreementsView', () => {
  const view = disagreementsView(READING, COMPARISON, SIX_STAGE);

  it('puts the widest flagged gap first and says which way it points', () => {
    expect(view.rows.map(({ id, direction, flag_words }) => [id, direction, flag_words])).toEqual([
      ['S1.1', 'under', 'under-rated'],
      ['S2.1', 'over', 'clearly over-rated'],
    ]);
    expect(view.rows[1]?.sentence).toBe(
      'On a scale of 1 to 3, people say 3 (counted as 2.2) and records show 1.2: clearly over-rated (96 %).',
    );
    expect(view.rows.map(({ probability }) => probability)).toEqual([0.8, 0.96]);
  });

  it('tells three verdicts, one of which names no step', () => {
    expect(view.stages.sentence).toBe(
      'People say stage 4 Strategic, data show nothing that names a step, together stage 2 Formal.',
    );
  });

  it('counts what it does not show', () => {
    expect(disagreementsView(READING, COMPARISON, SIX_STAGE, 1)).toMatchObject({
      more: 1,
      unverifiable: [{ id: 'S4.2' }],
    });
  });
});

describe('saidSeenView', () => {
  it('has every statement that both can judge, with who said what', () => {
    const view = saidSeenView(READING, SIX_STAGE);
    expect(view.rows.map(({ id }) => id)).toEqual(['S1.1', 'S2.1', 'S1.2']);
    expect(view.rows[1]?.answers).toEqual([{ role: 'agent', value: 3 }]);
    expect(view.blind_spots).toMatchObject([{ title: 'Claims that data cannot check', rows: [{ id: 'S4.2' }] }]);
  });

  it('tells agreement in plain words', () => {
    expect(saidSeenView(READING, SIX_STAGE).agreement?.sentence).toBe(
      'People and records give the same level for 33 % of the statements both can judge. Beyond chance the agreement is slight (weighted kappa 0.1).',
    );
  });

  it('has nothing to compare when nobody answered', () => {
    expect(saidSeenView({ ...READING, comparison: null }, SIX_STAGE).nobody).not.toBeNull();
  });
});

describe('gapText', () => {
  it('sets the interval beside the median, which it holds, as it need not hold the mean', () => {
    // P(level) = (0, .91, .09) and said 3: mean level 2.09, nine of ten at level 2.
    expect(gapText({ gap: 0.91, median: 1, interval: [1, 1] })).toBe('+0.91, median +1.00 [+1.00, +1.00]');
    expect(gapText({ gap: -0.854, median: -1, interval: [-1, 0] }, 1)).toBe('−0.9, median −1.0 [−1.0, +0.0]');
  });

  it('names the interval alone where an old snapshot kept no median', () => {
    expect(gapText({ gap: 0.91, median: null, interval: [1, 1] })).toBe('+0.91, 80 % [+1.00, +1.00]');
  });
});
