import { z } from 'zod';
import { type AccessToken, AuditEntry, WorkspaceName } from '../../domain/operations.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { unknownWorkspace } from '../problem.ts';
import { ownOnly, type RegisterRoutes } from '../types.ts';
import { limitUpTo, PROBLEMS } from '../wire.ts';

/** Entries of the named workspace, else of all that the caller's token opens; newest first. */
async function entriesFor(
  caller: AccessToken,
  asked: { readonly workspace?: string | undefined; readonly limit: number },
  { operations }: ApiDeps,
): Promise<AuditEntry[]> {
  const { workspace, limit } = asked;
  if (workspace !== undefined) {
    if (!opensWorkspace(caller, workspace)) throw unknownWorkspace(workspace);
    return [...(await operations.audit({ workspace, limit }))];
  }
  if (caller.workspaces === null) return [...(await operations.audit({ limit }))];
  const each = await Promise.all(caller.workspaces.map((name) => operations.audit({ workspace: name, limit })));
  return each
    .flat()
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit);
}

export const auditRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/audit',
    {
      config: { access: ownOnly('admin') },
      schema: {
        tags: ['audit'],
        summary: 'Who wrote what, newest first',
        querystring: z.object({ workspace: WorkspaceName.optional(), limit: limitUpTo(1_000, 100) }),
        response: { 200: z.strictObject({ entries: z.array(AuditEntry) }), ...PROBLEMS },
      },
    },
    async (request) => ({ entries: await entriesFor(callerOf(request), request.query, deps) }),
  );
};
