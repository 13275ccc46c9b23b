import { z } from 'zod';
import { type AccessToken, Role, WorkspaceName } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { addToken, opensWorkspace, revokeToken } from '../../pipeline/access-tokens.ts';
import { callerOf } from '../guard.ts';
import { unknownThing } from '../problem.ts';
import { ownOnly, type RegisterRoutes } from '../types.ts';
import { PROBLEMS, TokenView } from '../wire.ts';

const tags = ['tokens'];
const access = ownOnly('admin');
const DAY_MS = 86_400_000;

function viewOf({ hash: _kept, ...view }: AccessToken): TokenView {
  return { ...view, workspaces: view.workspaces === null ? null : [...view.workspaces] };
}

/** An admin of some workspaces sees and makes only what opens nothing beyond them. */
function within(token: Pick<AccessToken, 'workspaces'>, admin: AccessToken): boolean {
  if (admin.workspaces === null) return true;
  return token.workspaces?.every((workspace) => opensWorkspace(admin, workspace)) ?? false;
}

export const tokenRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;

  app.get(
    '/v1/tokens',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Access tokens, revoked ones too; never the tokens themselves',
        response: { 200: z.strictObject({ tokens: z.array(TokenView) }), ...PROBLEMS },
      },
    },
    async (request) => {
      const admin = callerOf(request);
      return { tokens: (await operations.tokens()).filter((token) => within(token, admin)).map(viewOf) };
    },
  );

  app.post(
    '/v1/tokens',
    {
      config: { access, audit: 'token.add' },
      schema: {
        tags,
        summary: 'Make an access token; the reply is the only place where it is shown',
        body: z.strictObject({
          name: z.string().trim().min(1).max(100),
          role: Role,
          workspaces: z.array(WorkspaceName).min(1).nullable().default(null).describe('null = all'),
          expires_in_days: z.int().min(1).max(3_650).nullable().default(null).describe('null = never'),
        }),
        response: { 201: TokenView.extend({ token: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { name, role, workspaces, expires_in_days: days } = request.body;
      request.auditNote = { subject: name, detail: { role } };
      if (!within({ workspaces }, callerOf(request)))
        throw new PlumblineError(
          'NOT_ALLOWED',
          'The new token would open workspaces that this one does not.',
          'Name only workspaces that GET /v1/workspaces lists.',
        );
      const now = deps.clock.now();
      const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
      const made = await addToken(
        { name, role, workspaces, expiresAt },
        { operations, now, randomBytes: deps.randomBytes },
      );
      request.auditNote = { subject: made.row.id, detail: { role, name } };
      return reply.code(201).send({ ...viewOf(made.row), token: made.token });
    },
  );

  app.delete(
    '/v1/tokens/:id',
    {
      config: { access, audit: 'token.revoke' },
      schema: {
        tags,
        summary: 'Revoke an access token; it stops working with the next request',
        params: z.object({ id: z.string().max(64) }),
        response: { 200: TokenView, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = (await operations.tokens()).find((token) => token.id === id);
      if (found === undefined || !within(found, callerOf(request))) throw unknownThing('token', id, '/v1/tokens');
      return viewOf(await revokeToken(id, { operations, now: deps.clock.now() }));
    },
  );
};
