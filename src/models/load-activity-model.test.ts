import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineOf, modelProblemsOf } from '../../test/harness/bad-model.ts';
import { MARKERS } from '../domain/activity-model.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { loadBenchmark } from './load-benchmark.ts';
import { loadModel } from './load-model.ts';

const KINDS = { activity: METHODS.activity };
const RULES = resolve(import.meta.dirname, '../../rules');
const text = readFileSync(resolve(RULES, 'models/activity-score.yaml'), 'utf8');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map(({ definition }) => definition);
const shipped = loadModel(text, 'a.yaml', KINDS, signals);

/** Problems after one change of the shipped file; the change must hit. */
function afterChange(from: string, to: string): readonly string[] {
  expect(text).toContain(from);
  return modelProblemsOf(() => loadModel(text.replace(from, to), 'a.yaml', KINDS, signals));
}

describe('the shipped activity score', () => {
  it('has the eight activities that the source names, and eight slots without names', () => {
    const named = shipped.activities.filter(({ slot }) => !slot).map(({ name }) => name);
    expect(named.sort()).toEqual([
      'Digital Service Experience',
      'Managing and Resolving Customer Issues',
      'Operational Efficiency',
      'Recruiting and Hiring',
      'Self-Help and Content Management',
      'Strategy and Planning',
      'VoC Governance and Data Management',
      'Workforce Management and Staffing',
    ]);
    const slots = shipped.activities.filter(({ slot }) => slot);
    expect(slots).toHaveLength(8);
    expect(slots.every(({ name, markers }) => name === null && markers.length === 0)).toBe(true);
  });

  it('has six objectives, each with an activity, and six to twelve questions each', () => {
    expect(shipped.objectives).toHaveLength(6);
    const named = shipped.activities.filter(({ name }) => name !== null);
    expect(new Set(named.map(({ objective }) => objective))).toEqual(new Set(shipped.objectives.map(({ id }) => id)));
    for (const { markers } of named) {
      expect(markers.length).toBeGreaterThanOrEqual(MARKERS.fewest);
      expect(markers.length).toBeLessThanOrEqual(MARKERS.most);
    }
  });
});

describe('lint of a model of activities', () => {
  const first = 'signal: { id: B1-customer-opens-by-channel, gate: q2 }';

  it('names an unknown key with its line', () => {
    const wrong = text.replace('min_known: 3', 'min_knwon: 3');
    expect(modelProblemsOf(() => loadModel(wrong, 'a.yaml', KINDS))).toContainEqual(
      `a.yaml:${lineOf(wrong, 'min_knwon')}: unknown key "min_knwon"; did you mean "min_known"?`,
    );
  });

  it.each([
    [
      'a signal that is not there',
      first,
      'signal: { id: B1-customer-opens-by-chanel, gate: q2 }',
      'dx-customer-opens: there is no signal "B1-customer-opens-by-chanel"; did you mean "B1-customer-opens-by-channel"?',
    ],
    [
      'a diagnostic',
      first,
      'signal: { id: J6-self-service-score, gate: q2 }',
      'dx-customer-opens: J6-self-service-score is a diagnostic; diagnostics are never scored',
    ],
    [
      'a gate without a line',
      first,
      'signal: { id: A3-standing-group, gate: q3 }',
      'dx-customer-opens: A3-standing-group has no line for "fully", so it gives no q3; ask for q2',
    ],
    [
      'one signal for two questions',
      first,
      'signal: { id: B3-complete-at-birth, gate: q2 }',
      'digital-service-experience: signal B3-complete-at-birth answers two markers; it would count double',
    ],
    [
      'two items of one id',
      'id: dx-form-asks',
      'id: dx-customer-opens',
      'dx-customer-opens is given twice; answers are kept by id, so activities and markers share no id',
    ],
    [
      'an objective that is not there',
      'objective: listen',
      'objective: listne',
      'voc-governance-and-data: there is no objective "listne"; did you mean "listen"?',
    ],
    [
      'an importance above the scale',
      '    objective: listen\n',
      '    objective: listen\n    importance: 5.1\n',
      'voc-governance-and-data: importance 5.1 is outside 1 to 5',
    ],
    [
      'an importance below the scale',
      '    objective: listen\n',
      '    objective: listen\n    importance: 0\n',
      'voc-governance-and-data: importance 0 is outside 1 to 5',
    ],
    [
      'bands out of order',
      'bands: { medium: 2.34, high: 3.67 }',
      'bands: { medium: 3.67, high: 2.34 }',
      'bands are ordered lines of the scale: 1 < medium < high <= 5; found 3.67 and 2.34',
    ],
    [
      'a least that no activity may reach',
      'min_known: 3',
      'min_known: 6.5',
      'min_known 6.5 is above 6, so an activity with the fewest markers could never be assessed',
    ],
    [
      'a slot that has a name and nothing to ask',
      'id: slot-1, name: null, objective: null',
      'id: slot-1, name: Partners, objective: people',
      'slot-1: has 0 markers; an activity has 6 to 12',
    ],
    [
      'an activity without a name',
      'name: Recruiting and Hiring',
      'name: null',
      'recruiting-and-hiring: an activity without a name is a slot; name it, or say slot: true',
    ],
  ])('refuses %s', (_, from, to, message) => {
    const problems = afterChange(from, to);
    expect(problems.map((problem) => problem.replace(/^a\.yaml:\d+: /, ''))).toContainEqual(message);
    expect(problems.every((problem) => /^a\.yaml:\d+: /.test(problem))).toBe(true);
  });

  it('takes importance on both ends of the scale', () => {
    for (const end of [1, 5])
      expect(afterChange('    objective: listen\n', `    objective: listen\n    importance: ${end}\n`)).toEqual([]);
  });

  it('lists every problem at once, each at its line', () => {
    const wrong = text
      .replace('objective: listen', 'objective: listne')
      .replace('id: dx-form-asks', 'id: dx-customer-opens')
      .replace('min_known: 3', 'min_known: 9');
    const problems = modelProblemsOf(() => loadModel(wrong, 'a.yaml', KINDS, signals));
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toContain(`a.yaml:${lineOf(wrong, 'min_known: 9')}: min_known 9`);
    expect(problems.join('\n')).toContain(`a.yaml:${lineOf(wrong, 'listne')}: `);
  });
});

describe('loadBenchmark', () => {
  const good = [
    'id: survey-2025',
    'model: activity-score',
    'source: A survey that the test has made up',
    "edition: '2025'",
    'n: 120',
    'licence: made for the test',
    'values:',
    '  recruiting-and-hiring: { maturity: 2.9, importance: 3.4 }',
    '',
  ].join('\n');
  const problems = (changed: string) => modelProblemsOf(() => loadBenchmark(changed, 'b.yaml', shipped));

  it('reads what is whole', () => {
    expect(loadBenchmark(good, 'b.yaml', shipped).values['recruiting-and-hiring']).toEqual({
      maturity: 2.9,
      importance: 3.4,
    });
  });

  it('refuses figures without a source, a licence, an edition or the number behind them, all at once', () => {
    const bare = good
      .split('\n')
      .filter((line) => !/^(source|licence|edition|n):/.test(line))
      .join('\n');
    const named = problems(bare).map((problem) => /^b\.yaml:\d+: (\w+): /.exec(problem)?.[1]);
    expect(named.sort()).toEqual(['edition', 'licence', 'n', 'source']);
  });

  it('refuses values off the scale and of activities that are not there', () => {
    const wrong = good.replace('2.9', '5.2').replace('recruiting-and-hiring', 'recruiting-and-hirin');
    expect(problems(wrong)).toEqual([
      'b.yaml:8: there is no activity "recruiting-and-hirin"; did you mean "recruiting-and-hiring"?',
      'b.yaml:8: recruiting-and-hirin: maturity 5.2 is outside 1 to 5',
    ]);
  });

  it('refuses a benchmark of another model', () => {
    expect(problems(good.replace('model: activity-score', 'model: activity-scores'))).toEqual([
      'b.yaml:2: there is no model "activity-scores"; did you mean "activity-score"?',
    ]);
  });
});
