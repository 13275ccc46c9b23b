import { expect, it } from 'vitest';
import { createStoreDatabase } from '../../../test/harness/postgres-store.ts';
import { anEvent, aTicket, at } from '../../../test/harness/records.ts';
import { openMemoryStore } from '../duckdb/open.ts';
import type { TelemetryCommit } from '../ports.ts';

const batch: TelemetryCommit = {
  connection: 'desk',
  stream: 'tickets',
  checkpoint: 'one',
  records: { ticket: [aTicket({ id: 't1' })], event: [anEvent({ id: 'e1', ticket_id: 't1' })] },
  rejected: [],
};

it('PostgreSQL keeps, counts and measures what the embedded store does, with the same digest', async () => {
  const database = await createStoreDatabase();
  const [shared, embedded] = [await database.open('smoke'), await openMemoryStore()];
  try {
    const span = { asOf: at('2030-01-01T00:00:00Z'), horizon: at('2020-01-01T00:00:00Z') };
    for (const { telemetry } of [shared, embedded]) {
      expect(await telemetry.commit(batch)).toEqual({ written: 2, rejected: 0 });
      expect((await telemetry.checkpoints('desk')).get('tickets')).toBe('one');
      const [row] = await telemetry.measure(span, (session) =>
        session.query('SELECT count(*)::INTEGER AS n FROM ticket_all'),
      );
      expect(row?.n).toBe(1);
      const foreign = await telemetry.measure(span, async (session) => {
        const limits = { timeoutMs: 60_000, maxRows: 10 };
        const name = await session.runPack(
          'SELECT id FROM ticket_h WHERE created_at < $as_of',
          { as_of: span.asOf },
          limits,
        );
        return session.query(`SELECT * FROM ${name}`);
      });
      expect(foreign).toEqual([{ id: 't1' }]);
    }
    expect(await shared.telemetry.digest()).toBe(await embedded.telemetry.digest());
  } finally {
    await embedded.close();
    await shared.close();
    await database.remove();
  }
});
