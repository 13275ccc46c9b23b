import { describe, expect, it } from 'vitest';
import { shippedStaged } from '../../test/harness/staged-subjects.ts';
import { PlumblineError } from '../errors/index.ts';
import { placePoints } from '../scoring/index.ts';
import { nameAreas } from './name-areas.ts';

const model = shippedStaged('contact-centre-continuum');

function problems(areas: Record<string, string[]>, of = model): unknown {
  try {
    nameAreas(of, areas);
    return [];
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return error.problems;
  }
}

describe('nameAreas', () => {
  it('gives a matrix of the named areas and leaves the stage as it was', () => {
    const named = nameAreas(model, { People: ['T1.3', 'T2.8', 'T3.8'], Platform: ['T1.2', 'T2.5'] });
    expect(named.areas).toEqual([
      { id: 'area-1', name: 'People' },
      { id: 'area-2', name: 'Platform' },
    ]);
    expect(named.cells.map(({ area, stage, criteria }) => [area, stage, criteria])).toEqual([
      ['area-1', 1, ['T1.3']],
      ['area-1', 2, ['T2.8']],
      ['area-1', 3, ['T3.8']],
      ['area-1', 4, []],
      ['area-2', 1, ['T1.2']],
      ['area-2', 2, ['T2.5']],
      ['area-2', 3, []],
      ['area-2', 4, []],
    ]);
    expect(named.criteria.filter(({ area }) => area !== undefined)).toHaveLength(5);
    const points = { criteria: { 'T1.3': [15, 7.5], 'T2.5': [-7.5, -7.5] } };
    expect(placePoints(points, named).placement).toEqual(placePoints(points, model).placement);
  });

  it('is the model itself when nobody named any', () => {
    expect(nameAreas(model, {})).toBe(model);
  });

  it.each([
    ['a sixth area', Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`A${n}`, []])), /at most 5 areas; found 6/],
    ['an unknown item', { People: ['T1.33'] }, /area People: there is no item "T1\.33"; did you mean/],
    ['an item in two areas', { People: ['T1.3'], Other: ['T1.3'] }, /T1\.3 stands in two areas/],
  ] as [string, Record<string, string[]>, RegExp][])('refuses %s', (_, areas, message) => {
    expect(problems(areas)).toEqual([expect.stringMatching(message)]);
  });

  it('refuses areas for a model that has its own', () => {
    expect(problems({ People: ['S1.1'] }, shippedStaged('six-stage'))).toEqual([
      expect.stringMatching(/areas\.six-stage: model six-stage has areas of its own/),
    ]);
  });
});
