import { z } from 'zod';
import type { AccessToken } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { findToken } from '../../pipeline/access-tokens.ts';
import { csrfOf, startSession } from '../../pipeline/sessions.ts';
import { sendProblem } from '../send-problem.ts';
import { sessionDeps } from '../session/recognise.ts';
import { giveCookie, takeCookie } from '../session/session-cookie.ts';
import type { Access, RegisterRoutes } from '../types.ts';
import { PROBLEMS, SessionView } from '../wire.ts';

const tags = ['session'];
const anybody: Access = { kind: 'open', probe: false };

function whoOf({ id, name, role, workspaces }: AccessToken): NonNullable<z.infer<typeof SessionView>['caller']> {
  return { id, name, role, workspaces: workspaces === null ? null : [...workspaces] };
}

export const sessionRoutes: RegisterRoutes = (app, deps) => {
  const openid = deps.config.serve.openid?.label ?? null;
  app.get(
    '/v1/session',
    {
      config: { access: anybody },
      schema: {
        tags,
        summary: 'Who asks, as this server sees it, and what a page sends along with each write',
        response: { 200: SessionView, ...PROBLEMS },
      },
    },
    async ({ caller, signed, respondent: invited }) => ({
      caller: caller === null ? null : whoOf(caller),
      respondent:
        invited === null ? null : { workspace: invited.workspace, respondent: invited.respondent, role: invited.role },
      openid,
      csrf: signed === null ? null : csrfOf(signed.cookie),
      expires_at: signed?.session.expires_at ?? caller?.expires_at ?? null,
    }),
  );

  app.post(
    '/v1/session',
    {
      config: { access: anybody, audit: 'session.start', guesses: true },
      schema: {
        tags,
        summary: 'Sign in: an access token is exchanged for a cookie that no script can read',
        description:
          'The session is bound to the token and ends with it. A cookie that the browser brought along is never taken over: it ends.',
        body: z.strictObject({ token: z.string().max(200) }),
        response: { 201: SessionView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const within = sessionDeps(deps);
      const token = await findToken(request.body.token, { operations: deps.operations, now: within.now });
      if (token === null) {
        const error = new PlumblineError(
          'NOT_ALLOWED',
          'The access token is not known, or does not open anything any more.',
          'Check what you typed; plumbline token add makes a new one.',
        );
        return sendProblem(request, reply, error, 401);
      }
      const owner = { token: token.id, invitation: null, until: token.expires_at };
      const { cookie, session } = await startSession(owner, request.signed?.session ?? null, {
        ...within,
        randomBytes: deps.randomBytes,
      });
      request.caller = token;
      giveCookie(request, reply, { cookie, expires: session.expires_at }, deps);
      return reply.code(201).send({
        caller: whoOf(token),
        respondent: null,
        openid,
        csrf: csrfOf(cookie),
        expires_at: session.expires_at,
      });
    },
  );

  app.delete(
    '/v1/session',
    {
      config: { access: anybody, audit: 'session.end' },
      schema: {
        tags,
        summary: 'Sign out: the session ends here and the cookie in the browser goes',
        response: { 200: z.strictObject({ ended: z.boolean() }), ...PROBLEMS },
      },
    },
    async ({ signed }, reply) => {
      takeCookie(reply);
      return { ended: signed !== null && (await deps.operations.endSession(signed.session.hash)) };
    },
  );
};
