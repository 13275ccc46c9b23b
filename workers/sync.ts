import { z } from 'zod';
import type { RunFailure } from '../src/domain/operations.ts';
import { PlumblineError } from '../src/errors/index.ts';
import { announceRun, announceSync } from '../src/pipeline/notices/index.ts';
import { accountOf, type OpenConnection } from '../src/pipeline/open-connection.ts';
import { toFailure } from '../src/pipeline/run-failure.ts';
import { finishSync, frozenEnd, type SyncProgress, syncUnit, UnitResult } from '../src/pipeline/sync.ts';
import { unpackError } from '../src/pipeline/unit-result.ts';
import { withStore } from '../src/pipeline/with-store.ts';
import type { Store } from '../src/store/ports.ts';
import type { JobContext, JobHandler, JobOutcome } from './contract.ts';
import type { JobDeps } from './job-deps.ts';
import { endFailed, type Life, whileAlive } from './life.ts';

const ids = { run: z.string(), workspace: z.string() };
/** One unit of a connection (its children: none), the end of a connection (its units), or the end of a sync run (its connections). */
export const SyncJob = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('unit'), ...ids, connection: z.string(), unit: z.string() }),
  z.strictObject({ part: z.literal('connection'), ...ids, connection: z.string() }),
  z.strictObject({ part: z.literal('run'), ...ids }),
]);
export type SyncJob = z.infer<typeof SyncJob>;

/** What the end of a connection hands to its run. */
export const SyncDone = z.strictObject({ connection: z.string(), until: z.iso.datetime() });

/** Wait where the vendor names none, ms. */
const USUAL_PAUSE_MS = 60_000;

const done = (result: unknown): JobOutcome => ({ kind: 'done', result });
const again = (afterMs: number): JobOutcome => ({ kind: 'again', afterMs });

/**
 * Reads helpdesks. A unit stops at a safe place when its turn is over and asks for another; a vendor that asks to wait pauses its account
 * for all workers. A connection's sync is recorded as complete only when all its units were read to their end.
 */
export function syncHandler(deps: JobDeps): JobHandler<SyncJob> {
  return {
    queue: 'sync',
    payload: SyncJob,
    async run(job, context) {
      const outcome = await whileAlive(deps, job.run, context, (life) => {
        if (job.part === 'unit') return readUnit(deps, job, life, context);
        if (job.part === 'connection') return endConnection(deps, job, life, context);
        return endRun(deps, job);
      });
      return outcome ?? done(null);
    },
    failed: (job, error) => fail(deps, job, error),
  };
}

type UnitJob = Extract<SyncJob, { part: 'unit' }>;
type ConnectionJob = Extract<SyncJob, { part: 'connection' }>;

async function readUnit(deps: JobDeps, job: UnitJob, life: Life, context: JobContext): Promise<JobOutcome> {
  return withConnection(deps, job, life, async (open, store) => {
    const until = await frozenEnd(open.connector, open.context);
    const result = await syncUnit(job.connection, open.connector, { ...open.context, until }, job.unit, {
      telemetry: store.telemetry,
      batchRows: deps.settings.batchRows,
      progress: (event) => sayProgress(deps, job, life, event),
      turnOver: () => deps.clock.now() >= context.turnEnds,
    });
    if (result.error !== null) throw unpackError(result.error);
    deps.log.info({ ...job, until: result.until, more: result.more }, 'unit of a sync read');
    return result.more ? again(0) : done(result);
  });
}

function sayProgress(deps: JobDeps, job: UnitJob, life: Life, event: SyncProgress): void {
  life
    .beat({ step: `sync ${job.connection} ${event.stream}`, done: event.seen, total: event.total })
    .catch((error: unknown) => deps.log.warn({ run: job.run, err: error }, 'sign of life not written'));
}

async function endConnection(deps: JobDeps, job: ConnectionJob, life: Life, context: JobContext): Promise<JobOutcome> {
  const results = z.array(UnitResult).parse(context.children);
  return withConnection(deps, job, life, async (open, store) => {
    const result = await finishSync(job.connection, open.connector, open.context, results, store);
    if (!result.complete)
      throw result.error ?? new PlumblineError('BUG', `The sync of ${job.connection} is not complete.`, 'Report this.');
    await announceSync(deps, { ...job, failure: null, forGood: false });
    deps.log.info({ ...job, until: result.until }, 'synced');
    return done({ connection: job.connection, until: result.until.toISOString() } satisfies z.infer<typeof SyncDone>);
  });
}

async function endRun(deps: JobDeps, job: SyncJob): Promise<JobOutcome> {
  await deps.operations.endRun(job.run, deps.clock.now(), { status: 'done' });
  return done(null);
}

/** Opens the store and the connection of a job, unless its account is paused; turns a vendor's wish to wait into a pause of the account. */
async function withConnection(
  deps: JobDeps,
  job: UnitJob | ConnectionJob,
  life: Life,
  work: (open: OpenConnection, store: Store) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  return withStore(deps, job.workspace, async (store) => {
    const open = await openConnection(deps, job, life, store);
    try {
      const account = accountOf(open);
      const pausedMs = await deps.pace.pausedForMs(account);
      if (pausedMs > 0) return again(pausedMs);
      try {
        return await work(open, store);
      } catch (error) {
        if (!(error instanceof PlumblineError) || error.code !== 'RATE_LIMITED') throw error;
        const waitMs = error.retryAfterMs ?? USUAL_PAUSE_MS;
        await deps.pace.pause(account, waitMs);
        deps.log.warn({ ...job, account, wait_ms: waitMs }, 'account at its limit: paused');
        return again(waitMs);
      }
    } finally {
      open.close();
    }
  });
}

async function openConnection(
  deps: JobDeps,
  job: UnitJob | ConnectionJob,
  life: Life,
  store: Store,
): Promise<OpenConnection> {
  const rows = await store.ledger.connections();
  const row = rows.find((one) => one.name === job.connection && one.status === 'connected');
  if (row === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `The connection ${job.connection} of ${job.workspace} is gone or disconnected.`,
      'The next run goes without it.',
    );
  return deps.opens(job.workspace)(row, life.signal);
}

async function fail(deps: JobDeps, job: SyncJob, error: unknown): Promise<void> {
  // When the run has failed already, this job only follows the one that did it.
  const run = await deps.operations.run(job.run);
  if (job.part === 'unit' || (job.part === 'connection' && run?.ended_at === null)) {
    const failure: RunFailure = toFailure(error);
    await announceSync(deps, { ...job, failure, forGood: true });
  }
  if (await endFailed(deps, job.run, error)) await announceRun(deps, job.run);
}
