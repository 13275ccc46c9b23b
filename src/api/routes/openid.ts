import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PlumblineError } from '../../errors/index.ts';
import { federatedToken } from '../../pipeline/federated-token.ts';
import { startSession } from '../../pipeline/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { mapClaim } from '../openid/map-claim.ts';
import { keepPending, takePending } from '../openid/pending-cookie.ts';
import { openProvider, type Provider } from '../openid/provider.ts';
import { returnPath } from '../openid/return-path.ts';
import { sessionDeps } from '../session/recognise.ts';
import { giveCookie } from '../session/session-cookie.ts';
import type { Access, RegisterRoutes } from '../types.ts';
import { PROBLEMS } from '../wire.ts';

const tags = ['session'];
const anybody: Access = { kind: 'open', probe: false };
const Redirect = z.undefined().describe('Goes on at the address of the header location');

/** Where the page says that nobody was signed in; one of a few words of ours, never a text of the provider. */
function refusedAt(why: 'expired' | 'failed' | 'not_granted'): string {
  return `/sign-in?refused=${why}`;
}

/** Errors: BAD_CONFIG where the address that the provider sends browsers back to is not known. */
function redirectOf({ config }: ApiDeps): string {
  if (config.serve.public_url === null)
    throw new PlumblineError(
      'BAD_CONFIG',
      'serve.openid needs serve.public_url, which the provider sends browsers back to.',
      'Set serve.public_url to the address of the page, e.g. https://plumbline.example.org.',
    );
  return new URL('/v1/openid/callback', config.serve.public_url).href;
}

/** Ends a sign-in: the address to go on at. What went wrong is for the log alone, by its code. */
async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: Provider,
  redirect: string,
  deps: ApiDeps,
): Promise<string> {
  const pending = takePending(request, reply);
  if (pending === null) return refusedAt('expired');
  const came = new URL(redirect);
  came.search = new URL(request.url, redirect).search;
  const openid = deps.config.serve.openid;
  if (openid === null) return refusedAt('failed');
  let vouched: Awaited<ReturnType<Provider['end']>>;
  try {
    vouched = await provider.end(came, pending);
  } catch (error) {
    const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
    request.log.warn({ code: code ?? name ?? null }, 'a sign-in by OpenID failed');
    return refusedAt('failed');
  }
  const within = sessionDeps(deps);
  const { randomBytes, operations } = deps;
  const token = await federatedToken(
    { ...vouched, granted: mapClaim(vouched.claim, openid) },
    { operations, now: within.now, randomBytes },
  );
  if (token === null) return refusedAt('not_granted');
  const owner = { token: token.id, invitation: null, until: null };
  const before = request.signed?.session ?? null;
  const { cookie, session } = await startSession(owner, before, { ...within, randomBytes });
  request.caller = token;
  giveCookie(request, reply, { cookie, expires: session.expires_at }, deps);
  return pending.next;
}

/** Sign-in by an OpenID provider; there are no such routes where none is configured. */
export const openIdRoutes: RegisterRoutes = (app, deps) => {
  const { openid, public_url } = deps.config.serve;
  if (openid === null) return;
  const redirect = redirectOf(deps);
  const provider = openProvider({
    config: openid,
    redirect,
    secret: deps.openIdSecret,
    randomBytes: deps.randomBytes,
  });

  app.get(
    '/v1/openid/start',
    {
      config: { access: anybody, guesses: true },
      schema: {
        tags,
        hide: true,
        summary: 'Sign in at the OpenID provider',
        querystring: z.object({ next: z.string().max(500).optional() }),
        response: { 302: Redirect, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      try {
        const { pending, address } = await provider.begin(returnPath(request.query.next));
        keepPending(reply, pending, public_url?.startsWith('https://') === true);
        return reply.redirect(address);
      } catch (error) {
        const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
        request.log.warn({ code: code ?? name ?? null }, 'the OpenID provider could not be asked');
        return reply.redirect(refusedAt('failed'));
      }
    },
  );

  app.get(
    '/v1/openid/callback',
    {
      config: { access: anybody, audit: 'session.start', guesses: true },
      schema: {
        tags,
        hide: true,
        summary: 'Where the OpenID provider sends the browser back to',
        response: { 302: Redirect, ...PROBLEMS },
      },
    },
    async (request, reply) => reply.redirect(await finish(request, reply, provider, redirect, deps)),
  );
};
