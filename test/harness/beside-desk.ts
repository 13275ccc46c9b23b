import type { ConnectionRole } from '../../src/domain/connection-role.ts';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import type { Store } from '../../src/store/ports.ts';
import { at } from './records.ts';

/** Puts a connection of a role and its records into a store. */
export async function putConnection(
  store: Store,
  name: string,
  role: ConnectionRole,
  records: TelemetryBatch,
): Promise<void> {
  await store.ledger.saveConnection({
    name,
    vendor: 'other',
    role,
    settings: {},
    secret: 'none',
    allow_private: false,
    status: 'connected',
    created_at: at('2026-01-01T00:00:00Z'),
  });
  await store.telemetry.commit({ connection: name, stream: null, checkpoint: null, records, rejected: [] });
}
