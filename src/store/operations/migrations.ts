import { assertNotNewer } from '../schema-state.ts';
import type { Statements } from './operations-sql.ts';

/** What differs between the engines in the tables of the journal. */
export interface OperationsDialect {
  /** Type of an instant. */
  readonly instant: 'TIMESTAMP' | 'TIMESTAMPTZ';
  /**
   * Whether secondary indexes are made. The embedded engine scans a column of a million rows in milliseconds, and would
   * turn each update of an indexed column into a removal and an insertion.
   */
  readonly indexes: boolean;
}

interface Migration {
  readonly version: number;
  readonly name: string;
  statements(dialect: OperationsDialect): readonly string[];
}

/**
 * A million ended runs must not be looked at to find the few that are due or alive: partial indexes hold only those. `run_alive`
 * holds no column that a sign of life changes, so that signs of life touch no index.
 */
const INDEXES = [
  `ALTER TABLE operations.run SET (fillfactor = 80)`,
  `CREATE INDEX run_due ON operations.run (due_at, id) WHERE status = 'due'`,
  `CREATE INDEX run_alive ON operations.run (id) WHERE status IN ('queued', 'running')`,
  `CREATE INDEX run_newest ON operations.run (workspace, created_at DESC)`,
  `CREATE INDEX run_newest_of_all ON operations.run (created_at DESC)`,
  `CREATE INDEX run_counted ON operations.run (workspace, status)`,
  `CREATE INDEX run_ended ON operations.run (ended_at) WHERE ended_at IS NOT NULL`,
  `CREATE INDEX notice_newest ON operations.notice (workspace, "at" DESC)`,
  `CREATE INDEX notice_about ON operations.notice (workspace, kind, "at" DESC)`,
  `CREATE INDEX notice_old ON operations.notice ("at")`,
  `CREATE INDEX delivery_due ON operations.delivery (next_at) WHERE status = 'due'`,
  `CREATE INDEX audit_newest ON operations.audit ("at" DESC)`,
  `CREATE INDEX audit_of_workspace ON operations.audit (workspace, "at" DESC)`,
];

/** A step is never edited once released. Lists and objects are JSON text: they are read whole, never searched. */
export const OPERATIONS_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'journal',
    statements: ({ instant, indexes }) => [
      'CREATE TABLE operations.workspace (name TEXT PRIMARY KEY)',
      `CREATE TABLE operations.schedule (workspace TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, every_s BIGINT, cron TEXT,
        tz TEXT NOT NULL, jitter_s BIGINT NOT NULL, model TEXT, window_days BIGINT, paused BOOLEAN NOT NULL, next_at ${instant} NOT NULL,
        created_at ${instant} NOT NULL, created_by TEXT NOT NULL, PRIMARY KEY (workspace, name))`,
      `CREATE TABLE operations.run (id TEXT PRIMARY KEY, workspace TEXT NOT NULL, kind TEXT NOT NULL, schedule TEXT,
        slot ${instant} NOT NULL, due_at ${instant} NOT NULL, params TEXT NOT NULL, status TEXT NOT NULL, attempts BIGINT NOT NULL,
        progress TEXT, digest TEXT, failure TEXT, requested_by TEXT NOT NULL, created_at ${instant} NOT NULL, started_at ${instant},
        ended_at ${instant}, seen_at ${instant})`,
      `CREATE TABLE operations.notice_target (workspace TEXT NOT NULL, name TEXT NOT NULL, channel TEXT NOT NULL,
        settings TEXT NOT NULL, secret TEXT NOT NULL, allow_private BOOLEAN NOT NULL, kinds TEXT, created_at ${instant} NOT NULL,
        PRIMARY KEY (workspace, name))`,
      `CREATE TABLE operations.notice (id TEXT PRIMARY KEY, workspace TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT,
        "at" ${instant} NOT NULL, run TEXT, digest TEXT, "text" TEXT NOT NULL, data TEXT NOT NULL)`,
      `CREATE TABLE operations.delivery (notice TEXT NOT NULL, workspace TEXT NOT NULL, target TEXT NOT NULL, status TEXT NOT NULL,
        attempts BIGINT NOT NULL, next_at ${instant} NOT NULL, failure TEXT, delivered_at ${instant}, PRIMARY KEY (notice, target))`,
      `CREATE TABLE operations.token (id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
        workspaces TEXT, created_at ${instant} NOT NULL, expires_at ${instant}, revoked_at ${instant})`,
      `CREATE TABLE operations.audit (id TEXT PRIMARY KEY, "at" ${instant} NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
        workspace TEXT, subject TEXT, outcome TEXT NOT NULL, detail TEXT NOT NULL)`,
      `CREATE TABLE operations.tally (name TEXT NOT NULL, labels TEXT NOT NULL, value DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (name, labels))`,
      `CREATE TABLE operations.sealed_secret (workspace TEXT NOT NULL, name TEXT NOT NULL, sealed TEXT NOT NULL,
        PRIMARY KEY (workspace, name))`,
      // Instants in milliseconds since 1970 by the database's clock (pace.ts).
      `CREATE TABLE operations.pace (account TEXT PRIMARY KEY, turn_at DOUBLE PRECISION NOT NULL, paused_until DOUBLE PRECISION NOT NULL,
        pause_ms DOUBLE PRECISION NOT NULL, wait_ms DOUBLE PRECISION NOT NULL)`,
      ...(indexes ? INDEXES : []),
    ],
  },
  {
    version: 2,
    name: 'maker of a token',
    statements: () => ['ALTER TABLE operations.token ADD COLUMN made_by TEXT'],
  },
  {
    version: 3,
    name: 'models of a schedule',
    statements: () => ['ALTER TABLE operations.schedule ADD COLUMN models TEXT'],
  },
  {
    version: 4,
    name: 'sessions of the page',
    statements: ({ instant }) => [
      `CREATE TABLE operations.session (hash TEXT PRIMARY KEY, token TEXT, invitation TEXT, created_at ${instant} NOT NULL,
        seen_at ${instant} NOT NULL, expires_at ${instant} NOT NULL)`,
    ],
  },
  {
    version: 5,
    name: 'invitations of respondents',
    statements: ({ instant }) => [
      `CREATE TABLE operations.invitation (id TEXT PRIMARY KEY, workspace TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, model TEXT NOT NULL,
        respondent TEXT NOT NULL, role TEXT NOT NULL, created_at ${instant} NOT NULL, created_by TEXT NOT NULL,
        expires_at ${instant} NOT NULL, used_at ${instant}, revoked_at ${instant})`,
    ],
  },
  {
    version: 6,
    name: 'moves that were taken on, target stages',
    statements: ({ instant }) => [
      `CREATE TABLE operations.tracked_move (workspace TEXT NOT NULL, model TEXT NOT NULL, criterion TEXT NOT NULL, owner TEXT, due TEXT,
        state TEXT NOT NULL, updated_at ${instant} NOT NULL, updated_by TEXT NOT NULL, PRIMARY KEY (workspace, model, criterion))`,
      `CREATE TABLE operations.goal (workspace TEXT NOT NULL, model TEXT NOT NULL, stage BIGINT NOT NULL, due TEXT,
        updated_at ${instant} NOT NULL, updated_by TEXT NOT NULL, PRIMARY KEY (workspace, model))`,
    ],
  },
];

export const LATEST_OPERATIONS = OPERATIONS_MIGRATIONS.at(-1)?.version ?? 0;

/**
 * Brings the journal to the version of this program inside the caller's transaction. Where several processes may come at once,
 * the caller holds a lock. Errors: STORE_NEWER when a newer program wrote it.
 */
export async function migrateOperations(sql: Statements, dialect: OperationsDialect, now: Date): Promise<void> {
  await sql.rows('CREATE SCHEMA IF NOT EXISTS operations');
  await sql.rows(
    `CREATE TABLE IF NOT EXISTS operations.migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL,
      applied_at ${dialect.instant} NOT NULL)`,
  );
  const [row] = await sql.rows('SELECT coalesce(max(version), 0) AS version FROM operations.migration');
  const version = Number(row?.version ?? 0);
  assertNotNewer('journal', version, LATEST_OPERATIONS);
  for (const step of OPERATIONS_MIGRATIONS.filter((migration) => migration.version > version)) {
    for (const statement of step.statements(dialect)) await sql.rows(statement);
    await sql.rows('INSERT INTO operations.migration (version, name, applied_at) VALUES ($1, $2, $3)', [
      step.version,
      step.name,
      now,
    ]);
  }
}
