import { z } from 'zod';
import { Path } from '../../domain/assessment.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { Goal, MoveProgress, TrackedMove } from '../../domain/tracked-move.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { findSnapshot, readLatest } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { moveProgress } from '../../pipeline/move-progress.ts';
import { pathTo } from '../../pipeline/path-to.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { unknownThing } from '../problem.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, ModelName, PROBLEMS, SnapshotName } from '../wire.ts';

const tags = ['path'];
const OfModel = z.object({ model: ModelName });
const OfMove = InWorkspace.extend({
  id: z.string().max(100).describe('Id of the statement that it brings into place'),
});
const Target = Goal.pick({ stage: true, due: true });

function assertStatement(id: string, { id: model, criteria }: StagedModel): void {
  if (criteria.some((one) => one.id === id)) return;
  const ids = criteria.map((one) => one.id);
  const guess = nearest(id, ids);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no statement "${id}" in ${model}.`,
    guess === null ? `Known: ${ids.join(', ')}.` : `Did you mean ${guess}?`,
  );
}

/** Tracked moves with what the latest snapshot says of each. */
async function progressOf(workspace: string, model: StagedModel, deps: ApiDeps): Promise<MoveProgress[]> {
  const moves = await deps.operations.moves(workspace, model.id);
  const latest = await withStore(deps, workspace, ({ ledger }) => readLatest(ledger, model.id, deps.clock.now()));
  return moveProgress(moves, model, latest?.findings ?? []);
}

export const moveRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;

  app.get(
    '/v1/workspaces/:workspace/moves',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'Moves that somebody has taken on, done or not as their signals say, and the target stage',
        params: InWorkspace,
        querystring: OfModel,
        response: {
          200: z.strictObject({ target: Target.nullable(), moves: z.array(MoveProgress) }),
          ...PROBLEMS,
        },
      },
    },
    async ({ params: { workspace }, query }) => {
      const { model } = await deps.model(query.model);
      const goal = await operations.goal(workspace, model.id);
      const target = goal === null ? null : { stage: goal.stage, due: goal.due };
      return { target, moves: await progressOf(workspace, model, deps) };
    },
  );

  app.put(
    '/v1/workspaces/:workspace/moves/:id',
    {
      config: { access: inWorkspace('assessor'), audit: 'move.save' },
      schema: {
        tags,
        summary: 'Take a move on, or change who does it and until when',
        description: 'Nobody can declare a move done: its signals say so.',
        params: OfMove,
        querystring: OfModel,
        body: z.strictObject({
          owner: TrackedMove.shape.owner.default(null).describe('A seat, never an address'),
          due: TrackedMove.shape.due.default(null).describe('A day, e.g. 2026-09-30'),
          state: TrackedMove.shape.state.default('planned'),
        }),
        response: { 200: MoveProgress, ...PROBLEMS },
      },
    },
    async (request) => {
      const { workspace, id: criterion } = request.params;
      const { model } = await deps.model(request.query.model);
      assertStatement(criterion, model);
      const by = { updated_at: deps.clock.now(), updated_by: callerOf(request).id };
      request.auditNote = { subject: criterion, detail: { model: model.id, ...request.body } };
      await operations.saveMove({ ...request.body, ...by, workspace, model: model.id, criterion });
      const saved = (await progressOf(workspace, model, deps)).find((one) => one.criterion === criterion);
      if (saved === undefined) throw new PlumblineError('BUG', 'A move that was saved is not there.', 'Report this.');
      return saved;
    },
  );

  app.delete(
    '/v1/workspaces/:workspace/moves/:id',
    {
      config: { access: inWorkspace('assessor'), audit: 'move.remove' },
      schema: {
        tags,
        summary: 'Forget a move',
        params: OfMove,
        querystring: OfModel,
        response: { 200: z.strictObject({ removed: z.string() }), ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id }, query }) => {
      const { model } = await deps.model(query.model);
      if (!(await operations.removeMove(workspace, model.id, id)))
        throw unknownThing('move', id, `/v1/workspaces/${workspace}/moves`);
      return { removed: id };
    },
  );

  app.put(
    '/v1/workspaces/:workspace/target',
    {
      config: { access: inWorkspace('assessor'), audit: 'target_stage.save' },
      schema: {
        tags,
        summary: 'Say which stage is to be reached, and until when',
        params: InWorkspace,
        querystring: OfModel,
        body: z.strictObject({ stage: Goal.shape.stage, due: Goal.shape.due.default(null) }),
        response: { 200: Target, ...PROBLEMS },
      },
    },
    async (request) => {
      const { workspace } = request.params;
      const { model } = await deps.model(request.query.model);
      const { stage, due } = request.body;
      if (!model.stages.some((one) => one.stage === stage))
        throw new PlumblineError(
          'BAD_USAGE',
          `Stage ${stage} does not exist in ${model.id}.`,
          `Choose one of ${model.stages.map((one) => one.stage).join(', ')}.`,
        );
      request.auditNote = { subject: model.id, detail: { stage, due } };
      const by = { updated_at: deps.clock.now(), updated_by: callerOf(request).id };
      await operations.saveGoal({ workspace, model: model.id, stage, due, ...by });
      return { stage, due };
    },
  );

  app.get(
    '/v1/workspaces/:workspace/path',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'The way from a kept snapshot to a stage: fewest moves, and fewest weeks',
        params: InWorkspace,
        querystring: OfModel.extend({
          snapshot: SnapshotName.default('latest'),
          target: z.coerce.number().int().min(1).max(20).optional().describe('Default: the next stage'),
        }),
        response: { 200: z.strictObject({ path: Path.nullable() }), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const today = await deps.model(query.model);
      return withStore(deps, params.workspace, async ({ ledger }) => {
        const snapshot = await findSnapshot(ledger, today.model.id, query.snapshot);
        if (query.target === undefined) return { path: snapshot.path };
        const { model } = await modelOfSnapshot(ledger, snapshot, today);
        return { path: pathTo(snapshot, model, query.target) };
      });
    },
  );
};
