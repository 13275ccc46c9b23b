import type { TelemetryBatch } from '../../domain/telemetry.ts';
import {
  endedBefore,
  type KeptOut,
  keyHash,
  REQUESTER_COLUMN,
  REQUESTER_TABLES,
  TICKET_PART_NAMES,
  TICKET_PARTS,
  ticketsOf,
} from '../kept-out.ts';
import type { Session, Sql } from './database.ts';
import { TELEMETRY } from './schema.ts';

/** What of this batch may not come in again. */
export async function readKeptOut(sql: Sql, connection: string, records: TelemetryBatch): Promise<KeptOut> {
  const erased = new Set((await sql.rows('SELECT key_hash FROM store.erased')).map((row) => String(row.key_hash)));
  const [bound] = await sql.rows('SELECT before FROM store.retention');
  if (!(bound?.before instanceof Date)) return { erased, before: null, expired: new Map() };
  const rows = await sql.rows(
    `SELECT ticket_id, updated_at FROM store.expired
     WHERE connection = $1 AND ticket_id IN (SELECT unnest(from_json($2, '["VARCHAR"]')))`,
    [connection, JSON.stringify(ticketsOf(records).map((id) => Buffer.from(id).toString()))],
  );
  const expired = new Map(
    rows.map((row) => [String(row.ticket_id), row.updated_at instanceof Date ? row.updated_at : null]),
  );
  return { erased, before: bound.before, expired };
}

/** Lets tickets that retention had removed be kept again. */
export async function forgetExpiry(sql: Sql, connection: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await sql.rows('DELETE FROM store.expired WHERE connection = $1 AND ticket_id = $2', [connection, id]);
}

/** Unlinks a requester in all that is stored and in whatever comes later; gives rows changed. */
export async function eraseRequester(session: Session, key: string): Promise<number> {
  return session.transaction(async (sql) => {
    let changed = 0;
    for (const table of REQUESTER_TABLES) {
      const [row] = await sql.rows(
        `UPDATE ${TELEMETRY}.${table} SET ${REQUESTER_COLUMN} = NULL WHERE ${REQUESTER_COLUMN} = $key`,
        { key },
      );
      changed += Number(row?.Count ?? 0);
    }
    await sql.rows('INSERT INTO store.erased VALUES ($hash) ON CONFLICT DO NOTHING', { hash: keyHash(key) });
    return changed;
  });
}

/** Removes the tickets that ended before the instant, with their parts, and remembers them; gives tickets removed. */
export async function expireTickets(session: Session, before: Date): Promise<number> {
  return session.transaction(async (sql) => {
    await sql.rows(`CREATE OR REPLACE TEMP TABLE ended AS ${endedBefore('$before', () => 'true')}`, { before });
    await sql.run(
      `INSERT INTO store.expired SELECT * FROM temp.main.ended
       ON CONFLICT (connection, ticket_id) DO UPDATE SET updated_at = excluded.updated_at`,
    );
    for (const part of TICKET_PART_NAMES)
      await sql.rows(
        `DELETE FROM ${TELEMETRY}.${part} p USING store.expired s
         WHERE p.connection = s.connection AND p.ticket_id = s.ticket_id
           AND (coalesce(${TICKET_PARTS[part].map((name) => `p."${name}"`).join(', ')}) < $before
             OR (s.connection, s.ticket_id) IN (SELECT connection, id FROM temp.main.ended))`,
        { before },
      );
    const [row] = await sql.rows(
      `DELETE FROM ${TELEMETRY}.ticket t USING temp.main.ended s WHERE t.connection = s.connection AND t.id = s.id`,
    );
    await sql.run('DROP TABLE temp.main.ended');
    const [bound] = await sql.rows('SELECT before FROM store.retention');
    if (bound === undefined) await sql.rows('INSERT INTO store.retention VALUES ($before)', { before });
    else await sql.rows('UPDATE store.retention SET before = greatest(before, CAST($before AS TIMESTAMP))', { before });
    return Number(row?.Count ?? 0);
  });
}
