import { PlumblineError } from '../../src/errors/index.ts';
import type { Logger } from '../../src/logging/create-logger.ts';
import { type Carrier, type CarrierCount, type JobHandler, LANES, QUEUES } from '../contract.ts';
import type { Backing } from './backing.ts';
import { createLaneWorker, type LaneWorker } from './lane-worker.ts';
import { createOutage, type Outage } from './outage.ts';
import { createPostgresBacking } from './postgres-backing.ts';
import { createProducers, type Opened } from './producers.ts';
import { isAlive, putFlow, stateOf } from './put-flow.ts';
import { createRedisBacking } from './redis-backing.ts';
import type { SuspectGate } from './run-job.ts';
import { endsWithin, staysTrue } from './within.ts';

export type CarrierBackend =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema?: string; readonly connections?: number };

export interface BullmqSettings {
  readonly backend: CarrierBackend;
  /** The machine's own clock: BullMQ reads that one too. */
  readonly clock: { now(): Date };
  readonly log: Logger;
  /** From 0 up to 1, for the spread of retries. */
  readonly random: () => number;
  /** Shown as who has a job. */
  readonly name: string;
  /** Tries of a job that fails for a passing reason. */
  readonly attempts: number;
  /** Wait before the second try; doubles from there. */
  readonly backoffMs: number;
  /** Length of one turn. */
  readonly turnMs: number;
  /** Longest time after which a job whose worker has died is taken up by another. Default 30 s. */
  readonly stalledMs?: number;
  /** Workers that may die under one job before it is taken as the cause. Default 10. */
  readonly stalls?: number;
  /** Time for jobs to stop after they were aborted; what hangs longer is left to be found without a worker. Default 5 s. */
  readonly abortGraceMs?: number;
}

/** Nothing under way for so long while closing means that the queue is away. */
const IDLE_MS = 3_000;
const COUNTED = {
  waiting: 'waiting',
  active: 'active',
  delayed: 'delayed',
  failed: 'failed',
  'waiting-children': 'blocked',
} as const;

function backingOf(backend: CarrierBackend, outage: Outage): Backing {
  return backend.kind === 'redis' ? createRedisBacking(backend, outage) : createPostgresBacking(backend, outage);
}

async function countAll(opened: Opened): Promise<CarrierCount[]> {
  const lanes = QUEUES.flatMap((queue) => LANES.map((lane) => ({ queue, lane })));
  const types = Object.keys(COUNTED) as (keyof typeof COUNTED)[];
  const counts = await Promise.all(lanes.map((lane) => opened.of(lane).getJobCounts(...types)));
  return lanes.flatMap((lane, i) =>
    types.map((type) => ({ ...lane, state: COUNTED[type], n: Number(counts[i]?.[type] ?? 0) })),
  );
}

/**
 * Carrier on BullMQ, on Redis or on PostgreSQL. Connects when it is first used and by itself again after an outage.
 * Errors of `put`, `knows` and `counts`: QUEUE_FAILED within five seconds while the queue does not answer.
 */
export function createBullmqCarrier(settings: BullmqSettings): Carrier {
  const { log } = settings;
  const outage = createOutage(log, settings.clock);
  const backing = backingOf(settings.backend, outage);
  const producers = createProducers(backing, outage);
  const workers: LaneWorker[] = [];
  const stalledMs = settings.stalledMs ?? 30_000;
  let mending: NodeJS.Timeout | undefined;
  const suspects: SuspectGate = { busy: false };
  let draining = false;
  let working = false;

  const drain = async (ms: number): Promise<void> => {
    draining = true;
    clearInterval(mending);
    const under = (): number => workers.reduce((sum, worker) => sum + worker.size, 0);
    const closed = Promise.allSettled(workers.map((worker) => worker.close()));
    // Closing waits for a queue that does not answer; with nothing under way there is nothing to wait for.
    const idle = staysTrue(() => under() === 0, IDLE_MS);
    if (!(await endsWithin(Promise.race([closed, idle]), ms))) {
      if (under() > 0) log.warn({ jobs: under() }, 'jobs stopped before their end');
      for (const worker of workers) worker.abort(new DOMException('draining', 'AbortError'));
      if (!(await endsWithin(closed, settings.abortGraceMs ?? 5_000)) && under() > 0)
        log.warn({ jobs: under() }, 'jobs did not stop; another worker takes them up');
    }
    await Promise.allSettled(workers.map((worker) => worker.letGo()));
  };

  return {
    put: (flow) => producers.ask('put a job', (opened) => putFlow(opened, flow, settings.attempts)),
    knows: (job) => producers.ask('look for a job', async (opened) => isAlive(await stateOf(opened, job))),
    counts: () => producers.ask('count jobs', countAll),
    work: async (handlers, concurrency) => {
      if (working) throw new PlumblineError('BUG', 'This carrier works already.', 'Report this fault.');
      working = true;
      await backing.ready();
      mending = setInterval(() => {
        backing.mendTimes(settings.clock.now().getTime(), stalledMs).catch((error: unknown) => outage.tell(error));
      }, stalledMs);
      mending.unref();
      for (const queue of QUEUES)
        for (const lane of LANES) {
          if (draining || concurrency[queue][lane] < 1) continue;
          const lanes = { ...settings, queue, lane, concurrency: concurrency[queue][lane] };
          const handler = handlers[queue] as JobHandler<unknown>;
          workers.push(
            createLaneWorker(
              {
                ...lanes,
                handler,
                stalledMs,
                stalls: settings.stalls ?? 10,
                suspects,
                isDraining: () => draining,
              },
              backing,
              outage,
            ),
          );
        }
    },
    drain,
    close: async () => {
      await drain(0);
      await backing.close();
    },
  };
}
