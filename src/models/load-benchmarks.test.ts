import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelProblemsOf } from '../../test/harness/bad-model.ts';
import { METHODS } from '../scoring/index.ts';
import { loadBenchmarks } from './load-benchmarks.ts';
import { readModels } from './load-model.ts';

const models = readModels(resolve(import.meta.dirname, '../../rules/models'), METHODS).map(({ model }) => model);
const good = [
  'id: survey',
  'model: activity-score',
  'source: A survey that the test has made up',
  "edition: '2025'",
  'n: 120',
  'licence: made for the test',
  'values: { recruiting-and-hiring: { maturity: 2.9 } }',
].join('\n');
const load = (...texts: readonly string[]) =>
  loadBenchmarks(
    texts.map((text, index) => ({ pack: 'p', path: `${index}.yaml`, text })),
    models,
  );

describe('loadBenchmarks', () => {
  it('reads what is whole; no file gives none', () => {
    expect(load(good).map(({ id }) => id)).toEqual(['survey']);
    expect(load()).toEqual([]);
  });

  it('tells the faults of all files at once', () => {
    const problems = modelProblemsOf(() =>
      load(
        good,
        good,
        good.replace('activity-score', 'activity-scor'),
        good.replace('activity-score', 'six-stage'),
        good.replace(/^source.*$/m, ''),
      ),
    );
    expect(problems).toEqual([
      '1.yaml:1: 0.yaml and 1.yaml both give benchmark "survey"',
      '2.yaml:2: there is no model "activity-scor"; did you mean "activity-score"?',
      '3.yaml:7: there is no item "recruiting-and-hiring"',
      expect.stringContaining('source'),
    ]);
  });

  it('tells figures outside of their scale and names that are not there beside what is missing', () => {
    const bad = good
      .replace(/^source.*$/m, '')
      .replace('licence: made for the test', 'licence: x')
      .replace(/values.*/, 'values: { recruiting-and-hirin: { maturity: 2 }, recruiting-and-hiring: { maturity: 7 } }');
    expect(modelProblemsOf(() => load(bad))).toEqual([
      expect.stringContaining('source'),
      expect.stringMatching(/^0\.yaml:6: licence/),
      '0.yaml:7: there is no activity "recruiting-and-hirin"; did you mean "recruiting-and-hiring"?',
      '0.yaml:7: recruiting-and-hiring: maturity 7 is outside 1 to 5',
    ]);
  });
});
