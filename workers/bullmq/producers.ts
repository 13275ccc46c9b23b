import { FlowProducer, type IQueueBackend, Queue } from 'bullmq';
import { PlumblineError } from '../../src/errors/index.ts';
import { LANES, type Lane, QUEUES, type QueueName } from '../contract.ts';
import { type Backing, CONNECTION } from './backing.ts';
import { queueNameOf } from './job-names.ts';
import { isLoss, type Outage, queueFailure } from './outage.ts';
import { endsWithin } from './within.ts';

/** Longest time for one question to the queue; whoever asks must not hang with it. */
const ANSWER_MS = 4_500;
/** Nobody reads the events; BullMQ writes them all the same. */
const EVENTS_KEPT = 100;

type LaneQueue = Queue<
  Record<string, unknown>,
  unknown,
  string,
  Record<string, unknown>,
  unknown,
  string,
  IQueueBackend,
  string
>;
type Flows = FlowProducer<IQueueBackend, string>;

export interface Opened {
  readonly flows: Flows;
  of(job: { readonly queue: QueueName; readonly lane: Lane }): LaneQueue;
}

interface Producers {
  /** Asks the queue. Errors: QUEUE_FAILED when it does not answer within five seconds or refuses. */
  ask<T>(doing: string, question: (opened: Opened) => Promise<T>): Promise<T>;
}

function open(backing: Backing, outage: Outage): Opened {
  const queues = new Map<string, LaneQueue>();
  const options = { connection: CONNECTION, prefix: backing.prefix };
  for (const queue of QUEUES)
    for (const lane of LANES) {
      const name = queueNameOf({ queue, lane });
      const made: LaneQueue = new Queue(
        name,
        { ...options, streams: { events: { maxLen: EVENTS_KEPT } } },
        backing.forProducers,
      );
      made.on('error', (error) => outage.tell(error));
      queues.set(name, made);
    }
  const flows: Flows = new FlowProducer(options, backing.forProducers);
  flows.on('error', (error) => outage.tell(error));
  return {
    flows,
    of: (job) => {
      const queue = queues.get(queueNameOf(job));
      if (queue === undefined)
        throw new PlumblineError('BUG', `There is no queue ${queueNameOf(job)}.`, 'Report this fault.');
      return queue;
    },
  };
}

/** What puts jobs and asks for them. Its connection is made anew after an outage. */
export function createProducers(backing: Backing, outage: Outage): Producers {
  let opened: Opened | null = null;
  return {
    ask: async (doing, question) => {
      const answer = (async () => {
        await backing.ready();
        opened ??= open(backing, outage);
        return await question(opened);
      })();
      const renew = (): void => {
        if (backing.renewProducers()) opened = null;
      };
      if (!(await endsWithin(answer, ANSWER_MS))) {
        renew();
        throw queueFailure(doing, new Error('no answer in time'));
      }
      try {
        return await answer;
      } catch (error) {
        if (isLoss(error)) renew();
        throw queueFailure(doing, error);
      }
    },
  };
}
