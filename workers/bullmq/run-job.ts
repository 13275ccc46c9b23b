import { DelayedError, type Job, WaitingError } from 'bullmq';
import { z } from 'zod';
import type { RunProgress } from '../../src/domain/operations.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import type { Logger } from '../../src/logging/create-logger.ts';
import type { JobContext, JobHandler, JobOutcome } from '../contract.ts';
import { parsePayload } from '../handler.ts';
import { isPermanent } from '../judge-error.ts';
import { failureOfChild, lastFailure, PassingFailure, waitAfter } from './failure.ts';
import { decodeJobId } from './job-names.ts';
import type { HeldJob, LockWatch } from './lock-watch.ts';
import { isLoss } from './outage.ts';

const Stored = z.object({ payload: z.unknown(), children: z.array(z.string()) });
const Returned = z.object({ result: z.unknown().optional() });
type Returned = z.infer<typeof Returned>;

export interface RunSettings {
  readonly handler: JobHandler<unknown>;
  readonly clock: { now(): Date };
  readonly log: Logger;
  readonly random: () => number;
  readonly turnMs: number;
  readonly backoffMs: number;
  /** Workers that may die under a job before it is taken as the cause. */
  readonly stalls: number;
  readonly watch: LockWatch;
  /** Redis puts a delayed job that is due behind those that wait, PostgreSQL before them; there it must be put to wait. */
  readonly endOfLine: 'delayed' | 'waiting';
  /** Of the whole process. */
  readonly suspects: SuspectGate;
  isDraining(): boolean;
}

/** Whether a job that may have ended workers is being run in this process. */
export interface SuspectGate {
  busy: boolean;
}

/** Lost workers from which on a job is a suspect. */
const SUSPECT_AFTER = 2;

type Step = (job: Job, token: string, held: HeldJob) => Promise<Returned>;

/** Results of the children in the order of the flow. Errors: the failure of the first child that failed. */
async function resultsOfChildren(job: Job, children: readonly string[]): Promise<unknown[]> {
  if (children.length === 0) return [];
  const [ignored, processed] = await Promise.all([job.getIgnoredChildrenFailures(), job.getChildrenValues()]);
  for (const [key, reason] of Object.entries(ignored))
    throw failureOfChild(decodeJobId(key.slice(key.lastIndexOf(':') + 1)), reason);
  const values = new Map(Object.entries(processed ?? {}));
  return children.map((child) => {
    const key = [...values.keys()].find((k) => k === child || k.endsWith(`:${child}`));
    return Returned.parse(key === undefined ? {} : values.get(key)).result;
  });
}

function poisoned(job: Job): PlumblineError {
  return new PlumblineError(
    'BUG',
    `The job ${decodeJobId(job.id ?? '')} lost its worker ${job.stalledCounter} times; it is not tried again.`,
    'See why its workers died (memory, a crash); then ask for the run again.',
  );
}

/** What a BullMQ worker does with one job. */
export function createRunner(settings: RunSettings): (job: Job, token?: string) => Promise<Returned> {
  const { handler, clock, log, watch } = settings;
  const nameOf = (job: Job): { job: string; queue: string } => ({ job: decodeJobId(job.id ?? ''), queue: job.name });

  /** Puts the job back without counting a try. Errors: always; BullMQ then leaves the job alone. */
  const putBack = async (job: Job, token: string, afterMs: number, held: HeldJob): Promise<never> => {
    for (;;) {
      try {
        if (afterMs === 0 && settings.endOfLine === 'waiting') await job.moveToWait(token);
        else await job.moveToDelayed(clock.now().getTime() + afterMs, token);
        break;
      } catch (error) {
        if (isLoss(error) && !held.controller.signal.aborted) {
          await new Promise((resolve) => setTimeout(resolve, 500));
          continue;
        }
        log.info(nameOf(job), 'job could not be put back; whoever finds it without a worker takes it up');
        break;
      }
    }
    throw afterMs === 0 && settings.endOfLine === 'waiting' ? new WaitingError() : new DelayedError();
  };

  const contextOf = (job: Job, held: HeldJob, children: readonly unknown[]): JobContext => {
    let telling = false;
    return {
      signal: held.controller.signal,
      turnEnds: new Date(clock.now().getTime() + settings.turnMs),
      attempt: job.attemptsMade + 1,
      last: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
      children,
      alive: async (progress: RunProgress) => {
        // Not waited for: a queue out of reach must not hold up work that does not need it.
        if (telling) return;
        telling = true;
        job
          .updateProgress({ ...progress })
          .catch((error: unknown) => log.debug({ ...nameOf(job), err: error }, 'progress not told'))
          .finally(() => {
            telling = false;
          });
      },
    };
  };

  /** Ends the job for good and says so. Errors: always. */
  const fail = async (job: Job, payload: unknown, error: unknown): Promise<never> => {
    log.error({ ...nameOf(job), attempt: job.attemptsMade + 1, err: error }, 'job failed');
    try {
      await handler.failed(parsePayload(handler, payload), error);
    } catch (unsaid) {
      log.error({ ...nameOf(job), err: unsaid }, 'failure of a job not recorded');
    }
    throw lastFailure(error);
  };

  /** What follows from an error of the handler. Errors: always. */
  const judge = async (job: Job, token: string, held: HeldJob, payload: unknown, error: unknown): Promise<never> => {
    // Stopped, by the end of this process or because the job is no longer ours: not a failure.
    if (held.controller.signal.aborted) return await putBack(job, token, 0, held);
    const attempt = job.attemptsMade + 1;
    if (isPermanent(error) || attempt >= (job.opts.attempts ?? 1)) return await fail(job, payload, error);
    const afterMs = waitAfter(error, attempt, settings.backoffMs, settings.random);
    log.warn({ ...nameOf(job), attempt, again_in_ms: afterMs, err: error }, 'job tried again');
    throw new PassingFailure(error, afterMs);
  };

  const gather = async (job: Job, token: string, held: HeldJob, stored: z.infer<typeof Stored>): Promise<unknown[]> => {
    try {
      return await resultsOfChildren(job, stored.children);
    } catch (error) {
      if (isLoss(error)) return await putBack(job, token, 0, held);
      return await fail(job, stored.payload, error);
    }
  };

  const step: Step = async (job, token, held) => {
    const stored = Stored.parse(job.data);
    if (job.stalledCounter > settings.stalls) return await fail(job, stored.payload, poisoned(job));
    const children = await gather(job, token, held, stored);
    let outcome: JobOutcome;
    let returned: Returned = {};
    try {
      outcome = await handler.run(parsePayload(handler, stored.payload), contextOf(job, held, children));
      // Here, where a result that cannot be written down counts against its handler.
      if (outcome.kind === 'done') returned = Returned.parse(JSON.parse(JSON.stringify({ result: outcome.result })));
    } catch (error) {
      return await judge(job, token, held, stored.payload, error);
    }
    return outcome.kind === 'done' ? returned : await putBack(job, token, Math.max(0, outcome.afterMs), held);
  };

  /** Suspects share no process: the one that ends workers would otherwise have those condemned that only ran beside it. */
  const apart: Step = async (job, token, held) => {
    if (job.stalledCounter < Math.min(SUSPECT_AFTER, settings.stalls)) return await step(job, token, held);
    if (settings.suspects.busy) return await putBack(job, token, Math.round(500 + settings.random() * 2_000), held);
    settings.suspects.busy = true;
    try {
      return await step(job, token, held);
    } finally {
      settings.suspects.busy = false;
    }
  };

  return async (job, token = '') => {
    const held = watch.hold(job.id ?? '');
    try {
      if (settings.isDraining()) return await putBack(job, token, 0, held);
      return await apart(job, token, held);
    } finally {
      watch.release(job.id ?? '', held);
    }
  };
}
