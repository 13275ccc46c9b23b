import { expect, it } from 'vitest';
import { aTicket, at } from '../../test/harness/records.ts';
import type { Observability } from '../domain/observability.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import { countWeek } from './count-week.ts';

const [FROM, TO] = [at('2026-01-05T00:00:00Z'), at('2026-01-12T00:00:00Z')];
const shown = (connection: string, status: Observability['status']): Observability => ({
  connection,
  stream: 'tickets',
  status,
  detail: null,
  fields: [],
  since: null,
  until: TO,
  rows: 1,
  rejected: 0,
  reconciled_share: null,
});

it('counts no tickets of a connection of which only a part is known', async () => {
  const store = await openMemoryStore();
  // A Monday at nine at the one desk, at ten at the other.
  for (const [connection, hour] of [
    ['whole', '09'],
    ['late', '10'],
  ] as const)
    await store.telemetry.commit({
      connection,
      stream: null,
      checkpoint: null,
      records: { ticket: [aTicket({ id: '1', created_at: at(`2026-01-05T${hour}:00:00Z`) })] },
      rejected: [],
    });
  const hours = await store.telemetry.measure({ asOf: TO, horizon: FROM }, (session) =>
    countWeek(session, { from: FROM, to: TO, zone: 'UTC' }, [shown('whole', 'available'), shown('late', 'retention')]),
  );
  await store.close();
  expect(hours?.filter(({ arrivals }) => arrivals > 0)).toEqual([{ weekday: 1, hour: 9, arrivals: 1, replies: null }]);
});
