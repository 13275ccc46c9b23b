import { UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { CODES, type ErrorCode, PlumblineError } from '../../src/errors/index.ts';
import { backoffOf } from '../judge-error.ts';

const Reason = z.object({ code: z.string(), message: z.string(), remedy: z.string() });

/**
 * What the queue keeps of an error. Texts of foreign errors may quote what they choked on, so only their class is kept; ours never hold
 * ticket text or secrets.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof PlumblineError)
    return JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy });
  const kind = error instanceof Error ? error.name : typeof error;
  return JSON.stringify({
    code: 'BUG',
    message: `An unexpected ${kind} ended the job.`,
    remedy: 'See the log of the worker.',
  });
}

/** The failure of a child as its parent is told: same code, message and remedy. Errors: none; an unreadable reason becomes a BUG. */
export function failureOfChild(job: string, reason: string): PlumblineError {
  let said: z.infer<typeof Reason> | null = null;
  try {
    said = Reason.parse(JSON.parse(reason));
  } catch {
    // Written by BullMQ itself or by another version; its words are shown as they are.
    said = { code: 'BUG', message: `The job ${job} failed: ${reason}.`, remedy: 'See the log of its worker.' };
  }
  const code = said.code in CODES ? (said.code as ErrorCode) : 'BUG';
  return new PlumblineError(code, said.message, said.remedy, { where: job });
}

/** Ends a job for good. */
export function lastFailure(error: unknown): UnrecoverableError {
  return new UnrecoverableError(reasonOf(error));
}

/** Lets BullMQ try the job again after `afterMs`. */
export class PassingFailure extends Error {
  readonly afterMs: number;

  constructor(error: unknown, afterMs: number) {
    super(reasonOf(error));
    this.name = 'PassingFailure';
    this.afterMs = afterMs;
  }
}

/** Wait before the next try, ms: doubles, spread over its upper half so that jobs which failed together do not come back together. */
export function waitAfter(error: unknown, attempt: number, baseMs: number, random: () => number): number {
  const spread = backoffOf(attempt, baseMs) * (0.5 + random() / 2);
  const asked = error instanceof PlumblineError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(1, Math.round(spread), asked);
}
