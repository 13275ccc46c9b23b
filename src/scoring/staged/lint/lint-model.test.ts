import { describe, expect, it } from 'vitest';
import { skeletonModel, skeletonSignal, skeletonSignals } from '../../../../test/harness/six-stage-skeleton.ts';
import type { SignalDefinition } from '../../../domain/signal.ts';
import type { Criterion, StagedModel } from '../../../domain/staged-model.ts';
import { lintModel } from './lint-model.ts';

const model = skeletonModel({ withSignals: true });
const signals = skeletonSignals(model);

function messages(changed: StagedModel, known: Iterable<SignalDefinition> = signals): string[] {
  return lintModel(changed, known).map((problem) => problem.message);
}

/** The skeleton with its first criterion changed. */
function first(change: (criterion: Criterion) => Criterion): StagedModel {
  return { ...model, criteria: model.criteria.map((c, i) => (i === 0 ? change(c) : c)) };
}

function firstFamilies(families: Criterion['families']): StagedModel {
  return first((c) => ({ ...c, families }));
}

const B = (...alphas: number[]): Criterion['families'][number] => ({
  name: 'habit',
  class: 'B',
  signals: alphas.map((alpha, i) => ({ id: `H${i + 2}-habit-kept`, alpha })),
});

describe('lintModel', () => {
  it('finds nothing in the skeleton', () => {
    expect(messages(model)).toEqual([]);
  });

  it.each([
    [
      'a sixth criterion in set 1',
      { criteria: [...model.criteria, { ...model.criteria[0], id: 'S1.6' } as Criterion] },
      /found \(6, 5, 5, 5, 6, 4\)/,
    ],
    ['a criterion less', { criteria: model.criteria.slice(1) }, /found \(4, 5, 5, 5, 6, 4\)/],
    [
      'a repeated criterion',
      { criteria: [...model.criteria, model.criteria[0] as Criterion] },
      /criterion S1\.1 is given twice/,
    ],
    ['a gap in the stages', { stages: model.stages.filter((s) => s.stage !== 2) }, /numbered 1, 2, 3/],
    ['a set beyond the stages', { stages: model.stages.slice(0, 5) }, /set 6 is beyond the 5 stages/],
    ['a missing cell', { cells: model.cells.slice(1) }, /area technology has no cell for stage 1/],
    [
      'a cell twice',
      { cells: [...model.cells, { ...model.cells[0], criteria: [] } as never] },
      /cell technology\/1 is given twice/,
    ],
    [
      'an unknown criterion in a cell',
      { cells: model.cells.map((c, i) => (i === 0 ? { ...c, criteria: ['S1.7'] } : c)) },
      /there is no criterion "S1\.7"; did you mean/,
    ],
    [
      'a criterion twice in an area',
      { cells: model.cells.map((c, i) => (i === 1 ? { ...c, criteria: ['S1.1', 'S2.1'] } : c)) },
      /S1\.1 stands twice in area technology/,
    ],
    ['lines of the gate turned round', { gate: { ...model.gate, largely: 0.9 } }, /gate\.largely \(0\.9\)/],
    [
      'a weak class above a strong one',
      { classes: { ...model.classes, W: 8 } },
      /classes\.W \(8\) must not exceed classes\.B/,
    ],
    ['assured below the median', { decision: { median: 0.5, assured: 0.4 } }, /decision\.median/],
    ['coverage turned round', { coverage: { ...model.coverage, partly: 0.7 } }, /coverage\.partly/],
    ['conflict turned round', { conflict: { substantial: 10, strong: 5 } }, /conflict\.substantial/],
    [
      'a grid that ends before the last set',
      { prior: { ...model.prior, grid_to: 6 } },
      /from 0 or below to 7 or above/,
    ],
    ['a grid that runs backwards', { prior: { ...model.prior, grid_to: -1 } }, /grid_to must be above/],
  ] as [string, Partial<StagedModel>, RegExp][])('%s', (_, change, message) => {
    expect(messages({ ...model, ...change })).toContainEqual(expect.stringMatching(message));
  });

  it.each([
    ['an unknown area', first((c) => ({ ...c, area: 'staff' })), /there is no area "staff"; did you mean "staffing"/],
    ['self-report only with behaviour', first((c) => ({ ...c, verdict: 'N' })), /verdict N/],
    ['a verdict without evidence', firstFamilies([]), /verdict D without any family/],
    ['alphas above one', firstFamilies([B(0.6, 0.41)]), /add up to 1\.01/],
    [
      'a family twice',
      firstFamilies([B(0.5), { ...B(), signals: [{ id: 'H9-habit-kept', alpha: 0.5 }] }]),
      /family habit is given twice/,
    ],
    [
      'a signal in two families',
      firstFamilies([B(0.5), { ...B(0.5), name: 'other' }]),
      /signal H2-habit-kept speaks twice/,
    ],
    [
      'an unknown proof of the action',
      first((c) => ({ ...c, action: { ...c.action, verified_by: ['H1-habit-kep'] } })),
      /there is no signal "H1-habit-kep"/,
    ],
    [
      'a config class that speaks to full',
      firstFamilies([{ ...B(1), class: 'D' }]),
      /class D\) speaks to existence only/,
    ],
  ] as const)('%s', (_, changed, message) => {
    expect(messages(changed)).toContainEqual(expect.stringMatching(message));
  });

  it.each([
    [1, true],
    [1 / 3, true],
    [0.34, false],
  ])('three shares of %d', (alpha, fine) => {
    const shares = alpha === 1 ? [alpha] : [alpha, alpha, alpha];
    expect(messages(firstFamilies([B(...shares)]))).toHaveLength(fine ? 0 : 1);
  });

  it.each([
    ['a diagnostic', { diagnostic: true }, {}, /never scored/],
    ['no line at all', { lines: { partial: null, full: null, origin: 'CONV', source: 'none' } }, {}, /no line to pass/],
    [
      'lines turned round',
      { lines: { partial: 0.9, full: 0.5, origin: 'CONV', source: 'none' } },
      {},
      /above its line/,
    ],
    [
      'a loosened existence-only',
      { existence_only: true },
      { existence_only: false },
      /existence only by its own file/,
    ],
    ['full alone of what only exists', { existence_only: true }, { full_only: true }, /does not speak to it/],
    ['full and existence alone', {}, { full_only: true, existence_only: true }, /does not speak to it/],
    [
      'against full alone of what only exists',
      { existence_only: true },
      { exists_one_sided: true },
      /speak to both levels/,
    ],
    [
      'against full alone of what is full alone',
      {},
      { exists_one_sided: true, full_only: true },
      /speak to both levels/,
    ],
    ['a loosened one-sided', { one_sided: true }, { one_sided: false }, /one-sided by its own file/],
  ] as [string, Partial<SignalDefinition>, object, RegExp][])('%s', (_, over, use, message) => {
    const family = { name: 'x', class: 'B' as const, signals: [{ id: 'K1-odd', alpha: 1, ...use }] };
    const known = [...signals, skeletonSignal('K1-odd', 'behaviour', over)];
    expect(messages(firstFamilies([family]), known)).toContainEqual(expect.stringMatching(message));
  });

  it('knows a signal by its former name', () => {
    const renamed = signals.map((s) => (s.id === 'H1-habit-kept' ? { ...s, id: 'H1-habit-held', aliases: [s.id] } : s));
    expect(messages(model, renamed)).toEqual([]);
  });

  it('resolves no signals when none are given', () => {
    expect(lintModel(firstFamilies([B(0.5)]))).toEqual([]);
  });
});
