import { describe, expect, it } from 'vitest';
import { CRITERION_IDS, skeletonModel } from '../../../test/harness/six-stage-skeleton.ts';
import type { PointsFile } from '../../domain/placement.ts';
import { PlumblineError } from '../../errors/index.ts';
import { evidenceOf } from '../evidence.ts';
import { stageAtFaceValue } from './face-value.ts';
import { stageAt } from './gate.ts';
import { checkNotApplicable } from './not-applicable.ts';
import { place } from './place.ts';
import { placePoints } from './place-points.ts';
import { openStaging } from './staging.ts';

const model = skeletonModel();

function criteria(of: (set: number, id: string) => [number, number] | null): NonNullable<PointsFile['criteria']> {
  return Object.fromEntries(
    CRITERION_IDS.flatMap((id) => {
      const points = of(Number(id.slice(1, 2)), id);
      return points === null ? [] : [[id, points]];
    }),
  );
}

describe('status and coverage', () => {
  // strong failures in set 1 hold the stage at 1, so that sets 1 and 2 (ten statements) are counted
  function withSeen(n: number, mass = 5, answers: PointsFile['answers'] = {}) {
    const seen = Object.fromEntries(CRITERION_IDS.slice(0, n).map((id) => [id, [-mass, 0] as [number, number]]));
    return placePoints({ criteria: seen, answers }, model).placement;
  }

  it.each([
    [7, 'measured'],
    [6, 'partly_measured'],
    [4, 'partly_measured'],
    [3, 'not_placed'],
  ])('%d of ten statements seen is %s', (n, status) => {
    expect(withSeen(n, 20)).toMatchObject({ status, coverage: n / 10 });
  });

  it('a share exactly on the line counts', () => {
    // stage 2, so sets 1-3: ten of fifteen statements seen, set 3 known by answers alone
    const seen = criteria((set) => (set <= 2 ? [15, 15] : set === 3 ? null : [-30, -30]));
    const weak = { 'S3.1': 1, 'S3.2': 1, 'S3.3': 1, 'S3.4': 1, 'S3.5': 1 } as const;
    expect(placePoints({ criteria: seen, answers: weak }, model).placement).toMatchObject({
      stage: 2,
      coverage: 10 / 15,
      status: 'measured',
    });
  });

  it('claims no more than the first stage from the first set alone, whatever its pattern suggests', () => {
    const { placement } = placePoints({ criteria: criteria((set) => (set === 1 ? [15, 15] : null)) }, model);
    expect(stageAt(placement.atLeast, 0.5)).toBeGreaterThan(2);
    expect(placement).toMatchObject({ status: 'partly_measured', stage: 1, assured: 1, coverage: 0.5 });
  });

  it.each([
    [4.99, 0],
    [5, 0.4],
  ])('a mass of %d decibans gives coverage %d', (mass, coverage) => {
    expect(withSeen(4, mass, { 'S1.1': 1 }).coverage).toBeCloseTo(coverage, 12);
  });

  it('answers turn a withheld stage into a self-reported one', () => {
    const { placement } = placePoints({ answers: { 'S1.1': 3 } }, model);
    expect(placement.status).toBe('self_reported');
    expect(placement.stage).not.toBeNull();
    expect(placePoints({ answers: { 'S1.1': 'dont_know' } }, model).placement.status).toBe('not_placed');
  });

  it('points of zero are no evidence', () => {
    const zero = placePoints({ criteria: criteria(() => [0, 0]) }, model).placement;
    expect(zero).toEqual(placePoints({}, model).placement);
  });
});

describe('blockers', () => {
  const points = criteria((set, id) => (id === 'S2.3' ? [15, -7.5] : set <= 2 ? [15, 15] : [-15, -15]));

  it('are what holds the next stage, the greatest gain first, within its sets', () => {
    const { placement } = placePoints({ criteria: points }, model);
    expect(placement.stage).toBe(2);
    const gains = placement.blockers.map((blocker) => blocker.gain);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    expect(gains.every((gain) => gain > 0 && gain <= 1)).toBe(true);
    expect(placement.blockers.every((blocker) => Number(blocker.criterion[1]) <= 3)).toBe(true);
  });

  it('gain what the law says once the level is known', () => {
    const { placement } = placePoints({ criteria: points }, model);
    const first = placement.blockers[0];
    const staging = openStaging(model, new Map(Object.entries(points)));
    const lifted = staging.withLevel(first?.criterion ?? '', 3).atLeast[2] ?? Number.NaN;
    expect(first?.gain).toBeCloseTo(lifted - (placement.atLeast[2] ?? Number.NaN), 12);
  });

  it('are none at the last stage', () => {
    const top = placePoints({ criteria: criteria(() => [30, 30]) }, model).placement;
    expect(top).toMatchObject({ stage: 6, blockers: [], frontier: 6 });
  });
});

describe('criterion view', () => {
  it.each([
    ['telemetry alone', { criteria: { 'S1.1': [15, 7.5] } }, 'telemetry', 3],
    // 1.68 + 1.27 = 2.95 decibans between level 3 and level 1: less than the three that are asked
    ['an answer alone: a lone 3 decides nothing', { answers: { 'S1.1': 3 } }, 'answers', null],
    ['strong records over a claim', { criteria: { 'S1.1': [-15, 0] }, answers: { 'S1.1': 3 } }, 'telemetry', 1],
    ['a claim that tips weak records', { criteria: { 'S1.1': [-3.5, 0] }, answers: { 'S1.1': 3 } }, 'answers', null],
    ['both for the same level', { criteria: { 'S1.1': [-15, 0] }, answers: { 'S1.1': 1 } }, 'both', 1],
  ] as const)('%s', (_, input, decided, level) => {
    const result = placePoints(input, model).criteria[0];
    expect(result).toMatchObject({ id: 'S1.1', decided_by: decided, level });
  });

  it('never shows a level that others imply', () => {
    const result = placePoints({ criteria: criteria((_, id) => (id === 'S2.2' ? null : [15, 15])) }, model);
    expect(result.criteria.find((c) => c.id === 'S2.2')).toMatchObject({
      level: null,
      decided_by: 'none',
      posterior: [1 / 3, 1 / 3, 1 / 3],
    });
  });

  it('says how much could be seen', () => {
    const watched = skeletonModel({ withSignals: true });
    const result = placePoints({ criteria: { 'S1.1': [5, 0], 'S1.2': [-4.9, 0] } }, watched).criteria;
    expect(result.slice(0, 3).map((c) => c.observability)).toEqual(['seen', 'partly_seen', 'not_seen']);
    expect(placePoints({}, model).criteria[0]?.observability).toBe('self_report_only');
  });
});

describe('place --points input', () => {
  it.each([
    [
      'an unknown statement',
      { criteria: { 'S1.9': [0, 0] } },
      /criteria\.S1\.9: not a statement of six-stage; did you mean/,
    ],
    ['one number', { criteria: { 'S1.1': [3] } }, /criteria\.S1\.1/],
    ['no number', { criteria: { 'S1.1': ['a', 0] } }, /criteria\.S1\.1\.0/],
    ['an endless number', { criteria: { 'S1.1': [Number.POSITIVE_INFINITY, 0] } }, /criteria\.S1\.1\.0/],
    ['points past any meaning', { criteria: { 'S1.1': [0, 1000.1] } }, /between -1000 and 1000/],
    ['an answer of 4', { answers: { 'S1.1': 4 } }, /answers\.S1\.1/],
    ['an unknown key', { criterias: {} }, /criterias/],
    ['no object', 3, /points/],
  ])('refuses %s', (_, input, message) => {
    expect(() => placePoints(input, model)).toThrow(expect.objectContaining({ code: 'BAD_POINTS' }));
    expect(() => placePoints(input, model)).toThrow(message);
  });

  it('names every problem at once', () => {
    try {
      placePoints({ criteria: { 'S1.9': [0, 0], 'S1.1': [0, 2000] }, answers: { 'S7.1': 1 } }, model);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlumblineError);
      expect((error as PlumblineError).problems).toHaveLength(3);
    }
  });
});

describe('not applicable', () => {
  it('leaves numerator and denominator', () => {
    // S1.1 failing caps the stage; without it four of four are full
    const lines = placePointsLines({ 'S1.1': [-30, -30] });
    const capped = place({ model, evidence: lines });
    expect(capped.placement.stage).toBe(1);
    const freed = place({
      model,
      evidence: lines,
      notApplicable: checkNotApplicable(model, { 'S1.1': 'one person desk' }),
    });
    expect(freed.placement.stage).toBe(3);
    expect(freed.criteria[0]).toMatchObject({ id: 'S1.1', not_applicable: true });
    expect(freed.placement.blockers.some((b) => b.criterion === 'S1.1')).toBe(false);
  });

  function placePointsLines(over: Record<string, [number, number]>) {
    const all = { ...criteria((set) => (set <= 3 ? [15, 15] : [-15, -15])), ...over };
    return evidenceOf(
      Object.entries(all).map(([criterion, points]) => ({
        criterion,
        source: 'signal' as const,
        ref: 'x',
        family: 'x',
        class: null,
        alpha: 1,
        age_days: 0,
        decay: 1,
        q2: null,
        q3: null,
        points,
        n: null,
        n_effective: null,
        interval: null,
        line: null,
      })),
    );
  }

  it.each([
    ['two of one set', { 'S1.1': 'small desk', 'S1.2': 'small desk' }, /set 1: S1\.1 and S1\.2/],
    ['an unknown statement', { 'S1.7': 'small desk' }, /"S1\.7" is not a statement/],
  ])('refuses %s', (_, declared, message) => {
    expect(() => checkNotApplicable(model, declared)).toThrow(expect.objectContaining({ code: 'BAD_ANSWERS' }));
    expect(() => checkNotApplicable(model, declared)).toThrow(message);
  });

  it('refuses the last statement of a set, allows one in each other', () => {
    const thin = skeletonModel({ sets: [2, 1] });
    expect(() => checkNotApplicable(thin, { 'S2.1': 'no such thing' })).toThrow(/nothing would be left/);
    expect([...checkNotApplicable(model, { 'S1.1': 'reason', 'S2.1': 'reason' })]).toEqual(['S1.1', 'S2.1']);
  });
});

describe('stageAtFaceValue', () => {
  const all = (level: number) => new Map(CRITERION_IDS.map((id) => [id, level]));
  it.each([
    ['all 3 is the last stage', all(3), 6],
    ['all 2 is the first: no set is fully in place', all(2), 1],
    ['a mean of 2.5 is not yet 3', all(2.5), 1],
    ['nobody answered', new Map<string, number>(), null],
  ])('%s', (_, said, stage) => {
    expect(stageAtFaceValue(model, said)).toBe(stage);
  });
});

describe('other shapes', () => {
  it.each([4, 5])('%d stages of three statements', (stages) => {
    const shaped = skeletonModel({ sets: Array(stages).fill(3) });
    const points = (n: number) =>
      Object.fromEntries(shaped.criteria.map((c) => [c.id, c.set <= n ? [15, 15] : [-15, -15]]));
    for (let n = 1; n <= stages; n++) expect(placePoints({ criteria: points(n) }, shaped).placement.stage).toBe(n);
  });

  it('the exit reading gives the stage after the last complete set', () => {
    const exit = skeletonModel({ reading: 'exit' });
    const points = criteria((set) => (set <= 3 ? [30, 30] : [-30, -30]));
    expect(placePoints({ criteria: points }, model).placement).toMatchObject({ stage: 3, frontier: 3 });
    expect(placePoints({ criteria: points }, exit).placement).toMatchObject({ stage: 4, frontier: 4 });
  });
});

describe('a median that rests on sets nobody looked at', () => {
  const high = Object.fromEntries(
    ['S1.1', 'S1.2', 'S1.3', 'S2.1', 'S2.2', 'S3.1', 'S3.2'].map((id) => [id, [7.5, 7.5] as [number, number]]),
  );

  it('is held at the last stage with a third of its sets seen', () => {
    const { placement } = placePoints({ criteria: high }, model);
    // 7 of 20 statements in sets 1..4 and 2 of 5 in set 3 were seen, 7 of 26 in sets 1..5: a third is reached at stage 3, not above.
    expect(placement.atLeast[3]).toBeGreaterThan(0.5);
    expect(placement).toMatchObject({ stage: 3, status: 'partly_measured', coverage: 7 / 20 });
    expect(placement.assured).toBeLessThanOrEqual(3);
    expect(placement.floor).toBeLessThanOrEqual(3);
  });

  it('stays where the law puts it as soon as somebody answered', () => {
    const { placement } = placePoints({ criteria: high, answers: { 'S4.1': 3 } }, model);
    expect(placement.stage).toBeGreaterThan(3);
    expect(placement.status).toBe('self_reported');
  });
});
