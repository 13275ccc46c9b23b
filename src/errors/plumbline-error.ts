import { CODES, type ErrorCode, type ErrorKind } from './codes.ts';

/** Exit code of the command line by kind of error (docs/errors.md). `data` problems warn and do not fail a run. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  config: 2,
  permission: 3,
  rate_limited: 75,
  vendor: 75,
  data: 0,
  bug: 70,
};

export interface ErrorDetails {
  /** The offending value and its place, e.g. `plumbline.yaml:12`. Never ticket text, never a secret. */
  readonly where?: string;
  readonly cause?: unknown;
  readonly retryAfterMs?: number;
  /** Further problems found in the same place, all listed at once. */
  readonly problems?: readonly string[];
}

/**
 * An error that a person can act on: what happened, where, and the way out.
 * `code` is listed in codes.ts with its kind; `message` names the value, `remedy` the next step.
 */
export class PlumblineError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly remedy: string;
  readonly where: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly problems: readonly string[];

  constructor(code: ErrorCode, message: string, remedy: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PlumblineError';
    this.code = code;
    this.kind = CODES[code].kind;
    this.remedy = remedy;
    this.where = details.where;
    this.retryAfterMs = details.retryAfterMs;
    this.problems = details.problems ?? [];
  }
}
