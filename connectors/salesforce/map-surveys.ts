import type { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import {
  type Case,
  CaseHistory,
  type Invitation,
  SurveyAnswer,
  SurveyQuestion,
  SurveyResponse,
  SurveySubject,
} from './schema.ts';
import type { Context } from './session.ts';
import { readBelow } from './soql.ts';

/** Lowest and highest answer of the questions that ask how content somebody is. */
const SCALES: Readonly<Record<string, readonly [number, number]>> = { nps: [0, 10], csat: [1, 5], rating: [1, 5] };

/** Surveys that were offered on cases, with their answers: of several such questions the first by id. */
export async function toSurveys(invitations: readonly Invitation[], context: Context): Promise<Mapped> {
  const below = <R>(
    ids: readonly string[],
    from: string,
    of: string,
    rows: z.ZodType<R>,
    select: string,
    where?: string,
  ) => readBelow(context, 'surveys', ids, { select, from, of, rows, ...(where === undefined ? {} : { where }) });
  const all = invitations.map((one) => one.Id);
  const onCase = "SubjectEntityType = 'Case'";
  const subjects = await below(all, 'SurveySubject', 'ParentId', SurveySubject, 'Id, ParentId, SubjectId', onCase);
  const cases = new Map(subjects.kept.map((one) => [one.ParentId, one.SubjectId]));
  const own = invitations.flatMap((one) => {
    const ticketId = cases.get(one.Id);
    return ticketId?.startsWith('500') === true ? [{ ...one, ticketId }] : [];
  });
  const ids = own.map((one) => one.Id);
  const completed = 'Id, InvitationId, Status, CompletionDateTime';
  const responses = await below(ids, 'SurveyResponse', 'InvitationId', SurveyResponse, completed);
  const answered = 'Id, InvitationId, QuestionId, NumberValue, ChoiceValue';
  const answers = await below(ids, 'SurveyQuestionResponse', 'InvitationId', SurveyAnswer, answered);
  const asked = answers.kept.flatMap((one) => one.QuestionId ?? []);
  const questions = await below(asked, 'SurveyQuestion', 'Id', SurveyQuestion, 'Id, QuestionType');
  const types = new Map(questions.kept.map((one) => [one.Id, one.QuestionType]));
  const given = groupBy(answers.kept, (one) => one.InvitationId);
  const csat = own.map((one): TelemetryRecord<'csat'> => {
    const response = responses.kept.find((row) => row.InvitationId === one.Id && row.CompletionDateTime !== null);
    const rated = response === undefined ? null : ratingOf(given.get(one.Id) ?? [], types);
    return {
      ...blank('csat'),
      id: one.Id,
      ticket_id: one.ticketId,
      offered_at: one.CreatedDate,
      answered_at: response?.CompletionDateTime ?? null,
      score: rated?.score ?? null,
      scale: rated?.scale ?? null,
    };
  });
  return { csat, rejected: [subjects, responses, answers, questions].flatMap((one) => one.rejected) };
}

function ratingOf(answers: readonly SurveyAnswer[], types: ReadonlyMap<string, string | null>) {
  for (const { QuestionId, NumberValue, ChoiceValue } of answers) {
    const scale = SCALES[(QuestionId === null ? null : types.get(QuestionId))?.toLowerCase() ?? ''];
    const value = NumberValue ?? (/^\d+$/.test(ChoiceValue ?? '') ? Number(ChoiceValue) : null);
    if (scale === undefined || value === null) continue;
    const [worst, best] = scale;
    const score = (value - worst) / (best - worst);
    if (score >= 0 && score <= 1) return { score, scale: `${worst}-${best}` };
  }
  return null;
}

/** Answers in a field of the case that the settings name. When one was given is known where the org keeps changes of the field. */
export async function toFieldAnswers(rows: readonly Case[], context: Context): Promise<Mapped> {
  const { satisfaction } = context.settings;
  const { field, worst, best } = satisfaction;
  if (field === undefined) return {};
  const given = rows.flatMap((row) => {
    const text = String(row[field] ?? '').trim();
    const answer = Number(/^-?\d+(?:\.\d+)?/.exec(text)?.[0]);
    const score = (answer - worst) / (best - worst);
    return text === '' ? [] : [{ id: row.Id, score: score >= 0 && score <= 1 ? score : null }];
  });
  const changes =
    (await context.session.shown('CaseHistory')) === 'yes' ? await changesOf(given, field, context) : null;
  const csat = given.map(({ id, score }): TelemetryRecord<'csat'> => {
    const set = (changes?.kept ?? []).filter((change) => change.CaseId === id && change.NewValue !== null);
    const latest = Math.max(...set.map((change) => change.CreatedDate.getTime()));
    return {
      ...blank('csat'),
      id: `${id}:field`,
      ticket_id: id,
      answered_at: set.length === 0 ? null : new Date(latest),
      score,
      scale: `${worst}-${best}`,
    };
  });
  const told = toAnswers(csat, { feed: 'satisfaction', path: field, expected: `${worst} to ${best}` });
  return joinMapped([{ rejected: changes?.rejected ?? [] }, told]);
}

function changesOf(answers: readonly { readonly id: string }[], field: string, context: Context) {
  return readBelow(
    context,
    'satisfaction',
    answers.map(({ id }) => id),
    {
      select: 'Id, CaseId, Field, OldValue, NewValue, CreatedDate',
      from: 'CaseHistory',
      of: 'CaseId',
      where: `Field = '${field}'`,
      rows: CaseHistory,
    },
  );
}
