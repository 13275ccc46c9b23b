import { describe, expect, it } from 'vitest';
import { AS_OF, answer, measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { skeletonModel, skeletonSignal, skeletonSignals } from '../../../test/harness/six-stage-skeleton.ts';
import type { Answer } from '../../domain/assessment.ts';
import type { Finding } from '../../domain/finding.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { scoreSnapshot } from './score-snapshot.ts';

const watched = skeletonModel({ withSignals: true });
const OWN = skeletonSignal('K1-own', 'behaviour');
const withOwn: StagedModel = {
  ...watched,
  cells: watched.cells.map((cell) =>
    cell.area === 'staffing' && cell.stage === 2
      ? { ...cell, families: [{ name: 'own', class: 'B', signals: [{ id: 'K1-own', alpha: 1 }] }] }
      : cell,
  ),
};

function score(
  of: (set: number, area: string | undefined) => number | null,
  own: Finding,
  answers: Answer[] = [],
  model = withOwn,
) {
  const signals = skeletonSignals(watched);
  const findings = signals.map(({ id }) => {
    const criterion = watched.criteria[Number(/^\w(\d+)-/.exec(id)?.[1]) - 1];
    const q = criterion === undefined ? null : of(criterion.set, criterion.area);
    return q === null ? unmeasured(id) : measured(id, q, id.startsWith('C') ? null : q);
  });
  return scoreSnapshot({ model, signals: [...signals, OWN], findings: [...findings, own], answers, asOf: AS_OF });
}

function cell(scored: ReturnType<typeof score>, area: string, stage: number) {
  return scored.areas.find((c) => c.area === area && c.stage === stage);
}

describe('cells', () => {
  it('are thirty, each with what its own evidence says', () => {
    const scored = score((set) => (set <= 2 ? 1 : set === 3 ? 0 : null), unmeasured('K1-own'));
    expect(scored.areas).toHaveLength(30);
    expect(cell(scored, 'technology', 1)).toMatchObject({ level: 3, self_report_only: false, criteria: ['S1.1'] });
    expect(cell(scored, 'technology', 3)).toMatchObject({ level: 1 });
    expect(cell(scored, 'technology', 4)).toMatchObject({ degree: null, level: null });
    // D 15, B 7.5, W 2.5: points (25, 10) -> law proportional to [1, 10^2.5, 10^3.5]
    const mass = 1 + 10 ** 2.5 + 10 ** 3.5;
    expect(cell(scored, 'technology', 1)?.degree).toBeCloseTo((10 ** 2.5 / 2 + 10 ** 3.5) / mass, 12);
  });

  it('take the mean over what speaks, and never impute the rest', () => {
    const scored = score((set) => (set === 2 ? 1 : null), measured('K1-own', 0, 0));
    const mixed = cell(scored, 'staffing', 2);
    const own = [1, 10 ** -0.75, 10 ** -1.5];
    const sum = own.reduce((a, b) => a + b, 0);
    const low = ((own[1] ?? 0) / 2 + (own[2] ?? 0)) / sum;
    const high = (10 ** 2.5 / 2 + 10 ** 3.5) / (1 + 10 ** 2.5 + 10 ** 3.5);
    expect(mixed?.degree).toBeCloseTo((low + high) / 2, 12);
    expect(mixed?.level).toBe(2);
  });

  it('put their own evidence into the ledger under area/stage', () => {
    const { ledger } = score(() => null, measured('K1-own', 1, 1));
    expect(ledger).toEqual([expect.objectContaining({ criterion: 'staffing/2', ref: 'K1-own', points: [7.5, 7.5] })]);
  });

  it('that only people can speak for stay hatched, also when they did', () => {
    const blind = {
      ...withOwn,
      criteria: withOwn.criteria.map((c) => (c.id === 'S4.2' ? { ...c, families: [], verdict: 'N' as const } : c)),
    };
    const scored = score(() => null, unmeasured('K1-own'), [answer('S4.2', 3)], blind);
    expect(cell(scored, 'insights', 4)).toMatchObject({ self_report_only: true, level: null });
    expect(cell(scored, 'insights', 4)?.degree).not.toBeNull();
    expect(cell(scored, 'insights', 3)).toMatchObject({ self_report_only: false, level: null });
  });
});

describe('area stages', () => {
  const stageOf = (scored: ReturnType<typeof score>, area: string) =>
    scored.area_stages.find((a) => a.area === area)?.stage;

  it('follow their own cells', () => {
    const scored = score(
      (set, area) => (area === 'focus' ? (set <= 4 ? 1 : 0) : set <= 1 ? 1 : 0),
      measured('K1-own', 0, 0),
    );
    expect(stageOf(scored, 'focus')).toBe(4);
    expect(stageOf(scored, 'insights')).toBe(1);
    expect(scored.area_stages.map((a) => a.area)).toEqual(watched.areas.map((a) => a.id));
  });

  it('are withheld where too little is known', () => {
    const scored = score((_, area) => (area === 'focus' ? 1 : null), unmeasured('K1-own'), [answer('S1.2', 2)]);
    expect(stageOf(scored, 'focus')).toBe(6);
    expect(stageOf(scored, 'technology')).toBeNull();
    expect(stageOf(scored, 'insights')).not.toBeNull();
  });

  it('are withheld while a cell below them is unseen, however much was seen', () => {
    const gap = score((set, area) => (set === 2 && area === 'technology' ? null : 1), unmeasured('K1-own'));
    expect(cell(gap, 'technology', 2)).toMatchObject({ level: null });
    expect(stageOf(gap, 'technology')).toBeNull();
    expect(stageOf(gap, 'insights')).not.toBeNull();
    const said = score(
      (set, area) => (set === 2 && area === 'technology' ? null : 1),
      unmeasured('K1-own'),
      (cell(gap, 'technology', 2)?.criteria ?? []).map((id) => answer(id, 3)),
    );
    expect(stageOf(said, 'technology')).not.toBeNull();
  });

  it('do not pass or fail on a set that is left empty', () => {
    const findings = score((set) => (set <= 2 ? 1 : 0), unmeasured('K1-own')).area_stages;
    const scored = scoreSnapshot({
      model: watched,
      signals: skeletonSignals(watched),
      findings: skeletonSignals(watched).map(({ id }) => measured(id, 1, id.startsWith('C') ? null : 1)),
      answers: [],
      asOf: AS_OF,
      notApplicable: { 'S3.1': 'no such thing here' },
    });
    const technology = scored.area_stages.find((a) => a.area === 'technology');
    const full = scored.area_stages.find((a) => a.area === 'insights');
    expect(findings).toHaveLength(5);
    expect(technology?.atLeast[3]).toBeLessThan(full?.atLeast[3] ?? 0);
    expect(technology?.atLeast[3]).toBeGreaterThan(0);
  });
});

describe('scoreSnapshot', () => {
  it('keeps what was said and what was seen apart', () => {
    const scored = score(() => 1, measured('K1-own', 1, 1), [answer('S1.1', 1), answer('S2.1', 1)]);
    const silent = score(() => 1, measured('K1-own', 1, 1));
    expect(scored.readings.seen).toEqual(silent.readings.seen);
    expect(silent.readings.said).toBeNull();
    expect(scored.readings.said).toMatchObject({ status: 'self_reported', coverage: 0 });
    expect(scored.criteria[0]).toMatchObject({ conflict: { grade: 'none' }, decided_by: 'telemetry' });
  });

  it('names the signals that did not report, with the reason', () => {
    const scored = score((set) => (set === 1 ? 1 : null), unmeasured('K1-own'));
    expect(scored.criteria[0]?.missing).toEqual([]);
    expect(scored.criteria[5]?.missing).toHaveLength(4);
    expect(scored.criteria[5]?.missing[0]).toEqual({ signal: 'C6-set-up', status: 'not_observable', reason: 'stream' });
  });

  it('refuses two statements of one set as not applicable', () => {
    expect(() =>
      scoreSnapshot({
        model: watched,
        signals: skeletonSignals(watched),
        findings: skeletonSignals(watched).map(({ id }) => unmeasured(id)),
        answers: [],
        asOf: AS_OF,
        notApplicable: { 'S1.1': 'too small', 'S1.2': 'too small' },
      }),
    ).toThrow(expect.objectContaining({ code: 'BAD_ANSWERS' }));
  });
});
