import type { Run, RunProgress } from '../src/domain/operations.ts';
import { toFailure } from '../src/pipeline/run-failure.ts';
import type { JobContext } from './contract.ts';
import type { JobDeps } from './job-deps.ts';

/** Signs of life of a run while one of its jobs is worked on. */
export interface Life {
  readonly run: Run;
  /** Aborts with the context's signal, and when the run was cancelled. */
  readonly signal: AbortSignal;
  /** Says how far it is; written down at most once in some seconds. */
  beat(progress: RunProgress): Promise<void>;
  /** Whether the run was cancelled, by what was last heard. */
  cancelled(): boolean;
}

type LifeDeps = Pick<JobDeps, 'operations' | 'clock' | 'log'>;

/** Longest silence of a job that works on, ms; a run counts as lost after several of it. */
const BEAT_MS = 20_000;
const LEAST_BEAT_MS = 5_000;

/**
 * Runs `work` while giving signs of life for its run, and stops it soon after the run was cancelled. Gives null, without an error, when
 * the run was cancelled or is not known: then nothing is left to do. A run that failed for another of its jobs is worked on all the same.
 */
export async function whileAlive<T>(
  deps: LifeDeps,
  id: string,
  context: JobContext,
  work: (life: Life) => Promise<T>,
): Promise<T | null> {
  const { operations, clock, log } = deps;
  const run = await operations.run(id);
  if (run === null || run.status === 'cancelled') return null;
  const stop = new AbortController();
  let progress: RunProgress | undefined;
  let saidAt = clock.now().getTime();
  const say = async (): Promise<void> => {
    saidAt = clock.now().getTime();
    const alive = await operations.touchRun(id, clock.now(), progress === undefined ? {} : { progress });
    if (!alive && (await operations.run(id))?.status === 'cancelled')
      stop.abort(new DOMException('The run was cancelled.', 'AbortError'));
  };
  await operations.touchRun(id, clock.now(), { begin: true });
  const timer = setInterval(() => {
    say().catch((error: unknown) => log.warn({ run: id, err: error }, 'sign of life not written'));
  }, BEAT_MS);
  const life: Life = {
    run,
    signal: AbortSignal.any([context.signal, stop.signal]),
    cancelled: () => stop.signal.aborted,
    async beat(next) {
      progress = next;
      await context.alive(next);
      if (Math.abs(clock.now().getTime() - saidAt) >= LEAST_BEAT_MS) await say();
    },
  };
  try {
    return await work(life);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    log.info({ run: id }, 'job stopped: its run was cancelled');
    return null;
  } finally {
    clearInterval(timer);
  }
}

/** Ends a run as failed, with what people need to know. False when it had ended before. */
export async function endFailed(deps: LifeDeps, id: string, error: unknown): Promise<boolean> {
  const failure = toFailure(error);
  const ended = await deps.operations.endRun(id, deps.clock.now(), { status: 'failed', failure });
  if (ended) deps.log.error({ run: id, code: failure.code, err: error }, 'run failed');
  return ended;
}
