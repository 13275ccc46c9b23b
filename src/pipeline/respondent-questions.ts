import { currentAnswers } from '../assessment/index.ts';
import type { Answer } from '../domain/assessment.ts';
import type { ModelHead, ModelItem } from '../domain/model.ts';
import { isStaged } from '../domain/staged-model.ts';
import { answersTo } from './answers-to.ts';
import { type AssessDeps, itemQuestionsFor, questionsFor } from './assess.ts';
import { readLatest } from './find-snapshot.ts';

/** One question to somebody who was invited, with what that person has said so far. */
interface RespondentQuestion {
  readonly item: ModelItem;
  readonly answer: Answer | null;
}

/**
 * All questions of a model for one respondent: the most telling that are open first, those that this person has answered last, in the order of
 * the model. The order is all that it tells of what records show. Answers of others are not looked at.
 */
export async function respondentQuestions(
  who: { readonly respondent: string; readonly role: string },
  deps: AssessDeps & { readonly model: ModelHead },
): Promise<readonly RespondentQuestion[]> {
  const { ledger, questionnaire, model, now } = deps;
  const asked = { ...who, all: true };
  const open = isStaged(model)
    ? (await questionsFor({ ...asked, snapshot: await readLatest(ledger, model.id, now) }, { ledger, now, model })).map(
        ({ criterion }) => criterion,
      )
    : (await itemQuestionsFor(asked, deps)).map(({ item }) => item);
  const { current } = currentAnswers(await answersTo(ledger, questionnaire), now);
  const own = new Map(
    current.filter(({ respondent }) => respondent === who.respondent).map((answer) => [answer.criterion, answer]),
  );
  const place = new Map(open.map((id, index) => [id, index]));
  const placeOf = ({ id }: ModelItem): number => place.get(id) ?? open.length;
  return questionnaire.items
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((item) => ({ item, answer: own.get(item.id) ?? null }));
}
