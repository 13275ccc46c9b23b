import { TABLE_NAMES } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { assertNotNewer, columnsByTable } from '../schema-state.ts';
import type { Session, Sql } from './database.ts';
import { growthDdl, TELEMETRY, telemetryDdl } from './schema.ts';
import { textLiteral } from './sql-values.ts';

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: (workspace: string) => readonly string[];
}

const LEDGER_TABLES = [
  'connection',
  'customer_pair',
  'answer',
  'not_applicable',
  'resolution',
  'snapshot',
  'verdict',
  'model_document',
  'publication',
] as const;

/** Makes a ledger table anew with the workspace first; its rows get the name of the workspace that the file belongs to. */
function withWorkspace(table: string, columns: string, key: string, workspace: string): string[] {
  return [
    `CREATE TEMP TABLE moved AS SELECT ${textLiteral(workspace)} AS workspace, * FROM ledger.${table}`,
    `DROP TABLE ledger.${table}`,
    `CREATE TABLE ledger.${table} (workspace VARCHAR NOT NULL, ${columns}, PRIMARY KEY (workspace, ${key}))`,
    `INSERT INTO ledger.${table} BY NAME SELECT * FROM temp.main.moved`,
    'DROP TABLE temp.main.moved',
  ];
}

/** Numbered steps of the tables that are not described by the telemetry records. A step is never edited once released. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'bookkeeping and ledger',
    statements: () => [
      `CREATE TABLE store.checkpoint (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, checkpoint VARCHAR NOT NULL,
        PRIMARY KEY (connection, stream))`,
      `CREATE TABLE store.set_aside (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, ref VARCHAR NOT NULL,
        code VARCHAR NOT NULL, path VARCHAR NOT NULL, detail VARCHAR NOT NULL, times BIGINT NOT NULL,
        last_checkpoint VARCHAR, PRIMARY KEY (connection, stream, ref, code, path))`,
      `CREATE TABLE store.observability (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, status VARCHAR NOT NULL,
        detail VARCHAR, fields VARCHAR NOT NULL, since TIMESTAMP, until TIMESTAMP, row_count BIGINT NOT NULL,
        rejected BIGINT NOT NULL, reconciled_share DOUBLE, PRIMARY KEY (connection, stream))`,
      `CREATE TABLE ledger.connection (name VARCHAR PRIMARY KEY, vendor VARCHAR NOT NULL, settings VARCHAR NOT NULL,
        secret VARCHAR NOT NULL, allow_private BOOLEAN NOT NULL, status VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL)`,
      `CREATE TABLE ledger.answer (id VARCHAR PRIMARY KEY, model VARCHAR NOT NULL, criterion VARCHAR NOT NULL,
        respondent VARCHAR NOT NULL, role VARCHAR NOT NULL, value VARCHAR NOT NULL, comment VARCHAR, proof VARCHAR,
        proof_checked_by VARCHAR, answered_at TIMESTAMP NOT NULL, expires_at TIMESTAMP NOT NULL, position BIGINT NOT NULL)`,
      `CREATE TABLE ledger.not_applicable (model VARCHAR NOT NULL, criterion VARCHAR NOT NULL, reason VARCHAR NOT NULL,
        stated_by VARCHAR NOT NULL, stated_at TIMESTAMP NOT NULL, PRIMARY KEY (model, criterion, stated_by, stated_at))`,
      `CREATE TABLE ledger.snapshot (digest VARCHAR PRIMARY KEY, model VARCHAR NOT NULL, as_of TIMESTAMP NOT NULL,
        created_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL)`,
    ],
  },
  {
    version: 2,
    name: 'ledger by workspace, publications, what is kept out',
    statements: (workspace) => [
      ...withWorkspace(
        'connection',
        `name VARCHAR NOT NULL, vendor VARCHAR NOT NULL, settings VARCHAR NOT NULL, secret VARCHAR NOT NULL,
        allow_private BOOLEAN NOT NULL, status VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL`,
        'name',
        workspace,
      ),
      ...withWorkspace(
        'answer',
        `id VARCHAR NOT NULL, model VARCHAR NOT NULL, criterion VARCHAR NOT NULL, respondent VARCHAR NOT NULL,
        role VARCHAR NOT NULL, value VARCHAR NOT NULL, comment VARCHAR, proof VARCHAR, proof_checked_by VARCHAR,
        answered_at TIMESTAMP NOT NULL, expires_at TIMESTAMP NOT NULL, position BIGINT NOT NULL`,
        'id',
        workspace,
      ),
      ...withWorkspace(
        'not_applicable',
        `model VARCHAR NOT NULL, criterion VARCHAR NOT NULL, reason VARCHAR NOT NULL, stated_by VARCHAR NOT NULL,
        stated_at TIMESTAMP NOT NULL`,
        'model, criterion, stated_by, stated_at',
        workspace,
      ),
      ...withWorkspace(
        'snapshot',
        `digest VARCHAR NOT NULL, model VARCHAR NOT NULL, as_of TIMESTAMP NOT NULL, created_at TIMESTAMP NOT NULL,
        body VARCHAR NOT NULL`,
        'digest',
        workspace,
      ),
      `CREATE TABLE ledger.publication (workspace VARCHAR NOT NULL, run VARCHAR NOT NULL, digest VARCHAR NOT NULL,
        model VARCHAR NOT NULL, published_at TIMESTAMP NOT NULL, PRIMARY KEY (workspace, run))`,
      'CREATE TABLE store.erased (key_hash VARCHAR PRIMARY KEY)',
      'CREATE TABLE store.retention (before TIMESTAMP NOT NULL)',
      `CREATE TABLE store.expired (connection VARCHAR NOT NULL, ticket_id VARCHAR NOT NULL, updated_at TIMESTAMP,
        PRIMARY KEY (connection, ticket_id))`,
    ],
  },
  {
    version: 3,
    name: 'verdicts of several models in a snapshot, model documents',
    statements: () => [
      `CREATE TABLE ledger.verdict (workspace VARCHAR NOT NULL, digest VARCHAR NOT NULL, model VARCHAR NOT NULL,
        version BIGINT NOT NULL, hash VARCHAR NOT NULL, kind VARCHAR NOT NULL, value DOUBLE, label VARCHAR NOT NULL,
        top DOUBLE NOT NULL, assured DOUBLE, status VARCHAR NOT NULL, coverage DOUBLE NOT NULL,
        PRIMARY KEY (workspace, digest, model))`,
      `CREATE TABLE ledger.model_document (workspace VARCHAR NOT NULL, hash VARCHAR NOT NULL, body VARCHAR NOT NULL,
        PRIMARY KEY (workspace, hash))`,
      // As headlines of schema 1 are read (src/domain/staged-reading.ts): nothing is assured where answers alone speak.
      `INSERT INTO ledger.verdict
        SELECT workspace, digest, model, CAST(body ->> '$.model.version' AS BIGINT), body ->> '$.provenance.model_hash', 'staged',
          CAST(body ->> '$.placement.stage' AS DOUBLE),
          coalesce('stage ' || (body ->> '$.placement.stage'), 'not placed'),
          json_array_length(body, '$.placement.probabilities'),
          CASE WHEN body ->> '$.placement.status' IN ('self_reported', 'not_placed') THEN NULL
            ELSE CAST(body ->> '$.placement.assured' AS DOUBLE) END,
          body ->> '$.placement.status', CAST(body ->> '$.placement.coverage' AS DOUBLE)
        FROM ledger.snapshot`,
    ],
  },
  {
    version: 4,
    name: 'resolutions of disagreements',
    statements: () => [
      `CREATE TABLE ledger.resolution (workspace VARCHAR NOT NULL, id VARCHAR NOT NULL, model VARCHAR NOT NULL,
        criterion VARCHAR NOT NULL, kind VARCHAR NOT NULL, reason VARCHAR NOT NULL, stated_by VARCHAR NOT NULL, proof VARCHAR,
        level BIGINT NOT NULL, basis VARCHAR NOT NULL, stated_at TIMESTAMP NOT NULL, expires_at TIMESTAMP, ended_at TIMESTAMP,
        ended VARCHAR, PRIMARY KEY (workspace, id))`,
    ],
  },
  {
    version: 5,
    name: 'results of the telemetry as it is',
    statements: () => [
      'CREATE TABLE store.kept_result (key VARCHAR NOT NULL, program VARCHAR NOT NULL, body VARCHAR NOT NULL)',
    ],
  },
  {
    version: 6,
    name: 'roles of connections',
    statements: () => ["ALTER TABLE ledger.connection ADD COLUMN role VARCHAR DEFAULT 'desk'"],
  },
  {
    version: 7,
    name: 'organisations of desks that are customers of a source',
    statements: () => [
      `CREATE TABLE ledger.customer_pair (workspace VARCHAR NOT NULL, desk VARCHAR NOT NULL, source VARCHAR NOT NULL,
        organisation_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, PRIMARY KEY (workspace, desk, source, organisation_id))`,
    ],
  },
  {
    version: 8,
    name: 'who reads an article and who is a person may be unknown',
    statements: () =>
      ['article.published', 'article.public', 'agent.human'].map((place) => {
        const [table, column] = place.split('.');
        return `ALTER TABLE IF EXISTS telemetry.${table} ALTER COLUMN ${column} DROP NOT NULL`;
      }),
  },
];

export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

async function currentVersion(sql: Sql): Promise<number> {
  const [row] = await sql.rows('SELECT coalesce(max(version), 0) AS version FROM store.migration');
  return Number(row?.version ?? 0);
}

async function presentColumns(sql: Sql): Promise<Map<string, Set<string>>> {
  const rows = await sql.rows('SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = $schema', {
    schema: TELEMETRY,
  });
  return columnsByTable(rows);
}

/** Makes the tables and columns of records that are not there. Nearly always all are, and one look is cheaper than twenty statements. */
async function growTelemetry(sql: Sql): Promise<void> {
  let present = await presentColumns(sql);
  if (TABLE_NAMES.some((name) => !present.has(name))) {
    for (const statement of telemetryDdl()) await sql.run(statement);
    present = await presentColumns(sql);
  }
  for (const statement of growthDdl(present)) await sql.run(statement);
}

/**
 * Brings a store to the version of this program, each step in its own transaction with its record; a kill between two steps
 * is continued at the next opening. Nullable columns that the records gained are added.
 * Errors: STORE_NEWER when the store was written by a newer program.
 */
export async function migrate(session: Session, now: Date, workspace: string): Promise<void> {
  const version = await session.transaction(async (sql) => {
    for (const schema of ['store', 'ledger']) await sql.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await sql.run(
      'CREATE TABLE IF NOT EXISTS store.migration (version BIGINT PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)',
    );
    return currentVersion(sql);
  });
  assertNotNewer('store', version, LATEST_VERSION);
  for (const step of MIGRATIONS.filter((m) => m.version > version)) {
    await session.transaction(async (sql) => {
      for (const statement of step.statements(workspace)) await sql.run(statement);
      await sql.rows('INSERT INTO store.migration VALUES ($1, $2, $3)', [step.version, step.name, now]);
    });
  }
  await session.transaction(async (sql) => {
    await growTelemetry(sql);
    await adoptLedger(sql, workspace);
  });
}

/** One file is one workspace: a data folder that was moved to another name keeps its ledger. */
async function adoptLedger(sql: Sql, workspace: string): Promise<void> {
  const others = LEDGER_TABLES.map((table) => `SELECT 1 FROM ledger.${table} WHERE workspace <> $workspace`);
  const [other] = await sql.rows(`SELECT count(*) AS n FROM (${others.join(' UNION ALL ')})`, { workspace });
  if (Number(other?.n) === 0) return;
  for (const table of LEDGER_TABLES)
    await sql.rows(`UPDATE ledger.${table} SET workspace = $workspace WHERE workspace <> $workspace`, { workspace });
}

/** A store that is opened to read only has to be at this very version and have every table and column, since nothing can be added. Errors: STORE_NEWER, STORE_FAILED. */
export async function assertCurrent(session: Session): Promise<void> {
  const version = await session.inTurn(currentVersion);
  assertNotNewer('store', version, LATEST_VERSION);
  if (version < LATEST_VERSION) throw behind(`has version ${version}`);
  const present = await session.inTurn(presentColumns);
  const missing = TABLE_NAMES.filter((name) => !present.has(name)).length + growthDdl(present).length;
  if (missing > 0) throw behind(`lacks ${missing} of the tables and columns of records that this program knows`);
}

function behind(how: string): PlumblineError {
  return new PlumblineError(
    'STORE_FAILED',
    `The store ${how} and was opened to read only.`,
    'Run any writing command once (for example `plumbline doctor`) to bring it up to date.',
  );
}
