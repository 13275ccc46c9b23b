import { z } from 'zod';
import { AnswerNotes, NotApplicableReason } from '../../domain/assessment.ts';
import type { Invitation } from '../../domain/invitation.ts';
import { ItemAnswerValue } from '../../domain/item-answer.ts';
import { PlumblineError } from '../../errors/index.ts';
import { keepAnswersOf } from '../../pipeline/assess.ts';
import { openInvitation } from '../../pipeline/invitations.ts';
import { respondentQuestions } from '../../pipeline/respondent-questions.ts';
import { csrfOf, startSession } from '../../pipeline/sessions.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { respondentOf } from '../guard.ts';
import { sendProblem } from '../send-problem.ts';
import { sessionDeps } from '../session/recognise.ts';
import { giveCookie } from '../session/session-cookie.ts';
import type { Access, RegisterRoutes } from '../types.ts';
import { PROBLEMS, QuestionView, SessionView } from '../wire.ts';

const tags = ['respondent'];
const respondent: Access = { kind: 'respondent' };

/** What an invited person may say: who checked a proof is for others to say. */
const OwnAnswer = z.union([
  ItemAnswerValue,
  AnswerNotes.omit({ proof_checked_by: true }).extend({ value: ItemAnswerValue }),
]);

async function questionsOf(invitation: Invitation, deps: ApiDeps): Promise<z.infer<typeof QuestionView>[]> {
  const [questionnaire, { model }] = await Promise.all([
    deps.questionnaire(invitation.model),
    deps.anyModel(invitation.model),
  ]);
  const now = deps.clock.now();
  const asked = await withStore(deps, invitation.workspace, ({ ledger }) =>
    respondentQuestions(invitation, { ledger, questionnaire, model, now }),
  );
  return asked.map(({ item: { id, name, statement, levels, scale, proof, set }, answer }) => ({
    id,
    name,
    statement,
    levels: levels === null ? null : [levels[1], levels[2], levels[3]],
    scale,
    proof,
    may_not_apply: set !== null,
    answer: answer === null ? null : { value: answer.value, comment: answer.comment, proof: answer.proof },
  }));
}

export const respondentRoutes: RegisterRoutes = (app, deps) => {
  app.post(
    '/v1/invitation',
    {
      config: { access: { kind: 'open', probe: false }, audit: 'invitation.open', guesses: true },
      schema: {
        tags,
        summary: 'Open an invitation: the secret of its link is exchanged, once, for a cookie of its respondent',
        body: z.strictObject({ secret: z.string().max(200).describe('What stands behind the # of the link') }),
        response: { 201: SessionView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const within = sessionDeps(deps);
      const opened = await openInvitation(request.body.secret, { operations: deps.operations, now: within.now });
      if (opened === null) {
        const error = new PlumblineError(
          'NOT_ALLOWED',
          'This invitation is not valid, or not any more: a link opens once and for some days.',
          'Ask whoever sent it for another one.',
        );
        return sendProblem(request, reply, error, 403);
      }
      const owner = { token: null, invitation: opened.id, until: opened.expires_at };
      const { cookie, session } = await startSession(owner, request.signed?.session ?? null, {
        ...within,
        randomBytes: deps.randomBytes,
      });
      request.respondent = opened;
      giveCookie(request, reply, { cookie, expires: session.expires_at }, deps);
      return reply.code(201).send({
        caller: null,
        respondent: { workspace: opened.workspace, respondent: opened.respondent, role: opened.role },
        openid: deps.config.serve.openid?.label ?? null,
        csrf: csrfOf(cookie),
        expires_at: session.expires_at,
      });
    },
  );

  app.get(
    '/v1/respondent/questions',
    {
      config: { access: respondent },
      schema: {
        tags,
        summary: 'The questions of an invitation, the most telling first, with the own answers so far',
        response: {
          200: z.strictObject({
            model: z.strictObject({ id: z.string(), title: z.string(), source: z.string() }),
            questions: z.array(QuestionView),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request) => {
      const invitation = respondentOf(request);
      const { id, title, source } = (await deps.questionnaire(invitation.model)).model;
      return { model: { id, title, source }, questions: await questionsOf(invitation, deps) };
    },
  );

  app.put(
    '/v1/respondent/answers',
    {
      config: { access: respondent, audit: 'answers.add' },
      schema: {
        tags,
        summary: 'Keep answers of the invited respondent; a later one takes the place of an earlier one',
        body: z.strictObject({
          answers: z.record(z.string().max(100), OwnAnswer).default({}),
          not_applicable: z.record(z.string().max(100), NotApplicableReason).default({}),
        }),
        response: { 200: z.strictObject({ kept: z.int(), not_applicable: z.int() }), ...PROBLEMS },
      },
    },
    async (request) => {
      const invitation = respondentOf(request);
      const questionnaire = await deps.questionnaire(invitation.model);
      const { respondent: who, role, model, workspace } = invitation;
      const parsed = await withStore(deps, workspace, ({ ledger }) =>
        keepAnswersOf({ ...request.body, respondent: who, role, model }, 'body', {
          ledger,
          questionnaire,
          now: deps.clock.now(),
        }),
      );
      const counts = { kept: parsed.answers.length, not_applicable: parsed.not_applicable.length };
      request.auditNote = { subject: model, detail: counts };
      return counts;
    },
  );
};
