import type { BackendFactory, IQueueBackend } from 'bullmq';

/** BullMQ wants a word for the connection; ours are made by the backing. */
export const CONNECTION = 'plumbline';
type QueueBackendFactory = BackendFactory<IQueueBackend, string>;

/** What carries the queue: the connections to Redis or PostgreSQL of one process. */
export interface Backing {
  readonly kind: 'redis' | 'postgres';
  /** Prefix of keys; no meaning on PostgreSQL. */
  readonly prefix: string;
  /** For workers: waits as long as it takes. */
  readonly forWorkers: QueueBackendFactory;
  /** For putting and asking: gives up. */
  readonly forProducers: QueueBackendFactory;
  /** Resolves when jobs can be put. Errors: whatever the connection says; ask again later. */
  ready(): Promise<void>;
  /** Whether `forProducers` was renewed, so that what was made with it is to be made anew. */
  renewProducers(): boolean;
  /** Takes back times that a clock had written which was ahead (or has been set back since). */
  mendTimes(nowMs: number, stalledMs: number): Promise<void>;
  close(): Promise<void>;
}
