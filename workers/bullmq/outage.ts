import { PlumblineError } from '../../src/errors/index.ts';
import type { Logger } from '../../src/logging/create-logger.ts';

const LOSS_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);
const LOSS_WORDS =
  /connection (is closed|terminated|ended|timeout)|timeout exceeded when trying to connect|max retries per request|ECONNREFUSED|^LOADING|writeable|query read timeout/i;

/** Whether the way to the queue was lost, rather than the queue refusing something. */
export function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && LOSS_CODES.has(String(error.code))) return true;
  return error.name === 'MaxRetriesPerRequestError' || LOSS_WORDS.test(error.message);
}

/** Code of an error for the log, never its text. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && error.code !== undefined ? String(error.code) : error.name;
}

/** An error of the queue as a person can act on it. */
export function queueFailure(doing: string, error: unknown): PlumblineError {
  if (error instanceof PlumblineError) return error;
  return new PlumblineError(
    'QUEUE_FAILED',
    `The queue does not do what it was asked (${doing}, ${codeOf(error)}).`,
    'Look at Redis or PostgreSQL; the work goes on by itself as soon as the queue answers.',
    { cause: error },
  );
}

export interface Outage {
  /** Something went wrong; connections that keep failing are told once until `over`. */
  tell(error: unknown): void;
  /** The queue answers. */
  over(): void;
}

/** A connection that was tried while the queue was away fails up to its own limit of time after others were answered. */
const LATE_MS = 5_000;

/**
 * BullMQ speaks up at every retry of every connection; a person wants one line when it begins and one when it ends. A loss within five seconds of
 * an answer belongs to the outage that ended with it; a new one goes on and is told then.
 */
export function createOutage(log: Logger, clock: { now(): Date }): Outage {
  let down = false;
  let answeredAt: number | null = null;
  const isLate = (): boolean => answeredAt !== null && clock.now().getTime() - answeredAt < LATE_MS;
  return {
    tell: (error) => {
      if (isLoss(error)) {
        if (down || isLate()) return;
        log.error({ code: codeOf(error) }, 'queue does not answer');
        down = true;
        return;
      }
      // Negative numbers are BullMQ's own: the job is no longer this worker's, somebody else has or had it.
      const code = codeOf(error);
      if (/^-\d+$/.test(code) || (error instanceof Error && error.message.startsWith('could not renew lock')))
        log.info({ code }, 'job is no longer of this worker');
      else log.error({ code, err: error }, 'queue reports an error');
    },
    over: () => {
      if (!down) return;
      log.info('queue answers again');
      down = false;
      answeredAt = clock.now().getTime();
    },
  };
}
