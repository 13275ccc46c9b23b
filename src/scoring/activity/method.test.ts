import { describe, expect, it } from 'vitest';
import { type GivenMarker, worldOf } from '../../../test/harness/activity-model.ts';
import type { Answer } from '../../domain/assessment.ts';
import { activityMethod } from './method.ts';

const seen = (q: number): GivenMarker => ({ records: { q, one_sided: false, age_days: 0 }, people: [] });
const said = (...people: ('y' | 'n')[]): GivenMarker => ({ records: null, people });
const dark: GivenMarker = { records: null, people: [] };

function judge(markers: readonly GivenMarker[]) {
  const { answers, ...world } = worldOf([{ id: 'a', importance: [], markers }]);
  const stored = answers.map(
    ({ item, ...answer }): Answer => ({
      ...answer,
      criterion: item,
      comment: null,
      proof: null,
      proof_checked_by: null,
    }),
  );
  return activityMethod.judge({ ...world, answers: stored, notApplicable: {} });
}

describe('activityMethod', () => {
  it('gives the mean maturity with its grade: six markers that are all yes are 5, all no are 1', () => {
    const yes = judge(Array.from({ length: 6 }, () => seen(1)));
    expect(yes.headline).toEqual({ value: 5, label: '5', of: 5, assured: null, status: 'measured', coverage: 1 });
    expect(judge(Array.from({ length: 6 }, () => seen(0))).headline).toMatchObject({ value: 1, label: '1' });
  });

  it('says what it rests on: a third of six markers seen is partly, less with people is self-reported', () => {
    const people = [said('y'), said('n'), said('y')];
    expect(judge([seen(1), seen(1), ...people, dark]).headline).toMatchObject({
      status: 'partly_measured',
      coverage: 2 / 6,
    });
    expect(judge([seen(1), ...people, dark, dark]).headline).toMatchObject({
      status: 'self_reported',
      coverage: 1 / 6,
    });
  });

  it('withholds a value where nothing is known', () => {
    expect(judge(Array.from({ length: 6 }, () => dark)).headline).toMatchObject({
      value: null,
      label: 'not assessed',
      status: 'not_placed',
      coverage: 0,
    });
  });

  it('gives the activity and then its markers as items, each with who decided it', () => {
    const { items } = judge([seen(1), said('n'), dark, seen(1), seen(1), seen(1)]);
    expect(items.map(({ id, degree, decided_by }) => [id, degree, decided_by]).slice(0, 4)).toEqual([
      ['a', 0.8, 'both'],
      ['a-m0', 1, 'telemetry'],
      ['a-m1', 0, 'answers'],
      ['a-m2', null, 'none'],
    ]);
  });
});
