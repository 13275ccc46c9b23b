import { describe, expect, it } from 'vitest';
import { AS_OF, answer, daysBefore, measured, unmeasured } from '../../test/harness/finding-builder.ts';
import { skeletonModel, skeletonSignal } from '../../test/harness/six-stage-skeleton.ts';
import type { Finding } from '../domain/finding.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { evidenceOf, totalPoints, UNSEEN } from './evidence.ts';
import { buildLedger } from './ledger.ts';
import { posteriorLaw } from './levels.ts';

type Families = StagedModel['criteria'][number]['families'];

function modelWith(criterion: string, families: Families): StagedModel {
  const model = skeletonModel({ withCells: false });
  return { ...model, criteria: model.criteria.map((c) => (c.id === criterion ? { ...c, families } : c)) };
}

const PROMISE = modelWith('S1.4', [
  { name: 'policy', class: 'D', signals: [{ id: 'D1-policy', alpha: 1, existence_only: true }] },
  {
    name: 'targets',
    class: 'B',
    signals: [
      { id: 'D3-targets-met', alpha: 0.5 },
      { id: 'D2-targets-applied', alpha: 0.5 },
    ],
  },
  { name: 'published', class: 'W', signals: [{ id: 'D4-promise-published', alpha: 1 }] },
]);
const SIGNALS = [
  skeletonSignal('D1-policy', 'config', { existence_only: true }),
  skeletonSignal('D3-targets-met', 'behaviour'),
  skeletonSignal('D2-targets-applied', 'behaviour'),
  skeletonSignal('D4-promise-published', 'behaviour'),
];

/** The published sums add terms that were rounded to .01 before. */
const ROUNDED_TERMS = 0.02;

describe('worked example S1.4', () => {
  // pass probabilities from scipy.stats.beta: Beta(k_e + 1/2, n_e - k_e + 1/2) upper tails at the lines
  const findings = [
    measured('D1-policy', 1, null),
    measured('D3-targets-met', 1, 0.9971692456517165, { ageDays: 30 }),
    measured('D2-targets-applied', 1, 0.6549861609060761, { ageDays: 30 }),
    measured('D4-promise-published', 1, 0.9999781985058458, { ageDays: 30 }),
  ];
  const input = { model: PROMISE, signals: SIGNALS, findings, asOf: AS_OF };

  it.each([
    ['D1-policy', 15, 0],
    ['D3-targets-met', 3.34, 3.32],
    ['D2-targets-applied', 3.34, 1.04],
    ['D4-promise-published', 2.23, 2.23],
  ])('%s gives (%d, %d)', (ref, exists, full) => {
    const line = buildLedger({ ...input, answers: [] }).lines.find((l) => l.ref === ref);
    expect(line?.points[0]).toBeCloseTo(exists, 2);
    expect(line?.points[1]).toBeCloseTo(full, 2);
    expect(line?.line).toContain('ISO');
  });

  it('ages behaviour by half in 180 days, and not the fact of today', () => {
    const lines = buildLedger({ ...input, answers: [] }).lines;
    expect(lines.map((l) => Number(l.decay.toFixed(3)))).toEqual([1, 0.891, 0.891, 0.891]);
  });

  it('sums to the telemetry of the criterion', () => {
    const seen = evidenceOf(buildLedger({ ...input, answers: [] }).lines).get('S1.4') ?? UNSEEN;
    expect(Math.abs(seen.telemetry[0] - 23.91)).toBeLessThan(ROUNDED_TERMS);
    expect(Math.abs(seen.telemetry[1] - 6.59)).toBeLessThan(ROUNDED_TERMS);
    const law = posteriorLaw(seen.telemetry);
    for (const [index, p] of [0.001, 0.18, 0.819].entries()) expect(law[index]).toBeCloseTo(p, 3);
  });

  it('adds an answer of 3', () => {
    const both = evidenceOf(buildLedger({ ...input, answers: [answer('S1.4', 3)] }).lines).get('S1.4') ?? UNSEEN;
    const total = totalPoints(both);
    expect(Math.abs(total[0] - 25.59)).toBeLessThan(ROUNDED_TERMS);
    expect(Math.abs(total[1] - 7.86)).toBeLessThan(ROUNDED_TERMS);
    const law = posteriorLaw(total);
    for (const [index, p] of [0, 0.141, 0.859].entries()) expect(law[index]).toBeCloseTo(p, 3);
  });

  it('lets small data shrink by itself: 9 of 10 give +.89', () => {
    // scipy: q full .6333089565797068
    const small = findings.map((f) =>
      f.signal === 'D3-targets-met' ? measured(f.signal, 0.9963101096880468, 0.6333089565797068, { ageDays: 30 }) : f,
    );
    const line = buildLedger({ ...input, findings: small, answers: [] }).lines.find((l) => l.ref === 'D3-targets-met');
    expect(line?.points[1]).toBeCloseTo(0.89, 2);
  });
});

const ONE: Families = [{ name: 'habit', class: 'B', signals: [{ id: 'H1-habit', alpha: 1 }] }];

function ledgerOf(
  finding: Finding[],
  definition: SignalDefinition = skeletonSignal('H1-habit', 'behaviour'),
  families = ONE,
) {
  return buildLedger({
    model: modelWith('S1.1', families),
    signals: [definition],
    findings: finding,
    answers: [],
    asOf: AS_OF,
  });
}

function pointsOf(
  finding: Finding,
  definition: SignalDefinition = skeletonSignal('H1-habit', 'behaviour'),
  families = ONE,
) {
  return ledgerOf([finding], definition, families).lines[0]?.points;
}

describe('points of a finding', () => {
  it.each([
    ['certain pass', 1, 1, [7.5, 7.5]],
    ['certain fail', 0, 0, [-7.5, -7.5]],
    ['on the fence', 0.5, 0.5, [0, 0]],
    ['partly', 1, 0, [7.5, -7.5]],
  ])('%s', (_, q2, q3, expected) => {
    expect(pointsOf(measured('H1-habit', q2, q3))).toEqual(expected);
  });

  it('never counts a one-sided signal against', () => {
    const oneSided = skeletonSignal('H1-habit', 'behaviour', { one_sided: true });
    expect(pointsOf(measured('H1-habit', 0, 0), oneSided)).toEqual([0, 0]);
    expect(pointsOf(measured('H1-habit', 1, 0.2), oneSided)).toEqual([7.5, 0]);
  });

  it('takes existence-only from the signal or from the model, whichever says so', () => {
    const byModel: Families = [
      { name: 'habit', class: 'B', signals: [{ id: 'H1-habit', alpha: 1, existence_only: true }] },
    ];
    expect(pointsOf(measured('H1-habit', 1, 1), undefined, byModel)).toEqual([7.5, 0]);
    const bySignal = skeletonSignal('H1-habit', 'behaviour', { existence_only: true });
    expect(pointsOf(measured('H1-habit', 1, null), bySignal)).toEqual([7.5, 0]);
  });

  it('says nothing of existence where the model lets it speak of level 3 alone', () => {
    const byModel: Families = [{ name: 'habit', class: 'B', signals: [{ id: 'H1-habit', alpha: 1, full_only: true }] }];
    expect(pointsOf(measured('H1-habit', 1, 1), undefined, byModel)).toEqual([0, 7.5]);
    expect(pointsOf(measured('H1-habit', 0, 0), undefined, byModel)).toEqual([0, -7.5]);
  });

  it('counts against level 3 alone where level 2 lacks the effect by its own text', () => {
    const byModel: Families = [
      { name: 'habit', class: 'B', signals: [{ id: 'H1-habit', alpha: 1, exists_one_sided: true }] },
    ];
    expect(pointsOf(measured('H1-habit', 0, 0), undefined, byModel)).toEqual([0, -7.5]);
    expect(pointsOf(measured('H1-habit', 0.5, 0), undefined, byModel)).toEqual([0, -7.5]);
    expect(pointsOf(measured('H1-habit', 1, 1), undefined, byModel)).toEqual([7.5, 7.5]);
  });

  it('leaves the gate without a line alone', () => {
    const onlyFull = skeletonSignal('H1-habit', 'behaviour', {
      lines: { partial: null, full: 0.5, origin: 'BM', source: 'a benchmark' },
    });
    expect(pointsOf(measured('H1-habit', null, 1), onlyFull)).toEqual([0, 7.5]);
  });

  it.each([
    ['behaviour', 180],
    ['config', 365],
  ] as const)('%s halves in %d days', (kind, days) => {
    expect(pointsOf(measured('H1-habit', 1, 1, { ageDays: days }), skeletonSignal('H1-habit', kind))).toEqual([
      3.75, 3.75,
    ]);
  });

  it('finds a signal by a former name', () => {
    const renamed = skeletonSignal('H1-habit-renamed', 'behaviour', { aliases: ['H1-habit'] });
    expect(pointsOf(measured('H1-habit-renamed', 1, 1), renamed)).toEqual([7.5, 7.5]);
  });

  it.each(['insufficient', 'not_observable', 'not_applicable', 'failed'] as const)('%s gives no term', (status) => {
    const { lines, missing } = ledgerOf([unmeasured('H1-habit', status, 'volume')]);
    expect(lines).toEqual([]);
    expect(missing).toEqual([{ target: 'S1.1', signal: 'H1-habit', status, reason: 'volume' }]);
  });
});

describe('loud failures', () => {
  it.each<[string, () => unknown]>([
    ['an expected signal that did not report', () => ledgerOf([])],
    ['a signal that nobody defined', () => ledgerOf([measured('H1-habit', 1, 1)], skeletonSignal('H2-x', 'behaviour'))],
    ['a signal that reported twice', () => ledgerOf([measured('H1-habit', 1, 1), measured('H1-habit', 0, 0)])],
    ['measured without a pass probability', () => ledgerOf([measured('H1-habit', 1, null)])],
    ['a pass probability that is no number', () => ledgerOf([measured('H1-habit', Number.NaN, 1)])],
    ['a window from the future', () => ledgerOf([measured('H1-habit', 1, 1, { ageDays: -1 })])],
    ['an unknown status', () => ledgerOf([{ ...measured('H1-habit', 1, 1), status: 'maybe' as 'failed' }])],
  ])('%s', (_, act) => {
    expect(act).toThrow(PlumblineError);
    expect(act).toThrow(expect.objectContaining({ code: 'BUG' }));
  });

  it('carried findings age by their own window', () => {
    const carried: Finding = {
      ...measured('H1-habit', 1, 1, { ageDays: 180 }),
      carried_from: { snapshot: 's1', as_of: daysBefore(180).toISOString() },
    };
    expect(pointsOf(carried)).toEqual([3.75, 3.75]);
  });
});
