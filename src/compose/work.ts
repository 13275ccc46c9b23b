import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspectRedis } from '../../workers/bullmq/inspect-redis.ts';
import { notifyHandler } from '../../workers/notify.ts';
import { work } from '../../workers/worker-process.ts';
import type { PartReadiness } from '../api/deps.ts';
import type { QueueCheck } from '../cli/app.ts';
import { bytesOf } from '../config/sizes.ts';
import { PlumblineError } from '../errors/index.ts';
import { acquireLock } from '../store/duckdb/lock.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Fleet } from './fleet.ts';

/** Time between two looks into the journal. The embedded journal is a file that is opened for each look. */
const TICK_MS = { alone: 2_000, shared: 1_000 } as const;

async function readinessOf(part: PartReadiness['part'], ask: () => Promise<unknown>): Promise<PartReadiness> {
  try {
    await ask();
    return { part, ready: true, reason: null };
  } catch (error) {
    return { part, ready: false, reason: error instanceof PlumblineError ? error.code : 'BUG' };
  }
}

/** Whether what the processes of a fleet need answers. */
export async function checkParts({ operations, carrier }: Fleet): Promise<readonly PartReadiness[]> {
  return Promise.all([
    readinessOf('store', async () => (await operations()).now()),
    readinessOf('queue', () => carrier.counts()),
  ]);
}

/** A worker of its own: the jobs, and on `work.port`, where one is configured, what probes and scrapes ask. Errors: BAD_CONFIG (address taken). */
export async function workAlone(
  fleet: Fleet,
  options: { readonly once: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { host, port } = fleet.config.work;
  if (port === null || options.once) return workFleet(fleet, options);
  const { serveWorkerProbes } = await import('../api/worker-app.ts');
  const probes = await serveWorkerProbes({
    host,
    port,
    clock: SYSTEM_CLOCK,
    log: fleet.log,
    processMetrics: fleet.processMetrics(),
    checkReady: () => checkParts(fleet),
    queueCounts: () => fleet.carrier.counts(),
  });
  fleet.log.info({ url: probes.url }, 'worker answers probes');
  try {
    await workFleet(fleet, options);
  } finally {
    await probes.close();
  }
}

/** Does the jobs of all workspaces until the signal aborts (with `once`: until nothing is due), then ends what is under way. */
export async function workFleet(
  fleet: Fleet,
  options: { readonly once: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { config } = fleet;
  const alone = config.backends.queue === 'in-process';
  const release = alone ? lockFolder(fleet) : () => undefined;
  try {
    await workUnderLock(fleet, options, alone);
  } finally {
    release();
  }
}

/** Embedded, a second worker would take up what the first has under way. Errors: STORE_LOCKED naming who works. */
function lockFolder({ dataDir }: Fleet): () => void {
  const folder = join(dataDir, 'operations', 'worker');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return acquireLock(folder, SYSTEM_CLOCK.now());
}

async function workUnderLock(
  fleet: Fleet,
  options: { readonly once: boolean; readonly signal: AbortSignal },
  alone: boolean,
): Promise<void> {
  const { config } = fleet;
  const jobs = await fleet.jobDeps();
  await work(
    {
      jobs,
      carrier: fleet.carrier,
      notify: notifyHandler({
        operations: jobs.operations,
        sender: fleet.sender,
        readSecret: (workspace, reference) => fleet.secretsOf(workspace).read(reference),
        random: Math.random,
      }),
      connectors: fleet.connectors,
      clock: SYSTEM_CLOCK,
      log: fleet.log,
      settings: {
        syncs: config.work.syncs,
        memoryBytes: bytesOf(config.work.memory),
        storeMemoryBytes: bytesOf(config.store.memory),
        drainMs: config.work.drain_s * 1000,
        attempts: config.work.attempts,
        largeTickets: config.work.large_tickets,
        tickMs: alone ? TICK_MS.alone : TICK_MS.shared,
      },
      alone,
    },
    options,
  );
}

/** Asks what carries the jobs whether it answers and keeps what it is given. Errors: QUEUE_FAILED. */
export async function checkQueue({ config, carrier }: Fleet): Promise<QueueCheck> {
  const { queue, redisUrl } = config.backends;
  if (queue === 'redis' && redisUrl !== null) return { carrier: queue, ...(await inspectRedis(redisUrl)) };
  await carrier.counts();
  return { carrier: queue, version: null, warnings: [] };
}
