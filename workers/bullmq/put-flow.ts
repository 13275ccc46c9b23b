import type { FlowJob, JobState, JobsOptions } from 'bullmq';
import { PlumblineError } from '../../src/errors/index.ts';
import type { Flow } from '../contract.ts';
import { encodeJobId, type JobName, jobsOf, queueNameOf } from './job-names.ts';
import type { Opened } from './producers.ts';

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'unknown']);
/** The journal is the truth; what has ended is kept for a look at it, in bounds. */
const KEPT_DONE = { age: 86_400, count: 200 };
const KEPT_FAILED = { age: 604_800, count: 1_000 };
/** BullMQ refuses a count of its own strategies for this name, so the worker's is asked. */
const BACKOFF = { type: 'plumbline' };

export function isAlive(state: JobState | 'unknown'): boolean {
  return !ENDED.has(state);
}

export async function stateOf(opened: Opened, job: JobName): Promise<JobState | 'unknown'> {
  return opened.of(job).getJobState(encodeJobId(job.id));
}

function toJob(flow: Flow, attempts: number, isChild: boolean): FlowJob {
  const opts: JobsOptions = {
    jobId: encodeJobId(flow.id),
    attempts,
    backoff: BACKOFF,
    removeOnComplete: KEPT_DONE,
    removeOnFail: KEPT_FAILED,
    // Messages of foreign errors may quote data.
    stackTraceLimit: 0,
    // The parent is run all the same and fails by what it finds (run-job.ts): that is what calls its `failed`.
    ...(isChild ? { ignoreDependencyOnFailure: true } : {}),
  };
  const own = {
    name: flow.queue,
    queueName: queueNameOf(flow),
    data: { payload: flow.payload, children: flow.children.map((c) => `${queueNameOf(c)}:${encodeJobId(c.id)}`) },
    opts,
  };
  if (flow.children.length === 0) return own;
  return { ...own, children: flow.children.map((child) => toJob(child, attempts, true)) } as FlowJob;
}

/** Whether every parent of the flow knows all of its children; BullMQ reports only what became of the root. */
async function isWhole(opened: Opened, flow: Flow): Promise<boolean> {
  const parents = jobsOf(flow).filter((job) => job.children.length > 0);
  const counts = await Promise.all(
    parents.map((job) =>
      opened
        .of(job)
        .getBackend()
        .getDependencyCounts(encodeJobId(job.id), ['processed', 'unprocessed', 'ignored', 'failed']),
    ),
  );
  return parents.every((job, i) => (counts[i] ?? []).reduce((sum, n) => sum + Number(n), 0) >= job.children.length);
}

/**
 * Puts a flow; nothing happens while its root is alive. What has ended of it is removed first, parents before children: a child that is
 * removed while its parent waits would set the parent free.
 * Errors: QUEUE_FAILED when a child is still under way for another flow.
 */
export async function putFlow(opened: Opened, flow: Flow, attempts: number): Promise<void> {
  const root = await stateOf(opened, flow);
  if (isAlive(root)) return;
  const jobs = jobsOf(flow);
  const states = [root, ...(await Promise.all(jobs.slice(1).map((job) => stateOf(opened, job))))];
  const kept: Flow[] = [];
  for (const [i, job] of jobs.entries()) {
    const state = states[i] ?? 'unknown';
    if (isAlive(state)) kept.push(job);
    else if (state !== 'unknown') await opened.of(job).remove(encodeJobId(job.id), { removeChildren: false });
  }
  await opened.flows.add(toJob(flow, attempts, false));
  // One that failed after we looked would be waited for without end.
  for (const job of kept) {
    if ((await stateOf(opened, job)) !== 'failed') continue;
    const found = await opened.of(job).getJob(encodeJobId(job.id));
    await found?.retry('failed', { resetAttemptsMade: true });
  }
  if (await isWhole(opened, flow)) return;
  if ((await stateOf(opened, flow)) === 'waiting-children')
    await opened.of(flow).remove(encodeJobId(flow.id), { removeChildren: false });
  throw new PlumblineError(
    'QUEUE_FAILED',
    `A part of the job ${flow.id} is still under way for another one.`,
    'It is put again when that one has ended.',
  );
}
