import type { FastifyRequest } from 'fastify';
import type { AccessToken } from '../../domain/operations.ts';
import type { Session } from '../../domain/session.ts';
import { PlumblineError } from '../../errors/index.ts';
import { findToken, isActive } from '../../pipeline/access-tokens.ts';
import { isStanding } from '../../pipeline/invitations.ts';
import { parseAgeMs } from '../../pipeline/parse-span.ts';
import { findSession, isCsrfOf, isOver, type SessionDeps, tokenOf } from '../../pipeline/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { originOf } from './same-origin.ts';
import { cookieOf } from './session-cookie.ts';

const CSRF_HEADER = 'x-plumbline-csrf';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A session of the page with the cookie that it was known by. */
export interface Signed {
  readonly cookie: string;
  readonly session: Session;
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** What working on sessions needs, with the limits of the configuration. */
export function sessionDeps({ operations, clock, config }: ApiDeps): SessionDeps {
  const { idle, longest } = config.serve.sessions;
  return {
    operations,
    now: clock.now(),
    limits: {
      idleMs: parseAgeMs(idle, 'serve.sessions.idle'),
      longestMs: parseAgeMs(longest, 'serve.sessions.longest'),
    },
  };
}

/** Finds out who asks: by a token in the Authorization header, which wins, or by the cookie of the page. */
export async function recognise(request: FastifyRequest, deps: ApiDeps): Promise<void> {
  const text = bearerOf(request);
  if (text !== null) {
    request.caller = await findToken(text, { operations: deps.operations, now: deps.clock.now() });
    return;
  }
  const cookie = cookieOf(request);
  if (cookie === null) return;
  const within = sessionDeps(deps);
  const session = await findSession(cookie, within);
  if (session === null) return;
  if (session.invitation === null) request.caller = await tokenOf(session, within);
  else {
    const invitation = await deps.operations.invitation(session.invitation);
    request.respondent = invitation !== null && isStanding(invitation, within.now) ? invitation : null;
  }
  if (request.caller !== null || request.respondent !== null) request.signed = { cookie, session };
}

/**
 * A browser sends the cookie along by itself, so a write that rests on it must come from a page of ours: the browser says so, and the page
 * knows what only a reader of GET /v1/session can know. Null = the write may go on. A sign-in must not come from a foreign page either.
 */
export function forgeryOf(request: FastifyRequest, { config }: ApiDeps): PlumblineError | null {
  if (READS.has(request.method)) return null;
  const origin = originOf(request, config.serve.public_url);
  const given = request.headers[CSRF_HEADER];
  const { signed } = request;
  const known = signed === null || (typeof given === 'string' && isCsrfOf(signed.cookie, given));
  const foreign = origin === 'foreign' || (signed !== null && origin === 'unsaid');
  const rests = signed !== null || request.routeOptions.config?.access?.kind === 'open';
  if (!rests || (known && !foreign)) return null;
  return new PlumblineError(
    'NOT_ALLOWED',
    foreign
      ? 'The request does not come from a page of this server.'
      : `The header ${CSRF_HEADER} is missing or wrong.`,
    `Send it from the page itself, with ${CSRF_HEADER} as GET /v1/session tells it; or use a token in the Authorization header.`,
  );
}

/** Whether the caller of a request that is still open may still call: neither its token nor its session has ended meanwhile. */
export async function stillCalls(
  caller: AccessToken,
  signed: Signed | null,
  deps: ApiDeps,
): Promise<AccessToken | null> {
  const token = await deps.operations.tokenByHash(caller.hash);
  if (token === null || !isActive(token, deps.clock.now())) return null;
  if (signed === null) return token;
  const session = await deps.operations.sessionByHash(signed.session.hash);
  return session !== null && !isOver(session, sessionDeps(deps)) ? token : null;
}
