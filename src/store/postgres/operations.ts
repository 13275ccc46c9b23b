import { LATEST_OPERATIONS, migrateOperations, type OperationsDialect } from '../operations/migrations.ts';
import { sqlOperations } from '../operations/sql-operations.ts';
import type { Operations } from '../operations-port.ts';
import type { Postgres } from './pool.ts';

const POSTGRESQL: OperationsDialect = { instant: 'TIMESTAMPTZ', indexes: true };
/** Any number that nobody else uses for pg_advisory locks: "plumbope" as 8 bytes. */
const MIGRATION_LOCK = '8100978942396035173';
const JOURNAL = 'working on the journal';

async function databaseTime(postgres: Postgres): Promise<Date> {
  const [row] = await postgres.rows(JOURNAL, 'SELECT clock_timestamp() AS now');
  return row?.now as Date;
}

async function isCurrent(postgres: Postgres): Promise<boolean> {
  const [table] = await postgres.rows(JOURNAL, `SELECT to_regclass('operations.migration') IS NOT NULL AS present`);
  if (table?.present !== true) return false;
  const [row] = await postgres.rows(JOURNAL, 'SELECT max(version) AS version FROM operations.migration');
  return row?.version === LATEST_OPERATIONS;
}

/**
 * Makes or updates schema `operations`; any number of processes may ask for it at once. A schema that is as it should be is only
 * looked at, so that a user without the right to make schemas can work in it. Errors: STORE_NEWER, STORE_FAILED.
 */
export async function preparePostgresOperations(postgres: Postgres): Promise<void> {
  if (await isCurrent(postgres)) return;
  const now = await databaseTime(postgres);
  await postgres.transaction('preparing the journal', async (sql) => {
    await sql.rows('SELECT pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK]);
    await migrateOperations(sql, POSTGRESQL, now);
  });
}

/**
 * The journal of a fleet in schema `operations` of PostgreSQL. `now` is the database's clock, so that all machines agree.
 * `close` leaves the connections open: they belong to whoever made them. Errors: STORE_NEWER, STORE_FAILED.
 */
export async function openPostgresOperations(postgres: Postgres): Promise<Operations> {
  await preparePostgresOperations(postgres);
  return sqlOperations({
    rows: (sql, params = []) => postgres.rows(JOURNAL, sql, params),
    transaction: (work) => postgres.transaction(JOURNAL, work),
    skipLocked: 'FOR UPDATE SKIP LOCKED',
    now: () => databaseTime(postgres),
    close: async () => undefined,
  });
}
