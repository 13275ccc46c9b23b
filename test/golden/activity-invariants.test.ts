import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { judgeActivities } from '../../src/scoring/activity/index.ts';
import { type GivenActivity, type GivenMarker, said, type World, worldOf } from '../harness/activity-model.ts';
import { runs } from '../harness/property-runs.ts';

const ROUNDING = 1e-9;
const RUNS = runs(80);

const q = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const marker: fc.Arbitrary<GivenMarker> = fc.record({
  records: fc.option(fc.record({ q, one_sided: fc.boolean(), age_days: fc.constantFrom(0, 0, 30, 400) })),
  people: fc.array(fc.constantFrom<'y' | 'n'>('y', 'n'), { maxLength: 2 }),
});
const importance = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 });
const desk: fc.Arbitrary<GivenActivity[]> = fc
  .array(fc.record({ importance, markers: fc.array(marker, { minLength: 6, maxLength: 8 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) => rows.map((row, index) => ({ id: `act-${index}`, ...row })));

function raised(given: readonly GivenActivity[], at: number, on: number): GivenActivity[] {
  return given.map((activity, index) =>
    index !== at % given.length
      ? activity
      : {
          ...activity,
          markers: activity.markers.map((one, place) => {
            if (place !== on % activity.markers.length) return one;
            const records =
              one.records === null ? null : { ...one.records, q: one.records.q + (1 - one.records.q) / 2 };
            return { records, people: one.people.map(() => 'y' as const) };
          }),
        },
  );
}

/** The same world with other words for its activities; answers and ids stay. */
function renamed(world: World, name: (id: string, index: number) => string): World {
  const activities = world.model.activities.map((one, index) => ({ ...one, name: name(one.id, index) }));
  return { ...world, model: { ...world.model, activities } };
}

describe('invariants of the activity score', () => {
  it('more evidence of the practice never lowers maturity, nor raises the index of what matters', () => {
    fc.assert(
      fc.property(desk, fc.nat(), fc.nat(), (given, at, on) => {
        const before = judgeActivities(worldOf(given));
        const after = judgeActivities(worldOf(raised(given, at, on)));
        for (const [index, one] of before.activities.entries()) {
          const two = after.activities[index];
          if (one.maturity === null) continue;
          expect(two?.maturity ?? Number.NaN).toBeGreaterThanOrEqual(one.maturity - ROUNDING);
          if (one.priority !== null) expect(two?.priority ?? Number.NaN).toBeLessThanOrEqual(one.priority + ROUNDING);
        }
      }),
      RUNS,
    );
  });

  it('the order of findings and answers changes no byte', () => {
    fc.assert(
      fc.property(desk, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, random) => {
        const world = worldOf(given);
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((value) => ({ value, key: random.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
        const turned = { ...world, findings: shuffle(world.findings), answers: shuffle(world.answers) };
        expect(canonicalJson(judgeActivities(turned))).toBe(canonicalJson(judgeActivities(world)));
      }),
      RUNS,
    );
  });

  it('the order of markers changes no figure', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const world = worldOf(given);
        const activities = world.model.activities.map((one) => ({ ...one, markers: [...one.markers].reverse() }));
        const turned = judgeActivities({ ...world, model: { ...world.model, activities } });
        for (const [index, one] of judgeActivities(world).activities.entries()) {
          const { maturity, grade, bounds, interval, rank, rank_interval, known } = one;
          expect(turned.activities[index]).toMatchObject({
            maturity,
            grade,
            bounds,
            interval,
            rank,
            rank_interval,
            known,
          });
        }
      }),
      RUNS,
    );
  });

  it('unknown is neither yes nor no: a marker of which nothing is known moves neither maturity nor rank', () => {
    fc.assert(
      fc.property(desk, fc.integer({ min: 1, max: 4 }), (given, more) => {
        const unknown: GivenMarker = { records: null, people: [] };
        const wider = given.map((one) => ({ ...one, markers: [...one.markers, ...Array(more).fill(unknown)] }));
        const before = judgeActivities(worldOf(given));
        const after = judgeActivities(worldOf(wider));
        for (const [index, one] of before.activities.entries()) {
          const two = after.activities[index];
          const { maturity, state, rank, rank_interval, priority } = one;
          expect(two).toMatchObject({ maturity, state, rank, rank_interval, priority, unknown: one.unknown + more });
        }
        expect(after.overall.maturity).toBe(before.overall.maturity);
      }),
      RUNS,
    );
  });

  it('"do not know" equals no answer', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const world = worldOf(given);
        const items = world.model.activities.flatMap((one) => [one.id, ...one.markers.map(({ id }) => id)]);
        const silent = items.map((item) => said(item, 'dont_know', { respondent: 'r9' }));
        const verdict = judgeActivities({ ...world, answers: [...world.answers, ...silent] });
        expect(verdict).toEqual(judgeActivities(world));
      }),
      RUNS,
    );
  });

  it('ranks and their intervals are stable under renaming', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const world = worldOf(given);
        const ranks = (verdict: ReturnType<typeof judgeActivities>) =>
          verdict.activities.map(({ id, rank, rank_interval }) => ({ id, rank, rank_interval }));
        const turned = renamed(world, (_, index) => `Name ${9 - index}`);
        expect(ranks(judgeActivities(turned))).toEqual(ranks(judgeActivities(world)));
      }),
      RUNS,
    );
  });

  it('everything stays on its scale, and ranks lie inside their intervals', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const { activities, ranking } = judgeActivities(worldOf(given));
        for (const one of activities) {
          if (one.maturity === null || one.bounds === null || one.interval === null) continue;
          expect(one.bounds[0]).toBeLessThanOrEqual(one.maturity + ROUNDING);
          expect(one.bounds[1]).toBeGreaterThanOrEqual(one.maturity - ROUNDING);
          for (const figure of [...one.bounds, ...one.interval, one.maturity]) {
            expect(figure).toBeGreaterThanOrEqual(1 - ROUNDING);
            expect(figure).toBeLessThanOrEqual(5 + ROUNDING);
          }
          if (one.rank === null || one.rank_interval === null) continue;
          expect(one.rank_interval[0]).toBeLessThanOrEqual(one.rank);
          expect(one.rank_interval[1]).toBeGreaterThanOrEqual(one.rank);
          expect(one.rank_interval[1]).toBeLessThanOrEqual(ranking.length);
        }
      }),
      RUNS,
    );
  });

  it('sixteen activities of twelve markers, records of three ages among them, take no time to speak of', () => {
    const markers = Array.from(
      { length: 12 },
      (_, index): GivenMarker => ({
        records: { q: 0.3 + index / 30, one_sided: false, age_days: (index % 3) * 90 },
        people: [],
      }),
    );
    const given = Array.from({ length: 16 }, (_, index) => ({
      id: `act-${index}`,
      importance: [1 + (index % 5)],
      markers,
    }));
    const world = worldOf(given);
    const from = process.cpuUsage();
    expect(judgeActivities(world).ranking).toHaveLength(16);
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});
