import type { Flow, Lane, QueueName } from '../contract.ts';

/** The part of a flow that names one job. */
export type JobName = Pick<Flow, 'queue' | 'lane' | 'id'>;

/** Name of the BullMQ queue that carries one lane. */
export function queueNameOf({ queue, lane }: { readonly queue: QueueName; readonly lane: Lane }): string {
  return lane === 'large' ? `plumbline-${queue}-large` : `plumbline-${queue}`;
}

const MARK = 'job-';

/**
 * Id of a job as BullMQ takes it: no colon (it separates keys), never a bare integer (those are its own), and never a word such as
 * `wait` or `meta`, which would be the key of a list of the queue itself. Undone by `decodeJobId`.
 */
export function encodeJobId(id: string): string {
  return MARK + encodeURIComponent(id);
}

/** What `encodeJobId` was given; a foreign id comes back as it is. */
export function decodeJobId(id: string): string {
  return id.startsWith(MARK) ? decodeURIComponent(id.slice(MARK.length)) : id;
}

/** Every job of a flow, parents before their children. */
export function jobsOf(flow: Flow): Flow[] {
  return [flow, ...flow.children.flatMap(jobsOf)];
}
