import type { Notice, Run } from '../../domain/operations.ts';
import { noticeId } from './notice-id.ts';
import { reason } from './of-sync.ts';

export interface RunNews {
  /** The run that ended. */
  readonly run: Run;
  /** The one before it of the same workspace, kind and schedule that ended as done or failed; null = none. */
  readonly before: Pick<Run, 'status'> | null;
  /** The same run has already said that a connection is broken. */
  readonly saidBroken: boolean;
  readonly at: Date;
}

/**
 * Says that a run failed, where the one before it had not: the first of a row, once. Quiet where `sync_broken` of the same run has
 * said why already, and for a run that did not fail.
 */
export function noticesOfRun({ run, before, saidBroken, at }: RunNews): Notice[] {
  if (run.status !== 'failed' || saidBroken || before?.status === 'failed') return [];
  const failure = run.failure ?? { code: 'BUG', message: '', remedy: 'Read the log.' };
  const what = run.schedule === null ? `a ${run.kind} run` : `${run.kind} run of schedule ${run.schedule}`;
  return [
    {
      id: noticeId('run_failed', run.workspace, [run.id]),
      workspace: run.workspace,
      kind: 'run_failed',
      subject: run.schedule,
      at,
      run: run.id,
      digest: null,
      text: `${run.workspace}: ${what} failed (${failure.code})${reason(failure)}`,
      data: { kind: run.kind, slot: run.slot.toISOString(), code: failure.code, remedy: failure.remedy },
    },
  ];
}
