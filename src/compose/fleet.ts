import { hostname } from 'node:os';
import { Redis } from 'ioredis';
import { createBullmqCarrier } from '../../workers/bullmq/carrier.ts';
import type { Carrier } from '../../workers/contract.ts';
import { createInProcessCarrier } from '../../workers/in-process.ts';
import type { JobDeps } from '../../workers/job-deps.ts';
import { openProcessMetrics, type ProcessMetrics } from '../api/process-metrics.ts';
import type { Config } from '../config/config.ts';
import type { SecretStore } from '../config/secrets.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Connector } from '../kit/connector.ts';
import type { Logger } from '../logging/create-logger.ts';
import { createNoticeSender } from '../notify/index.ts';
import type { OpensConnections } from '../pipeline/open-connection.ts';
import { parseAgeMs, parseDays } from '../pipeline/parse-span.ts';
import { memoryPace } from '../store/operations/memory-pace.ts';
import type { AccountPace, Operations } from '../store/operations-port.ts';
import { openPostgresPace } from '../store/postgres/pace.ts';
import { redisPace } from '../store/redis/pace.ts';
import type { Backends } from './backends.ts';
import { once, SYSTEM_CLOCK } from './clock.ts';
import { connectionOpener } from './connections.ts';
import type { Judgement } from './judgement.ts';
import { leaseStores, type StoreLeases } from './store-leases.ts';
import { bufferTallies } from './tally-buffer.ts';

export interface FleetParts {
  readonly config: Config;
  readonly version: string;
  readonly dataDir: string;
  readonly log: Logger;
  readonly backends: Backends;
  readonly judgement: Judgement;
  readonly connectors: ReadonlyMap<string, Connector<unknown>>;
  secretsOf(workspace: string): SecretStore;
}

/** The parts of a process that serves or works for all workspaces. */
export interface Fleet extends FleetParts {
  readonly leases: StoreLeases;
  readonly sender: ReturnType<typeof createNoticeSender>;
  readonly carrier: Carrier;
  /** Figures of this process: there is one of them. */
  processMetrics(): ProcessMetrics;
  opens(workspace: string): OpensConnections;
  jobDeps(): Promise<JobDeps>;
  operations(): Promise<Operations>;
  /** Writes counters that have gathered. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Embedded, a command of another process waits this long for a store that a job has ended with. */
const IDLE_MS = 300;
/** A worker does not sit out a longer wait than this: the job comes back, and others go first. */
const MOST_WAIT_MS = 5_000;
const BACKOFF_MS = 2_000;
const FLUSH_EVERY_MS = 5_000;

function carrierOf({ config, log }: FleetParts): Carrier {
  const { backends, work } = config;
  const common = {
    clock: SYSTEM_CLOCK,
    log,
    attempts: work.attempts,
    backoffMs: BACKOFF_MS,
    turnMs: work.slice_s * 1000,
  };
  if (backends.queue === 'in-process') return createInProcessCarrier(common);
  const url = backends.queue === 'redis' ? backends.redisUrl : backends.databaseUrl;
  if (url === null)
    throw new PlumblineError('BUG', `There is no address for the queue on ${backends.queue}.`, 'Report this.');
  return createBullmqCarrier({
    ...common,
    backend: { kind: backends.queue, url },
    random: Math.random,
    name: `${hostname()}-${process.pid}`,
  });
}

function openPace({ config, backends }: FleetParts): { get(): Promise<AccountPace>; close(): void } {
  let redis: Redis | null = null;
  const get = once(async (): Promise<AccountPace> => {
    const postgres = backends.postgres();
    if (config.backends.queue === 'redis' && config.backends.redisUrl !== null) {
      redis = new Redis(config.backends.redisUrl, { maxRetriesPerRequest: 3, enableOfflineQueue: true });
      // What a call meets is thrown by the call; without a listener ioredis would print it.
      redis.on('error', () => undefined);
      return redisPace(redis);
    }
    return postgres === null ? memoryPace(SYSTEM_CLOCK) : openPostgresPace(await postgres);
  });
  return { get, close: () => redis?.disconnect() };
}

/** Puts together what serving and working need. Opens nothing before it is asked. */
export function openFleet(parts: FleetParts): Fleet {
  const { config, log, backends } = parts;
  const operations = () => backends.operations();
  const leases = leaseStores((workspace) => backends.openStore(workspace), { idleMs: IDLE_MS, log });
  const pace = openPace(parts);
  const tallies = bufferTallies(operations, log);
  const timer = setInterval(() => void tallies.flush(), FLUSH_EVERY_MS);
  timer.unref();
  const carrier = carrierOf(parts);
  let own: ProcessMetrics | null = null;
  const opens = (workspace: string): OpensConnections => {
    const secrets = parts.secretsOf(workspace);
    return async (row, signal) =>
      connectionOpener({
        connectors: parts.connectors,
        secrets,
        log: log.child({ workspace }),
        timeoutMs: config.sync.request_timeout_s * 1000,
        maxWaitMs: Math.min(MOST_WAIT_MS, config.sync.max_wait_s * 1000),
        version: parts.version,
        stageFolder: parts.dataDir,
        pace: await pace.get(),
        count: tallies.count,
      })(row, signal);
  };
  return {
    ...parts,
    leases,
    carrier,
    processMetrics: () => {
      own ??= openProcessMetrics({ version: parts.version, collect: true });
      return own;
    },
    opens,
    operations,
    sender: createNoticeSender({ clock: SYSTEM_CLOCK, userAgent: `plumbline/${parts.version}` }),
    async jobDeps() {
      return {
        operations: await operations(),
        pace: await pace.get(),
        clock: SYSTEM_CLOCK,
        log,
        version: parts.version,
        settings: {
          batchRows: config.sync.batch_rows,
          signalTimeoutMs: config.measure.signal_timeout_s * 1000,
          windowDays: parseDays(config.window, 'window'),
          keepTelemetryDays: config.keep.telemetry === null ? null : parseDays(config.keep.telemetry, 'keep.telemetry'),
          keepRunsDays: parseDays(config.keep.runs, 'keep.runs'),
          keepAuditDays: parseDays(config.keep.audit, 'keep.audit'),
          staleAfterMs: parseAgeMs(config.notify.stale_after, 'notify.stale_after'),
        },
        store: (workspace) => leases.lease(workspace),
        opens,
        rules: parts.judgement.rules,
        model: parts.judgement.model,
        judging: parts.judgement.judging,
      };
    },
    flush: () => tallies.flush(),
    async close() {
      clearInterval(timer);
      await carrier.close();
      await tallies.flush();
      await leases.close();
      pace.close();
    },
  };
}
