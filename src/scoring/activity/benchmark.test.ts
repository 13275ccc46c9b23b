import { describe, expect, it } from 'vitest';
import { type GivenMarker, worldOf } from '../../../test/harness/activity-model.ts';
import { compareWithBenchmark, placeInFleet } from './benchmark.ts';
import { judgeActivities } from './judge-activities.ts';

/** Six markers of which `yes` are true: maturity 1 + 4 * yes / 6. */
function verdictOf(yes: number | null, importance: number[] = [4]) {
  const markers = Array.from(
    { length: 6 },
    (_, index): GivenMarker => ({ records: null, people: yes === null ? [] : [index < yes ? 'y' : 'n'] }),
  );
  return judgeActivities(worldOf([{ id: 'a', importance, markers }]));
}

const benchmark = { id: 'b', model: 'activities', source: 'Nobody', edition: '1', n: null, licence: 'none needed' };

describe('compareWithBenchmark', () => {
  it('sets figures beside each other and leaves the verdict as it is', () => {
    const verdict = verdictOf(3);
    const before = structuredClone(verdict);
    const rows = compareWithBenchmark(verdict, { ...benchmark, values: { a: { maturity: 3.5 }, z: { maturity: 1 } } });
    expect(rows).toEqual([
      { activity: 'a', name: 'Activity a', maturity: { ours: 3, theirs: 3.5, difference: -0.5 }, importance: null },
    ]);
    expect(verdict).toEqual(before);
  });

  it('has nothing to say of what is not assessed', () => {
    expect(compareWithBenchmark(verdictOf(null, []), { ...benchmark, values: { a: { maturity: 3 } } })).toEqual([]);
  });
});

describe('placeInFleet', () => {
  it('counts those below, and equal ones half', () => {
    const fleet = [1, 3, 3, 5].map((yes) => verdictOf(yes));
    expect(placeInFleet(verdictOf(3), fleet)).toEqual([{ activity: 'a', percentile: 0.5, n: 4 }]);
    expect(placeInFleet(verdictOf(0), fleet)).toEqual([{ activity: 'a', percentile: 0, n: 4 }]);
    expect(placeInFleet(verdictOf(6), fleet)).toEqual([{ activity: 'a', percentile: 1, n: 4 }]);
  });

  it('leaves out what one side does not know', () => {
    expect(placeInFleet(verdictOf(3), [])).toEqual([]);
    expect(placeInFleet(verdictOf(3), [verdictOf(null)])).toEqual([]);
    expect(placeInFleet(verdictOf(null), [verdictOf(3)])).toEqual([]);
  });
});
