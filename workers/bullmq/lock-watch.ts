/** One job under way in this process. */
export interface HeldJob {
  readonly controller: AbortController;
  /** Reading of the steady clock when its lock was last known to be ours. */
  renewedMs: number;
}

export interface LockWatch {
  hold(job: string): HeldJob;
  release(job: string, held: HeldJob): void;
  renewed(jobs: readonly string[]): void;
  lost(jobs: readonly string[]): void;
  abortAll(reason: unknown): void;
  readonly size: number;
  stop(): void;
}

/**
 * Aborts jobs whose lock is no longer ours: when BullMQ says so, and when no renewal came through for as long as a lock lasts (a process
 * that was paused, a queue out of reach). Somebody else may have taken the job by then; going on would only be double work.
 */
export function createLockWatch(lockMs: number, steadyMs: () => number): LockWatch {
  const held = new Map<string, HeldJob>();
  const abort = (job: HeldJob): void => job.controller.abort(new DOMException('lock lost', 'AbortError'));
  const timer = setInterval(
    () => {
      for (const job of held.values()) if (steadyMs() - job.renewedMs > lockMs) abort(job);
    },
    Math.max(10, lockMs / 4),
  );
  timer.unref();
  return {
    hold: (id) => {
      const job = { controller: new AbortController(), renewedMs: steadyMs() };
      held.set(id, job);
      return job;
    },
    release: (id, job) => {
      if (held.get(id) === job) held.delete(id);
    },
    renewed: (ids) => {
      for (const id of ids) {
        const job = held.get(id);
        if (job !== undefined) job.renewedMs = steadyMs();
      }
    },
    lost: (ids) => {
      for (const id of ids) {
        const job = held.get(id);
        if (job !== undefined) abort(job);
      }
    },
    abortAll: (reason) => {
      for (const job of held.values()) job.controller.abort(reason);
    },
    get size() {
      return held.size;
    },
    stop: () => clearInterval(timer),
  };
}
