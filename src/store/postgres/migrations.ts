import { assertNotNewer, columnsByTable } from '../schema-state.ts';
import type { Postgres, PostgresSql } from './pool.ts';
import { missingDdl, TEXT, wallDdl } from './schema.ts';

/** Any number that nobody else uses for advisory locks: `plumbsto` as 8 bytes. */
const MIGRATION_LOCK = '8100119077870007407';

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

const LEDGER: Readonly<Record<string, string>> = {
  connection: `name ${TEXT} NOT NULL, vendor ${TEXT} NOT NULL, settings ${TEXT} NOT NULL, secret ${TEXT} NOT NULL,
    allow_private boolean NOT NULL, status ${TEXT} NOT NULL, created_at timestamp NOT NULL, PRIMARY KEY (workspace, name)`,
  answer: `id ${TEXT} NOT NULL, model ${TEXT} NOT NULL, criterion ${TEXT} NOT NULL, respondent ${TEXT} NOT NULL,
    role ${TEXT} NOT NULL, value ${TEXT} NOT NULL, comment ${TEXT}, proof ${TEXT}, proof_checked_by ${TEXT},
    answered_at timestamp NOT NULL, expires_at timestamp NOT NULL, position bigint NOT NULL, PRIMARY KEY (workspace, id)`,
  not_applicable: `model ${TEXT} NOT NULL, criterion ${TEXT} NOT NULL, reason ${TEXT} NOT NULL, stated_by ${TEXT} NOT NULL,
    stated_at timestamp NOT NULL, PRIMARY KEY (workspace, model, criterion, stated_by, stated_at)`,
  snapshot: `digest ${TEXT} NOT NULL, model ${TEXT} NOT NULL, as_of timestamp NOT NULL, created_at timestamp NOT NULL,
    body ${TEXT} NOT NULL, PRIMARY KEY (workspace, digest)`,
  publication: `run ${TEXT} NOT NULL, digest ${TEXT} NOT NULL, model ${TEXT} NOT NULL, published_at timestamp NOT NULL,
    PRIMARY KEY (workspace, run)`,
};

const STORE: Readonly<Record<string, string>> = {
  // One row a workspace: its lock makes the writers of a workspace take turns, so that sequence order is commit order.
  change: 'seq bigint NOT NULL, PRIMARY KEY (workspace)',
  // A random word for each change: a replica that knows another word for its sequence has seen another history (a restored backup).
  change_mark: `seq bigint NOT NULL, mark ${TEXT} NOT NULL, PRIMARY KEY (workspace, seq)`,
  removal: `seq bigint NOT NULL, kind ${TEXT} NOT NULL, table_name ${TEXT}, connection ${TEXT}, key ${TEXT}`,
  checkpoint: `connection ${TEXT} NOT NULL, stream ${TEXT} NOT NULL, checkpoint ${TEXT} NOT NULL,
    PRIMARY KEY (workspace, connection, stream)`,
  set_aside: `connection ${TEXT} NOT NULL, stream ${TEXT} NOT NULL, ref ${TEXT} NOT NULL, code ${TEXT} NOT NULL,
    path ${TEXT} NOT NULL, detail ${TEXT} NOT NULL, times bigint NOT NULL, last_checkpoint ${TEXT}`,
  observability: `connection ${TEXT} NOT NULL, stream ${TEXT} NOT NULL, status ${TEXT} NOT NULL, detail ${TEXT},
    fields ${TEXT} NOT NULL, since timestamp, until timestamp, row_count bigint NOT NULL, rejected bigint NOT NULL,
    reconciled_share double precision, PRIMARY KEY (workspace, connection, stream)`,
  erased: `key_hash ${TEXT} NOT NULL, PRIMARY KEY (workspace, key_hash)`,
  retention: 'before timestamp NOT NULL, PRIMARY KEY (workspace)',
  expired: `connection ${TEXT} NOT NULL, ticket_id ${TEXT} NOT NULL, updated_at timestamp,
    PRIMARY KEY (workspace, connection, ticket_id)`,
};

/** What a snapshot says by model, and the models themselves. */
const VERDICTS: Readonly<Record<string, string>> = {
  verdict: `digest ${TEXT} NOT NULL, model ${TEXT} NOT NULL, version bigint NOT NULL, hash ${TEXT} NOT NULL, kind ${TEXT} NOT NULL,
    value double precision, label ${TEXT} NOT NULL, top double precision NOT NULL, assured double precision, status ${TEXT} NOT NULL,
    coverage double precision NOT NULL, PRIMARY KEY (workspace, digest, model)`,
  model_document: `hash ${TEXT} NOT NULL, body ${TEXT} NOT NULL, PRIMARY KEY (workspace, hash)`,
};

/** How people settled that records and answers disagree. */
const RESOLUTIONS: Readonly<Record<string, string>> = {
  resolution: `id ${TEXT} NOT NULL, model ${TEXT} NOT NULL, criterion ${TEXT} NOT NULL, kind ${TEXT} NOT NULL,
    reason ${TEXT} NOT NULL, stated_by ${TEXT} NOT NULL, proof ${TEXT}, level bigint NOT NULL, basis ${TEXT} NOT NULL,
    stated_at timestamp NOT NULL, expires_at timestamp, ended_at timestamp, ended ${TEXT}, PRIMARY KEY (workspace, id)`,
};

/** What people said of whom is whom at a source of customers. */
const PAIRS: Readonly<Record<string, string>> = {
  customer_pair: `desk ${TEXT} NOT NULL, source ${TEXT} NOT NULL, organisation_id ${TEXT} NOT NULL, customer_id ${TEXT} NOT NULL,
    PRIMARY KEY (workspace, desk, source, organisation_id)`,
};

function tables(schema: string, described: Readonly<Record<string, string>>): string[] {
  return Object.entries(described).map(
    ([name, columns]) => `CREATE TABLE ${schema}.${name} (workspace ${TEXT} NOT NULL, ${columns})`,
  );
}

function walled(schema: string, described: Readonly<Record<string, string>>): string[] {
  return [...tables(schema, described), ...Object.keys(described).flatMap((name) => wallDdl(`${schema}.${name}`))];
}

/** Numbered steps of the tables that are not described by the telemetry records. A step is never edited once released. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'bookkeeping and ledger',
    statements: [
      ...walled('ledger', LEDGER),
      ...walled('store', STORE),
      'CREATE INDEX removal_seq ON store.removal (workspace, seq)',
      // A reference may be longer than an index row.
      'CREATE UNIQUE INDEX set_aside_key ON store.set_aside (workspace, connection, stream, code, md5(ref), md5(path))',
      'CREATE INDEX snapshot_as_of ON ledger.snapshot (workspace, model, as_of)',
    ],
  },
  {
    version: 2,
    name: 'verdicts of several models in a snapshot, model documents',
    statements: [
      ...tables('ledger', VERDICTS),
      // The wall stands before every workspace, and this step is for all of them: it is down for its owner until the step ends.
      'ALTER TABLE ledger.snapshot NO FORCE ROW LEVEL SECURITY',
      // As headlines of schema 1 are read (src/domain/staged-reading.ts): nothing is assured where answers alone speak.
      `INSERT INTO ledger.verdict
        SELECT workspace, digest, model, (body::json #>> '{model,version}')::bigint, body::json #>> '{provenance,model_hash}', 'staged',
          (body::json #>> '{placement,stage}')::double precision,
          coalesce('stage ' || (body::json #>> '{placement,stage}'), 'not placed'),
          json_array_length(body::json #> '{placement,probabilities}'),
          CASE WHEN body::json #>> '{placement,status}' IN ('self_reported', 'not_placed') THEN NULL
            ELSE (body::json #>> '{placement,assured}')::double precision END,
          body::json #>> '{placement,status}', (body::json #>> '{placement,coverage}')::double precision
        FROM ledger.snapshot`,
      'ALTER TABLE ledger.snapshot FORCE ROW LEVEL SECURITY',
      ...Object.keys(VERDICTS).flatMap((name) => wallDdl(`ledger.${name}`)),
      'CREATE INDEX verdict_model ON ledger.verdict (workspace, model)',
    ],
  },
  { version: 3, name: 'resolutions of disagreements', statements: walled('ledger', RESOLUTIONS) },
  {
    version: 4,
    name: 'roles of connections',
    statements: [`ALTER TABLE ledger.connection ADD COLUMN role ${TEXT} NOT NULL DEFAULT 'desk'`],
  },
  { version: 5, name: 'organisations of desks that are customers of a source', statements: walled('ledger', PAIRS) },
  {
    version: 6,
    name: 'who reads an article and who is a person may be unknown',
    statements: ['article.published', 'article.public', 'agent.human'].map((place) => {
      const [table, column] = place.split('.');
      return `ALTER TABLE IF EXISTS telemetry.${table} ALTER COLUMN ${column} DROP NOT NULL`;
    }),
  },
];

export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

async function currentVersion(sql: PostgresSql): Promise<number> {
  // Read as rows: what names resolve to is cached by the server and may be of the time before the lock was got.
  const [table] = await sql.rows(
    "SELECT count(*) > 0 AS present FROM pg_tables WHERE schemaname = 'store' AND tablename = 'migration'",
  );
  if (table?.present !== true) return 0;
  const [row] = await sql.rows('SELECT coalesce(max(version), 0) AS version FROM store.migration');
  return Number(row?.version ?? 0);
}

async function presentColumns(sql: PostgresSql): Promise<Map<string, Set<string>>> {
  const rows = await sql.rows(
    `SELECT c.relname AS table_name, a.attname AS column_name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'telemetry' AND c.relkind = 'p' AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  return columnsByTable(rows);
}

/** One transaction in which nobody else changes the schema. */
function alone<T>(postgres: Postgres, work: (sql: PostgresSql) => Promise<T>): Promise<T> {
  return postgres.transaction('bringing the store up to date', async (sql) => {
    await sql.rows('SELECT pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK]);
    return work(sql);
  });
}

async function runAll(sql: PostgresSql, statements: readonly string[]): Promise<void> {
  await sql.client.query(statements.join(';\n'));
}

async function applyStep(postgres: Postgres, step: Migration, now: Date): Promise<void> {
  await alone(postgres, async (sql) => {
    if ((await currentVersion(sql)) >= step.version) return;
    await sql.client.query('CREATE SCHEMA IF NOT EXISTS store; CREATE SCHEMA IF NOT EXISTS ledger');
    await sql.client.query(
      `CREATE TABLE IF NOT EXISTS store.migration (version bigint PRIMARY KEY, name ${TEXT} NOT NULL, applied_at timestamp NOT NULL)`,
    );
    await runAll(sql, step.statements);
    await sql.rows('INSERT INTO store.migration VALUES ($1, $2, $3)', [step.version, step.name, now]);
  });
}

/** One table a transaction, so that the locks of all its partitions fit a server of ordinary settings; true = there may be more. */
async function addMissing(postgres: Postgres): Promise<boolean> {
  return alone(postgres, async (sql) => {
    const [next] = missingDdl(await presentColumns(sql));
    if (next === undefined) return false;
    await sql.client.query('CREATE SCHEMA IF NOT EXISTS telemetry');
    await runAll(sql, next);
    return true;
  });
}

/**
 * Brings the store in PostgreSQL to the version of this program; call it once in each process, many may at the same time. Each step is
 * a transaction of its own under one lock; a kill between two steps is continued by whoever comes next. A store that is up to
 * date is only looked at, which takes no lock and no right to change the schema.
 * Errors: STORE_NEWER when the store was written by a newer program; STORE_FAILED.
 */
export async function migratePostgres(postgres: Postgres, now: Date): Promise<void> {
  const found = await postgres.transaction('looking at the version of the store', async (sql) => ({
    version: await currentVersion(sql),
    missing: missingDdl(await presentColumns(sql)).length,
  }));
  assertNotNewer('store', found.version, LATEST_VERSION);
  for (const step of MIGRATIONS.filter((one) => one.version > found.version)) await applyStep(postgres, step, now);
  if (found.missing > 0) while (await addMissing(postgres));
}
