import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_OF, daysBefore, measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { runs } from '../../../test/harness/property-runs.ts';
import { skeletonModel, skeletonSignals } from '../../../test/harness/six-stage-skeleton.ts';
import { STAGED_SUBJECTS, type StagedSubject } from '../../../test/harness/staged-subjects.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Placement } from '../../domain/placement.ts';
import { stageAt } from './gate.ts';
import { scoreSnapshot } from './score-snapshot.ts';

const model = skeletonModel({ withSignals: true });
const signals = skeletonSignals(model);
const ids = signals.map((signal) => signal.id);

function seen(findings: readonly Finding[], asOf = AS_OF): Placement {
  return scoreSnapshot({ model, signals, findings, answers: [], asOf }).readings.seen;
}

function passing(id: string, q: number, ageDays = 0): Finding {
  return measured(id, q, id.startsWith('C') ? null : q, { ageDays });
}

/** Set number of the criterion that the skeleton signal `H7-...` belongs to. */
function setOf(id: string): number {
  const n = Number(/^\w(\d+)-/.exec(id)?.[1]);
  return model.criteria[n - 1]?.set ?? Number.NaN;
}

/** Stages compare with "none" below all of them. */
function rank(stage: number | null): number {
  return stage ?? 0;
}

const q = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
/** Most desks of interest stand somewhere: low sets mostly pass, high sets mostly fail. */
const standing = fc.record({
  upTo: fc.integer({ min: 0, max: 6 }),
  noise: fc.array(fc.tuple(fc.nat({ max: 9 }), q), { minLength: ids.length, maxLength: ids.length }),
});
const findings = standing.map(({ upTo, noise }) =>
  ids.map((id, i): Finding => {
    const [kind, value] = noise[i] ?? [0, 0];
    if (kind === 9) return unmeasured(id);
    return passing(id, kind > 6 ? value : setOf(id) <= upTo ? 1 : 0);
  }),
);
const gone = fc.array(fc.boolean(), { minLength: ids.length, maxLength: ids.length });

describe('the seen reading', () => {
  it('never rises when any streams go dark', () => {
    fc.assert(
      fc.property(findings, gone, (full, dark) => {
        const less = full.map((finding, i) => (dark[i] === true ? unmeasured(finding.signal) : finding));
        const [before, after] = [seen(full), seen(less)];
        expect(rank(after.stage)).toBeLessThanOrEqual(rank(before.stage));
        expect(after.assured).toBeLessThanOrEqual(before.assured ?? 0);
        expect(rank(after.frontier)).toBeLessThanOrEqual(rank(before.frontier));
        expect(rank(after.floor)).toBeLessThanOrEqual(rank(before.floor));
      }),
      runs(250),
    );
  });

  it('never rises when evidence is carried over and ages', () => {
    fc.assert(
      fc.property(findings, gone, fc.integer({ min: 1, max: 2000 }), (full, cut, days) => {
        const later = full.map((finding, i) =>
          cut[i] === true ? { ...finding, window: { ...finding.window, to: daysBefore(days).toISOString() } } : finding,
        );
        expect(rank(seen(later).stage)).toBeLessThanOrEqual(rank(seen(full).stage));
      }),
      runs(120),
    );
  });

  it('does not let a contradiction disappear with its stream', () => {
    const low = (id: string) => setOf(id) <= 3;
    const contradicted = ids.map((id) =>
      passing(id, low(id) && !['H3-habit-kept', 'J3-habit-spread'].includes(id) ? 1 : 0),
    );
    const silenced = contradicted.map((f) => (/^[HJ]3-/.test(f.signal) ? unmeasured(f.signal) : f));
    const before = scoreSnapshot({ model, signals, findings: contradicted, answers: [], asOf: AS_OF });
    const after = scoreSnapshot({ model, signals, findings: silenced, answers: [], asOf: AS_OF });
    // without the rule the plain telemetry law would rise: that is the trap
    expect(after.readings.seen.atLeast[1]).toBeGreaterThan(before.readings.seen.atLeast[1] ?? 1);
    expect(rank(after.readings.seen.stage)).toBeLessThanOrEqual(rank(before.readings.seen.stage));
  });

  it('is the published median when every signal has reported and is fresh', () => {
    fc.assert(
      fc.property(standing, ({ upTo, noise }) => {
        const full = ids.map((id, i) =>
          passing(id, (noise[i]?.[0] ?? 0) > 7 ? (noise[i]?.[1] ?? 0) : setOf(id) <= upTo ? 1 : 0),
        );
        const reading = seen(full);
        expect(reading.stage).toBe(stageAt(reading.atLeast, model.decision.median));
      }),
      runs(40),
    );
  });

  it('names no stage from nothing', () => {
    expect(seen(ids.map((id) => unmeasured(id)))).toMatchObject({
      stage: null,
      assured: 1,
      floor: 1,
      ceiling: 6,
      status: 'not_placed',
      coverage: 0,
      frontier: null,
      blockers: [],
    });
  });

  it('names no stage from a glimpse', () => {
    // three of the ten statements of sets 1 and 2, all perfect: below one third
    const glimpse = ids.map((id) => (/^[CHJW][123]-/.test(id) ? passing(id, 1) : unmeasured(id)));
    expect(seen(glimpse)).toMatchObject({ stage: null, status: 'not_placed', coverage: 0.3 });
    const more = ids.map((id) => (/^[CHJW][1234]-/.test(id) ? passing(id, 1) : unmeasured(id)));
    expect(seen(more)).toMatchObject({ stage: 1, status: 'partly_measured', coverage: 0.4 });
  });

  it('keeps the plain law beside the rule', () => {
    const some = ids.map((id) => (setOf(id) <= 3 ? passing(id, 1) : unmeasured(id)));
    const scored = scoreSnapshot({ model, signals, findings: some, answers: [], asOf: AS_OF });
    expect(scored.readings.seen.atLeast).toEqual(scored.placement.atLeast);
    expect(scored.readings.seen.ceiling).toBe(scored.placement.ceiling);
  });
});

/** Findings of any staged model: low sets mostly pass, high sets mostly fail, some signals are dark. */
function standingIn({ model, signals }: StagedSubject): fc.Arbitrary<Finding[]> {
  const lowest = (id: string): number =>
    Math.min(
      ...model.criteria.filter((c) => c.families.some((f) => f.signals.some((s) => s.id === id))).map((c) => c.set),
    );
  const size = { minLength: signals.length, maxLength: signals.length };
  return fc
    .record({
      upTo: fc.integer({ min: 0, max: model.stages.length }),
      noise: fc.array(fc.tuple(fc.nat({ max: 9 }), q), size),
    })
    .map(({ upTo, noise }) =>
      signals.map(({ id, lines }, i): Finding => {
        const [kind, value] = noise[i] ?? [0, 0];
        if (kind === 9) return unmeasured(id);
        const pass = kind > 6 ? value : lowest(id) <= upTo ? 1 : 0;
        return measured(id, lines.partial === null ? null : pass, lines.full === null ? null : pass);
      }),
    );
}

describe.each(STAGED_SUBJECTS)('the seen reading of $name', (subject) => {
  const read = (found: readonly Finding[]): Placement =>
    scoreSnapshot({ model: subject.model, signals: subject.signals, findings: found, answers: [], asOf: AS_OF })
      .readings.seen;
  const some = fc.array(fc.boolean(), { minLength: subject.signals.length, maxLength: subject.signals.length });

  it('never rises when any streams go dark or evidence ages', () => {
    fc.assert(
      fc.property(standingIn(subject), some, some, fc.integer({ min: 1, max: 2000 }), (full, dark, old, days) => {
        const less = full.map((finding, i) => {
          if (dark[i] === true) return unmeasured(finding.signal);
          const to = daysBefore(days).toISOString();
          return old[i] === true ? { ...finding, window: { ...finding.window, to } } : finding;
        });
        const [before, after] = [read(full), read(less)];
        expect(rank(after.stage)).toBeLessThanOrEqual(rank(before.stage));
        expect(after.assured).toBeLessThanOrEqual(before.assured ?? 0);
        expect(rank(after.frontier)).toBeLessThanOrEqual(rank(before.frontier));
        expect(rank(after.floor)).toBeLessThanOrEqual(rank(before.floor));
      }),
      runs(Math.round(120 * subject.share)),
    );
  });

  it('names no stage from nothing', () => {
    expect(read(subject.signals.map(({ id }) => unmeasured(id)))).toMatchObject({ stage: null, status: 'not_placed' });
  });
});
