import { z } from 'zod';
import { type Delivery, WorkspaceName } from '../src/domain/operations.ts';
import { abandonNotice, type DeliverDeps, deliverNotice } from '../src/pipeline/notices/index.ts';
import type { Flow, JobHandler } from './contract.ts';

export const NotifyJob = z.strictObject({ workspace: WorkspaceName, notice: z.string(), target: WorkspaceName });
export type NotifyJob = z.infer<typeof NotifyJob>;

/** The job that makes the next attempt of a delivery. Its id is that of the delivery, so no carrier has it twice. */
export function notifyFlow({ workspace, notice, target }: Pick<Delivery, 'workspace' | 'notice' | 'target'>): Flow {
  const payload: NotifyJob = { workspace, notice, target };
  return { queue: 'notify', lane: 'usual', id: `${notice}__${target}`, payload, children: [] };
}

/**
 * Sends one notice to one target: one attempt a job. A receiver that fails is no failure of the job: the journal keeps when to try
 * again, and the dispatcher puts the job anew then, so that a queue that is emptied loses nothing.
 */
export function notifyHandler(deps: DeliverDeps): JobHandler<NotifyJob> {
  return {
    queue: 'notify',
    payload: NotifyJob,
    async run(job, { signal }) {
      return { kind: 'done', result: await deliverNotice(deps, job, signal) };
    },
    async failed(job, error) {
      await abandonNotice(deps.operations, job, error);
    },
  };
}
