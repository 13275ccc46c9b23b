import { PlumblineError } from './plumbline-error.ts';

/** The helpdesk no longer takes the credentials: it answered 401, itself or as the cause of the error. Says nothing about any permission. */
export function isDeadCredentials(error: unknown): boolean {
  if (!(error instanceof PlumblineError)) return false;
  if ('status' in error) return error.status === 401;
  return error.cause !== undefined && isDeadCredentials(error.cause);
}
