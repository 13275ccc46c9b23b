import { z } from 'zod';
import { CHANNEL_KINDS, NoticeKind, type NoticeTarget, WorkspaceName } from '../../domain/operations.ts';
import { callerOf } from '../guard.ts';
import { Cursor, Next, pageOf, readCursor } from '../paging.ts';
import { unknownThing } from '../problem.ts';
import { assertMayReach, SecretInput, withSecret } from '../secret-input.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, limitUpTo, Named, NoticeView, PROBLEMS, secretKind, TargetView } from '../wire.ts';

const tags = ['notices'];
const NoticePlace = z.strictObject({ at: z.coerce.date(), id: z.string() });

const TargetSettings = z.strictObject({
  channel: z.enum(CHANNEL_KINDS),
  settings: z.record(z.string(), z.unknown()).describe('As the channel wants them, e.g. {"url": ...}; no secret in it'),
  secret: SecretInput,
  allow_private: z.boolean().default(false),
  kinds: z.array(NoticeKind).nullable().default(null).describe('Kinds to send; null = all'),
});

function viewOf(target: NoticeTarget): z.infer<typeof TargetView> {
  return { ...target, secret: secretKind(target.secret) };
}

export const noticeRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;
  const targets = '/v1/workspaces/:workspace/notice-targets';
  const targetOf = async (workspace: string, name: string): Promise<NoticeTarget> => {
    const found = (await operations.noticeTargets(workspace)).find((target) => target.name === name);
    if (found === undefined) throw unknownThing('notice target', name, `/v1/workspaces/${workspace}/notice-targets`);
    return found;
  };

  app.get(
    targets,
    {
      config: { access: inWorkspace('operator') },
      schema: {
        tags,
        summary: 'Where notices of the workspace go',
        params: InWorkspace,
        response: { 200: z.strictObject({ targets: z.array(TargetView) }), ...PROBLEMS },
      },
    },
    async ({ params }) => ({ targets: (await operations.noticeTargets(params.workspace)).map(viewOf) }),
  );

  app.get(
    `${targets}/:name`,
    {
      config: { access: inWorkspace('operator') },
      schema: { tags, summary: 'One notice target', params: Named, response: { 200: TargetView, ...PROBLEMS } },
    },
    async ({ params }) => viewOf(await targetOf(params.workspace, params.name)),
  );

  app.put(
    `${targets}/:name`,
    {
      config: { access: inWorkspace('operator'), audit: 'target.save' },
      schema: {
        tags,
        summary: 'Add or replace a notice target',
        params: Named,
        body: TargetSettings,
        response: { 200: TargetView, ...PROBLEMS },
      },
    },
    async (request) => {
      const { workspace, name } = request.params;
      const { secret, ...rest } = request.body;
      request.auditNote = { detail: { channel: rest.channel } };
      assertMayReach(callerOf(request), { secret, allow_private: rest.allow_private });
      const before = (await operations.noticeTargets(workspace)).find((target) => target.name === name);
      const draft = { ...rest, workspace, name, secret: 'none', created_at: before?.created_at ?? deps.clock.now() };
      const settings = deps.checkTarget(draft, 'value' in secret ? secret.value : 'none' in secret ? '' : null);
      // A name that no connection can have, since both kinds of secrets lie together.
      const owner = { workspace, name: `notice.${name}`, before: before?.secret };
      return withSecret(owner, secret, deps, async (reference) => {
        const target = { ...draft, settings, secret: reference };
        await operations.saveNoticeTarget(target);
        return viewOf(target);
      });
    },
  );

  app.delete(
    `${targets}/:name`,
    {
      config: { access: inWorkspace('operator'), audit: 'target.remove' },
      schema: {
        tags,
        summary: 'Remove a notice target and its secret',
        params: Named,
        response: { 200: z.strictObject({ removed: WorkspaceName }), ...PROBLEMS },
      },
    },
    async ({ params: { workspace, name } }) => {
      const target = await targetOf(workspace, name);
      await operations.removeNoticeTarget(workspace, name);
      await deps.secrets.discard(workspace, target.secret);
      return { removed: name };
    },
  );

  app.get(
    '/v1/workspaces/:workspace/notices',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'What was found worth telling, newest first, with its deliveries',
        params: InWorkspace,
        querystring: z.object({ limit: limitUpTo(200, 50), cursor: Cursor }),
        response: { 200: z.strictObject({ notices: z.array(NoticeView), next: Next }), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const after = readCursor(query.cursor, NoticePlace);
      const asked = await operations.notices(params.workspace, query.limit + 1, after);
      const { rows, next } = pageOf(asked, query.limit, ({ at, id }) => ({ at, id }));
      const notices = await Promise.all(
        rows.map(async (notice) => ({ ...notice, deliveries: [...(await operations.deliveries(notice.id))] })),
      );
      return { notices, next };
    },
  );
};
