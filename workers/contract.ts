import type { z } from 'zod';
import type { RunProgress } from '../src/domain/operations.ts';

/** Queues of the product; one file of this folder each. */
export const QUEUES = ['sync', 'snapshot', 'notify', 'maintain'] as const;
export type QueueName = (typeof QUEUES)[number];

/** `large` = a lane of its own for what takes minutes, so that nothing short waits behind it. */
export const LANES = ['usual', 'large'] as const;
export type Lane = (typeof LANES)[number];

/**
 * A job to carry: ids only, never a secret and never a record. `id` is made from what the job does, so the same job put twice is one job.
 * Children end before their parent begins; their results are handed to it.
 */
export interface Flow {
  readonly queue: QueueName;
  readonly lane: Lane;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly children: readonly Flow[];
}

export interface JobContext {
  /** Aborts when the process drains for longer than it may, or the run is cancelled. */
  readonly signal: AbortSignal;
  /** End of this turn; long work stops at its next safe place after it and asks for another turn. */
  readonly turnEnds: Date;
  /** 1 for the first try. */
  readonly attempt: number;
  /** No further try follows a passing failure of this one. */
  readonly last: boolean;
  /** Results of the children, unparsed. */
  readonly children: readonly unknown[];
  /** Sign of life, with how far it is. */
  alive(progress: RunProgress): Promise<void>;
}

/** `again` = not an error: the same job after a while, without counting as a try (a vendor's pause, the end of a turn). */
export type JobOutcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'again'; readonly afterMs: number };

/**
 * What a queue's jobs do. Must be idempotent: the same job may run twice, even at the same time.
 * A PlumblineError of kind config, permission or bug ends the job for good (but STORE_LOCKED is passing); anything else is tried again.
 */
export interface JobHandler<P = never> {
  readonly queue: QueueName;
  readonly payload: z.ZodType<P>;
  run(payload: P, context: JobContext): Promise<JobOutcome>;
  /** Called once when the job has failed for good. */
  failed(payload: P, error: unknown): Promise<void>;
}

export type JobHandlers = { readonly [Q in QueueName]: JobHandler<never> };

/** Carries jobs to whoever works. The journal (Operations) is the truth: a carrier may lose everything and is filled again from it. */
export interface Carrier {
  /** Puts a flow; what is known by its id is left as it is, unless it has ended: then it is put anew. */
  put(flow: Flow): Promise<void>;
  /** Whether the job is waiting, delayed or being worked on. */
  knows(job: Pick<Flow, 'queue' | 'lane' | 'id'>): Promise<boolean>;
  counts(): Promise<readonly CarrierCount[]>;
  /** Begins to work with as many jobs at a time as stated. */
  work(handlers: JobHandlers, concurrency: Readonly<Record<QueueName, Readonly<Record<Lane, number>>>>): Promise<void>;
  /** Takes no further job and waits for those under way, at most `ms`; then aborts them so that they can be taken up elsewhere. */
  drain(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface CarrierCount {
  readonly queue: QueueName;
  readonly lane: Lane;
  readonly state: 'waiting' | 'active' | 'delayed' | 'failed' | 'blocked';
  readonly n: number;
}
