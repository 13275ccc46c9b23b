import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connector, VendorStream } from '../kit/connector.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { connectHelpdesk, type NewConnection } from './connect.ts';
import type { OpenConnection, OpensConnections } from './open-connection.ts';

const now = new Date('2026-03-01T00:00:00Z');
const cases: VendorStream = { id: 'cases', title: 'Cases', kind: 'history', provides: { tickets: ['created_at'] } };
const connector = {
  id: 'acme',
  title: 'Acme',
  streams: [cases],
  identify: async () => ({ role: 'admin', account: 'acme', serverNow: now }),
  probe: async () => ({ status: 'available' }),
} as unknown as Connector<unknown>;
const opens: OpensConnections = async (row) =>
  ({ row, connector, context: {}, close: () => undefined }) as unknown as OpenConnection;

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(() => store.close());

const connect = (role: NewConnection['role'], settings: Record<string, unknown> = {}) =>
  connectHelpdesk(
    {
      name: 'acme',
      vendor: 'acme',
      role,
      settings,
      secret: 'none',
      allow_private: false,
      status: 'connected',
      created_at: now,
    },
    { ledger: store.ledger, telemetry: store.telemetry, open: opens, signal: new AbortController().signal, now },
  );
const roles = async () => (await store.ledger.connections()).map(({ role }) => role);

it('connects a desk unless a role is named, and keeps the role until another one is', async () => {
  await connect(null);
  expect(await roles()).toEqual(['desk']);
  await connect('engineering');
  expect(await roles()).toEqual(['engineering']);
  await connect(null);
  expect(await roles()).toEqual(['engineering']);
  await connect('desk');
  expect(await roles()).toEqual(['desk']);
});

it('keeps nothing of a vendor that does not show what the role is for', async () => {
  await expect(connect('customers')).rejects.toMatchObject({
    code: 'BAD_USAGE',
    message: 'Acme shows no organisations and cannot be connected as customers.',
  });
  expect(await roles()).toEqual([]);
});

it('refuses a beginning before what was read: syncs would not go back there', async () => {
  const since = (day?: string) => connect(null, day === undefined ? {} : { since: day });
  await since('2026-01-01');
  // Nothing was read yet.
  await since('2025-12-01');
  await store.telemetry.commit({ connection: 'acme', stream: 'cases', checkpoint: '1', records: {}, rejected: [] });
  await since('2025-12-01');
  await since('2026-02-01');
  const refused = {
    code: 'BAD_USAGE',
    message: expect.stringContaining('from 2026-02-01 on'),
    remedy: expect.stringContaining('plumbline disconnect acme --forget'),
  };
  await expect(since('2026-01-31')).rejects.toMatchObject(refused);
  await expect(since()).rejects.toMatchObject(refused);
  expect((await store.ledger.connections()).map(({ settings }) => settings)).toEqual([{ since: '2026-02-01' }]);
});
