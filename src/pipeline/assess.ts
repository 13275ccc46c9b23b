import {
  type AnswersForm,
  checkAnswers,
  currentAnswers,
  listRespondents,
  modelNamedIn,
  type ParsedAnswers,
  parseAnswers,
  planQuestions,
  type Respondent,
  standingAt,
  writeAnswers,
} from '../assessment/index.ts';
import { type Answer, AnswersFile, type ItemQuestion, type Question } from '../domain/assessment.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { PlumblineError } from '../errors/index.ts';
import { answerKernel, imputedLevels, openStaging } from '../scoring/index.ts';
import type { Ledger } from '../store/ports.ts';
import { answersTo, notApplicableTo } from './answers-to.ts';

export interface AssessDeps {
  readonly ledger: Ledger;
  readonly questionnaire: Questionnaire;
  readonly now: Date;
}

/** Answers that were kept, beside those of the same person that were there before. */
interface KeptAnswers extends ParsedAnswers {
  /** Statements whose earlier answer no longer counts; of two answers of one instant the one kept last counts. */
  readonly replaced: readonly string[];
  /** Statements whose answer dates from before one that is already there, which stays in force. */
  readonly overtaken: readonly string[];
}

/** Statements that a standing resolution takes out. */
async function takenOut(ledger: Pick<Ledger, 'resolutions'>, model: string, now: Date): Promise<readonly Resolution[]> {
  return standingAt(await ledger.resolutions(model), now, true).filter(({ kind }) => kind === 'not_applicable');
}

/**
 * One statement of a set at most does not apply, whoever says so: a second one would make every later judgement fail. Errors: BAD_ANSWERS.
 */
export async function assertDeclarable(
  wanted: readonly { readonly criterion: string }[],
  { ledger, questionnaire, now }: AssessDeps,
): Promise<void> {
  if (wanted.length === 0) return;
  const setOf = new Map(questionnaire.items.map(({ id, set }) => [id, set]));
  const declared = [
    ...(await notApplicableTo(ledger, questionnaire)),
    ...(await takenOut(ledger, questionnaire.model.id, now)),
  ];
  for (const { criterion } of wanted) {
    const other = declared.find(
      (one) => one.criterion !== criterion && setOf.get(one.criterion) === setOf.get(criterion),
    );
    if (other === undefined) continue;
    throw new PlumblineError(
      'BAD_ANSWERS',
      `${criterion} cannot be declared not applicable: ${other.criterion} of the same set already is, and only one may be.`,
      'Answer it instead.',
    );
  }
}

async function keep(parsed: ParsedAnswers, deps: AssessDeps): Promise<KeptAnswers> {
  await assertDeclarable(parsed.not_applicable, deps);
  const { current, expired } = currentAnswers(await deps.ledger.answers(deps.questionnaire.model.id), deps.now);
  const before = new Map(
    [...current, ...expired]
      .filter((answer) => answer.respondent === parsed.respondent)
      .map((answer) => [answer.criterion, answer.answered_at]),
  );
  const isOlder = (answer: Answer): boolean =>
    answer.answered_at < (before.get(answer.criterion) ?? answer.answered_at);
  const again = parsed.answers.filter((answer) => before.has(answer.criterion));
  await deps.ledger.addAnswers(parsed.answers);
  await deps.ledger.addNotApplicable(
    parsed.not_applicable.map(({ criterion, reason }) => ({
      model: deps.questionnaire.model.id,
      criterion,
      reason,
      by: parsed.respondent,
      at: deps.now,
    })),
  );
  return {
    ...parsed,
    replaced: again.filter((answer) => !isOlder(answer)).map((answer) => answer.criterion),
    overtaken: again.filter(isOlder).map((answer) => answer.criterion),
  };
}

/** Keeps the answers of one file. Earlier answers stay in the ledger; the latest per person and statement counts. Errors: BAD_ANSWERS. */
export async function keepAnswers(text: string, path: string, deps: AssessDeps): Promise<KeptAnswers> {
  return keep(parseAnswers(text, path, deps.questionnaire, deps.now), deps);
}

/** The same for answers that came in as a value; `name` stands where a file would be named. Errors: BAD_ANSWERS. */
export async function keepAnswersOf(value: unknown, name: string, deps: AssessDeps): Promise<KeptAnswers> {
  return keep(checkAnswers(value, name, deps.questionnaire, deps.now), deps);
}

export { modelNamedIn };

/** Who answers, as typed. Errors: BAD_USAGE (empty, too long, an e-mail address, a hidden character). */
export function assertAnswerer(respondent: string, role: string): void {
  const parsed = AnswersFile.pick({ respondent: true, role: true }).safeParse({ respondent, role });
  const [issue] = parsed.success ? [] : parsed.error.issues;
  if (issue !== undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `The ${String(issue.path[0])} ${issue.message}.`,
      'Name the seat and the role, e.g. --respondent lead-1 --role support_lead.',
    );
}

interface QuestionsInput {
  /** Latest snapshot: what the data show already; null when nothing was measured. */
  readonly snapshot: StagedReading | null;
  readonly respondent: string | null;
  readonly role: string | null;
  readonly all: boolean;
}

/** Questions still worth asking, the most telling first: of the named respondent, or of anybody. */
export async function questionsFor(
  input: QuestionsInput,
  { model, ...deps }: Pick<AssessDeps, 'ledger' | 'now'> & { readonly model: StagedModel },
): Promise<Question[]> {
  const asked = { model, items: model.criteria };
  const { current, expired } = currentAnswers(await answersTo(deps.ledger, asked), deps.now);
  const mine = (a: Answer): boolean => input.respondent === null || a.respondent === input.respondent;
  const declared = [
    ...(await notApplicableTo(deps.ledger, asked)),
    ...(await takenOut(deps.ledger, model.id, deps.now)),
  ];
  const notApplicable = new Set(declared.map((n) => n.criterion));
  const results = input.snapshot?.criteria ?? [];
  return planQuestions({
    model,
    points: new Map(results.map((c) => [c.id, c.total])),
    telemetryMass: new Map(results.map((c) => [c.id, c.telemetry_mass])),
    answered: new Set(current.filter(mine).map((a) => a.criterion)),
    expired: new Set(expired.filter(mine).map((a) => a.criterion)),
    notApplicable,
    all: input.all,
    ...(input.role === null ? {} : { role: input.role }),
    stageLaw: (points) => {
      const { atLeast } = openStaging(model, points, notApplicable).law;
      return atLeast.map((p, i) => p - (atLeast[i + 1] ?? 0));
    },
    levelLaw: (criterion, points) =>
      imputedLevels(model, points, notApplicable).get(criterion) ?? [1 / 3, 1 / 3, 1 / 3],
    answerLaw: answerKernel(model.self),
  });
}

/**
 * What is still worth asking about a model whose items have no levels, in the order of its file: importances, and questions that no record
 * answers. Left out: what the named respondent, or anybody, has answered. `all` adds what records may answer too.
 */
export async function itemQuestionsFor(
  input: { readonly respondent: string | null; readonly role: string | null; readonly all: boolean },
  deps: AssessDeps,
): Promise<ItemQuestion[]> {
  const { items } = deps.questionnaire;
  const { current, expired } = currentAnswers(await answersTo(deps.ledger, deps.questionnaire), deps.now);
  const mine = (a: Answer): boolean => input.respondent === null || a.respondent === input.respondent;
  const answered = new Set(current.filter(mine).map((a) => a.criterion));
  const old = new Set(expired.filter(mine).map((a) => a.criterion));
  const meant = (ask: readonly string[]): boolean => input.role === null || ask.includes(input.role);
  return items
    .filter(({ id, signals }) => !answered.has(id) && (input.all || signals.length === 0))
    .map(
      ({ id, name, statement, scale, ask, signals }): ItemQuestion => ({
        item: id,
        name,
        statement,
        scale,
        ask: [...ask],
        unseen: signals.length === 0,
        expired: old.has(id),
      }),
    )
    .sort((a, b) => Number(meant(b.ask)) - Number(meant(a.ask)));
}

/** One answer typed at the prompt. Errors: BAD_USAGE as of `assertAnswerer`. */
export async function keepAnswer(
  given: {
    readonly criterion: string;
    readonly respondent: string;
    readonly role: string;
    readonly value: Answer['value'];
  },
  deps: AssessDeps,
): Promise<void> {
  const { criterion, respondent, role, value } = given;
  assertAnswerer(respondent, role);
  const expires = new Date(deps.now.getTime() + deps.questionnaire.expireDays * 86_400_000);
  await deps.ledger.addAnswers([
    {
      model: deps.questionnaire.model.id,
      criterion,
      respondent,
      role,
      value,
      comment: null,
      proof: null,
      proof_checked_by: null,
      answered_at: deps.now,
      expires_at: expires,
    },
  ]);
}

/** A form to fill by hand: statements with their level texts, the respondent's present answers filled in. */
export async function answersForm(
  respondent: string | null,
  role: string | null,
  only: readonly string[] | null,
  deps: AssessDeps,
): Promise<string> {
  const { questionnaire } = deps;
  const { current } = currentAnswers(await answersTo(deps.ledger, questionnaire), deps.now);
  const form: AnswersForm = {
    questionnaire,
    respondent,
    role,
    answers: current.filter((a) => a.respondent === respondent),
    notApplicable: [],
    ...(only === null ? {} : { only }),
  };
  return writeAnswers(form);
}

/** Who has answered what is in force. */
export async function respondents(deps: AssessDeps): Promise<Respondent[]> {
  return listRespondents(currentAnswers(await deps.ledger.answers(deps.questionnaire.model.id), deps.now).current);
}

/** What one person has said that is in force, by statement; "don't know" is one such answer. */
export async function answersInForce(respondent: string, deps: AssessDeps): Promise<Map<string, Answer['value']>> {
  const { current } = currentAnswers(await answersTo(deps.ledger, deps.questionnaire), deps.now);
  return new Map(
    current.filter((answer) => answer.respondent === respondent).map(({ criterion, value }) => [criterion, value]),
  );
}
