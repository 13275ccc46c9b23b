import type { RunFailure } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';

/** What the journal keeps of an error. The text of an unexpected one may quote anything, so it stays in the log. */
export function toFailure(error: unknown): RunFailure {
  if (error instanceof PlumblineError) return { code: error.code, message: error.message, remedy: error.remedy };
  return {
    code: 'BUG',
    message: 'A job of this run ended with an error that nobody foresaw.',
    remedy: 'Read the log of the workers at that time, and report it.',
  };
}
