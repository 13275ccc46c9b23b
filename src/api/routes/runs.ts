import { z } from 'zod';
import { RUN_STATUSES, Run, RunStatus } from '../../domain/operations.ts';
import { requestedRun } from '../../pipeline/request-runs.ts';
import { cancelRun, retryRun } from '../../pipeline/runs.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { Cursor, Next, pageOf, readCursor } from '../paging.ts';
import { unknownThing } from '../problem.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, limitUpTo, PROBLEMS } from '../wire.ts';
import { RunInput, runsAskedFor } from './run-input.ts';

const tags = ['runs'];
const RunPlace = z.strictObject({ created_at: z.coerce.date(), slot: z.coerce.date(), id: z.string() });
const OneRun = InWorkspace.extend({ id: z.string().max(200) });
const Statuses = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(RunStatus))
  .optional()
  .describe(`Comma-separated: ${RUN_STATUSES.join(', ')}`);

/** A run of the workspace; one of another workspace is as unknown as one that never was. Errors: UNKNOWN_NAME. */
export async function runOf(workspace: string, id: string, { operations }: Pick<ApiDeps, 'operations'>): Promise<Run> {
  const run = await operations.run(id);
  if (run === null || run.workspace !== workspace) throw unknownThing('run', id, `/v1/workspaces/${workspace}/runs`);
  return run;
}

export const runRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;
  const runs = '/v1/workspaces/:workspace/runs';

  app.get(
    runs,
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'Runs, newest first',
        params: InWorkspace,
        querystring: z.object({
          status: Statuses,
          schedule: z.string().optional(),
          limit: limitUpTo(1_000, 100),
          cursor: Cursor,
        }),
        response: { 200: z.strictObject({ runs: z.array(Run), next: Next }), ...PROBLEMS },
      },
    },
    async ({ params: { workspace }, query: { status, schedule, limit, cursor } }) => {
      const after = readCursor(cursor, RunPlace);
      const chosen = { ...(status && { status }), ...(schedule !== undefined && { schedule }) };
      const found = await operations.runs({ workspace, limit: limit + 1, after, ...chosen });
      const { rows, next } = pageOf(found, limit, ({ created_at, slot, id }) => ({ created_at, slot, id }));
      return { runs: rows, next };
    },
  );

  app.post(
    runs,
    {
      config: { access: inWorkspace('operator'), audit: 'run.request' },
      schema: {
        tags,
        summary: 'Ask for a snapshot, a sync, or snapshots of the past (backfill)',
        description:
          'The work is done by workers; follow it with the events of the run. With an Idempotency-Key header, asking again with the same key and body gives the same runs.',
        params: InWorkspace,
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: RunInput,
        response: { 202: z.strictObject({ runs: z.array(Run), new: z.int() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { workspace } = request.params;
      const input = request.body;
      request.auditNote = { detail: { kind: input.kind } };
      // Refuses an unknown model now, rather than in a worker later.
      if (input.kind !== 'sync') {
        await deps.model(input.model);
        await deps.judging({ models: input.models ?? null });
      }
      const asked = await withStore(deps, workspace, (store) => runsAskedFor(input, store));
      const now = await operations.now();
      // As for a command: a step of the past is one run however often it is asked for, one of now within a second.
      const usual = input.kind === 'backfill' ? 'backfill' : now.toISOString().slice(0, 19);
      const key = request.headers['idempotency-key'] ?? usual;
      const requestedBy = `token:${callerOf(request).id}`;
      const wanted = asked.map((each) => requestedRun({ ...each, workspace, requestedBy, key }, now));
      const added = await operations.addRuns(wanted);
      const entered = await Promise.all(wanted.map(({ id }) => runOf(workspace, id, deps)));
      const [first] = entered;
      request.auditNote = { subject: first?.id ?? '', detail: { kind: input.kind, runs: entered.length, new: added } };
      if (first !== undefined && entered.length === 1)
        reply.header('location', `/v1/workspaces/${workspace}/runs/${first.id}`);
      return reply.code(202).send({ runs: entered, new: added });
    },
  );

  app.get(
    `${runs}/:id`,
    {
      config: { access: inWorkspace('viewer') },
      schema: { tags, summary: 'One run', params: OneRun, response: { 200: Run, ...PROBLEMS } },
    },
    ({ params }) => runOf(params.workspace, params.id, deps),
  );

  app.post(
    `${runs}/:id/cancel`,
    {
      config: { access: inWorkspace('operator'), audit: 'run.cancel' },
      schema: {
        tags,
        summary: 'Cancel a run; what is under way stops at its next safe place',
        params: OneRun,
        response: { 200: Run, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id } }) => {
      await cancelRun(operations, await runOf(workspace, id, deps));
      return runOf(workspace, id, deps);
    },
  );

  app.post(
    `${runs}/:id/retry`,
    {
      config: { access: inWorkspace('operator'), audit: 'run.retry' },
      schema: {
        tags,
        summary: 'Put a failed or cancelled run back to due',
        params: OneRun,
        response: { 200: Run, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id } }) => {
      await retryRun(operations, await runOf(workspace, id, deps));
      return runOf(workspace, id, deps);
    },
  );
};
