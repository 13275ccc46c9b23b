import { type IQueueBackend, type JobProgress, Worker } from 'bullmq';
import type { JobHandler, Lane, QueueName } from '../contract.ts';
import { type Backing, CONNECTION } from './backing.ts';
import { PassingFailure } from './failure.ts';
import { decodeJobId, queueNameOf } from './job-names.ts';
import { createLockWatch } from './lock-watch.ts';
import type { Outage } from './outage.ts';
import { createRunner, type RunSettings } from './run-job.ts';

/** Worker that can let go of the jobs it cannot end. */
class ReleasingWorker extends Worker<unknown, unknown, string, IQueueBackend, JobProgress, string> {
  /** Renews no lock from now on, so that others take up what still hangs here. */
  async letGo(): Promise<void> {
    await this.lockManager.close();
  }
}

export interface LaneWorker {
  /** Resolves when every job under way has ended; no further one is taken. */
  close(): Promise<void>;
  abort(reason: unknown): void;
  letGo(): Promise<void>;
  /** Jobs under way. */
  readonly size: number;
}

interface LaneSettings extends Omit<RunSettings, 'watch' | 'endOfLine' | 'handler'> {
  readonly handler: JobHandler<unknown>;
  readonly queue: QueueName;
  readonly lane: Lane;
  readonly concurrency: number;
  readonly name: string;
  /** Longest time after which a job whose worker has died is taken up by another. */
  readonly stalledMs: number;
}

/** Works on one lane of one queue. */
export function createLaneWorker(settings: LaneSettings, backing: Backing, outage: Outage): LaneWorker {
  // A lock runs out, then the next look at all jobs finds it: two parts wait, one part look.
  const lockMs = Math.round((settings.stalledMs * 2) / 3);
  const watch = createLockWatch(lockMs, () => performance.now());
  const run = createRunner({ ...settings, watch, endOfLine: backing.kind === 'redis' ? 'delayed' : 'waiting' });
  const worker = new ReleasingWorker(
    queueNameOf(settings),
    (job, token) => run(job, token),
    {
      connection: CONNECTION,
      prefix: backing.prefix,
      name: settings.name,
      concurrency: settings.concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.round(settings.stalledMs / 3),
      // Beyond ours, which also calls `failed`; BullMQ's own limit only stops a job that kills workers even then.
      maxStalledCount: settings.stalls * 2 + 10,
      drainDelay: 2,
      runRetryDelay: 1_000,
      settings: {
        backoffStrategy: (_tries, _type, error) => (error instanceof PassingFailure ? error.afterMs : 1_000),
      },
    },
    backing.forWorkers,
  );
  worker.on('error', (error) => outage.tell(error));
  worker.on('locksRenewed', ({ jobIds }) => watch.renewed(jobIds));
  worker.on('lockRenewalFailed', (jobIds) => watch.lost(jobIds));
  worker.on('stalled', (job) =>
    settings.log.warn({ job: decodeJobId(job), queue: settings.queue }, 'job is taken up again, its worker is gone'),
  );
  return {
    close: () => worker.close(),
    abort: watch.abortAll,
    letGo: async () => {
      watch.stop();
      await worker.letGo();
    },
    get size() {
      return watch.size;
    },
  };
}
