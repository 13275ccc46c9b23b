import { describe, expect, it } from 'vitest';
import { activityModel, activityNamed, type GivenMarker, said, worldOf } from '../../../test/harness/activity-model.ts';
import { AS_OF, daysBefore, unmeasured } from '../../../test/harness/finding-builder.ts';
import { bandOf, gradeOf } from './grade.ts';
import { judgeActivities } from './judge-activities.ts';
import { priorityIndex } from './priority.ts';

function people(word: string): GivenMarker[] {
  return [...word].map((sign) => ({ records: null, people: sign === '-' ? [] : [sign === 'y' ? 'y' : 'n'] }));
}

describe('the worked examples', () => {
  it('importance 4.6 and maturity 2.3 give 10.58 and "2+"', () => {
    expect(priorityIndex(4.6, 2.3)).toBeCloseTo(10.58, 12);
    expect(gradeOf(2.3)).toBe('2+');
  });
  it('importance 3 and maturity 4 give -3, which is kept', () => {
    expect(priorityIndex(3, 4)).toBe(-3);
    const { activities, ranking } = judgeActivities(
      worldOf([{ id: 'a', importance: [3], markers: people('yyynynyy') }]),
    );
    expect(activities[0]).toMatchObject({ maturity: 4, priority: -3, gap: -1, rank: 1 });
    expect(ranking).toEqual(['a']);
  });
  it.each([
    [5, 1, 20],
    [2.5, 5, -6.25],
  ])('importance %d and maturity %d give %d', (importance, maturity, index) => {
    expect(priorityIndex(importance, maturity)).toBe(index);
  });
});

describe('gradeOf', () => {
  // Thirds of a level, the nearest one: the border between two grades lies a sixth beside the third.
  it.each([
    [1, '1'],
    [1 + 1 / 6 - 1e-6, '1'],
    [1 + 1 / 6, '1+'],
    [1.5 - 1e-6, '1+'],
    [1.5, '2-'],
    [2, '2'],
    [2.5, '3-'],
    [3.34, '3+'],
    [4.66, '5-'],
    [5 - 1 / 6, '5'],
    [5, '5'],
  ])('%d is "%s"', (maturity, grade) => expect(gradeOf(maturity)).toBe(grade));
});

describe('bandOf', () => {
  const bands = { medium: 2.34, high: 3.67 };
  it.each([
    [1, 'low'],
    [2.339, 'low'],
    [2.34, 'medium'],
    [3.669, 'medium'],
    [3.67, 'high'],
    [5, 'high'],
  ])('%d is %s', (value, band) => expect(bandOf(value, bands)).toBe(band));
});

describe('what is known of an activity', () => {
  it.each([
    ['nothing', '------', 'not_assessed', null],
    ['one marker below the least', 'yy----', 'not_assessed', null],
    ['just the least', 'yyn---', 'assessed', 1 + (4 * 2) / 3],
    ['everything is no', 'nnnnnn', 'assessed', 1],
    ['everything is yes', 'yyyyyy', 'assessed', 5],
  ])('%s', (_, word, state, maturity) => {
    const verdict = judgeActivities(worldOf([{ id: 'a', importance: [4], markers: people(word) }]));
    expect(verdict.activities[0]).toMatchObject({ state });
    expect(verdict.activities[0]?.maturity).toEqual(maturity === null ? null : expect.closeTo(maturity, 12));
    if (maturity === null) {
      expect(verdict.overall).toMatchObject({ maturity: null, grade: null, bounds: null, assessed: 0, of: 1 });
      expect([verdict.ranking, verdict.lowest_maturity]).toEqual([[], []]);
      expect(verdict.activities[0]).toMatchObject({ priority: null, rank: null, next: null, bounds: null });
    }
  });

  it('ignorance widens the bounds and moves nothing else', () => {
    const { activities, overall } = judgeActivities(worldOf([{ id: 'a', importance: [4], markers: people('yyn---') }]));
    // two yes of six, and five if the three unknown ones were yes
    expect(activities[0]?.bounds?.[0]).toBeCloseTo(1 + (4 * 2) / 6, 12);
    expect(activities[0]?.bounds?.[1]).toBeCloseTo(1 + (4 * 5) / 6, 12);
    expect(overall.bounds).toEqual(activities[0]?.bounds);
    expect(activities[0]?.to_find_out).toEqual(['a-m3', 'a-m4', 'a-m5']);
  });

  it('names why records are silent, and lets people speak', () => {
    const world = worldOf([
      {
        id: 'a',
        importance: [],
        markers: [{ records: { q: 1, one_sided: false, age_days: 0 }, people: ['y'] }, ...people('yyynn')],
      },
    ]);
    const signal = world.signals[0]?.id ?? '';
    const { activities } = judgeActivities({ ...world, findings: [unmeasured(signal, 'not_observable', 'plan')] });
    expect(activities[0]?.markers[0]).toEqual({
      marker: 'a-m0',
      by: 'people',
      yes: 1,
      weight: 1,
      silent: 'not_observable: plan',
    });
  });

  it('a signal that did not report is a fault of the program, never a silent gap', () => {
    const world = worldOf([
      { id: 'a', importance: [], markers: [{ records: { q: 1, one_sided: false, age_days: 0 }, people: [] }] },
    ]);
    expect(() => judgeActivities({ ...world, findings: [] })).toThrow(expect.objectContaining({ code: 'BUG' }));
    const twice = [...world.findings, ...world.findings];
    expect(() => judgeActivities({ ...world, findings: twice })).toThrow(/reported twice/);
  });
});

describe('importance', () => {
  const yes = people('yyynnn');
  it('is averaged over respondents before it is used', () => {
    const { activities, respondents } = judgeActivities(worldOf([{ id: 'a', importance: [5, 2], markers: yes }]));
    // (3.5 - 3) * 3.5, while the mean of the two indices would be (10 - 2) / 2 = 4
    expect(activities[0]).toMatchObject({ importance: 3.5, importance_respondents: 2, priority: 1.75 });
    expect(respondents).toBe(2);
  });

  it('unknown importance ranks nothing', () => {
    const { activities, highest_importance } = judgeActivities(worldOf([{ id: 'a', importance: [], markers: yes }]));
    expect(activities[0]).toMatchObject({ importance: null, importance_from: null, priority: null, rank: null });
    expect(highest_importance).toEqual([]);
  });

  it('what was decided counts until somebody answers', () => {
    const world = worldOf([{ id: 'a', importance: [], markers: yes }]);
    const model = activityModel(world.model.activities.map((one) => ({ ...one, importance: 4 })));
    expect(judgeActivities({ ...world, model }).activities[0]).toMatchObject({
      importance: 4,
      importance_from: 'decided',
      importance_respondents: 0,
    });
    const answers = [...world.answers, said('a', 2)];
    expect(judgeActivities({ ...world, model, answers }).activities[0]).toMatchObject({
      importance: 2,
      importance_from: 'people',
    });
  });
});

describe('answers', () => {
  const world = worldOf([{ id: 'a', importance: [4], markers: people('yyynnn') }]);
  const maturity = (more: ReturnType<typeof said>[]) =>
    judgeActivities({ ...world, answers: [...world.answers, ...more] }).activities[0]?.maturity;

  it('the latest of a person counts, and "do not know" takes an older one back', () => {
    const old = world.answers.map((one) => ({ ...one, answered_at: daysBefore(9) }));
    const judge = (more: ReturnType<typeof said>[]) =>
      judgeActivities({ ...world, answers: [...more, ...old] }).activities[0];
    expect(judge([said('a-m3', 'yes', { respondent: 'r0' })])?.maturity).toBeCloseTo(1 + (4 * 4) / 6, 12);
    expect(judge([said('a-m3', 'dont_know', { respondent: 'r0' })])?.maturity).toBeCloseTo(1 + (4 * 3) / 5, 12);
  });

  it.each([
    ['given after asOf', { answered_at: daysBefore(-1) }],
    ['expired at asOf', { answered_at: daysBefore(400), expires_at: AS_OF }],
    ['for another model', { model: 'other' }],
  ])('leaves out what is %s', (_, over) => {
    expect(maturity([said('a-m3', 'yes', { respondent: 'r7', ...over })])).toBe(3);
  });

  it('two people who disagree make half a yes', () => {
    expect(maturity([said('a-m3', 'yes', { respondent: 'r7' })])).toBeCloseTo(1 + (4 * 3.5) / 6, 12);
  });
});

describe('slots', () => {
  it('are counted while they are empty and judged once they have a name', () => {
    const world = worldOf([{ id: 'a', importance: [4], markers: people('yyynnn') }]);
    const empty = { id: 'slot-1', name: null, objective: null, statement: '', slot: true, markers: [] };
    const filled = { ...activityNamed('slot-2', world.model.activities[0]?.markers ?? []), slot: true };
    const verdict = judgeActivities({ ...world, model: activityModel([empty, filled]) });
    expect(verdict.activities.map(({ id, maturity }) => [id, maturity])).toEqual([['slot-2', 3]]);
    expect(verdict.overall).toMatchObject({ of: 1, empty_slots: 1 });
  });
});

describe('the next level', () => {
  it('asks for the fewest missing markers', () => {
    const { activities } = judgeActivities(worldOf([{ id: 'a', importance: [], markers: people('ynnnnn--') }]));
    // 1 + 4/6 = 1.67; one more yes gives 2.33
    expect(activities[0]?.next).toMatchObject({ level: 2, reaches: true, steps: [{ marker: 'a-m1' }] });
    expect(activities[0]?.next?.after).toBeCloseTo(1 + 8 / 6, 12);
  });

  it('needs as many as it takes', () => {
    const { activities } = judgeActivities(worldOf([{ id: 'a', importance: [], markers: people('yyyynnnnnnnn') }]));
    // 1 + 4 * 4/12 = 2.33; two more give 3
    expect(activities[0]?.next?.steps.map(({ marker }) => marker)).toEqual(['a-m4', 'a-m5']);
    expect(activities[0]?.next).toMatchObject({ level: 3, reaches: true });
  });

  it('takes the marker that gains most first, and none that is rather yes', () => {
    const record = (q: number): GivenMarker => ({ records: { q, one_sided: false, age_days: 0 }, people: [] });
    const { activities } = judgeActivities(
      worldOf([{ id: 'a', importance: [], markers: [record(0.4), record(0.5), record(0.1), ...people('yyy')] }]),
    );
    // 1 + 4 * 4/6 = 3.67; m2 gains 4 * 0.9 / 6 = 0.6
    expect(activities[0]?.next).toMatchObject({ level: 4, reaches: true, steps: [{ marker: 'a-m2' }] });
    expect(activities[0]?.next?.steps[0]?.gain).toBeCloseTo(0.6, 12);
  });

  it('says so when what is known to be missing does not suffice', () => {
    const half: GivenMarker = { records: { q: 0.6, one_sided: false, age_days: 0 }, people: [] };
    const { activities } = judgeActivities(worldOf([{ id: 'a', importance: [], markers: [half, half, half] }]));
    expect(activities[0]?.next).toMatchObject({ level: 4, steps: [], reaches: false });
  });

  it('ends at the top', () => {
    const { activities } = judgeActivities(worldOf([{ id: 'a', importance: [], markers: people('yyyyyy') }]));
    expect(activities[0]?.next).toBeNull();
  });
});
