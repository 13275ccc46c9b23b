import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../types.ts';
import { encodingFor, type PageFile, type PageFiles, readPage } from './page-files.ts';
import { makeNonce, NONCE_PLACE, pagePolicy } from './page-policy.ts';

const YEAR_S = 31_536_000;
const HTML = 'text/html; charset=utf-8';

/** What a browser is shown when the page was never built. */
const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Plumbline</title></head>
<body><h1>The page of Plumbline is not built here</h1>
<p>The HTTP interface answers; its page is missing in this folder. Build it with <code>npm run build</code> and start
<code>plumbline serve</code> again. A released package holds it.</p></body></html>
`;

async function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const encoding = encodingFor(request.headers['accept-encoding']);
  const plain = await file.bytes('identity');
  const bytes = await file.bytes(encoding);
  if (bytes !== plain) reply.header('content-encoding', encoding);
  if (file.hashed) reply.header('cache-control', `public, max-age=${YEAR_S}, immutable`);
  return reply.header('vary', 'accept-encoding').type(file.type).send(bytes);
}

function sendIndex(page: PageFiles | null, reply: FastifyReply, deps: ApiDeps): FastifyReply {
  const nonce = makeNonce(deps.randomBytes);
  const text = (page?.index ?? NOT_BUILT).replaceAll(NONCE_PLACE, nonce);
  return reply.header('content-security-policy', pagePolicy(nonce)).type(HTML).send(text);
}

/**
 * Serves the built page beside the interface. Files have their own addresses; every other address that a browser goes to gets the page, which
 * knows its own routes. Never so under the first word of a route of the interface: what is not there is told as a problem, as to any caller.
 */
export function servePage(app: Api, deps: ApiDeps): void {
  const page = deps.pageFolder === null ? null : readPage(deps.pageFolder);
  const ownWords = new Set(['assets', ...app.routeEntries.map(({ url }) => url.split('/')[1] ?? '')]);
  app.get('/*', { config: { access: { kind: 'page' } }, schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const file = page?.files.get(path);
    if (file !== undefined) return sendFile(file, request, reply);
    const wanted = path === '/' || (request.headers.accept ?? '').includes('text/html');
    if (!wanted || ownWords.has(path.split('/')[1] ?? '')) return reply.callNotFound();
    return sendIndex(page, reply, deps);
  });
}
