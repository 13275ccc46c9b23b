import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LevelAnswer } from '../../src/domain/assessment.ts';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { LedgerLine, Placement, Points } from '../../src/domain/placement.ts';
import {
  answerKernel,
  evidenceOf,
  openStaging,
  place,
  posteriorLaw,
  type ScoreInput,
  scoreSnapshot,
  stageAt,
} from '../../src/scoring/index.ts';
import { gradedPrior } from '../../src/scoring/staged/prior.ts';
import { AS_OF, answer, daysBefore, measured, unmeasured } from '../harness/finding-builder.ts';
import { runs as propertyRuns } from '../harness/property-runs.ts';
import { STAGED_SUBJECTS } from '../harness/staged-subjects.ts';

/** Rounding of sums of some thousand products; the largest drop seen in the published simulation was 1e-15. */
const ROUNDING = 1e-12;
interface Reading {
  readonly status: Finding['status'];
  readonly q2: number;
  readonly q3: number;
  readonly ageDays: number;
}

const q = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const reading: fc.Arbitrary<Reading> = fc.record({
  status: fc.constantFrom(
    'measured',
    'measured',
    'measured',
    'insufficient',
    'not_observable',
    'not_applicable',
    'failed',
  ),
  q2: q,
  q3: q,
  ageDays: fc.constantFrom(0, 0, 30, 180, 700),
});
describe.each(STAGED_SUBJECTS)('$name', ({ model, signals, share }) => {
  const runs = (full: number) => propertyRuns(Math.max(5, Math.round(full * share)));
  const RUNS = runs(60);
  const ids = signals.map((s) => s.id);
  const items = model.criteria.map((c) => c.id);
  const definitions = new Map(signals.map((s) => [s.id, s]));
  const usesThat = (
    holds: (use: { id: string; one_sided?: boolean | undefined; exists_one_sided?: boolean | undefined }) => boolean,
  ) =>
    new Set(
      [
        ...model.criteria.map((c) => ({ key: c.id, families: c.families })),
        ...model.cells.map((c) => ({ key: `${c.area}/${c.stage}`, families: c.families })),
      ].flatMap(({ key, families }) =>
        families.flatMap((f) => f.signals.filter(holds).map((use) => `${key} ${use.id}`)),
      ),
    );
  const oneSided = usesThat((use) => use.one_sided === true || definitions.get(use.id)?.one_sided === true);
  const existsOneSided = usesThat((use) => use.exists_one_sided === true);
  /** Signals of families that stand together with others. */
  const inParts = new Set(
    model.criteria.flatMap((c) =>
      c.families.filter((f) => c.together.includes(f.name)).flatMap((f) => f.signals.map((s) => s.id)),
    ),
  );
  const held = new Set(model.criteria.flatMap((c) => c.together.map((family) => `${c.id} ${family}`)));

  const desk = fc.array(reading, { minLength: ids.length, maxLength: ids.length });
  const said = fc.dictionary(fc.constantFrom(...items), fc.constantFrom<LevelAnswer['value']>(1, 2, 3, 'dont_know'));

  function findingOf(id: string, r: Reading, asOf = AS_OF): Finding {
    if (r.status !== 'measured') return unmeasured(id, r.status);
    const lines = definitions.get(id)?.lines;
    const q3 = lines?.full === null ? null : lines?.partial === null ? r.q3 : Math.min(r.q2, r.q3);
    return measured(id, lines?.partial === null ? null : r.q2, q3, { ageDays: r.ageDays, asOf });
  }

  function inputOf(
    readings: readonly Reading[],
    answers: Record<string, LevelAnswer['value']> = {},
    asOf = AS_OF,
  ): ScoreInput {
    return {
      model,
      signals,
      findings: ids.map((id, i) => findingOf(id, readings[i] as Reading, asOf)),
      answers: Object.entries(answers).map(([id, value]) =>
        answer(id, value, { model: model.id, answered_at: asOf, expires_at: daysBefore(-365, asOf) }),
      ),
      asOf,
    };
  }

  function result(input: ScoreInput) {
    const { staging: _, ...scored } = scoreSnapshot(input);
    return scored;
  }

  function neverLower(before: readonly number[], after: readonly number[]): void {
    for (const [i, p] of before.entries()) expect(after[i] ?? Number.NaN).toBeGreaterThanOrEqual(p - ROUNDING);
  }

  /** One-sided: never below zero, in one gate or both. The upper gate of a family that stands together with others may be held at zero. */
  function expectSigns(line: LedgerLine): void {
    const key = `${line.criterion} ${line.ref}`;
    const lows = [oneSided.has(key) || existsOneSided.has(key) ? 0 : -1, oneSided.has(key) ? 0 : -1];
    const maybeHeld = held.has(`${line.criterion} ${line.family}`);
    for (const [gate, p] of [line.q2, line.q3].entries()) {
      const sign = Math.max(lows[gate] ?? Number.NaN, Math.sign((p ?? 0.5) - 0.5));
      // The lines of a family that is held keep their part of what is left of it: all of them may come to nothing, those against it too.
      const allowed = maybeHeld && gate === 1 ? [0, sign + 0] : [sign + 0];
      expect(allowed).toContain(Math.sign(line.points[gate] ?? Number.NaN));
    }
  }

  /** P(stage >= s) never rises with s, and the probabilities of the stages add up to 1. */
  function expectLaw({ atLeast, probabilities }: Pick<Placement, 'atLeast' | 'probabilities'>): void {
    for (const [i, at] of atLeast.entries()) {
      expect(at).toBeGreaterThanOrEqual(atLeast[i + 1] ?? 0);
      expect(at).toBeLessThanOrEqual(1);
      expect(probabilities[i]).toBeGreaterThanOrEqual(0);
    }
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  }

  /** Every ordered number of a verdict: probabilities, stage and assured stage, of the whole and of each area. */
  function expectNoDrop(before: ReturnType<typeof result>, after: ReturnType<typeof result>): void {
    neverLower(before.placement.atLeast, after.placement.atLeast);
    for (const line of [model.decision.median, model.decision.assured])
      expect(stageAt(after.placement.atLeast, line)).toBeGreaterThanOrEqual(stageAt(before.placement.atLeast, line));
    for (const [i, area] of before.area_stages.entries()) {
      const then = after.area_stages[i]?.atLeast ?? [];
      neverLower(area.atLeast, then);
      expect(stageAt(then, model.decision.median)).toBeGreaterThanOrEqual(stageAt(area.atLeast, model.decision.median));
    }
  }

  const pick = fc.nat({ max: ids.length - 1 });

  describe('1. monotone in evidence', () => {
    it('raising a pass probability lowers nothing', () => {
      fc.assert(
        fc.property(desk, said, pick, q, q, (readings, answers, index, q2, q3) => {
          const old = readings[index] as Reading;
          const raised = { ...old, q2: Math.max(old.q2, q2), q3: Math.max(old.q3, q3) };
          const better = readings.map((r, i) => (i === index ? raised : r));
          expectNoDrop(result(inputOf(readings, answers)), result(inputOf(better, answers)));
          const seen = (r: readonly Reading[]) => result(inputOf(r, answers)).readings.seen.stage ?? 0;
          expect(seen(better)).toBeGreaterThanOrEqual(seen(readings));
        }),
        RUNS,
      );
    });

    it('adding a signal that speaks for both gates lowers nothing', () => {
      fc.assert(
        fc.property(desk, said, pick, (readings, answers, index) => {
          const dark = readings.map((r, i) => (i === index ? { ...r, status: 'not_observable' as const } : r));
          const lit = readings.map((r, i) =>
            i === index ? { status: 'measured' as const, q2: 0.5 + r.q2 / 2, q3: 0.5 + r.q3 / 2, ageDays: 0 } : r,
          );
          expectNoDrop(result(inputOf(dark, answers)), result(inputOf(lit, answers)));
        }),
        RUNS,
      );
    });

    it('raising an answer lowers nothing', () => {
      fc.assert(
        fc.property(desk, said, fc.constantFrom(...items), (readings, answers, id) => {
          const steps = [1, 2, 3].map((level) => result(inputOf(readings, { ...answers, [id]: level as 1 | 2 | 3 })));
          for (const [low, high] of [
            [steps[0], steps[1]],
            [steps[1], steps[2]],
          ])
            if (low !== undefined && high !== undefined) expectNoDrop(low, high);
        }),
        runs(25),
      );
    });

    it('raising one of several respondents lowers nothing', () => {
      const level = fc.constantFrom<1 | 2 | 3>(1, 2, 3);
      fc.assert(
        fc.property(fc.array(level, { minLength: 2, maxLength: 5 }), (levels) => {
          const one = (first: 1 | 2 | 3) => ({
            ...inputOf(ids.map(() => ({ status: 'failed', q2: 0, q3: 0, ageDays: 0 }))),
            answers: levels.map((value, i) =>
              answer(items[6] as string, i === 0 ? first : value, { model: model.id, respondent: `r${i}` }),
            ),
          });
          expectNoDrop(result(one(1)), result(one(2)));
          expectNoDrop(result(one(2)), result(one(3)));
        }),
        runs(20),
      );
    });

    it('rests on kernels that are totally positive of order 2', () => {
      fc.assert(
        fc.property(fc.double({ min: 0.05, max: 8, noNaN: true }), fc.integer({ min: 1, max: 6 }), (slope, t) => {
          const { theta, logLevels } = gradedPrior({ ...model.prior, slope });
          const table = logLevels(t);
          for (let i = 0; i + 1 < theta.length; i++)
            for (const l of [0, 1]) {
              const at = (grid: number, level: number) => table[3 * grid + level] ?? Number.NaN;
              expect(at(i + 1, l + 1) - at(i + 1, l)).toBeGreaterThanOrEqual(at(i, l + 1) - at(i, l) - 1e-9);
            }
        }),
        RUNS,
      );
      fc.assert(
        fc.property(
          fc.double({ min: 0.01, max: 0.95, noNaN: true }),
          fc.double({ min: -1, max: 1, noNaN: true }),
          (rho, d) => {
            const kernel = answerKernel({ rho, d });
            for (const l of [0, 1] as const)
              for (const a of [0, 1] as const) {
                const [low, high] = [kernel[l], kernel[(l + 1) as 1 | 2]];
                expect(low[a] * high[(a + 1) as 1 | 2]).toBeGreaterThanOrEqual(low[(a + 1) as 1 | 2] * high[a] - 1e-12);
              }
          },
        ),
        RUNS,
      );
    });
  });

  describe('2. missing is absent', () => {
    it('whatever the reason, a signal without a measurement changes no number', () => {
      fc.assert(
        fc.property(desk, said, pick, (readings, answers, index) => {
          // A part of an "and" that makes no sense here is not asked for: there, not applicable is not missing.
          const reasons = ['insufficient', 'not_observable', 'failed'] as const;
          const alike = inParts.has(ids[index] as string) ? reasons : [...reasons, 'not_applicable' as const];
          const laws = alike.map((status) => {
            const changed = readings.map((r, i) => (i === index ? { ...r, status } : r));
            const { placement, ledger, area_stages, areas } = result(inputOf(changed, answers));
            return canonicalJson({ placement, ledger, area_stages, areas });
          });
          expect(new Set(laws).size).toBe(1);
        }),
        runs(20),
      );
    });

    it('"don\'t know" equals no answer', () => {
      fc.assert(
        fc.property(desk, said, (readings, answers) => {
          const known = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== 'dont_know'));
          expect(result(inputOf(readings, answers))).toEqual(result(inputOf(readings, known)));
        }),
        runs(20),
      );
    });
  });

  describe('3. a law, and its bounds in order', () => {
    it('holds for the merged placement and both readings', () => {
      fc.assert(
        fc.property(desk, said, (readings, answers) => {
          const scored = result(inputOf(readings, answers));
          for (const p of [scored.placement, scored.readings.seen, scored.readings.said]) {
            if (p === null) continue;
            expectLaw(p);
            const stage = p.stage ?? stageAt(p.atLeast, model.decision.median);
            expect(p.ceiling).toBeGreaterThanOrEqual(stage);
            if (p.stage === null) continue;
            expect(p.floor).toBeLessThanOrEqual(p.stage);
            expect(p.assured).toBeLessThanOrEqual(p.stage);
            expect(p.frontier).toBeGreaterThanOrEqual(p.stage);
          }
        }),
        runs(150),
      );
    });
  });

  describe('4. order', () => {
    it('of findings, signals and answers does not matter, to the byte', () => {
      fc.assert(
        fc.property(desk, said, fc.infiniteStream(fc.nat()), (readings, answers, keys) => {
          const input = inputOf(readings, answers);
          const shuffle = <T>(list: Iterable<T>): T[] =>
            [...list]
              .map((item) => ({ item, key: keys.next().value as number }))
              .sort((a, b) => a.key - b.key)
              .map((entry) => entry.item);
          const shuffled = {
            ...input,
            findings: shuffle(input.findings),
            signals: shuffle(input.signals),
            answers: shuffle(input.answers),
          };
          expect(canonicalJson(result(shuffled))).toBe(canonicalJson(result(input)));
        }),
        runs(20),
      );
    });

    it('of criteria inside a set does not matter', () => {
      fc.assert(
        fc.property(desk, (readings) => {
          const turned = { ...model, criteria: [...model.criteria].reverse() };
          neverLower(
            result(inputOf(readings)).placement.atLeast,
            result({ ...inputOf(readings), model: turned }).placement.atLeast,
          );
          neverLower(
            result({ ...inputOf(readings), model: turned }).placement.atLeast,
            result(inputOf(readings)).placement.atLeast,
          );
        }),
        runs(20),
      );
    });
  });

  describe('5. copies', () => {
    it('raw n moves no point: only pass probabilities do', () => {
      fc.assert(
        fc.property(desk, fc.integer({ min: 2, max: 1000 }), (readings, k) => {
          const input = inputOf(readings);
          const copied = { ...input, findings: [...input.findings].map((f) => ({ ...f, n: f.n * k })) };
          expect(result(copied).placement).toEqual(result(input).placement);
        }),
        runs(20),
      );
    });
  });

  describe('6. family cap', () => {
    it('no family passes its class', () => {
      fc.assert(
        fc.property(desk, (readings) => {
          const sums = new Map<string, { points: Points; cap: number }>();
          for (const line of result(inputOf(readings)).ledger) {
            const key = `${line.criterion} ${line.family}`;
            const known = sums.get(key)?.points ?? [0, 0];
            const cap = line.class === null ? 0 : model.classes[line.class];
            sums.set(key, { points: [known[0] + line.points[0], known[1] + line.points[1]], cap });
          }
          for (const { points, cap } of sums.values())
            for (const p of points) expect(Math.abs(p)).toBeLessThanOrEqual(cap + ROUNDING);
        }),
        RUNS,
      );
    });
  });

  describe('7. time', () => {
    it('older evidence moves toward nothing and never past it', () => {
      fc.assert(
        fc.property(desk, fc.integer({ min: 1, max: 3000 }), (readings, days) => {
          const fresh = result(inputOf(readings)).ledger;
          const old = result(inputOf(readings.map((r) => ({ ...r, ageDays: r.ageDays + days })))).ledger;
          for (const [i, line] of fresh.entries())
            for (const gate of [0, 1] as const) {
              const [before, after] = [line.points[gate], old[i]?.points[gate] ?? Number.NaN];
              expect(Math.abs(after)).toBeLessThanOrEqual(Math.abs(before));
              expect(after * before).toBeGreaterThanOrEqual(0);
            }
        }),
        RUNS,
      );
    });

    it('the same input gives the same bytes, and shifting all instants changes nothing', () => {
      fc.assert(
        fc.property(desk, said, fc.integer({ min: -5000, max: 5000 }), (readings, answers, days) => {
          const there = result(inputOf(readings, answers));
          expect(canonicalJson(result(inputOf(readings, answers)))).toBe(canonicalJson(there));
          expect(canonicalJson(result(inputOf(readings, answers, daysBefore(days))))).toBe(canonicalJson(there));
        }),
        runs(20),
      );
    });
  });

  describe('8. representation', () => {
    it('an instant is the same in any zone', () => {
      const readings = ids.map((): Reading => ({ status: 'measured', q2: 1, q3: 0.3, ageDays: 30 }));
      const input = inputOf(readings);
      const zoned = [...input.findings].map((f) => ({
        ...f,
        window: { ...f.window, to: f.window.to.replace('T00:00:00.000Z', 'T05:30:00.000+05:30') },
      }));
      expect(zoned[0]?.window.to).toContain('+05:30');
      expect(result({ ...input, findings: zoned }).ledger).toEqual(result(input).ledger);
    });
  });

  describe('9. sign', () => {
    it('points are above zero exactly when the line is more likely passed than not', () => {
      fc.assert(
        fc.property(desk, (readings) => {
          for (const line of result(inputOf(readings)).ledger) expectSigns(line);
        }),
        RUNS,
      );
    });
  });

  describe('10. the ledger is the verdict', () => {
    it('sums to the points of every criterion, and gives the same placement again', () => {
      fc.assert(
        fc.property(desk, said, (readings, answers) => {
          const { ledger, criteria, placement } = result(inputOf(readings, answers));
          for (const criterion of criteria) {
            const own = ledger.filter((line) => line.criterion === criterion.id);
            for (const gate of [0, 1] as const) {
              const sum = own.reduce((total, line) => total + line.points[gate], 0);
              expect(Math.abs(sum - criterion.total[gate])).toBeLessThan(1e-9);
            }
            for (const [i, p] of posteriorLaw(criterion.total).entries()) expect(criterion.posterior[i]).toBe(p);
          }
          expect(place({ model, evidence: evidenceOf(ledger) }).placement).toEqual(placement);
        }),
        runs(40),
      );
    });
  });

  describe('12. answers alone', () => {
    it('never measure anything', () => {
      const dark = ids.map((): Reading => ({ status: 'not_observable', q2: 0, q3: 0, ageDays: 0 }));
      fc.assert(
        fc.property(said, (answers) => {
          const { placement, readings } = result(inputOf(dark, answers));
          const answered = Object.values(answers).some((value) => value !== 'dont_know');
          expect(placement.status).toBe(answered ? 'self_reported' : 'not_placed');
          expect(readings.said === null).toBe(!answered);
          expect(readings.seen).toMatchObject({ status: 'not_placed', stage: null });
        }),
        RUNS,
      );
    });
  });

  describe('13. extremes', () => {
    const extreme = fc.constantFrom(-60, 60);
    it('stay finite with sixty points on everything', () => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(extreme, extreme), { minLength: items.length, maxLength: items.length }),
          (points) => {
            const { law } = openStaging(model, new Map(items.map((id, i) => [id, points[i] as Points])));
            for (const p of [...law.atLeast, ...law.reached]) expect(Number.isFinite(p)).toBe(true);
          },
        ),
        RUNS,
      );
    });

    it.each([
      [60, model.stages.length],
      [-60, 1],
      [1000, model.stages.length],
      [-1000, 1],
    ])('%d on everything is stage %d, surely', (points, stage) => {
      const { law } = openStaging(model, new Map(items.map((id) => [id, [points, points] as Points])));
      expect(stageAt(law.atLeast, 0.999)).toBe(stage);
    });
  });

  describe('14. names', () => {
    it('anonymous ids give the same numbers', () => {
      const hidden = new Map(items.map((id, i) => [id, `Z${id.slice(1, 2)}.${100 - i}`]));
      const masked = {
        ...model,
        criteria: model.criteria.map((c) => ({ ...c, id: hidden.get(c.id) ?? '' })),
        cells: model.cells.map((cell) => ({ ...cell, criteria: cell.criteria.map((id) => hidden.get(id) ?? '') })),
      };
      fc.assert(
        fc.property(desk, (readings) => {
          const [plain, anonymous] = [result(inputOf(readings)), result({ ...inputOf(readings), model: masked })];
          expect(anonymous.placement.atLeast).toEqual(plain.placement.atLeast);
          expect(anonymous.area_stages).toEqual(plain.area_stages);
          expect(anonymous.readings.seen.stage).toBe(plain.readings.seen.stage);
        }),
        runs(20),
      );
    });
  });
});
