import { describe, expect, it } from 'vitest';
import { activityModel, activityNamed } from '../../test/harness/activity-model.ts';
import { badAnswersOf } from '../../test/harness/bad-answers.ts';
import { questionnaireOf } from '../scoring/index.ts';
import { parseAnswers } from './parse-answers.ts';
import { writeAnswers } from './write-answers.ts';

const NOW = new Date('2026-03-15T10:30:00Z');
const HEAD = 'respondent: ana\nrole: support_lead\n';
const marker = (id: string) => ({ id, question: `Is ${id} so here?`, ask: ['support_lead'], step: 'Make it so.' });
const ASKED = questionnaireOf(activityModel([activityNamed('intake', [marker('one'), marker('two')])]), 200);

function read(text: string) {
  return parseAnswers(text, 'a.yaml', ASKED, NOW);
}

function problemsOf(text: string): readonly string[] {
  const error = badAnswersOf(() => read(text));
  return error === null ? [] : [...error.problems, error.remedy];
}

describe('answers to items without levels', () => {
  it('reads yes and no, also as an editor of old writes them, and how much an activity matters', () => {
    const { answers, blank } = read(`${HEAD}answers: {intake: 4.5, one: yes, two: false}`);
    expect(answers.map((a) => [a.criterion, a.value])).toEqual([
      ['intake', 4.5],
      ['one', 'yes'],
      ['two', 'no'],
    ]);
    expect(blank).toEqual([]);
    expect(answers[0]).toMatchObject({ model: 'activities', expires_at: new Date('2026-10-01T10:30:00Z') });
  });

  it.each([
    ['intake: 0.99', 'intake: 0.99 is not a number from 1 to 5 or dont_know'],
    ['intake: 5.01', 'intake: 5.01 is not a number from 1 to 5 or dont_know'],
    ['intake: yes', 'intake: "yes" is not a number from 1 to 5 or dont_know'],
    ['one: 3', 'one: 3 is not yes, no or dont_know'],
    ['one: maybe', 'one: "maybe" is not yes, no or dont_know'],
    ['onne: yes', '"onne" is not a statement of activities; the nearest is one'],
  ])('refuses %s', (line, problem) => {
    expect(problemsOf(`${HEAD}answers:\n  ${line}`)).toEqual([
      `a.yaml:4: ${problem}`,
      'Correct the lines named above; a value is a number from 1 to 5 or dont_know, or yes, no or dont_know, and an empty one is left for later.',
    ]);
  });

  it('takes both ends of the scale, leaves an empty one for later and knows no "not applicable"', () => {
    expect(read(`${HEAD}answers: {intake: 1}`).answers[0]?.value).toBe(1);
    expect(read(`${HEAD}answers: {intake: 5, one: dont_know, two: }`)).toMatchObject({ blank: ['two'] });
    expect(problemsOf(`${HEAD}answers:\n  two: yes\nnot_applicable:\n  one: nobody asks this`)[0]).toBe(
      'a.yaml:6: one: only a statement with levels can be not applicable; leave the answer empty',
    );
  });

  it('writes a form that says how to answer, and reads it back', () => {
    const { answers } = read(`${HEAD}answers: {intake: 2, one: no}`);
    const text = writeAnswers({
      questionnaire: ASKED,
      respondent: 'ana',
      role: 'support_lead',
      answers,
      notApplicable: [],
    });
    expect(text).toContain('Write yes, no or dont_know');
    expect(text.replaceAll(/\n# /g, ' ')).toContain('1 (least) to 5 (most)');
    expect(text).not.toContain('not_applicable');
    expect(read(text).answers.map((a) => [a.criterion, a.value])).toEqual([
      ['intake', 2],
      ['one', 'no'],
    ]);
    expect(read(text).blank).toEqual(['two']);
  });
});
