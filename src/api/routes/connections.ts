import { z } from 'zod';
import { VendorRole } from '../../domain/connection-role.ts';
import { WorkspaceName } from '../../domain/operations.ts';
import { countAside, isLostCell } from '../../domain/set-aside.ts';
import { isStaged } from '../../domain/staged-model.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { type ConnectionCheck, checkConnection, connectHelpdesk } from '../../pipeline/connect.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { type PermissionMap, permissionMap } from '../../report/view/permission-map.ts';
import type { ConnectionRow, Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { Cursor, Next, pageAfter } from '../paging.ts';
import { unknownThing } from '../problem.ts';
import { assertMayReach, SecretInput, withSecret } from '../secret-input.ts';
import { endOf, inWorkspace, type RegisterRoutes } from '../types.ts';
import { signalsById } from '../views/sources.ts';
import {
  ConnectionCheckView,
  ConnectionView,
  InWorkspace,
  limitUpTo,
  Named,
  PROBLEMS,
  SetAsideView,
  secretKind,
} from '../wire.ts';

const tags = ['connections'];

const NewConnection = z.strictObject({
  name: WorkspaceName,
  vendor: z.string().describe('Id of a connector, e.g. zendesk'),
  role: VendorRole.nullable()
    .default(null)
    .describe('desk, or what it is beside the desks; null = as it was, a desk when it is new'),
  settings: z.record(z.string(), z.unknown()).describe('As the connector wants them, e.g. {"url": ..., "user": ...}'),
  secret: SecretInput,
  allow_private: z.boolean().default(false).describe('The helpdesk is on a private or loopback address'),
});

function viewOf(row: ConnectionRow): z.infer<typeof ConnectionView> {
  return { ...row, settings: { ...row.settings }, secret: secretKind(row.secret) };
}

/** The check, and what it lets the model that is shown measure. */
async function checkView(check: ConnectionCheck, deps: ApiDeps): Promise<z.infer<typeof ConnectionCheckView>> {
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
  const map = await mapOf(check, deps);
  return { connection, vendor, identity: { role, account, serverNow }, clockSkewS, streams, map };
}

async function mapOf({ vendor, streams }: ConnectionCheck, deps: ApiDeps): Promise<PermissionMap | null> {
  const { model } = await deps.anyModel(deps.config.model);
  if (!isStaged(model)) return null;
  const calls = deps.connectors.get(vendor)?.streams ?? [];
  const checked = streams.map(({ stream, capability }) => ({
    stream,
    status: capability.status,
    provides: calls.find(({ id }) => id === stream)?.provides ?? {},
    lacks: capability.status === 'available' ? capability.lacks : undefined,
  }));
  return permissionMap(checked, { model, signals: await signalsById(deps) });
}

async function connectionNamed({ ledger }: Pick<Store, 'ledger'>, workspace: string, name: string) {
  const row = (await ledger.connections()).find((one) => one.name === name);
  if (row === undefined) throw unknownThing('connection', name, `/v1/workspaces/${workspace}/connections`);
  return row;
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
      const { name, vendor, role, settings, secret, allow_private } = request.body;
      const { workspace } = request.params;
      request.auditNote = { subject: name, detail: { vendor, ...(role === null ? {} : { role }) } };
      const local = deps.connectors.get(vendor)?.client !== undefined;
      assertMayReach(callerOf(request), { secret, allow_private, local });
      assertVendor(vendor, deps);
      const signal = endOf(reply, app.closing);
      const check = await withStore(deps, workspace, async ({ ledger, telemetry }) => {
        const before = (await ledger.connections()).find((row) => row.name === name);
        const now = deps.clock.now();
        return withSecret({ workspace, name, before: before?.secret }, secret, deps, (reference) =>
          connectHelpdesk(
            { name, vendor, role, settings, secret: reference, allow_private, status: 'connected', created_at: now },
            { ledger, telemetry, open: deps.opens(workspace), signal, now },
          ),
        );
      });
      return reply.code(201).send(await checkView(check, deps));
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
      withStore(deps, workspace, async (store) => {
        const row = await connectionNamed(store, workspace, name);
        const disconnected = { ...row, status: 'disconnected' } as const;
        await store.ledger.saveConnection(disconnected);
        return viewOf(disconnected);
      }),
  );

  app.post(
    '/v1/workspaces/:workspace/connections/:name/check',
    {
      config: { access: inWorkspace('operator'), audit: 'connection.check' },
      schema: {
        tags,
        summary: 'Ask a connected helpdesk anew what may be read; nothing is read or changed',
        params: Named,
        response: { 200: ConnectionCheckView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { workspace, name } = request.params;
      request.auditNote = { subject: name };
      const signal = endOf(reply, app.closing);
      const check = await withStore(deps, workspace, async (store) => {
        const row = await connectionNamed(store, workspace, name);
        const open = await deps.opens(workspace)(row, signal);
        try {
          return await checkConnection(open, deps.clock.now());
        } finally {
          open.close();
        }
      });
      return checkView(check, deps);
    },
  );

  app.get(
    '/v1/workspaces/:workspace/connections/:name/set-aside',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary:
          'What of a connection could not be read: where and why, never the content. Records that were set aside first, then values of records that were kept (CELL_REJECTED)',
        params: Named,
        querystring: z.object({ limit: limitUpTo(1_000, 100), cursor: Cursor }),
        response: {
          200: z.strictObject({
            total: z.int().describe('Records that were set aside, also those that are not listed'),
            cells: z.int().describe('Values of kept records, also those that are not listed'),
            set_aside: z.array(SetAsideView),
            next: Next,
          }),
          ...PROBLEMS,
        },
      },
    },
    ({ params: { workspace, name }, query }) =>
      withStore(deps, workspace, async (store) => {
        await connectionNamed(store, workspace, name);
        const rows = await store.telemetry.setAside(name);
        const { records, cells } = countAside(rows);
        const listed = [...rows.filter((row) => !isLostCell(row)), ...rows.filter(isLostCell)];
        const page = pageAfter(listed, query, ({ stream, ref, code, path }) =>
          JSON.stringify([stream, ref, code, path]),
        );
        return { total: records, cells, set_aside: page.rows, next: page.next };
      }),
  );
};
