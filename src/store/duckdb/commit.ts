import type { SetAsideTimes } from '../../domain/observability.ts';
import { countAside } from '../../domain/set-aside.ts';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { stampedTickets, withoutOlder } from '../keep-newer.ts';
import { withoutKeptOut } from '../kept-out.ts';
import type { CommitCounts, TelemetryCommit } from '../ports.ts';
import { lastOfEach } from '../set-aside-rows.ts';
import type { Session, Sql } from './database.ts';
import { forgetExpiry, readKeptOut } from './privacy.ts';
import { columnNames, keyOf, TELEMETRY } from './schema.ts';
import { quoted, textLiteral } from './sql-values.ts';
import { type StagedTable, stagedRows, stageRecords, stageSelect } from './stage.ts';

/** All rows in one statement: a file can have more of them than there is time for one by one. */
const SET_ASIDE = `INSERT INTO store.set_aside
  SELECT $1, stream, ref, code, path, detail, times, $2 FROM (SELECT unnest(from_json($3,
    '[{"stream":"VARCHAR","ref":"VARCHAR","code":"VARCHAR","path":"VARCHAR","detail":"VARCHAR","times":"BIGINT"}]'), recursive := true))
  ON CONFLICT (connection, stream, ref, code, path) DO UPDATE SET detail = excluded.detail,
    times = set_aside.times
      + CASE WHEN set_aside.last_checkpoint IS DISTINCT FROM excluded.last_checkpoint THEN excluded.times ELSE 0 END,
    last_checkpoint = excluded.last_checkpoint`;

const SET_ASIDE_ROWS = 10_000;

const CHECKPOINT = `INSERT INTO store.checkpoint VALUES ($1, $2, $3)
  ON CONFLICT (connection, stream) DO UPDATE SET checkpoint = excluded.checkpoint`;

async function deleteKeys(sql: Sql, name: string, staged: StagedTable): Promise<void> {
  const key = keyOf(staged.table).slice(1);
  const selects = new Map(staged.columns.map(({ writer }) => [writer.name, writer.select]));
  const columns = key.map((column) => `${selects.get(column) ?? 'NULL'} AS ${quoted(column)}`).join(', ');
  const same = key.map((column) => `t.${quoted(column)} = s.${quoted(column)}`).join(' AND ');
  await sql.rows(
    `DELETE FROM ${TELEMETRY}.${staged.table} t USING (SELECT ${columns} FROM stage) s WHERE t.connection = $1 AND ${same}`,
    [name],
  );
}

async function holdsRows(sql: Sql, target: string, connection: string): Promise<boolean> {
  return (await sql.rows(`SELECT 1 AS found FROM ${target} WHERE connection = $1 LIMIT 1`, [connection])).length > 0;
}

async function writeTable(sql: Sql, batch: TelemetryCommit, staged: StagedTable): Promise<void> {
  const replace = batch.replace?.includes(staged.table) === true;
  const target = `${TELEMETRY}.${staged.table}`;
  if (replace) await sql.rows(`DELETE FROM ${target} WHERE connection = $1`, [batch.connection]);
  if (staged.rows === 0) return;
  const rows = stagedRows(staged);
  // By name: a column that an older store gained later stands at another place in its table.
  const names = ['connection', ...columnNames(staged.table)].map(quoted).join(', ');
  const into = `INSERT INTO ${target} (${names}) SELECT ${textLiteral(batch.connection)}, ${stageSelect(staged)}`;
  if (replace || !(await holdsRows(sql, target, batch.connection))) {
    await sql.rows(`${into} FROM (${rows.sql})`, rows.params);
    return;
  }
  await sql.rows(`CREATE OR REPLACE TEMP TABLE stage AS ${rows.sql}`, rows.params);
  await deleteKeys(sql, batch.connection, staged);
  await sql.run(`${into} FROM stage`);
  await sql.run('DROP TABLE temp.main.stage');
}

async function writeBookkeeping(sql: Sql, batch: TelemetryCommit, rejected: readonly SetAsideTimes[]): Promise<void> {
  for (let from = 0; from < rejected.length; from += SET_ASIDE_ROWS) {
    const rows = lastOfEach(rejected.slice(from, from + SET_ASIDE_ROWS)).map((row) => ({ times: 1, ...row }));
    // Through bytes: half a surrogate pair is no text that the engine takes.
    const json = Buffer.from(JSON.stringify(rows)).toString();
    await sql.rows(SET_ASIDE, [batch.connection, batch.checkpoint, json]);
  }
  if (batch.stream !== null && batch.checkpoint !== null)
    await sql.rows(CHECKPOINT, [batch.connection, batch.stream, batch.checkpoint]);
}

/** Counts of a commit by what was set aside. */
export function countsAside(rows: readonly SetAsideTimes[]): Pick<CommitCounts, 'rejected' | 'cells'> {
  const { records, cells } = countAside(rows);
  return { rejected: records, ...(cells > 0 ? { cells } : {}) };
}

/** Tables of the batch in the order of the description, with those that are to be emptied. */
export function tablesOf(batch: TelemetryCommit): TableName[] {
  return TABLE_NAMES.filter((name) => batch.records[name] !== undefined || batch.replace?.includes(name) === true);
}

/** Refuses a batch that was read from another cursor than the one that is stored. */
export function assertCursor(batch: TelemetryCommit, stored: string | null): void {
  if (batch.previous === undefined || batch.previous === stored) return;
  throw new PlumblineError(
    'CURSOR_MOVED',
    `The cursor of ${batch.connection}/${batch.stream} has moved since this batch was read.`,
    'Another worker reads the same stream; go on from the stored cursor.',
    { where: `${batch.connection}/${batch.stream}` },
  );
}

async function checkCursor(sql: Sql, batch: TelemetryCommit): Promise<void> {
  if (batch.previous === undefined || batch.stream === null) return;
  const [row] = await sql.rows('SELECT checkpoint FROM store.checkpoint WHERE connection = $1 AND stream = $2', [
    batch.connection,
    batch.stream,
  ]);
  assertCursor(batch, row === undefined ? null : String(row.checkpoint));
}

async function withoutStoredNewer(sql: Sql, batch: TelemetryCommit): Promise<ReturnType<typeof withoutOlder>> {
  const ids = batch.keepNewer === true ? stampedTickets(batch.records) : [];
  if (ids.length === 0) return { records: batch.records, older: 0 };
  const rows = await sql.rows(
    `SELECT id, updated_at FROM ${TELEMETRY}.ticket
     WHERE connection = $1 AND updated_at IS NOT NULL AND id IN (SELECT unnest(from_json($2, '["VARCHAR"]')))`,
    [batch.connection, JSON.stringify(ids.map((id) => Buffer.from(id).toString()))],
  );
  return withoutOlder(batch.records, new Map(rows.map((row) => [String(row.id), row.updated_at as Date])));
}

/**
 * Writes one batch in one transaction: records, set-aside counts and cursor together or not at all. Each written key replaces the
 * row of that key; tables named in `replace` hold just the rows of the batch afterwards. Writing a batch again changes nothing.
 * With `keepNewer` a ticket that is stored with a later `updated_at` stays as it is, with its parts. What is kept out of the store (erased requesters, expired tickets) does not come in. Counts: rows written (one for each key) and
 * records set aside, those of the batch and those found here. Errors: CURSOR_MOVED.
 */
export async function commitBatch(session: Session, batch: TelemetryCommit): Promise<CommitCounts> {
  return session.transaction(async (sql) => {
    await checkCursor(sql, batch);
    const newer = await withoutStoredNewer(sql, batch);
    const { records, returned } = withoutKeptOut(
      newer.records,
      await readKeptOut(sql, batch.connection, newer.records),
    );
    await forgetExpiry(sql, batch.connection, returned);
    const staged = tablesOf(batch).map((name) => stageRecords(name, records[name] ?? []));
    const rejected = [...batch.rejected, ...staged.flatMap((table) => table.rejected)];
    for (const table of staged) await writeTable(sql, batch, table);
    await writeBookkeeping(sql, batch, rejected);
    return {
      written: staged.reduce((sum, table) => sum + table.rows, 0),
      ...countsAside(rejected),
      ...(batch.keepNewer === true ? { older: newer.older } : {}),
    };
  });
}
