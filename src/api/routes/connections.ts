import { z } from 'zod';
import { WorkspaceName } from '../../domain/operations.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { type ConnectionCheck, connectHelpdesk } from '../../pipeline/connect.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ConnectionRow } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { unknownThing } from '../problem.ts';
import { assertMayReach, SecretInput, withSecret } from '../secret-input.ts';
import { endOf, inWorkspace, type RegisterRoutes } from '../types.ts';
import { ConnectionCheckView, ConnectionView, InWorkspace, Named, PROBLEMS, secretKind } from '../wire.ts';

const tags = ['connections'];

const NewConnection = z.strictObject({
  name: WorkspaceName,
  vendor: z.string().describe('Id of a connector, e.g. zendesk'),
  settings: z.record(z.string(), z.unknown()).describe('As the connector wants them, e.g. {"url": ..., "user": ...}'),
  secret: SecretInput,
  allow_private: z.boolean().default(false).describe('The helpdesk is on a private or loopback address'),
});

function viewOf(row: ConnectionRow): z.infer<typeof ConnectionView> {
  return { ...row, settings: { ...row.settings }, secret: secretKind(row.secret) };
}

function checkView(check: ConnectionCheck): z.infer<typeof ConnectionCheckView> {
  const { role, account, serverNow } = check.identity;
  const streams = check.streams.map(({ stream, title, capability }) => {
    const available = capability.status === 'available';
    return {
      stream,
      title,
      status: capability.status,
      since: (available ? capability.since : undefined) ?? null,
      total: (available ? capability.total : undefined) ?? null,
      detail: capability.detail ?? null,
    };
  });
  const { connection, vendor, clockSkewS } = check;
  return { connection, vendor, identity: { role, account, serverNow }, clockSkewS, streams };
}

function assertVendor(vendor: string, { connectors }: ApiDeps): void {
  if (connectors.has(vendor)) return;
  const guess = nearest(vendor, connectors.keys());
  throw new PlumblineError(
    'BAD_USAGE',
    `There is no connector named "${vendor}".`,
    guess === null ? `Known: ${[...connectors.keys()].join(', ')}.` : `Did you mean ${guess}?`,
  );
}

export const connectionRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/connections',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'Connections, disconnected ones too',
        params: InWorkspace,
        response: { 200: z.strictObject({ connections: z.array(ConnectionView) }), ...PROBLEMS },
      },
    },
    ({ params }) =>
      withStore(deps, params.workspace, async ({ ledger }) => ({
        connections: (await ledger.connections()).map(viewOf),
      })),
  );

  app.post(
    '/v1/workspaces/:workspace/connections',
    {
      config: { access: inWorkspace('operator'), audit: 'connection.connect' },
      schema: {
        tags,
        summary: 'Verify a helpdesk and keep the connection; one of the same name is updated',
        description: 'Nothing is kept unless the helpdesk accepts the credentials.',
        params: InWorkspace,
        body: NewConnection,
        response: { 201: ConnectionCheckView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { name, vendor, settings, secret, allow_private } = request.body;
      const { workspace } = request.params;
      request.auditNote = { subject: name, detail: { vendor } };
      assertMayReach(callerOf(request), { secret, allow_private });
      assertVendor(vendor, deps);
      const signal = endOf(reply, app.closing);
      const check = await withStore(deps, workspace, async ({ ledger }) => {
        const before = (await ledger.connections()).find((row) => row.name === name);
        const now = deps.clock.now();
        return withSecret({ workspace, name, before: before?.secret }, secret, deps, (reference) =>
          connectHelpdesk(
            { name, vendor, settings, secret: reference, allow_private, status: 'connected', created_at: now },
            { ledger, open: deps.opens(workspace), signal, now },
          ),
        );
      });
      return reply.code(201).send(checkView(check));
    },
  );

  app.post(
    '/v1/workspaces/:workspace/connections/:name/disconnect',
    {
      config: { access: inWorkspace('operator'), audit: 'connection.disconnect' },
      schema: {
        tags,
        summary: 'Stop reading a connection; what was read stays and its evidence ages',
        params: Named,
        response: { 200: ConnectionView, ...PROBLEMS },
      },
    },
    ({ params: { workspace, name } }) =>
      withStore(deps, workspace, async ({ ledger }) => {
        const row = (await ledger.connections()).find((c) => c.name === name);
        if (row === undefined) throw unknownThing('connection', name, `/v1/workspaces/${workspace}/connections`);
        const disconnected = { ...row, status: 'disconnected' } as const;
        await ledger.saveConnection(disconnected);
        return viewOf(disconnected);
      }),
  );
};
