import { describe, expect, it } from 'vitest';
import { activitySheet } from '../../src/report/view/activity-sheet.ts';
import type { Sheet } from '../../src/report/view/sheet.ts';
import { sheetOf } from '../../src/report/view/sheet-of.ts';
import { valueSheet } from '../../src/report/view/value-sheet.ts';
import { judgeActivities } from '../../src/scoring/activity/index.ts';
import { judgeValue } from '../../src/scoring/value/index.ts';
import { type GivenMarker, worldOf } from '../harness/activity-model.ts';
import { saidOf, valueInput } from '../harness/value-model.ts';

function people(word: string): GivenMarker[] {
  return [...word].map((sign) => ({ records: null, people: sign === '-' ? [] : [sign === 'y' ? 'y' : 'n'] }));
}

function partOf(sheet: Sheet, title: string) {
  return sheet.parts.find((one) => one.title === title);
}

describe('the sheet of an activity score', () => {
  const world = worldOf([
    { id: 'a', importance: [5, 4], markers: people('ynn---') },
    { id: 'b', importance: [], markers: people('yy----') },
  ]);
  const sheet = activitySheet(world.model, judgeActivities(world));

  it('leads with the overall mean, what it rests on and who answered', () => {
    // 1 + 4 / 3 = 2.33; thirds of a level: 4 -> "2+"; of six markers one is yes and three are open: 1 + 4 / 6, 1 + 4 * 4 / 6
    expect(sheet.lead[0]).toBe(
      'Overall 2+ (2.33), the mean of 1 of 2 activities; the others are not assessed. What nobody knows of them leaves it between 1.67 and 3.67. 2 people answered.',
    );
  });

  it('draws maturity and importance as bars, with index and rank', () => {
    const rows = partOf(sheet, 'Maturity and importance')?.table?.rows;
    // (4.5 - 2.333) * 4.5 = 9.75; a third of the scale, and seven eighths of it
    expect(rows?.[0]).toEqual([
      'Activity a',
      { share: expect.closeTo(1 / 3, 9), text: '2+ 2.3' },
      { share: 0.875, text: '4.5, 2 people' },
      '+9.75',
      '1',
    ]);
    expect(rows?.[1]).toEqual(['Activity b', 'not assessed', 'nobody said', '–', '–']);
  });

  it('gives the steps, and what has to be found out', () => {
    expect(partOf(sheet, 'Steps to the next level')?.list).toEqual(['Activity a, to 3: 1. Make it so.']);
    expect(partOf(sheet, 'Nobody knows yet')?.list[1]).toBe(
      'Activity b (not assessed until more is known): Is it so here? Is it so here? Is it so here? And 1 question more.',
    );
  });

  it('says that nothing is assessed rather than a number', () => {
    const dark = worldOf([{ id: 'a', importance: [], markers: people('------') }]);
    const { lead, parts } = activitySheet(dark.model, judgeActivities(dark));
    expect(lead[0]).toBe('Not assessed: too little is known of each of 1 activity. Nobody has answered yet.');
    expect(parts.map(({ title }) => title)).toEqual(['Maturity and importance', 'Nobody knows yet']);
  });
});

describe('the sheet of a value exchange', () => {
  const group = {
    cause: null,
    category: 'k',
    tags: [],
    form: null,
    contacts: 100,
    returning: 0,
    linked: 0,
    one_reply: 0,
    known_answer: 0,
    answered: 100,
    hours: { low: 10, high: 20 },
  };
  const sheetOf = (input: ReturnType<typeof valueInput>) => valueSheet(input.model, judgeValue(input));

  it('says of a desk that nobody has mapped only what is unknown', () => {
    const sheet = sheetOf(valueInput());
    expect(sheet.lead[0]).toBe(
      '0 of 6 exchanges are shown on both sides; records can speak of 0 % of the sides. Nobody has answered yet.',
    );
    expect(partOf(sheet, 'What contacts do to value')?.lines).toEqual(['Contacts were not counted.']);
    expect(partOf(sheet, 'Three levers, in this window')).toBeUndefined();
    expect(partOf(sheet, 'Why value is not realised')?.lines).toEqual(['Too few have answered to name a reason.']);
  });

  it('gives mix and levers as ranges', () => {
    const mapping = [{ by: 'category' as const, value: 'k', kind: 'routine' as const }];
    const other = { ...group, category: 'other', contacts: 300 };
    const sheet = sheetOf(valueInput({ mapping, contacts: { windowDays: 90, groups: [group, other] } }));
    const mix = partOf(sheet, 'What contacts do to value');
    expect(mix?.lines[0]).toBe(
      '100 of 400 contacts are mapped (25 %). The span says what the unmapped ones leave open.',
    );
    expect(mix?.table?.rows[1]).toEqual(['routine', { share: 1, text: '100 %' }, '25 % to 100 %', '100', '10 to 20']);
    // 9 to 23 % of a hundred contacts and of ten to twenty hours
    expect(partOf(sheet, 'Three levers, in this window')?.table?.rows[1]).toEqual([
      'Redistribute (100 routine)',
      '9 to 23',
      '0.9 to 4.6',
    ]);
  });

  it('names the reason of the gap, and keeps records and people apart', () => {
    const answers = [saidOf('own-person', 'no'), saidOf('own-goals', 'no'), saidOf('onboarding-company', 'yes')];
    const sheet = sheetOf(valueInput({ answers }));
    expect(partOf(sheet, 'Why value is not realised')?.lines).toEqual([
      'Ownership: It is known, and nobody has it as a task.',
    ]);
    expect(partOf(sheet, 'Six exchanges')?.table?.rows[0]).toEqual([
      'Onboarding: · cannot be read',
      'Welcome: · cannot be read, 100 % say yes',
    ]);
  });
});

describe('sheetOf', () => {
  it('draws each kind by its own sheet, and leaves staged models to their screens', () => {
    const world = worldOf([{ id: 'a', importance: [], markers: people('yyynnn') }]);
    const activities = judgeActivities(world);
    expect(sheetOf(world.model, activities)).toEqual(activitySheet(world.model, activities));
    const input = valueInput();
    const value = judgeValue(input);
    expect(sheetOf(input.model, value)).toEqual(valueSheet(input.model, value));
    expect(sheetOf({ ...input.model, kind: 'staged' }, {})).toBeNull();
    expect(() => sheetOf(input.model, activities)).toThrow();
  });
});
