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

/** Problems that one error lists; what goes beyond is counted. */
export const MOST_PROBLEMS = 100;
const LONGEST_MESSAGE = 4_000;
const LONGEST_PROBLEM = 1_000;

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function boundProblems(problems: readonly string[]): readonly string[] {
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => clip(problem, LONGEST_PROBLEM));
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}

/**
 * An error that a person can act on: what happened, where, and the way out.
 * `code` is listed in codes.ts with its kind; `message` names the value, `remedy` the next step.
 * Texts are cut and problems are counted off at a bound, since they quote what others wrote and go into replies, logs and the journal.
 */
export class PlumblineError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly remedy: string;
  readonly where: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly problems: readonly string[];

  constructor(code: ErrorCode, message: string, remedy: string, details: ErrorDetails = {}) {
    super(clip(message, LONGEST_MESSAGE), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PlumblineError';
    this.code = code;
    this.kind = CODES[code].kind;
    this.remedy = remedy;
    this.where = details.where;
    this.retryAfterMs = details.retryAfterMs;
    this.problems = boundProblems(details.problems ?? []);
  }
}
