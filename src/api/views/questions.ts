import { isStaged } from '../../domain/staged-model.ts';
import { type AssessDeps, answersInForce, itemQuestionsFor, questionsFor, respondents } from '../../pipeline/assess.ts';
import { readLatest } from '../../pipeline/find-snapshot.ts';
import {
  answeredQuestions,
  itemQuestions,
  levelQuestions,
  type QuestionsView,
  questionsView,
} from '../../report/view/questions.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';

interface AskedQuestions {
  readonly model?: string | undefined;
  readonly respondent?: string | undefined;
  readonly role?: string | undefined;
  readonly all: boolean;
}

const END_OF_TIME = new Date(8.64e15);

/** What is worth asking about a model of any kind; with a respondent, what that person has not answered, and then what that person has. */
export async function drawQuestions({ ledger }: Store, asked: AskedQuestions, deps: ApiDeps): Promise<QuestionsView> {
  const { model, items } = await deps.anyModel(asked.model ?? deps.config.model);
  const who = { respondent: asked.respondent ?? null, role: asked.role ?? null, all: asked.all };
  const asking: AssessDeps = { ledger, questionnaire: await deps.questionnaire(model.id), now: deps.clock.now() };
  const open = isStaged(model)
    ? levelQuestions(
        await questionsFor({ snapshot: await readLatest(ledger, model.id, END_OF_TIME), ...who }, { ...asking, model }),
        items,
      )
    : itemQuestions(await itemQuestionsFor(who, asking), items);
  const own = who.respondent === null ? new Map<string, never>() : await answersInForce(who.respondent, asking);
  return questionsView(model, [...open, ...answeredQuestions(own, items)], await respondents(asking));
}
