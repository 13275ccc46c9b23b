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

const connect = (role: NewConnection['role']) =>
  connectHelpdesk(
    {
      name: 'acme',
      vendor: 'acme',
      role,
      settings: {},
      secret: 'none',
      allow_private: false,
      status: 'connected',
      created_at: now,
    },
    { ledger: store.ledger, open: opens, signal: new AbortController().signal, now },
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
