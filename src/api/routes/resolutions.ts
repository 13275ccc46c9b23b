import { z } from 'zod';
import { PersonId } from '../../domain/free-text.ts';
import { ProvenBy, Resolution } from '../../domain/resolution.ts';
import { endStanding, resolveStatement } from '../../pipeline/resolve.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { unknownThing } from '../problem.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, ModelName, PROBLEMS } from '../wire.ts';

const tags = ['resolutions'];
const statement = '/v1/workspaces/:workspace/statements/:id/resolution';
const OfStatement = InWorkspace.extend({ id: z.string().max(100).describe('Id of the statement, e.g. S1.4') });
const Days = z.int().min(1).max(730);
const said = { reason: Resolution.shape.reason, by: PersonId.describe('Who settles it: a seat, never an address') };

const WantedResolution = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keep_claim'),
    ...said,
    proof: ProvenBy.describe('What `by` has looked at; https only'),
    expires_in_days: Days,
  }),
  z.strictObject({ kind: z.literal('accept_data'), ...said, expires_in_days: Days.nullable().default(null) }),
  z.strictObject({ kind: z.literal('not_applicable'), ...said, expires_in_days: Days.nullable().default(null) }),
]);

export const resolutionRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/resolutions',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'How disagreements of records and answers were settled, ended ones too, newest first',
        params: InWorkspace,
        querystring: z.object({ model: ModelName }),
        response: { 200: z.strictObject({ resolutions: z.array(Resolution) }), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const { model } = await deps.model(query.model);
      return withStore(deps, params.workspace, async ({ ledger }) => ({
        resolutions: (await ledger.resolutions(model.id)).toReversed(),
      }));
    },
  );

  app.post(
    statement,
    {
      config: { access: inWorkspace('assessor'), audit: 'resolution.add' },
      schema: {
        tags,
        summary: 'Settle that records and answers disagree about a statement',
        description:
          'Counts from the next snapshot on. It ends when it expires, is taken back or replaced, and as soon as records speak against it by a substantial conflict more than now.',
        params: OfStatement,
        querystring: z.object({ model: ModelName }),
        body: WantedResolution,
        response: { 201: Resolution, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { workspace, id: criterion } = request.params;
      const { kind, reason, by, expires_in_days: days } = request.body;
      request.auditNote = { subject: criterion, detail: { kind } };
      const [{ model }, questionnaire] = await Promise.all([
        deps.model(request.query.model),
        deps.questionnaire(request.query.model),
      ]);
      const proof = request.body.kind === 'keep_claim' ? request.body.proof : null;
      const made = await withStore(deps, workspace, ({ ledger }) =>
        resolveStatement(
          { criterion, kind, reason, by, proof, days },
          {
            ledger,
            questionnaire,
            model,
            now: deps.clock.now(),
            randomId: () => Buffer.from(deps.randomBytes(8)).toString('hex'),
          },
        ),
      );
      request.auditNote = { subject: criterion, detail: { kind, model: model.id, resolution: made.id } };
      return reply.code(201).send(made);
    },
  );

  app.delete(
    statement,
    {
      config: { access: inWorkspace('assessor'), audit: 'resolution.end' },
      schema: {
        tags,
        summary: 'Take back how a disagreement was settled; what people said counts again',
        params: OfStatement,
        querystring: z.object({ model: ModelName }),
        response: { 200: Resolution, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id }, query }) => {
      const { model } = await deps.model(query.model);
      const ended = await withStore(deps, workspace, ({ ledger }) =>
        endStanding(id, 'withdrawn', { ledger, model, now: deps.clock.now() }),
      );
      if (ended === null) throw unknownThing('standing resolution of', id, `/v1/workspaces/${workspace}/resolutions`);
      return ended;
    },
  );
};
