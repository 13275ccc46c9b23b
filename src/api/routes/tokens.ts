import { z } from 'zod';
import { oneLine } from '../../domain/free-text.ts';
import { type AccessToken, Role, WorkspaceName } from '../../domain/operations.ts';
import { addToken, opensWorkspace, revokeToken, tokenDetail } from '../../pipeline/access-tokens.ts';
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
        description:
          'It opens no more, may no more and lives no longer than the token that asks, and is revoked with it. A token may have made 100 that are in force.',
        body: z.strictObject({
          name: z.string().trim().pipe(oneLine(100)),
          role: Role,
          workspaces: z.array(WorkspaceName).min(1).max(1_000).nullable().default(null).describe('null = all'),
          expires_in_days: z
            .int()
            .min(1)
            .max(3_650)
            .nullable()
            .default(null)
            .describe('null = as long as the token that asks'),
        }),
        response: { 201: TokenView.extend({ token: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { name, role, workspaces, expires_in_days: days } = request.body;
      const now = deps.clock.now();
      const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
      request.auditNote = { subject: name, detail: tokenDetail({ role, workspaces, expiresAt }) };
      const made = await addToken(
        { name, role, workspaces, expiresAt, maker: callerOf(request) },
        { operations, now, randomBytes: deps.randomBytes },
      );
      const { row } = made;
      const detail = tokenDetail({ role, workspaces: row.workspaces, expiresAt: row.expires_at });
      request.auditNote = { subject: row.id, detail: { ...detail, name } };
      return reply.code(201).send({ ...viewOf(made.row), token: made.token });
    },
  );

  app.delete(
    '/v1/tokens/:id',
    {
      config: { access, audit: 'token.revoke' },
      schema: {
        tags,
        summary: 'Revoke an access token and all that it made; they stop working with the next request',
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
