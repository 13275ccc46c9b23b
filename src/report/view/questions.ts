import { z } from 'zod';
import type { ItemQuestion, Question } from '../../domain/assessment.ts';
import { ITEM_SCALES, type ModelHead, type ModelItem } from '../../domain/model.ts';
import { counted, day } from '../numbers.ts';
import { ModelName } from './named.ts';

/** One question, whatever the kind of the model. */
export const QuestionRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  statement: z.string(),
  scale: z.enum(ITEM_SCALES),
  /** What may be answered, in words; "don't know" may be answered to all of them. */
  choices: z.array(z.strictObject({ value: z.union([z.int(), z.enum(['yes', 'no'])]), text: z.string() })),
  ask: z.array(z.string()),
  /** Why it comes now. */
  why: z.string(),
  /** Expected narrowing of the verdict, bits; null for items without levels. */
  value_bits: z.number().nullable(),
  /** How much of the open verdict one answer settles, in words; null as above. */
  value_words: z.string().nullable(),
  /** It may be declared not applicable. */
  may_be_declared: z.boolean(),
  proof: z.string().nullable(),
  /** Present answer of the respondent that was asked for. */
  answer: z.union([z.number(), z.enum(['yes', 'no', 'dont_know'])]).nullable(),
});
export type QuestionRow = z.infer<typeof QuestionRow>;

/** What is worth asking people, the most telling first, for a model of any kind. */
export const QuestionsView = z.strictObject({
  model: ModelName,
  sentence: z.string(),
  questions: z.array(QuestionRow),
  respondents: z.array(
    z.strictObject({ id: z.string(), role: z.string(), answered: z.int(), dont_know: z.int(), last_day: z.iso.date() }),
  ),
});
export type QuestionsView = z.infer<typeof QuestionsView>;

/** Narrowing of the verdict from which on an answer is said to settle much, or something; bits. Our convention. */
const MUCH_BITS = 0.05;
const SOME_BITS = 0.01;

function valueWords(bits: number): string {
  if (bits >= MUCH_BITS) return 'an answer settles much';
  return bits >= SOME_BITS ? 'an answer settles something' : 'an answer settles little';
}

function choicesOf({ scale, levels }: Pick<ModelItem, 'scale' | 'levels'>): QuestionRow['choices'] {
  if (scale === 'yes_no')
    return [
      { value: 'yes', text: 'yes' },
      { value: 'no', text: 'no' },
    ];
  if (scale === 'importance5')
    return [1, 2, 3, 4, 5].map((value) => ({
      value,
      text: value === 1 ? '1, matters least' : value === 5 ? '5, matters most' : String(value),
    }));
  return levels === null ? [] : ([1, 2, 3] as const).map((value) => ({ value, text: levels[value] }));
}

function rowOf(item: ModelItem, why: string): QuestionRow {
  const { id, name, statement, scale, ask, set, proof } = item;
  return {
    id,
    name,
    statement: statement === '' ? name : statement,
    scale,
    choices: choicesOf(item),
    ask: [...ask],
    why,
    value_bits: null,
    value_words: null,
    may_be_declared: set !== null,
    proof,
    answer: null,
  };
}

type Items = readonly ModelItem[];

/** Questions about statements with levels, in the order given; those of no item of the model are left out. */
export function levelQuestions(questions: readonly Question[], items: Items): QuestionRow[] {
  return questions.flatMap(({ criterion, expired, unseen, value_bits }) => {
    const item = items.find(({ id }) => id === criterion);
    if (item === undefined) return [];
    const why = expired
      ? 'answered before, but too long ago'
      : unseen
        ? 'data cannot show it'
        : 'data show too little of it';
    return [{ ...rowOf(item, why), value_bits, value_words: valueWords(value_bits) }];
  });
}

/** Questions about items without levels, in the order given. */
export function itemQuestions(questions: readonly ItemQuestion[], items: Items): QuestionRow[] {
  return questions.flatMap((question) => {
    const item = items.find(({ id }) => id === question.item);
    if (item === undefined) return [];
    const why = question.expired
      ? 'answered before, but too long ago'
      : question.scale === 'importance5'
        ? 'how much does it matter?'
        : question.unseen
          ? 'no record answers it'
          : 'records may answer it too';
    return [rowOf(item, why)];
  });
}

/** What somebody has answered already, so that it can be looked at and changed. */
export function answeredQuestions(
  given: ReadonlyMap<string, NonNullable<QuestionRow['answer']>>,
  items: Items,
): QuestionRow[] {
  return items.flatMap((item) => {
    const answer = given.get(item.id);
    return answer === undefined ? [] : [{ ...rowOf(item, 'answered'), answer }];
  });
}

interface Respondent {
  readonly id: string;
  readonly role: string;
  readonly answered: number;
  readonly dont_know: number;
  readonly last_answered_at: Date;
}

/** What is left to ask about a model of any kind, then what was answered, and by whom. Pure. */
export function questionsView(
  { id, version, title, source, kind }: ModelHead,
  questions: readonly QuestionRow[],
  respondents: readonly Respondent[],
): QuestionsView {
  const open = questions.filter(({ answer }) => answer === null).length;
  const people =
    respondents.length === 0 ? 'Nobody has answered yet.' : `${counted(respondents.length, 'person')} answered.`;
  const left =
    open === 0
      ? 'Nothing is left to ask.'
      : `${counted(open, 'question')} ${open === 1 ? 'is' : 'are'} worth asking, the most telling first.`;
  return {
    model: { id, version, title, source, kind },
    sentence: `${left} ${people}`,
    questions: [...questions],
    respondents: respondents.map((one) => ({
      id: one.id,
      role: one.role,
      answered: one.answered,
      dont_know: one.dont_know,
      last_day: day(one.last_answered_at),
    })),
  };
}
