import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';

/** Under TLS the name itself makes a browser insist on Secure, on the whole path and on this very host. */
const NAMES = { secure: '__Host-plumbline', plain: 'plumbline' } as const;

/** Whether the browser speaks TLS: the configured address says so, or the origin that the browser itself names. */
function overTls(request: FastifyRequest, { config }: Pick<ApiDeps, 'config'>): boolean {
  const named = config.serve.public_url?.startsWith('https://') === true;
  return named || (request.headers.origin ?? '').startsWith('https://');
}

/** The cookie of the page, if one was sent; the one that only TLS can have set goes first. */
export function cookieOf(request: FastifyRequest): string | null {
  return request.cookies[NAMES.secure] ?? request.cookies[NAMES.plain] ?? null;
}

/** No script reads it, no other site's request carries it, and it goes with the session at the latest. */
export function giveCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  given: { readonly cookie: string; readonly expires: Date },
  deps: Pick<ApiDeps, 'config'>,
): void {
  const secure = overTls(request, deps);
  const name = secure ? NAMES.secure : NAMES.plain;
  reply.setCookie(name, given.cookie, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    expires: given.expires,
  });
}

export function takeCookie(reply: FastifyReply): void {
  reply.clearCookie(NAMES.secure, { path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
  reply.clearCookie(NAMES.plain, { path: '/', httpOnly: true, sameSite: 'strict' });
}
