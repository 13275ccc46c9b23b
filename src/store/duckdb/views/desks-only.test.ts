import { expect, it } from 'vitest';
import { aMessage, anEvent, aTicket, at } from '../../../../test/harness/records.ts';
import type { ConnectionRole } from '../../../domain/connection-role.ts';
import { openMemoryStore } from '../open.ts';
import { RELATIONS } from './index.ts';

const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2026-01-01T00:00:00Z') };

/** Rows of every relation of a desk with one ticket, beside which the same records stand under another name. */
async function rowsBeside(role: ConnectionRole | null): Promise<ReadonlyMap<string, number>> {
  const store = await openMemoryStore();
  const names = role === null ? ['desk'] : ['desk', "o'beside"];
  for (const connection of names) {
    await store.telemetry.commit({
      connection,
      stream: null,
      checkpoint: null,
      records: {
        ticket: [aTicket({ id: '1' })],
        message: [aMessage({ id: 'm', ticket_id: '1' })],
        event: [anEvent({ id: 'e', ticket_id: '1' })],
      },
      rejected: [],
    });
    await store.ledger.saveConnection({
      name: connection,
      vendor: 'file',
      role: connection === 'desk' ? 'desk' : (role ?? 'desk'),
      settings: {},
      secret: 'none',
      allow_private: false,
      status: 'connected',
      created_at: span.horizon,
    });
  }
  const rows = new Map<string, number>();
  await store.telemetry.measure(span, async (session) => {
    // Whatever is named is made; some names are macros, which have no rows.
    const made = await session.query(
      `SELECT table_name AS name, '${RELATIONS.map(({ name }) => name).join(' ')}' AS named
       FROM information_schema.tables WHERE table_catalog = 'temp' AND NOT starts_with(table_name, 'm_desk_') ORDER BY name`,
    );
    for (const { name } of made) {
      const [row] = await session.query(`SELECT count(*) AS n FROM ${name}`);
      rows.set(String(name), Number(row?.n));
    }
  });
  await store.close();
  return rows;
}

it('leaves out of every relation what stands beside the desks', async () => {
  const alone = await rowsBeside(null);
  expect(alone.get('ticket_all')).toBe(1);
  const beside = await rowsBeside('engineering');
  // What joins the issues of a tracker to links of the desk is there only beside one, and empty where the desk names none.
  const joins = ['m_issue_fact', 'm_issue_key', 'm_link_own'];
  expect(beside).toEqual(new Map([...alone, ...joins.map((name) => [name, 0] as const)]));
  expect((await rowsBeside('desk')).get('ticket_all')).toBe(2);
});
