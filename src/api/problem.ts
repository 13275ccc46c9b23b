import { z } from 'zod';
import { CODES, type ErrorCode, type ErrorKind, fileTrouble, PlumblineError } from '../errors/index.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Body of every reply that is not a success (RFC 9457). */
export const Problem = z.strictObject({
  type: z.string().describe('urn:plumbline:error: and the code'),
  title: z.string().describe('What the code means in general'),
  status: z.int(),
  detail: z.string().describe('What happened, with the value and its place'),
  instance: z.string().describe('urn:plumbline:request: and the id of the request'),
  code: z.string().describe('Code of docs/errors.md'),
  message: z.string().describe('The same as `detail`'),
  remedy: z.string().describe('The way out'),
  problems: z.array(z.string()).describe('Everything that is wrong, where there is more than one thing'),
  request: z.string().describe('Id of the request, as in the x-request-id header and the log'),
});
export type Problem = z.infer<typeof Problem>;

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  config: 400,
  permission: 403,
  rate_limited: 429,
  vendor: 502,
  data: 400,
  bug: 500,
};

const STATUS_OF_CODE: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNKNOWN_NAME: 404,
  NO_DATA: 404,
  WRONG_STATE: 409,
  CURSOR_MOVED: 409,
  STORE_DAMAGED: 503,
  STORE_LOCKED: 503,
  STORE_NEWER: 503,
  STORE_FAILED: 503,
  QUEUE_FAILED: 503,
};

/** HTTP status of an error of ours. */
function statusOf(error: PlumblineError): number {
  return STATUS_OF_CODE[error.code] ?? STATUS_OF_KIND[error.kind];
}

interface ProblemReply {
  readonly body: Problem;
  /** Seconds after which asking again may help; null = it will not by waiting. */
  readonly retryAfterS: number | null;
}

function problemOf(
  code: ErrorCode,
  status: number,
  said: Pick<Problem, 'message' | 'remedy' | 'problems' | 'request'>,
) {
  const instance = `urn:plumbline:request:${said.request}`;
  const type = `urn:plumbline:error:${code}`;
  return { type, title: CODES[code].meaning, status, detail: said.message, instance, code, ...said };
}

/** A fault of ours is told apart by the request's id alone: the details are in the log, never in the reply. */
function faultReply(request: string): ProblemReply {
  const said = {
    message: 'Plumbline made a mistake; nothing that was stored is lost.',
    remedy: 'Report this with the request id; the log holds the details.',
  };
  return { body: problemOf('BUG', 500, { ...said, problems: [], request }), retryAfterS: null };
}

/** What the file system of the server refuses; its paths are for the log alone. */
function fileReply(request: string): ProblemReply {
  const said = {
    message: 'The server cannot use its files at this moment.',
    remedy: 'Its log says why. Ask again later.',
  };
  return { body: problemOf('STORE_FAILED', 503, { ...said, problems: [], request }), retryAfterS: 5 };
}

/** Turns whatever was thrown into the reply for the caller. `status` overrides what the code alone would give. */
export function toProblem(error: unknown, request: string, status?: number): ProblemReply {
  if (fileTrouble(error) !== null || (error instanceof PlumblineError && error.code === 'FILE_REFUSED'))
    return fileReply(request);
  if (!(error instanceof PlumblineError) || error.kind === 'bug') return faultReply(request);
  const code = status ?? statusOf(error);
  const said = { message: error.message, remedy: error.remedy, problems: [...error.problems], request };
  const retryAfterS =
    error.retryAfterMs !== undefined ? Math.max(1, Math.ceil(error.retryAfterMs / 1000)) : code === 503 ? 5 : null;
  return { body: problemOf(error.code, code, said), retryAfterS };
}

/** The same text for what is not there and for what the token does not open, so that neither can be told from the other. */
export function unknownWorkspace(name: string): PlumblineError {
  return new PlumblineError(
    'UNKNOWN_NAME',
    `There is no workspace named "${name}" that this token opens.`,
    'All desks lists those that it opens, as does GET /v1/workspaces.',
  );
}

export function unknownThing(what: string, name: string, list: string): PlumblineError {
  return new PlumblineError('UNKNOWN_NAME', `There is no ${what} "${name}" here.`, `GET ${list} lists them.`);
}
