import { z } from 'zod';
import { SnapshotChange } from '../../domain/snapshot-change.ts';
import { isStaged } from '../../domain/staged-model.ts';
import { StagedReading } from '../../domain/staged-reading.ts';
import { VerdictReading } from '../../domain/verdict-reading.ts';
import { compareSnapshots } from '../../pipeline/compare-snapshots.ts';
import { findSnapshot, findVerdict } from '../../pipeline/find-snapshot.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { Cursor, Next, pageAfter } from '../paging.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import {
  InWorkspace,
  limitUpTo,
  ModelName,
  PROBLEMS,
  SnapshotHeadView,
  SnapshotName,
  VerdictHeadView,
} from '../wire.ts';

const tags = ['snapshots'];
const access = inWorkspace('viewer');
const keyOf = ({ digest, model }: { readonly digest: string; readonly model: string }) => `${digest} ${model}`;

export const snapshotRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/snapshots',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Kept snapshots, newest first',
        params: InWorkspace,
        querystring: z.object({ model: z.string().optional(), limit: limitUpTo(1_000, 100), cursor: Cursor }),
        response: { 200: z.strictObject({ snapshots: z.array(SnapshotHeadView), next: Next }), ...PROBLEMS },
      },
    },
    ({ params, query }) =>
      withStore(deps, params.workspace, async ({ ledger }) => {
        const heads = [...(await ledger.snapshots(query.model))].sort(
          (a, b) => b.as_of.getTime() - a.as_of.getTime() || b.created_at.getTime() - a.created_at.getTime(),
        );
        const { rows, next } = pageAfter(heads, query, keyOf);
        return { snapshots: rows, next };
      }),
  );

  app.get(
    '/v1/workspaces/:workspace/snapshots/:snapshot',
    {
      config: { access },
      schema: {
        tags,
        summary:
          'One snapshot, whole, read by one model: its stages at the top, or its verdict as it is where it has none',
        params: InWorkspace.extend({ snapshot: SnapshotName }),
        querystring: z.object({ model: ModelName }),
        response: { 200: z.union([StagedReading, VerdictReading]), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const { model } = query.model === undefined ? await deps.model() : await deps.anyModel(query.model);
      const find = isStaged(model) ? findSnapshot : findVerdict;
      return withStore<StagedReading | VerdictReading>(deps, params.workspace, ({ ledger }) =>
        find(ledger, model.id, params.snapshot),
      );
    },
  );

  app.get(
    '/v1/workspaces/:workspace/verdicts',
    {
      config: { access },
      schema: {
        tags,
        summary: 'What models of any kind said in the kept snapshots, newest first',
        params: InWorkspace,
        querystring: z.object({ model: z.string().optional(), limit: limitUpTo(1_000, 100), cursor: Cursor }),
        response: { 200: z.strictObject({ verdicts: z.array(VerdictHeadView), next: Next }), ...PROBLEMS },
      },
    },
    ({ params, query }) =>
      withStore(deps, params.workspace, async ({ ledger }) => {
        const verdicts = await ledger.verdicts(query.model);
        const { rows, next } = pageAfter(verdicts.toReversed(), query, keyOf);
        return { verdicts: rows, next };
      }),
  );

  app.get(
    '/v1/workspaces/:workspace/comparison',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Two snapshots beside each other, each change with its cause',
        params: InWorkspace,
        querystring: z.object({ before: SnapshotName, after: SnapshotName.default('latest'), model: ModelName }),
        response: { 200: SnapshotChange, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const { model } = await deps.model(query.model);
      return withStore(deps, params.workspace, async ({ ledger }) => {
        const before = await findSnapshot(ledger, model.id, query.before);
        return compareSnapshots(before, await findSnapshot(ledger, model.id, query.after));
      });
    },
  );
};
