import type { components } from '../generated/api.ts';
import { tellReach } from './reach.ts';

type Problem = components['schemas']['Problem'];

/** A refusal or failure of the server, with the way out in words. `status` 0 = it could not be reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  readonly problems: readonly string[];
  /** Id of the request in the server's log; null when it never got there. */
  readonly request: string | null;

  constructor(
    status: number,
    code: string,
    message: string,
    remedy: string,
    more: Partial<Pick<Problem, 'problems' | 'request'>> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.problems = more.problems ?? [];
    this.request = more.request ?? null;
  }
}

const UNREACHED = ['The server could not be reached.', 'Check that "plumbline serve" runs and try again.'] as const;

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body;
}

function problemOf(status: number, body: unknown): ApiProblem {
  if (isProblem(body)) return new ApiProblem(status, body.code, body.message, body.remedy, body);
  return new ApiProblem(status, 'UNREADABLE', `The server answered with ${status}.`, 'Try again; its log tells more.');
}

/** The data of a reply. Errors: ApiProblem for every refusal, and for a server that cannot be reached. */
export async function dataOf<T>(
  reply: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await reply.catch((cause: unknown) => {
    if (cause instanceof ApiProblem) throw cause;
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    tellReach(false);
    throw new ApiProblem(0, 'UNREACHED', ...UNREACHED);
  });
  tellReach(true);
  if (!response.ok || error !== undefined) throw problemOf(response.status, error);
  return data as Exclude<T, undefined>;
}
