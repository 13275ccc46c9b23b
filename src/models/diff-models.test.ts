import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedVersion } from '../../test/harness/model-that-ships.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { addModels } from './add-models.ts';
import { diffModels } from './diff-models.ts';
import { readModels } from './load-model.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map(({ definition }) => definition);
const shipped = readModels(resolve(RULES, 'models'), METHODS, signals);

function diff(...lines: readonly string[]) {
  const text = ['extends: six-stage', `base_version: ${shippedVersion()}`, 'id: ours', 'version: 1', ...lines].join(
    '\n',
  );
  const added = addModels(shipped, [{ pack: 'p', path: 'p.yaml', text }], METHODS, signals);
  const [base, ours] = ['six-stage', 'ours'].map((id) => added.models.find(({ model }) => model.id === id)?.model);
  if (base === undefined || ours === undefined) throw new Error('A model is missing.');
  return diffModels(base, ours, [...signals, ...added.signals]);
}

describe('diffModels', () => {
  it('finds nothing between a model and itself, and only its title in an overlay that says nothing', () => {
    const [first] = shipped;
    if (first === undefined) throw new Error('Nothing ships.');
    expect(diffModels(first.model, first.model, signals)).toEqual([]);
    expect(diff().map(({ path }) => path)).toEqual([['title']]);
  });

  it('tells a line by the signal that it is of, once, however often the model uses it', () => {
    const rows = diff(
      'title: Six stages of support experience',
      'lines: { D3-first-reply-target-met: { full: 0.95, source: contract } }',
    );
    expect(rows).toEqual([
      {
        path: ['lines', 'D3-first-reply-target-met'],
        what: 'line',
        before: expect.objectContaining({ partial: 0.5, full: 0.85 }),
        after: { partial: 0.5, full: 0.95, origin: 'CONV', source: 'contract' },
      },
    ]);
  });

  it('tells weights, wording and what came and went by their names', () => {
    const rows = diff(
      'title: Six stages of support experience',
      'change:',
      '  set_sizes: [4, 5, 5, 5, 6, 4]',
      '  criteria:',
      '    S1.1: { name: Ours, families: { who-replies: { signals: { A2-few-casual-repliers: { alpha: 0.2 } } } } }',
      'remove: { criteria: [S1.2] }',
    );
    expect(rows.map(({ path, what }) => `${what} ${path.join(' ')}`)).toEqual(
      expect.arrayContaining([
        'removed criteria S1.2',
        'changed criteria S1.1 name',
        'changed criteria S1.1 families who-replies signals A2-few-casual-repliers alpha',
        'changed set_sizes',
      ]),
    );
    expect(rows.find(({ path }) => path.at(-1) === 'alpha')).toMatchObject({ before: 0.4, after: 0.2 });
  });
});
