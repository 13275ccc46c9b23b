import { expect, it } from 'vitest';
import { openMemoryStore } from '../../open.ts';

it('runs', async () => {
  const store = await openMemoryStore();
  for (const sql of [
    'select * from team',
    'select * from escalation',
    'select * from recognised',
    'select * from unread',
    'select * from team_ticket',
    'select * from agent',
    'select * from sla_clock',
  ]) {
    const rows = await store.telemetry.measure({ asOf: new Date(), horizon: new Date(0) }, (s) => s.query(sql));
    expect(rows).toEqual([]);
  }
  await store.close();
});
