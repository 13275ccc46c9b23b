import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { MOST_PROBLEMS, PlumblineError } from '../errors/index.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

interface FrameworkError {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly message: string;
}

/** Puts an error into the form of every refusal. `status` overrides what its code gives. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  status?: number,
): FastifyReply {
  const { body, retryAfterS } = toProblem(error, request.id, status);
  if (body.code === 'BUG') request.log.error({ err: error }, 'request failed');
  else if (body.status >= 500) request.log.warn({ code: body.code, err: error }, 'request failed');
  request.problemCode = body.code;
  if (body.status === 401) reply.header('www-authenticate', 'Bearer realm="plumbline"');
  if (retryAfterS !== null) reply.header('retry-after', `${retryAfterS}`);
  return reply.code(body.status).header('cache-control', 'no-store').type(PROBLEM_TYPE).send(body);
}

/** What the framework itself refuses (body too large, not JSON, unknown media type): its texts hold no input. */
function frameworkRefusal(error: unknown): { error: PlumblineError; status: number } | null {
  const { statusCode, code, message } = error as FrameworkError;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499 || typeof code !== 'string') return null;
  if (!code.startsWith('FST_')) return null;
  const refusal = new PlumblineError(
    'BAD_USAGE',
    `${message}.`.replace(/\.\.$/, '.'),
    'Send JSON as docs/api.md shows it.',
  );
  return { error: refusal, status: statusCode };
}

/** A caller that went away, or a server that closes: neither is a fault of the program, and nobody reads the reply. */
function departure(error: unknown, request: FastifyRequest): { error: PlumblineError; status: number } | null {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (code !== 'ECONNRESET' && name !== 'AbortError') return null;
  if (request.raw.socket.destroyed || request.raw.errored !== null) {
    const said = 'The connection ended before the request did.';
    return { error: new PlumblineError('BAD_USAGE', said, 'Send it again, whole.'), status: 400 };
  }
  if (!request.server.closing.aborted) return null;
  const said = 'The server is closing.';
  return { error: new PlumblineError('WRONG_STATE', said, 'Send it again in a moment.'), status: 503 };
}

/** The error handler: everything that is thrown becomes a problem document. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const place = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'request');
    const problems = error.validation.slice(0, MOST_PROBLEMS).map((issue) => {
      const path = issue.instancePath.replace(/^\//, '').replaceAll('/', '.');
      return `${place}${path === '' ? '' : `.${path}`}: ${issue.message ?? 'not valid'}`;
    });
    const remedy = 'Correct the named values; /openapi.json describes them.';
    return sendProblem(request, reply, new PlumblineError('BAD_USAGE', `${problems[0]}.`, remedy, { problems }));
  }
  const refusal = frameworkRefusal(error) ?? departure(error, request);
  return refusal === null
    ? sendProblem(request, reply, error)
    : sendProblem(request, reply, refusal.error, refusal.status);
}
