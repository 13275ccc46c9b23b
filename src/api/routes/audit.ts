import { z } from 'zod';
import { type AccessToken, AuditEntry, WorkspaceName } from '../../domain/operations.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { Cursor, Next, pageOf, readCursor } from '../paging.ts';
import { unknownWorkspace } from '../problem.ts';
import { ownOnly, type RegisterRoutes } from '../types.ts';
import { limitUpTo, PROBLEMS } from '../wire.ts';

const Place = z.strictObject({ at: z.coerce.date(), id: z.string() });
type Place = z.infer<typeof Place>;

/** Entries of the named workspace, else of all that the caller's token opens; newest first. */
async function entriesFor(
  caller: AccessToken,
  asked: { readonly workspace?: string | undefined; readonly limit: number; readonly after: Place | undefined },
  { operations }: ApiDeps,
): Promise<AuditEntry[]> {
  const { workspace, limit, after } = asked;
  if (workspace !== undefined) {
    if (!opensWorkspace(caller, workspace)) throw unknownWorkspace(workspace);
    return [...(await operations.audit({ workspace, limit, after }))];
  }
  if (caller.workspaces === null) return [...(await operations.audit({ limit, after }))];
  const each = await Promise.all(caller.workspaces.map((name) => operations.audit({ workspace: name, limit, after })));
  return each
    .flat()
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
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
        querystring: z.object({ workspace: WorkspaceName.optional(), limit: limitUpTo(1_000, 100), cursor: Cursor }),
        response: { 200: z.strictObject({ entries: z.array(AuditEntry), next: Next }), ...PROBLEMS },
      },
    },
    async (request) => {
      const { workspace, limit, cursor } = request.query;
      const asked = { workspace, limit: limit + 1, after: readCursor(cursor, Place) };
      const found = await entriesFor(callerOf(request), asked, deps);
      const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ at, id }));
      return { entries: rows, next };
    },
  );
};
