import { PlumblineError } from '../errors/plumbline-error.ts';

/** How a job of the vendor stands. */
type JobState<R> =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly result: R }
  | { readonly state: 'failed'; readonly why: string };

interface Job<H, R> {
  /** Name of the job in messages. */
  readonly place: string;
  /** Begins it and gives what names it; a checkpoint may keep that, so that a sync that comes back finds its job. */
  start(): Promise<H>;
  look(handle: H): Promise<JobState<R>>;
  /** Time passes; rejects when the sync ends. */
  wait(ms: number): Promise<void>;
  readonly firstWaitMs?: number;
  readonly longestWaitMs?: number;
  /** Looks before it is left for the next sync. @defaultValue 60 */
  readonly looks?: number;
}

/**
 * Begins a job of the vendor (an export, a bulk query) and waits for its end, looking less and less often. `handle` = a job begun before. Errors: those of
 * `start` and `look`; VENDOR_BROKEN when the vendor says that it failed; RATE_LIMITED when it takes longer than one sync may wait.
 */
export async function runJob<H, R>(job: Job<H, R>, handle?: H): Promise<R> {
  const running = handle ?? (await job.start());
  let waitMs = job.firstWaitMs ?? 1000;
  for (let looks = 0; looks < (job.looks ?? 60); looks += 1) {
    const found = await job.look(running);
    if (found.state === 'done') return found.result;
    if (found.state === 'failed')
      throw new PlumblineError(
        'VENDOR_BROKEN',
        `The helpdesk could not finish ${job.place} (${found.why}).`,
        'Run the sync again; it begins the job anew.',
        { where: job.place },
      );
    await job.wait(waitMs);
    waitMs = Math.min(job.longestWaitMs ?? 30_000, waitMs * 2);
  }
  throw new PlumblineError(
    'RATE_LIMITED',
    `The helpdesk is still at work on ${job.place}.`,
    'Run the sync again later; it goes on where it stood.',
    { where: job.place, retryAfterMs: waitMs },
  );
}
