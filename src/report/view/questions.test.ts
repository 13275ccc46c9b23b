import { describe, expect, it } from 'vitest';
import type { ModelItem } from '../../domain/model.ts';
import { answeredQuestions, itemQuestions, levelQuestions, questionsView } from './questions.ts';

const LEVELS = { 1: 'no', 2: 'some', 3: 'all' };
const item = (id: string, over: Partial<ModelItem> = {}): ModelItem => ({
  id,
  name: `Name of ${id}`,
  statement: `We do ${id}.`,
  scale: 'level3',
  signals: [],
  ask: ['agent'],
  proof: 'A page.',
  levels: LEVELS,
  set: 1,
  ...over,
});
const ITEMS = [
  item('S1.1'),
  item('m1', { scale: 'yes_no', levels: null, set: null }),
  item('i1', { scale: 'importance5', levels: null, statement: '' }),
];

describe('questions', () => {
  const [level] = levelQuestions(
    [
      {
        criterion: 'S1.1',
        statement: 'We do S1.1.',
        levels: LEVELS,
        ask: ['agent'],
        value_bits: 0.06,
        unseen: true,
        expired: false,
      },
    ],
    ITEMS,
  );
  const items = itemQuestions(
    ['m1', 'i1'].map((id) => ({
      item: id,
      name: id,
      statement: '',
      scale: id === 'm1' ? ('yes_no' as const) : ('importance5' as const),
      ask: [],
      unseen: true,
      expired: id === 'i1',
    })),
    ITEMS,
  );

  it('describe the levels, say why they come and how much an answer settles', () => {
    expect(level).toMatchObject({
      why: 'data cannot show it',
      value_words: 'an answer settles much',
      may_be_declared: true,
    });
    expect(level?.choices).toEqual([
      { value: 1, text: 'no' },
      { value: 2, text: 'some' },
      { value: 3, text: 'all' },
    ]);
  });

  it('of items without levels have the choices of their scale', () => {
    expect(items.map(({ choices }) => choices.length)).toEqual([2, 5]);
    expect(items[1]).toMatchObject({
      statement: 'Name of i1',
      why: 'answered before, but too long ago',
      value_bits: null,
    });
  });

  it('are followed by what somebody has answered already, which is not counted as open', () => {
    const answered = answeredQuestions(new Map([['m1', 'yes']]), ITEMS);
    expect(answered).toMatchObject([{ id: 'm1', answer: 'yes', why: 'answered' }]);
    const head = { kind: 'staged', id: 'm', version: 1, title: 'M', source: 's', interpretation: '', assumed: [] };
    expect(questionsView(head, answered, []).sentence).toBe('Nothing is left to ask. Nobody has answered yet.');
    const one = {
      id: 'r1',
      role: 'agent',
      answered: 1,
      dont_know: 0,
      last_answered_at: new Date('2026-01-02T00:00:00Z'),
    };
    expect(questionsView(head, [...items, ...answered], [one]).sentence).toBe(
      '2 questions are worth asking, the most telling first. 1 person answered.',
    );
  });
});
