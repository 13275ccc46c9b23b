import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlumblineError } from '../errors/index.ts';
import { opensWorkspace, roleReaches } from '../pipeline/access-tokens.ts';
import type { ApiDeps } from './deps.ts';
import { acceptsHost } from './hosts.ts';
import { unknownWorkspace } from './problem.ts';
import { sendProblem } from './send-problem.ts';
import { forgeryOf, recognise } from './session/recognise.ts';
import type { Api } from './types.ts';

/** Secrets that one address may try in a minute. */
export const MOST_GUESSES = 30;

/** Names that exist never cease to exist, so only unknown ones are asked for again. */
function workspaceKnower(deps: ApiDeps): (name: string) => Promise<boolean> {
  const known = new Set<string>();
  return async (name) => {
    if (known.has(name)) return true;
    for (const workspace of await deps.operations.workspaces()) known.add(workspace);
    return known.has(name);
  };
}

async function refuseFloods(
  request: FastifyRequest,
  reply: FastifyReply,
  limit: ReturnType<Api['createRateLimit']>,
): Promise<FastifyReply | null> {
  const used = await limit(request);
  if (used.isAllowed) return null;
  reply.header('x-ratelimit-limit', used.max).header('x-ratelimit-remaining', used.remaining);
  if (!used.isExceeded) return null;
  return sendProblem(
    request,
    reply,
    new PlumblineError(
      'TOO_MANY_REQUESTS',
      `More than ${used.max} requests came in one minute.`,
      `Ask again in ${used.ttlInSeconds} seconds.`,
      { retryAfterMs: used.ttl },
    ),
  );
}

function notInvited(): PlumblineError {
  return new PlumblineError(
    'NOT_ALLOWED',
    'Nobody is here by an invitation.',
    'Open the link of the invitation; if it was opened before, ask for another one.',
  );
}

/** What the route asks of its caller; null = the caller may go on. */
async function refusalOf(
  request: FastifyRequest,
  known: (name: string) => Promise<boolean>,
): Promise<{ readonly error: PlumblineError; readonly status?: number } | null> {
  const access = request.routeOptions.config.access;
  if (request.is404 || access === undefined || access.kind === 'open' || access.kind === 'page') return null;
  if (access.kind === 'respondent') return request.respondent === null ? { error: notInvited(), status: 401 } : null;
  const { caller } = request;
  if (caller === null)
    return {
      error: new PlumblineError(
        'NOT_ALLOWED',
        'The access token is missing or not known.',
        'Sign in at the page, or send Authorization: Bearer plb_...; plumbline token add makes one.',
      ),
      status: 401,
    };
  if (!roleReaches(caller.role, access.role))
    return {
      error: new PlumblineError(
        'NOT_ALLOWED',
        `This needs the role ${access.role}; the token has ${caller.role}.`,
        `Use a token with the role ${access.role}.`,
      ),
    };
  if (access.scope === 'fleet' && caller.workspaces !== null)
    return {
      error: new PlumblineError(
        'NOT_ALLOWED',
        'This concerns all workspaces; the token opens some only.',
        'Use a token that was made without workspaces.',
      ),
    };
  if (access.scope !== 'workspace') return null;
  const name = (request.params as { readonly workspace?: string }).workspace ?? '';
  return opensWorkspace(caller, name) && (await known(name)) ? null : { error: unknownWorkspace(name) };
}

/** A browser that keeps nothing asks for some twenty files before a screen stands; without its script it would show nothing at all. */
const FILES_OF_A_SCREEN = 20;

/**
 * Who asks, how often, and whether they may: in this order, before a body is read. Attempts with a wrong token count against the
 * address, so that one who guesses cannot use up the share of one who knows.
 */
export function guardRoutes(app: Api, deps: ApiDeps): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('signed', null);
  app.decorateRequest('respondent', null);
  const limit = app.createRateLimit();
  const guesses = app.createRateLimit({ max: MOST_GUESSES, keyGenerator: ({ ip }) => `guess:${normalizeIP(ip)}` });
  const files = app.createRateLimit({
    max: deps.config.serve.requests_per_minute * FILES_OF_A_SCREEN,
    keyGenerator: ({ ip }) => `page:${normalizeIP(ip)}`,
  });
  const known = workspaceKnower(deps);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    const access = request.routeOptions.config?.access;
    if (access?.kind === 'open' && access.probe) return undefined;
    if (!acceptsHost(request.headers.host, deps.config.serve))
      return sendProblem(
        request,
        reply,
        new PlumblineError(
          'NOT_ALLOWED',
          'The Host header names a host that this server does not answer for.',
          'Ask it as localhost, or add the name to serve.hosts.',
        ),
      );
    await recognise(request, deps);
    const guessing = request.routeOptions.config?.guesses === true;
    const share = guessing ? guesses : access?.kind === 'page' ? files : limit;
    const flooded = await refuseFloods(request, reply, share);
    if (flooded !== null) return flooded;
    const forgery = forgeryOf(request, deps);
    if (forgery !== null) return sendProblem(request, reply, forgery);
    const refusal = await refusalOf(request, known);
    return refusal === null ? undefined : sendProblem(request, reply, refusal.error, refusal.status);
  });
}

/** The caller of a route that asks for a token. */
export function callerOf(request: FastifyRequest): NonNullable<FastifyRequest['caller']> {
  if (request.caller === null) throw new PlumblineError('BUG', 'A guarded route ran without a caller.', 'Report this.');
  return request.caller;
}

/** The invitation that the caller of a respondent's route answers. */
export function respondentOf(request: FastifyRequest): NonNullable<FastifyRequest['respondent']> {
  if (request.respondent === null)
    throw new PlumblineError('BUG', 'A guarded route ran without a respondent.', 'Report this.');
  return request.respondent;
}
