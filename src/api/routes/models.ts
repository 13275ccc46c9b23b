import { z } from 'zod';
import { WhatIfInputs } from '../../domain/what-if.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { whatIfInputs } from '../../pipeline/what-if-inputs.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { inWorkspace, ownOnly, type RegisterRoutes } from '../types.ts';
import { InWorkspace, ModelHeadView, ModelName, PROBLEMS, SnapshotName } from '../wire.ts';

const tags = ['models'];

export const modelRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/models',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'Models that this server knows, and which of them judge',
        response: { 200: z.strictObject({ models: z.array(ModelHeadView) }), ...PROBLEMS },
      },
    },
    async () => {
      const [models, judging] = await Promise.all([deps.models(), deps.judging({ models: null })]);
      const on = new Set(judging.map(({ model }) => model.id));
      return {
        models: models.map(({ model: { id, version, kind, title, source }, hash, items }) => ({
          id,
          version,
          kind,
          title,
          source,
          hash,
          items: items.length,
          judges: on.has(id),
          shown: id === deps.config.model,
        })),
      };
    },
  );

  app.get(
    '/v1/models/:model',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'One model, whole: statements, levels, evidence, constants',
        params: z.object({ model: z.string().max(100) }),
        response: {
          200: z.strictObject({
            hash: z.string(),
            kind: z.string(),
            document: z.record(z.string(), z.unknown()).describe('As docs/schemas/model.schema.json describes it'),
          }),
          ...PROBLEMS,
        },
      },
    },
    async ({ params }) => {
      const { model, hash } = await deps.anyModel(params.model);
      return { hash, kind: model.kind, document: { ...model } };
    },
  );

  app.get(
    '/v1/workspaces/:workspace/what-if',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'What judging a kept snapshot again needs: model, findings, answers; for trying things out',
        description: 'The scoring core on this input gives the verdict of the snapshot. Staged models only.',
        params: InWorkspace,
        querystring: z.object({ snapshot: SnapshotName.default('latest'), model: ModelName }),
        response: { 200: WhatIfInputs, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const [today, rules] = await Promise.all([deps.model(query.model), deps.rules()]);
      return withStore(deps, params.workspace, async ({ ledger }) =>
        whatIfInputs(await findSnapshot(ledger, today.model.id, query.snapshot), { ledger, today, rules }),
      );
    },
  );
};
