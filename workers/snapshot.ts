import { z } from 'zod';
import type { Run, RunParams } from '../src/domain/operations.ts';
import type { Snapshot, StoredSnapshot } from '../src/domain/snapshot.ts';
import { snapshotDurationTallies } from '../src/domain/tallies.ts';
import { PlumblineError } from '../src/errors/index.ts';
import { endOfData } from '../src/pipeline/end-of-data.ts';
import { announcePublished, announceRun } from '../src/pipeline/notices/index.ts';
import { endContradicted } from '../src/pipeline/resolve.ts';
import { keepModels, takeSnapshot } from '../src/pipeline/snapshot.ts';
import { withStore } from '../src/pipeline/with-store.ts';
import type { Store } from '../src/store/ports.ts';
import type { JobContext, JobHandler, JobOutcome } from './contract.ts';
import type { JobDeps } from './job-deps.ts';
import { endFailed, type Life, whileAlive } from './life.ts';
import { SyncDone } from './sync.ts';

export const SnapshotJob = z.strictObject({ run: z.string(), workspace: z.string() });
export type SnapshotJob = z.infer<typeof SnapshotJob>;

/**
 * Measures, infers, places and publishes, once a run: whoever does the same run again finds what was published and only says so.
 * Nothing is published when a sync of the run did not end well, when the run was cancelled, or while the process is drained.
 */
export function snapshotHandler(deps: JobDeps): JobHandler<SnapshotJob> {
  return {
    queue: 'snapshot',
    payload: SnapshotJob,
    async run(job, context) {
      const outcome = await whileAlive(deps, job.run, context, async (life): Promise<JobOutcome> => {
        if (life.run.ended_at !== null) return { kind: 'done', result: null };
        const digest = await withStore(deps, job.workspace, (store) => publish(deps, store, life, context));
        if (digest === null) {
          deps.log.info({ ...job }, 'nothing published: the run ended while it was measured');
          return { kind: 'done', result: null };
        }
        if (await deps.operations.endRun(job.run, deps.clock.now(), { status: 'done', digest }))
          await countDuration(deps, job.run);
        deps.log.info({ ...job, digest }, 'snapshot published');
        return { kind: 'done', result: { digest } };
      });
      return outcome ?? { kind: 'done', result: null };
    },
    async failed(job, error) {
      if (await endFailed(deps, job.run, error)) await announceRun(deps, job.run);
    },
  };
}

/** Time from the start of the run, its syncs included, to its end. */
async function countDuration({ operations }: JobDeps, id: string): Promise<void> {
  const run = await operations.run(id);
  if (run === null || run.started_at === null || run.ended_at === null) return;
  const durationS = (run.ended_at.getTime() - run.started_at.getTime()) / 1000;
  await operations.addTallies(snapshotDurationTallies(durationS));
}

/** Digest that the run has published, by this job or another; null when the run ended without. */
async function publish(deps: JobDeps, store: Store, life: Life, context: JobContext): Promise<string | null> {
  const { run } = life;
  const published = await store.ledger.publication(run.id);
  const taken = published === null ? await measure(deps, store, life, context) : null;
  const digest = taken === null ? published?.digest : await keep(deps, store, life, taken);
  if (digest === undefined || digest === null) return null;
  const snapshot = taken?.digest === digest ? taken : await store.ledger.snapshot(digest);
  if (snapshot === null)
    throw new PlumblineError('BUG', `The run ${run.id} published ${digest}, which is not there.`, 'Report this.');
  await tell(deps, store, run, snapshot);
  return digest;
}

/** Says what changed by the model that the run is shown by. */
async function tell(deps: JobDeps, store: Store, run: Run, snapshot: StoredSnapshot): Promise<void> {
  const { model } = await deps.model(run.params.model ?? undefined);
  const { workspace } = run;
  await announcePublished({ ...deps, ledger: store.ledger }, { workspace, run, snapshot, model: model.id });
}

async function measure(deps: JobDeps, store: Store, life: Life, context: JobContext): Promise<Snapshot> {
  const { run, signal } = life;
  assertSynced(run, context.children);
  const [rules, models] = await Promise.all([deps.rules(), deps.judging(chosenBy(run.params))]);
  const asOf = chooseAsOf(run, endOfData(await store.telemetry.observability()));
  const windowDays = run.params.window_days ?? deps.settings.windowDays;
  return takeSnapshot(
    { asOf, windowDays, workspace: run.workspace },
    {
      store,
      signals: rules.signals,
      rulesHash: rules.hash,
      models,
      version: deps.version,
      now: deps.clock.now(),
      signalTimeoutMs: deps.settings.signalTimeoutMs,
      keep: false,
      signal,
      onFinding: (_, done, total) => {
        life
          .beat({ step: 'measure', done, total })
          .catch((error: unknown) => deps.log.warn({ run: run.id, err: error }, 'sign of life not written'));
      },
    },
  );
}

function chosenBy({ model, models }: RunParams) {
  return { models, shown: model };
}

/** Publishes, unless the run ended meanwhile: then what another worker published for it, or null. */
async function keep(deps: JobDeps, store: Store, life: Life, taken: Snapshot): Promise<string | null> {
  life.signal.throwIfAborted();
  const run = await deps.operations.run(life.run.id);
  if (run?.ended_at === null) {
    const models = await deps.judging(chosenBy(run.params));
    await keepModels(store.ledger, models);
    const digest = await store.ledger.saveSnapshot(taken, deps.clock.now(), run.id);
    if (digest === taken.digest) await endContradicted(store.ledger, taken, models, deps.clock.now());
    return digest;
  }
  return (await store.ledger.publication(life.run.id))?.digest ?? null;
}

/**
 * Instant that a run is a snapshot of: the one it asks for; otherwise its slot, or null (the end of the data, with the answers given
 * since) where the data do not reach the slot. Pure.
 */
export function chooseAsOf(run: Pick<Run, 'params' | 'slot'>, end: Date | null): Date | null {
  if (run.params.as_of !== null) return new Date(run.params.as_of);
  return end !== null && run.slot < end ? run.slot : null;
}

/** Refuses to measure what was not read whole. Errors: STORE_FAILED (passing), naming what is missing. */
export function assertSynced(run: Pick<Run, 'id' | 'params'>, children: readonly unknown[]): void {
  const unread = children.filter((child) => !SyncDone.safeParse(child).success).length;
  if (!run.params.sync || unread === 0) return;
  throw new PlumblineError(
    'STORE_FAILED',
    `${unread} of ${children.length} syncs of the run ${run.id} did not hand over their end: nothing is measured.`,
    'Take it up again with plumbline runs retry.',
  );
}
