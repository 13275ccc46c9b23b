import type { FastifyRequest } from 'fastify';

/** Where a request was made, as the browser itself says; no script can set these headers. */
type Origin = 'own' | 'foreign' | 'unsaid';

function isOwn(origin: string, request: FastifyRequest, publicUrl: string | null): boolean {
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  const host = (request.headers.host ?? '').toLowerCase();
  return host !== '' && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * Whether a page of this server made the request. The Host header was checked before, so that an origin which equals it is ours. `null` and
 * anything unreadable is foreign; `unsaid` = neither header is there, which no browser of today leaves out of a write.
 */
export function originOf(request: FastifyRequest, publicUrl: string | null): Origin {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  if (site !== undefined && site !== 'same-origin') return 'foreign';
  if (origin !== undefined) return isOwn(origin.toLowerCase(), request, publicUrl) ? 'own' : 'foreign';
  return site === undefined ? 'unsaid' : 'own';
}
