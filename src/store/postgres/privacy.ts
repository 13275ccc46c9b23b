import type { TableName } from '../../domain/telemetry.ts';
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
import type { TelemetryCommit } from '../ports.ts';
import { nextChange, removingRows } from './change.ts';
import type { PostgresSql } from './pool.ts';
import type { Scope } from './scope.ts';

/** What of this batch may not come in again. */
export async function readKeptOut(
  sql: PostgresSql,
  workspace: string,
  { connection, records }: Pick<TelemetryCommit, 'connection' | 'records'>,
): Promise<KeptOut> {
  const hashes = await sql.rows('SELECT key_hash FROM store.erased WHERE workspace = $1', [workspace]);
  const erased = new Set(hashes.map((row) => String(row.key_hash)));
  const [bound] = await sql.rows('SELECT before FROM store.retention WHERE workspace = $1', [workspace]);
  if (!(bound?.before instanceof Date)) return { erased, before: null, expired: new Map() };
  const rows = await sql.rows(
    `SELECT ticket_id, updated_at FROM store.expired
     WHERE workspace = $1 AND connection = $2 AND ticket_id = ANY($3::text[])`,
    [workspace, connection, ticketsOf(records)],
  );
  const expired = new Map(
    rows.map((row) => [String(row.ticket_id), row.updated_at instanceof Date ? row.updated_at : null]),
  );
  return { erased, before: bound.before, expired };
}

/** Lets tickets that retention had removed be kept again. */
export async function forgetExpiry(
  sql: PostgresSql,
  workspace: string,
  connection: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql.rows('DELETE FROM store.expired WHERE workspace = $1 AND connection = $2 AND ticket_id = ANY($3::text[])', [
    workspace,
    connection,
    [...ids],
  ]);
}

/** Sets the pseudonym to null in the rows that `which` names; gives rows changed. `$1` workspace, `$2` change, `$3` as given. */
export async function unlinkRequesters(
  sql: PostgresSql,
  params: readonly [string, number, string | string[]],
  which: string,
): Promise<number> {
  let changed = 0;
  for (const table of REQUESTER_TABLES) {
    const [row] = await sql.rows(
      `WITH changed AS (UPDATE telemetry.${table} SET ${REQUESTER_COLUMN} = NULL, change_seq = $2::bigint
         WHERE workspace = $1 AND ${REQUESTER_COLUMN} IS NOT NULL AND ${which} RETURNING 1)
       SELECT count(*) AS n FROM changed`,
      params,
    );
    changed += Number(row?.n ?? 0);
  }
  return changed;
}

/** Unlinks a requester in all that is stored and in whatever comes later; gives rows changed. */
export async function eraseRequester(scope: Scope, key: string): Promise<number> {
  const { workspace } = scope;
  return scope.transaction('erasing a requester', async (sql) => {
    const change = await nextChange(sql, workspace);
    await sql.rows('INSERT INTO store.erased (workspace, key_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      workspace,
      keyHash(key),
    ]);
    return unlinkRequesters(sql, [workspace, change, key], `${REQUESTER_COLUMN} = $3`);
  });
}

/** Rows that hold the pseudonym, for each table that can hold one. */
export async function countRequesterRows(scope: Scope, key: string): Promise<Map<TableName, number>> {
  const counts = REQUESTER_TABLES.map(
    (name) => `(SELECT count(*) FROM telemetry.${name} WHERE workspace = $1 AND ${REQUESTER_COLUMN} = $2) AS ${name}`,
  );
  const [row] = await scope.rows('counting rows of a requester', `SELECT ${counts.join(', ')}`, [key]);
  return new Map(REQUESTER_TABLES.map((name) => [name, Number(row?.[name] ?? 0)]));
}

/** The later bound stands. */
export async function keepBound(sql: PostgresSql, workspace: string, before: Date): Promise<void> {
  await sql.rows(
    `INSERT INTO store.retention AS r (workspace, before) VALUES ($1, $2)
     ON CONFLICT (workspace) DO UPDATE SET before = greatest(r.before, excluded.before)`,
    [workspace, before],
  );
}

/** Removes the tickets that ended before the instant, with their parts, and remembers them; gives tickets removed. */
export async function expireTickets(scope: Scope, before: Date): Promise<number> {
  const { workspace } = scope;
  return scope.transaction('removing old tickets', async (sql) => {
    const change = await nextChange(sql, workspace);
    await sql.rows(
      `INSERT INTO store.expired (workspace, connection, ticket_id, updated_at)
       SELECT $1, ended.connection, ended.id, ended.updated_at
       FROM (${endedBefore('$2::timestamp', (alias) => `${alias}.workspace = $1`)}) ended
       ON CONFLICT (workspace, connection, ticket_id) DO UPDATE SET updated_at = excluded.updated_at`,
      [workspace, before],
    );
    const expired = (id: string): string =>
      `EXISTS (SELECT 1 FROM store.expired x WHERE x.workspace = $1 AND x.connection = t.connection AND x.ticket_id = t.${id})`;
    for (const part of TICKET_PART_NAMES) {
      const instant = `coalesce(${TICKET_PARTS[part].map((name) => `t.${name}`).join(', ')})`;
      // The ticket itself is still there where it has just ended: then all of it goes.
      const whole = `EXISTS (SELECT 1 FROM telemetry.ticket k
        WHERE k.workspace = $1 AND k.connection = t.connection AND k.id = t.ticket_id)`;
      await sql.rows(removingRows(part, `${expired('ticket_id')} AND (${instant} < $3::timestamp OR ${whole})`), [
        workspace,
        change,
        before,
      ]);
    }
    const { rowCount } = await sql.client.query(removingRows('ticket', expired('id')), [workspace, change]);
    await keepBound(sql, workspace, before);
    return rowCount ?? 0;
  });
}
