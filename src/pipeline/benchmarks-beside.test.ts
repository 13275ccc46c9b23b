import { describe, expect, it } from 'vitest';
import type { KeptVerdict } from '../domain/snapshot.ts';
import { sayBenchmarks } from '../report/view/benchmarks.ts';
import { benchmarksBeside } from './stand-beside.ts';

const verdict: KeptVerdict = {
  model: { id: 'six-stage', version: 4, hash: 'h', kind: 'staged', title: 'Six', source: 'ours' },
  headline: { value: 3, label: 'Managed', of: 6, assured: 2, status: 'measured', coverage: 0.9 },
  items: [
    { id: 'S1.1', name: 'Team', degree: 1, label: 'level 3', decided_by: 'telemetry', not_applicable: false },
    { id: 'S1.2', name: 'Form', degree: null, label: null, decided_by: 'none', not_applicable: false },
  ],
  ledger: [],
  body: null,
  answers_used: [],
};
const benchmark = { id: 'survey', model: 'six-stage', source: 'Nobody', edition: '2025', n: 40, licence: 'made up' };

describe('benchmarks beside a staged verdict', () => {
  it('set the whole and the items side by side where both are known, and leave the verdict as it is', () => {
    const before = structuredClone(verdict);
    const values = { overall: { value: 2.4 }, 'S1.1': { value: 0.75 }, 'S1.2': { value: 0.5 } };
    const beside = benchmarksBeside(
      [verdict],
      [
        { ...benchmark, values },
        { ...benchmark, model: 'other', values },
      ],
    );
    expect(beside).toHaveLength(1);
    expect(beside[0]?.rows.map(({ item, ours, theirs }) => [item, ours, theirs])).toEqual([
      ['overall', 3, 2.4],
      ['S1.1', 1, 0.75],
    ]);
    expect(verdict).toEqual(before);
    expect(sayBenchmarks(beside)).toEqual([
      'six-stage beside survey (Nobody, 2025, 40 organisations; made up), which moves nothing: overall: 3 beside 2.4 (+0.60); Team: 1 beside 0.75 (+0.25).',
    ]);
  });

  it('say so where nothing is known on both sides', () => {
    const withheld = { ...verdict, headline: { ...verdict.headline, value: null } };
    const beside = benchmarksBeside([withheld], [{ ...benchmark, values: { overall: { value: 2.4 } } }]);
    expect(sayBenchmarks(beside)[0]).toContain('nothing is known on both sides');
  });
});
