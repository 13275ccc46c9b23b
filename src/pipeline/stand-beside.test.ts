import { describe, expect, it } from 'vitest';
import { type GivenMarker, worldOf } from '../../test/harness/activity-model.ts';
import { judgeActivities } from '../scoring/activity/index.ts';
import { standBeside } from './stand-beside.ts';

/** Six markers of which `yes` are true: maturity 1 + 4 * yes / 6. */
function verdictOf(yes: number) {
  const markers = Array.from(
    { length: 6 },
    (_, index): GivenMarker => ({ records: null, people: [index < yes ? 'y' : 'n'] }),
  );
  return judgeActivities(worldOf([{ id: 'a', importance: [4], markers }]));
}

const benchmark = { id: 'b', model: 'activities', source: 'Nobody', edition: '1', n: null, licence: 'none needed' };

describe('standBeside', () => {
  it('places a desk among its like from five desks on', () => {
    const others = [1, 2, 4, 5].map(verdictOf);
    expect(standBeside(verdictOf(3), [], others.slice(1)).fleet).toBeNull();
    expect(standBeside(verdictOf(3), [], others).fleet).toEqual({
      desks: 5,
      places: [{ activity: 'a', percentile: 0.5, n: 4 }],
    });
  });

  it('sets figures of each benchmark beside the verdict and leaves it as it is', () => {
    const verdict = verdictOf(3);
    const before = structuredClone(verdict);
    const { benchmarks } = standBeside(verdict, [{ ...benchmark, values: { a: { maturity: 3.5 } } }], []);
    expect(benchmarks.map(({ rows }) => rows[0]?.maturity)).toEqual([{ ours: 3, theirs: 3.5, difference: -0.5 }]);
    expect(verdict).toEqual(before);
  });
});
