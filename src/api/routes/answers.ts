import { z } from 'zod';
import { AnswersFile, NotApplicableReason } from '../../domain/assessment.ts';
import { keepAnswersOf } from '../../pipeline/assess.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, NotApplicableView, PROBLEMS } from '../wire.ts';

const tags = ['answers'];

const Kept = z.strictObject({
  model: z.string(),
  respondent: z.string(),
  role: z.string(),
  kept: z.int(),
  blank: z.int(),
  not_applicable: z.int(),
});

/** The body was parsed as JSON and is never written out again; the rules of an answers file hold for it too. */
async function keep(workspace: string, file: AnswersFile, deps: ApiDeps): Promise<z.infer<typeof Kept>> {
  const questionnaire = await deps.questionnaire(file.model);
  const parsed = await withStore(deps, workspace, ({ ledger }) =>
    keepAnswersOf(file, 'body', { ledger, questionnaire, now: deps.clock.now() }),
  );
  return {
    model: questionnaire.model.id,
    respondent: parsed.respondent,
    role: parsed.role,
    kept: parsed.answers.length,
    blank: parsed.blank.length,
    not_applicable: parsed.not_applicable.length,
  };
}

export const answerRoutes: RegisterRoutes = (app, deps) => {
  app.post(
    '/v1/workspaces/:workspace/answers',
    {
      config: { access: inWorkspace('assessor'), audit: 'answers.add' },
      schema: {
        tags,
        summary: 'Keep the answers of one respondent; the same form as `assess --answers`',
        params: InWorkspace,
        body: AnswersFile,
        response: { 201: Kept, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const kept = await keep(request.params.workspace, request.body, deps);
      request.auditNote = { subject: kept.model, detail: { kept: kept.kept, not_applicable: kept.not_applicable } };
      return reply.code(201).send(kept);
    },
  );

  app.post(
    '/v1/workspaces/:workspace/not-applicable',
    {
      config: { access: inWorkspace('assessor'), audit: 'answers.not_applicable' },
      schema: {
        tags,
        summary: 'Declare one statement not applicable, with the reason',
        params: InWorkspace,
        body: z.strictObject({
          model: AnswersFile.shape.model,
          criterion: z.string().max(100),
          reason: NotApplicableReason,
          respondent: AnswersFile.shape.respondent,
          role: AnswersFile.shape.role,
        }),
        response: { 201: Kept, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { criterion, reason, ...who } = request.body;
      request.auditNote = { subject: criterion };
      const file = { ...who, answers: {}, not_applicable: { [criterion]: reason } };
      return reply.code(201).send(await keep(request.params.workspace, file, deps));
    },
  );

  app.get(
    '/v1/workspaces/:workspace/not-applicable',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'Statements that were declared not applicable',
        params: InWorkspace,
        querystring: z.object({ model: z.string().optional() }),
        response: { 200: z.strictObject({ not_applicable: z.array(NotApplicableView) }), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const { model } = await deps.questionnaire(query.model);
      return withStore(deps, params.workspace, async ({ ledger }) => ({
        not_applicable: [...(await ledger.notApplicable(model.id))],
      }));
    },
  );
};
