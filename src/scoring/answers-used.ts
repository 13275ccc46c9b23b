import type { Answer } from '../domain/assessment.ts';
import type { ModelHead } from '../domain/model.ts';
import { isStaged } from '../domain/staged-model.ts';
import { answersInForce } from './answer-lines.ts';
import { itemAnswersInForce, toItemAnswer } from './item-answers.ts';
import { itemsOf } from './method-of.ts';

/** Answers of the model that count at `asOf`, in the order of its items, then respondents; whatever the kind of the model. */
export function answersUsed(
  model: ModelHead,
  answers: readonly Answer[],
  asOf: Date,
): Pick<Answer, 'criterion' | 'respondent' | 'role' | 'value' | 'answered_at'>[] {
  if (isStaged(model)) return answersInForce(model, answers, asOf);
  const voices = itemAnswersInForce(model.id, answers.map(toItemAnswer), asOf);
  return itemsOf(model).flatMap(({ id }) =>
    (voices.get(id) ?? []).map(({ item, ...answer }) => ({ criterion: item, ...answer })),
  );
}
