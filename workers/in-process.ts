import type { RunProgress } from '../src/domain/operations.ts';
import type { Logger } from '../src/logging/create-logger.ts';
import {
  type Carrier,
  type CarrierCount,
  type Flow,
  type JobContext,
  type JobHandler,
  type JobHandlers,
  type JobOutcome,
  LANES,
  type Lane,
  QUEUES,
  type QueueName,
} from './contract.ts';
import { parsePayload } from './handler.ts';
import { backoffOf, isPermanent } from './judge-error.ts';

interface InProcessSettings {
  readonly clock: { now(): Date };
  readonly log: Logger;
  /** Tries of a job that fails for a passing reason. */
  readonly attempts: number;
  /** Wait before the second try; doubles from there. */
  readonly backoffMs: number;
  /** Length of one turn. */
  readonly turnMs: number;
}

interface Job {
  readonly flow: Flow;
  state: 'blocked' | 'waiting' | 'active' | 'delayed';
  attempt: number;
  /** Children that have not ended. */
  readonly open: Set<Job>;
  readonly results: unknown[];
  parent: Job | null;
  timer: NodeJS.Timeout | null;
}

type Concurrency = Parameters<Carrier['work']>[1];

/** Time for jobs to stop after they were aborted, ms; what hangs longer dies with the process. */
const ABORT_GRACE_MS = 5_000;

function keyOf({ queue, lane, id }: Pick<Flow, 'queue' | 'lane' | 'id'>): string {
  return `${queue}/${lane}/${id}`;
}

/**
 * The carrier of the embedded mode: jobs of one process, in memory, by the same contract as the queues. What it holds is lost with the
 * process; the journal puts it again.
 */
export function createInProcessCarrier(settings: InProcessSettings): Carrier {
  const jobs = new Map<string, Job>();
  const waiting = new Map<string, Job[]>();
  const active = new Map<string, number>();
  const failures = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  const abort = new AbortController();
  let working: { readonly handlers: JobHandlers; readonly concurrency: Concurrency } | null = null;
  let draining = false;

  const laneOf = ({ queue, lane }: Pick<Flow, 'queue' | 'lane'>): string => `${queue}/${lane}`;
  const bump = (counter: Map<string, number>, flow: Flow, by: number): void => {
    counter.set(laneOf(flow), (counter.get(laneOf(flow)) ?? 0) + by);
  };

  const enter = (flow: Flow, parent: Job | null): Job => {
    const known = jobs.get(keyOf(flow));
    if (known !== undefined) {
      // Still under way for a parent that has ended meanwhile: its result goes to the new one.
      if (parent !== null) known.parent = parent;
      return known;
    }
    const job: Job = { flow, state: 'blocked', attempt: 1, open: new Set(), results: [], parent, timer: null };
    jobs.set(keyOf(flow), job);
    for (const child of flow.children) job.open.add(enter(child, job));
    if (job.open.size === 0) wait(job);
    return job;
  };

  const wait = (job: Job): void => {
    job.state = 'waiting';
    job.timer = null;
    const queue = waiting.get(laneOf(job.flow)) ?? [];
    queue.push(job);
    waiting.set(laneOf(job.flow), queue);
    pump();
  };

  const delay = (job: Job, ms: number): void => {
    job.state = 'delayed';
    job.timer = setTimeout(() => wait(job), ms);
  };

  const finish = (job: Job, result: unknown): void => {
    jobs.delete(keyOf(job.flow));
    const { parent } = job;
    if (parent === null || !parent.open.delete(job)) return;
    parent.results.push(result);
    if (parent.open.size === 0) wait(parent);
  };

  /** Ends a job for good, and every parent that waits for it, the child first. */
  const fail = async (job: Job, error: unknown): Promise<void> => {
    const handler = working?.handlers[job.flow.queue] as JobHandler<unknown> | undefined;
    bump(failures, job.flow, 1);
    settings.log.error({ job: job.flow.id, queue: job.flow.queue, attempt: job.attempt, err: error }, 'job failed');
    try {
      if (handler !== undefined) await handler.failed(parsePayload(handler, job.flow.payload), error);
    } catch (unsaid) {
      settings.log.error({ job: job.flow.id, queue: job.flow.queue, err: unsaid }, 'failure of a job not recorded');
    }
    jobs.delete(keyOf(job.flow));
    const { parent } = job;
    if (parent?.open.has(job) && jobs.get(keyOf(parent.flow)) === parent) await fail(parent, error);
  };

  const attempt = async (job: Job, handler: JobHandler<unknown>): Promise<JobOutcome> => {
    const payload = parsePayload(handler, job.flow.payload);
    const context: JobContext = {
      signal: abort.signal,
      turnEnds: new Date(settings.clock.now().getTime() + settings.turnMs),
      attempt: job.attempt,
      last: job.attempt >= settings.attempts,
      children: job.results,
      alive: async (progress: RunProgress) => {
        settings.log.debug({ job: job.flow.id, queue: job.flow.queue, ...progress }, 'job alive');
      },
    };
    return handler.run(payload, context);
  };

  const take = async (job: Job, handler: JobHandler<unknown>): Promise<void> => {
    try {
      const outcome = await attempt(job, handler);
      if (outcome.kind === 'done') finish(job, outcome.result);
      else delay(job, outcome.afterMs);
    } catch (error) {
      // Stopped because the process ends: not a failure, and whoever comes next begins it again.
      if (abort.signal.aborted) return;
      if (isPermanent(error) || job.attempt >= settings.attempts) return await fail(job, error);
      const afterMs = backoffOf(job.attempt, settings.backoffMs);
      settings.log.warn(
        { job: job.flow.id, attempt: job.attempt, again_in_ms: afterMs, err: error },
        'job tried again',
      );
      job.attempt += 1;
      delay(job, afterMs);
    }
  };

  const start = (job: Job, handlers: JobHandlers): void => {
    job.state = 'active';
    bump(active, job.flow, 1);
    const done = take(job, handlers[job.flow.queue] as JobHandler<unknown>).finally(() => {
      bump(active, job.flow, -1);
      underWay.delete(done);
      pump();
    });
    underWay.add(done);
  };

  const pump = (): void => {
    if (working === null || draining) return;
    const { handlers, concurrency } = working;
    for (const queue of QUEUES)
      for (const lane of LANES) {
        const jobsOfLane = waiting.get(laneOf({ queue, lane })) ?? [];
        while ((active.get(laneOf({ queue, lane })) ?? 0) < concurrency[queue][lane]) {
          const next = jobsOfLane.shift();
          if (next === undefined) break;
          start(next, handlers);
        }
      }
  };

  const settled = async (ms: number): Promise<boolean> => {
    if (underWay.size === 0) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
    });
    const ended = await Promise.race([Promise.allSettled([...underWay]).then(() => true), late]);
    clearTimeout(timer);
    return ended;
  };

  const drain = async (ms: number): Promise<void> => {
    draining = true;
    for (const job of jobs.values()) if (job.timer !== null) clearTimeout(job.timer);
    if (await settled(ms)) return;
    settings.log.warn({ jobs: underWay.size }, 'jobs stopped before their end');
    abort.abort(new DOMException('draining', 'AbortError'));
    await settled(ABORT_GRACE_MS);
  };

  return {
    put: async (flow) => {
      enter(flow, null);
    },
    knows: async (job) => jobs.has(keyOf(job)),
    counts: async () => count([...jobs.values()], failures),
    work: async (handlers, concurrency) => {
      working = { handlers, concurrency };
      pump();
    },
    drain,
    close: () => drain(0),
  };
}

function count(jobs: readonly Job[], failures: ReadonlyMap<string, number>): CarrierCount[] {
  const result: CarrierCount[] = [];
  const each = (queue: QueueName, lane: Lane): void => {
    const own = jobs.filter(({ flow }) => flow.queue === queue && flow.lane === lane);
    for (const state of ['waiting', 'active', 'delayed', 'blocked'] as const)
      result.push({ queue, lane, state, n: own.filter((job) => job.state === state).length });
    result.push({ queue, lane, state: 'failed', n: failures.get(`${queue}/${lane}`) ?? 0 });
  };
  for (const queue of QUEUES) for (const lane of LANES) each(queue, lane);
  return result;
}
