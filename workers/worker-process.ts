import type { Connector } from '../src/kit/connector.ts';
import type { Logger } from '../src/logging/create-logger.ts';
import { withStore } from '../src/pipeline/with-store.ts';
import type { Carrier, JobHandler, JobHandlers, Lane, QueueName } from './contract.ts';
import { createDispatcher, type Dispatched, type DispatcherDeps } from './dispatcher.ts';
import { defineHandler } from './handler.ts';
import type { JobDeps } from './job-deps.ts';
import { maintainHandler } from './maintain.ts';
import type { NotifyJob } from './notify.ts';
import { planRun, readDesk } from './plan-run.ts';
import { snapshotHandler } from './snapshot.ts';
import { syncHandler } from './sync.ts';

interface WorkSettings {
  /** Streams read at a time. */
  readonly syncs: number;
  /** Memory for measuring, and what one measuring may use; bytes. */
  readonly memoryBytes: number;
  readonly storeMemoryBytes: number;
  readonly drainMs: number;
  readonly attempts: number;
  readonly largeTickets: number;
  readonly tickMs: number;
}

interface WorkDeps {
  readonly jobs: JobDeps;
  readonly carrier: Carrier;
  readonly notify: JobHandler<NotifyJob>;
  readonly connectors: ReadonlyMap<string, Pick<Connector<never>, 'streams'>>;
  readonly clock: DispatcherDeps['clock'];
  readonly log: Logger;
  readonly settings: WorkSettings;
  /** No other process carries jobs (embedded mode). */
  readonly alone: boolean;
}

/** A run that nobody spoke of for so long is looked for, ms. */
const SILENT_AFTER_MS = 180_000;
const ONCE_LOOK_MS = 100;

type Concurrency = Readonly<Record<QueueName, Readonly<Record<Lane, number>>>>;

/** Jobs at a time by queue and lane: as many desks are measured as the memory holds, one large one beside them. */
export function concurrencyOf({ syncs, memoryBytes, storeMemoryBytes }: WorkSettings): Concurrency {
  const measured = Math.max(1, Math.floor(memoryBytes / storeMemoryBytes));
  return {
    sync: { usual: syncs, large: Math.max(1, Math.floor(syncs / 4)) },
    snapshot: { usual: measured, large: 1 },
    notify: { usual: 4, large: 1 },
    maintain: { usual: 1, large: 1 },
  };
}

function handlersOf({ jobs, notify }: Pick<WorkDeps, 'jobs' | 'notify'>): JobHandlers {
  return {
    sync: defineHandler(syncHandler(jobs)),
    snapshot: defineHandler(snapshotHandler(jobs)),
    notify: defineHandler(notify),
    maintain: defineHandler(maintainHandler(jobs)),
  };
}

/**
 * One worker: carries jobs and dispatches what is due until the signal aborts, then ends what is under way within the drain time and
 * stops what takes longer. With `once` it ends as soon as nothing is due or under way. What is not ended is taken up by another worker,
 * or by the next start. Errors: those of the carrier at the beginning; later ones are survived and logged, with `once` they end it.
 */
export async function work(
  deps: WorkDeps,
  options: { readonly once: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { jobs, carrier, settings, log } = deps;
  const dispatcher = createDispatcher({
    operations: jobs.operations,
    carrier,
    clock: deps.clock,
    log,
    plan: (run) =>
      withStore(jobs, run.workspace, async (store) =>
        planRun(run, await readDesk(store), { connectors: deps.connectors, largeTickets: settings.largeTickets }),
      ),
    tickMs: settings.tickMs,
    silentAfterMs: SILENT_AFTER_MS,
    attempts: settings.attempts,
    alone: deps.alone,
  });
  await carrier.work(handlersOf(deps), concurrencyOf(settings));
  log.info({ once: options.once }, 'worker began');
  try {
    if (options.once) await untilIdle(deps, dispatcher.tick, options.signal);
    else await dispatcher.run(options.signal);
  } finally {
    log.info({ drain_ms: settings.drainMs }, 'worker ends what is under way');
    await carrier.drain(settings.drainMs);
    log.info({}, 'worker ended');
  }
}

/** Looks until nothing more is due and no job is under way. */
async function untilIdle(deps: WorkDeps, tick: () => Promise<Dispatched>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { put, deliveries, waiting } = await tick();
    const counts = await deps.carrier.counts();
    const busy = counts.some((count) => count.state !== 'failed' && count.n > 0);
    if (put + deliveries + waiting === 0 && !busy) return;
    await deps.clock.sleep(ONCE_LOOK_MS, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
