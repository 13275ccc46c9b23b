import { z } from 'zod';
import type { RunParams } from '../src/domain/operations.ts';
import { announceAge, announceRun } from '../src/pipeline/notices/index.ts';
import { withStore } from '../src/pipeline/with-store.ts';
import type { JobHandler } from './contract.ts';
import type { JobDeps } from './job-deps.ts';
import { endFailed, whileAlive } from './life.ts';

export const MaintainJob = z.strictObject({ run: z.string(), workspace: z.string() });
export type MaintainJob = z.infer<typeof MaintainJob>;

const DAY_MS = 86_400_000;

/** Removes what is older than it is to be kept, and says what time alone makes worth saying: stale data, answers that expire. */
export function maintainHandler(deps: JobDeps): JobHandler<MaintainJob> {
  return {
    queue: 'maintain',
    payload: MaintainJob,
    async run(job, context) {
      const result = await whileAlive(deps, job.run, context, async ({ run }) => {
        if (run.ended_at !== null) return null;
        const removed = await maintain(deps, job, run.params);
        await deps.operations.endRun(job.run, deps.clock.now(), { status: 'done' });
        deps.log.info({ ...job, ...removed }, 'maintained');
        return removed;
      });
      return { kind: 'done', result };
    },
    async failed(job, error) {
      if (await endFailed(deps, job.run, error)) await announceRun(deps, job.run);
    },
  };
}

async function maintain(
  deps: JobDeps,
  { workspace }: MaintainJob,
  { model, models: only }: RunParams,
): Promise<{ readonly journal_rows: number; readonly tickets: number }> {
  const { operations, settings, clock } = deps;
  const now = clock.now().getTime();
  const before = (days: number): Date => new Date(now - days * DAY_MS);
  const journal_rows = await operations.prune({
    runs: before(settings.keepRunsDays),
    notices: before(settings.keepRunsDays),
    audit: before(settings.keepAuditDays),
    sessions: clock.now(),
  });
  const judging = await deps.judging({ models: only, shown: model });
  const models = judging.map((one) => one.model.id);
  return withStore(deps, workspace, async (store) => {
    const { keepTelemetryDays, staleAfterMs } = settings;
    const tickets = keepTelemetryDays === null ? 0 : await store.telemetry.expireTickets(before(keepTelemetryDays));
    await announceAge({ operations, clock, store }, { workspace, models, staleAfterMs });
    return { journal_rows, tickets };
  });
}
