import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { Backing } from './backing.ts';
import type { Outage } from './outage.ts';

const PREFIX = '{plumbline}';

/** Hash tag: every key of the queues lies in one slot, which BullMQ's scripts need on a Redis Cluster. */
function tagged(prefix: string): string {
  return prefix.includes('{') ? prefix : `{${prefix}}`;
}

const COMMON = {
  connectTimeout: 3_000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000),
};

/** The queue on Redis: one connection for putting and asking, one for workers, and one more per worker that waits for jobs. */
export function createRedisBacking(settings: { url: string; prefix?: string }, outage: Outage): Backing {
  const prefix = tagged(settings.prefix ?? PREFIX);
  const clients = new Set<Redis>();

  const watch = (client: Redis): Redis => {
    clients.add(client);
    client.on('error', (error) => outage.tell(error));
    client.on('ready', () => outage.over());
    const duplicate = client.duplicate.bind(client);
    // BullMQ makes its waiting connections itself; without their handle a stop while Redis is away would never end.
    client.duplicate = ((options?: Partial<RedisOptions>) => watch(duplicate(options))) as Redis['duplicate'];
    return client;
  };
  const connect = (maxRetriesPerRequest: number | null): Redis =>
    watch(new Redis(settings.url, { ...COMMON, maxRetriesPerRequest }));

  let worker: Redis | null = null;
  let producer: Redis | null = null;
  return {
    kind: 'redis',
    prefix,
    forWorkers: (name, options, kind) => {
      worker ??= connect(null);
      return createRedisBackend(name, { ...options, connection: worker }, kind);
    },
    forProducers: (name, options, kind) => {
      producer ??= connect(2);
      return createRedisBackend(name, { ...options, connection: producer }, kind);
    },
    ready: async () => undefined,
    renewProducers: () => {
      // What was given up must not be carried out later, when the same job may have been put again.
      producer?.disconnect();
      if (producer !== null) clients.delete(producer);
      producer = null;
      return true;
    },
    // Locks and looks run out by the clock of Redis itself.
    mendTimes: async () => undefined,
    close: async () => {
      for (const client of clients) client.disconnect();
    },
  };
}
