import { SetAside } from '../../domain/observability.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { REQUESTER_COLUMN, REQUESTER_TABLES } from '../kept-out.ts';
import type { Remembered } from '../ports.ts';
import type { Session, Sql } from './database.ts';
import { storeFailure } from './failure.ts';
import { TELEMETRY } from './schema.ts';

const PAGE_ROWS = 10_000;
const BOOKKEEPING = ['checkpoint', 'set_aside', 'observability', 'retention', 'expired'] as const;

/** Rows that hold the pseudonym, for each table that can hold one. */
export async function countRequesterRows(session: Session, key: string): Promise<Map<TableName, number>> {
  const counts = REQUESTER_TABLES.map(
    (name) => `(SELECT count(*) FROM ${TELEMETRY}.${name} WHERE ${REQUESTER_COLUMN} = $key) AS ${name}`,
  );
  const [row] = await session.rows(`SELECT ${counts.join(', ')}`, { key });
  return new Map(REQUESTER_TABLES.map((name) => [name, Number(row?.[name] ?? 0)]));
}

function toSetAside(row: SqlRow): Remembered {
  const { stream, ref, code, path, detail } = row;
  return {
    kind: 'set_aside',
    connection: String(row.connection),
    times: Number(row.times),
    ...SetAside.parse({ stream, ref, code, path, detail }),
  };
}

function toExpired(row: SqlRow): Remembered {
  const updatedAt = row.updated_at instanceof Date ? row.updated_at : null;
  return {
    kind: 'expired',
    connection: String(row.connection),
    ticket_id: String(row.ticket_id),
    updated_at: updatedAt,
  };
}

/** Erased requesters, bound of retention and set-aside records first; then the expired tickets page by page. */
export async function* readRemembered(session: Session): AsyncGenerator<readonly Remembered[]> {
  try {
    const erased = await session.rows('SELECT key_hash FROM store.erased ORDER BY key_hash');
    yield erased.map((row) => ({ kind: 'erased', key_hash: String(row.key_hash) }));
    const retention = await session.rows('SELECT before FROM store.retention');
    yield retention.flatMap(({ before }) => (before instanceof Date ? [{ kind: 'retention', before }] : []));
    yield (await session.rows('SELECT * FROM store.set_aside ORDER BY connection, stream, ref, code, path')).map(
      toSetAside,
    );
    let [connection, ticket] = ['', ''];
    for (;;) {
      const page = await session.rows(
        `SELECT connection, ticket_id, updated_at FROM store.expired
         WHERE connection > $connection OR (connection = $connection AND ticket_id > $ticket)
         ORDER BY connection, ticket_id LIMIT ${PAGE_ROWS}`,
        { connection, ticket },
      );
      if (page.length === 0) return;
      yield page.map(toExpired);
      const last = page.at(-1);
      connection = String(last?.connection);
      ticket = String(last?.ticket_id);
    }
  } catch (error) {
    throw storeFailure('reading what is remembered', error);
  }
}

async function unlinkErased(sql: Sql): Promise<void> {
  for (const table of REQUESTER_TABLES)
    await sql.run(
      `UPDATE ${TELEMETRY}.${table} SET ${REQUESTER_COLUMN} = NULL
       WHERE ${REQUESTER_COLUMN} IS NOT NULL AND sha256(${REQUESTER_COLUMN}) IN (SELECT key_hash FROM store.erased)`,
    );
}

async function writeRetention(sql: Sql, before: Date): Promise<void> {
  const held = await sql.rows('SELECT before FROM store.retention');
  if (held.length === 0) await sql.rows('INSERT INTO store.retention VALUES ($before)', { before });
  else await sql.rows('UPDATE store.retention SET before = greatest(before, CAST($before AS TIMESTAMP))', { before });
}

type FactOf<K extends Remembered['kind']> = Extract<Remembered, { kind: K }>;

/** Facts of one kind, the last of each key; an insert may not meet a row twice. */
function factsOf<K extends Remembered['kind']>(
  facts: readonly Remembered[],
  kind: K,
  keyOf: (fact: FactOf<K>) => readonly string[],
): FactOf<K>[] {
  const own = facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
  return [...new Map(own.map((fact) => [JSON.stringify(keyOf(fact)), fact])).values()];
}

/** One statement for all rows: one for each row takes 10 ms in tables with a key. */
async function insertAll(
  sql: Sql,
  into: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Promise<void> {
  if (rows.length === 0) return;
  const [head, tail] = into.split('*');
  const values = columns.map((type, i) => `CAST(row[${i + 1}] AS ${type})`).join(', ');
  await sql.rows(`${head}SELECT ${values} FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) AS row)${tail}`, [
    JSON.stringify(rows),
  ]);
}

const EXPIRED = `INSERT INTO store.expired *
  ON CONFLICT (connection, ticket_id) DO UPDATE SET updated_at = excluded.updated_at`;
const SET_ASIDE = `INSERT INTO store.set_aside (connection, stream, ref, code, path, detail, times) *
  ON CONFLICT (connection, stream, ref, code, path) DO UPDATE SET detail = excluded.detail,
    times = greatest(set_aside.times, excluded.times)`;
const TEXT = 'VARCHAR';

/** All facts of one call are taken in together; twice is once. */
export async function writeRemembered(session: Session, facts: readonly Remembered[]): Promise<void> {
  const erased = factsOf(facts, 'erased', (one) => [one.key_hash]);
  const retention = factsOf(facts, 'retention', (one) => [one.before.toISOString()]);
  const expired = factsOf(facts, 'expired', (one) => [one.connection, one.ticket_id]);
  const aside = factsOf(facts, 'set_aside', (one) => [one.connection, one.stream, one.ref, one.code, one.path]);
  await session.transaction(async (sql) => {
    await insertAll(
      sql,
      'INSERT INTO store.erased * ON CONFLICT DO NOTHING',
      [TEXT],
      erased.map((one) => [one.key_hash]),
    );
    for (const { before } of retention) await writeRetention(sql, before);
    await insertAll(
      sql,
      EXPIRED,
      [TEXT, TEXT, 'TIMESTAMP'],
      expired.map((one) => [one.connection, one.ticket_id, one.updated_at?.toISOString() ?? null]),
    );
    await insertAll(
      sql,
      SET_ASIDE,
      [TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, 'BIGINT'],
      aside.map((one) => [one.connection, one.stream, one.ref, one.code, one.path, one.detail, String(one.times)]),
    );
    if (erased.length > 0) await unlinkErased(sql);
  });
}

/** Empties the store in one transaction; who was erased stays erased. */
export async function clearTelemetry(session: Session): Promise<void> {
  const tables = [...TABLE_NAMES.map((name) => `${TELEMETRY}.${name}`), ...BOOKKEEPING.map((name) => `store.${name}`)];
  await session.transaction(async (sql) => {
    for (const table of tables) await sql.run(`DELETE FROM ${table}`);
  });
}
