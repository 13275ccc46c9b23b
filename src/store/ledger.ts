import { createHash } from 'node:crypto';
import { Answer } from '../domain/assessment.ts';
import { ConnectionRole } from '../domain/connection-role.ts';
import { CustomerPair } from '../domain/customer-pair.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import { Resolution } from '../domain/resolution.ts';
import type { KeptVerdict, StoredSnapshot } from '../domain/snapshot.ts';
import type { SqlRow, SqlValue } from '../domain/sql-session.ts';
import { verdictsOf } from '../domain/staged-reading.ts';
import { Headline } from '../domain/verdict.ts';
import { PlumblineError } from '../errors/plumbline-error.ts';
import type { ConnectionRow, Ledger, ModelDocument, Publication, SnapshotHead, VerdictHead } from './ports.ts';
import { readStored } from './read-stored.ts';

interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** The two ways in which the ledger talks to a database; the SQL is the same on every engine. */
export interface LedgerSql {
  /** Runs statements in one transaction. `$1` parameters. */
  write(statements: readonly Statement[]): Promise<void>;
  read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]>;
}

function asDate(value: SqlValue | undefined): Date {
  return value instanceof Date ? value : new Date(String(value));
}

function asTextOrNull(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function toConnection(row: SqlRow): ConnectionRow {
  return {
    name: String(row.name),
    vendor: String(row.vendor),
    role: ConnectionRole.parse(row.role),
    settings: JSON.parse(String(row.settings)) as Record<string, unknown>,
    secret: String(row.secret),
    allow_private: row.allow_private === true,
    status: row.status === 'connected' ? 'connected' : 'disconnected',
    created_at: asDate(row.created_at),
  };
}

function toAnswer(row: SqlRow): Answer {
  return Answer.parse({
    model: row.model,
    criterion: row.criterion,
    respondent: row.respondent,
    role: row.role,
    value: JSON.parse(String(row.value)),
    comment: asTextOrNull(row.comment),
    proof: asTextOrNull(row.proof),
    proof_checked_by: asTextOrNull(row.proof_checked_by),
    answered_at: asDate(row.answered_at),
    expires_at: asDate(row.expires_at),
  });
}

function toHead(row: SqlRow): SnapshotHead {
  return {
    digest: String(row.digest),
    model: String(row.model),
    as_of: asDate(row.as_of),
    created_at: asDate(row.created_at),
  };
}

function toVerdictHead(row: SqlRow): VerdictHead {
  const { value, label, top, assured, status, coverage } = row;
  return {
    ...toHead(row),
    version: Number(row.version),
    hash: String(row.hash),
    kind: String(row.kind),
    headline: Headline.parse({ value, label, of: top, assured, status, coverage }),
  };
}

function toModelDocument(row: SqlRow): ModelDocument {
  return { hash: String(row.hash), text: String(row.body) };
}

function toSnapshot(row: SqlRow | undefined): StoredSnapshot | null {
  return row === undefined ? null : readStored(String(row.digest), String(row.body));
}

/** Saying the same thing at the same time twice is one statement, so an interrupted write can be repeated. */
function answerId(answer: Answer): string {
  return createHash('sha256').update(JSON.stringify(answer)).digest('hex');
}

function insertAnswer(workspace: string, answer: Answer): Statement {
  return {
    sql: `INSERT INTO ledger.answer (workspace, id, model, criterion, respondent, role, value, comment, proof, proof_checked_by,
        answered_at, expires_at, position)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
        (SELECT coalesce(max(position), 0) + 1 FROM ledger.answer WHERE workspace = $1))
      ON CONFLICT (workspace, id) DO NOTHING`,
    params: [
      workspace,
      answerId(answer),
      answer.model,
      answer.criterion,
      answer.respondent,
      answer.role,
      JSON.stringify(answer.value),
      answer.comment,
      answer.proof,
      answer.proof_checked_by,
      answer.answered_at,
      answer.expires_at,
    ],
  };
}

function insertPair(workspace: string, pair: CustomerPair): Statement {
  return {
    sql: `INSERT INTO ledger.customer_pair (workspace, desk, source, organisation_id, customer_id) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (workspace, desk, source, organisation_id) DO UPDATE SET customer_id = excluded.customer_id`,
    params: [workspace, pair.desk, pair.source, pair.organisation_id, pair.customer_id],
  };
}

function toNotApplicable(row: SqlRow): NotApplicable {
  return {
    model: String(row.model),
    criterion: String(row.criterion),
    reason: String(row.reason),
    by: String(row.stated_by),
    at: asDate(row.stated_at),
  };
}

function toResolution(row: SqlRow): Resolution {
  return Resolution.parse({
    id: row.id,
    model: row.model,
    criterion: row.criterion,
    kind: row.kind,
    reason: row.reason,
    by: row.stated_by,
    proof: asTextOrNull(row.proof),
    level: Number(row.level),
    basis: JSON.parse(String(row.basis)),
    at: asDate(row.stated_at),
    expires_at: row.expires_at === null ? null : asDate(row.expires_at),
    ended_at: row.ended_at === null ? null : asDate(row.ended_at),
    ended: asTextOrNull(row.ended),
  });
}

function insertResolution(workspace: string, row: Resolution): Statement {
  return {
    sql: `INSERT INTO ledger.resolution (workspace, id, model, criterion, kind, reason, stated_by, proof, level, basis, stated_at,
        expires_at, ended_at, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      ON CONFLICT (workspace, id) DO UPDATE SET ended_at = excluded.ended_at, ended = excluded.ended`,
    params: [
      workspace,
      row.id,
      row.model,
      row.criterion,
      row.kind,
      row.reason,
      row.by,
      row.proof,
      row.level,
      JSON.stringify(row.basis),
      row.at,
      row.expires_at,
      row.ended_at,
      row.ended,
    ],
  };
}

function toPublication(row: SqlRow): Publication {
  return {
    run: String(row.run),
    digest: String(row.digest),
    model: String(row.model),
    published_at: asDate(row.published_at),
  };
}

const HEAD = 'SELECT digest, model, as_of, created_at FROM ledger.snapshot WHERE workspace = $1';
const VERDICTS = `FROM ledger.verdict v JOIN ledger.snapshot s ON s.workspace = v.workspace AND s.digest = v.digest
  WHERE v.workspace = $1`;
const PUBLICATION = 'SELECT run, digest, model, published_at FROM ledger.publication WHERE workspace = $1';

function firstModel(snapshot: StoredSnapshot): string {
  const [first] = verdictsOf(snapshot);
  if (first === undefined) throw new PlumblineError('BUG', 'A snapshot has no verdict.', 'Report this.');
  return first.model.id;
}

function insertSnapshot(workspace: string, snapshot: StoredSnapshot, createdAt: Date): Statement {
  return {
    sql: `INSERT INTO ledger.snapshot (workspace, digest, model, as_of, created_at, body) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (workspace, digest) DO NOTHING`,
    params: [
      workspace,
      snapshot.digest,
      firstModel(snapshot),
      new Date(snapshot.as_of),
      createdAt,
      JSON.stringify(snapshot),
    ],
  };
}

/** Read from the snapshot's own row, so that a snapshot which a run did not publish leaves none. */
function insertVerdict(workspace: string, digest: string, { model, headline }: KeptVerdict): Statement {
  return {
    sql: `INSERT INTO ledger.verdict (workspace, digest, model, version, hash, kind, value, label, top, assured, status, coverage)
      SELECT workspace, digest, $3, CAST($4 AS BIGINT), $5, $6, CAST($7 AS DOUBLE PRECISION), $8, CAST($9 AS DOUBLE PRECISION),
        CAST($10 AS DOUBLE PRECISION), $11, CAST($12 AS DOUBLE PRECISION)
      FROM ledger.snapshot WHERE workspace = $1 AND digest = $2
      ON CONFLICT (workspace, digest, model) DO NOTHING`,
    params: [
      workspace,
      digest,
      model.id,
      model.version,
      model.hash,
      model.kind,
      headline.value,
      headline.label,
      headline.of,
      headline.assured,
      headline.status,
      headline.coverage,
    ],
  };
}

/** The run's publication, then the snapshot unless the run has published another one: its row is read from the publication itself. */
function publish(workspace: string, snapshot: StoredSnapshot, at: Date, run: string): Statement[] {
  return [
    {
      sql: `INSERT INTO ledger.publication (workspace, run, digest, model, published_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (workspace, run) DO NOTHING`,
      params: [workspace, run, snapshot.digest, firstModel(snapshot), at],
    },
    {
      sql: `INSERT INTO ledger.snapshot (workspace, digest, model, as_of, created_at, body)
        SELECT workspace, digest, model, CAST($4 AS TIMESTAMP), CAST($5 AS TIMESTAMP), $6 FROM ledger.publication
        WHERE workspace = $1 AND run = $2 AND digest = $3
        ON CONFLICT (workspace, digest) DO NOTHING`,
      params: [workspace, run, snapshot.digest, new Date(snapshot.as_of), at, JSON.stringify(snapshot)],
    },
  ];
}

/** The ledger of one workspace over plain SQL (ON CONFLICT, $1), which every engine of ours understands. */
export function sqlLedger(db: LedgerSql, workspace: string): Ledger {
  async function publication(run: string): Promise<Publication | null> {
    const [row] = await db.read(`${PUBLICATION} AND run = $2`, [workspace, run]);
    return row === undefined ? null : toPublication(row);
  }
  return {
    publication,
    async publications() {
      return (await db.read(`${PUBLICATION} ORDER BY published_at, run`, [workspace])).map(toPublication);
    },
    async connections() {
      return (await db.read('SELECT * FROM ledger.connection WHERE workspace = $1 ORDER BY name', [workspace])).map(
        toConnection,
      );
    },
    async saveConnection(row) {
      await db.write([
        {
          sql: `INSERT INTO ledger.connection (workspace, name, vendor, role, settings, secret, allow_private, status, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (workspace, name) DO UPDATE SET vendor = excluded.vendor, role = excluded.role, settings = excluded.settings,
              secret = excluded.secret, allow_private = excluded.allow_private, status = excluded.status,
              created_at = excluded.created_at`,
          params: [
            workspace,
            row.name,
            row.vendor,
            row.role,
            JSON.stringify(row.settings),
            row.secret,
            row.allow_private,
            row.status,
            row.created_at,
          ],
        },
      ]);
    },
    async customerPairs() {
      const sql = `SELECT desk, source, organisation_id, customer_id FROM ledger.customer_pair WHERE workspace = $1
        ORDER BY desk, source, organisation_id`;
      return (await db.read(sql, [workspace])).map((row) => CustomerPair.parse(row));
    },
    async addCustomerPairs(pairs) {
      await db.write(pairs.map((pair) => insertPair(workspace, pair)));
    },
    async replaceCustomerPairs({ desk, source }, pairs) {
      const sql = 'DELETE FROM ledger.customer_pair WHERE workspace = $1 AND desk = $2 AND source = $3';
      await db.write([{ sql, params: [workspace, desk, source] }, ...pairs.map((pair) => insertPair(workspace, pair))]);
    },
    async answers(model) {
      const sql = 'SELECT * FROM ledger.answer WHERE workspace = $1 AND model = $2 ORDER BY answered_at, position, id';
      return (await db.read(sql, [workspace, model])).map(toAnswer);
    },
    async addAnswers(answers) {
      await db.write(answers.map((answer) => insertAnswer(workspace, answer)));
    },
    async models() {
      const sql = `SELECT model FROM ledger.answer WHERE workspace = $1
        UNION SELECT model FROM ledger.not_applicable WHERE workspace = $1
        UNION SELECT model FROM ledger.resolution WHERE workspace = $1 ORDER BY model`;
      return (await db.read(sql, [workspace])).map((row) => String(row.model));
    },
    async clear() {
      const tables = [
        'publication',
        'verdict',
        'snapshot',
        'model_document',
        'resolution',
        'not_applicable',
        'answer',
        'customer_pair',
        'connection',
      ];
      await db.write(
        tables.map((table) => ({ sql: `DELETE FROM ledger.${table} WHERE workspace = $1`, params: [workspace] })),
      );
    },
    async notApplicable(model) {
      const sql = `SELECT * FROM ledger.not_applicable WHERE workspace = $1 AND model = $2
        ORDER BY stated_at, criterion, stated_by`;
      return (await db.read(sql, [workspace, model])).map(toNotApplicable);
    },
    async addNotApplicable(rows) {
      await db.write(
        rows.map((row) => ({
          sql: `INSERT INTO ledger.not_applicable (workspace, model, criterion, reason, stated_by, stated_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (workspace, model, criterion, stated_by, stated_at) DO UPDATE SET reason = excluded.reason`,
          params: [workspace, row.model, row.criterion, row.reason, row.by, row.at],
        })),
      );
    },
    async resolutions(model) {
      const sql = 'SELECT * FROM ledger.resolution WHERE workspace = $1 AND model = $2 ORDER BY stated_at, id';
      return (await db.read(sql, [workspace, model])).map(toResolution);
    },
    async addResolutions(rows) {
      await db.write(rows.map((row) => insertResolution(workspace, row)));
    },
    async endResolution(id, at, why) {
      const sql = `UPDATE ledger.resolution SET ended_at = $3, ended = $4
        WHERE workspace = $1 AND id = $2 AND ended_at IS NULL`;
      await db.write([{ sql, params: [workspace, id, at, why] }]);
    },
    async saveSnapshot(snapshot, createdAt, run) {
      const verdicts = verdictsOf(snapshot).map((verdict) => insertVerdict(workspace, snapshot.digest, verdict));
      if (run === undefined) {
        await db.write([insertSnapshot(workspace, snapshot, createdAt), ...verdicts]);
        return snapshot.digest;
      }
      await db.write([...publish(workspace, snapshot, createdAt, run), ...verdicts]);
      const standing = await publication(run);
      if (standing === null)
        throw new PlumblineError('BUG', `The publication of run ${run} is not in the ledger.`, 'Report this.');
      return standing.digest;
    },
    async snapshots(model) {
      const rows =
        model === undefined
          ? await db.read(`${HEAD} ORDER BY as_of, created_at, digest`, [workspace])
          : await db.read(
              `SELECT s.digest, v.model, s.as_of, s.created_at ${VERDICTS} AND v.model = $2
                ORDER BY s.as_of, s.created_at, s.digest`,
              [workspace, model],
            );
      return rows.map(toHead);
    },
    async verdicts(model) {
      const sql = `SELECT v.*, s.as_of, s.created_at ${VERDICTS} ${model === undefined ? '' : 'AND v.model = $2'}
        ORDER BY s.as_of, s.created_at, s.digest, v.model`;
      return (await db.read(sql, model === undefined ? [workspace] : [workspace, model])).map(toVerdictHead);
    },
    async snapshot(digest) {
      const sql = 'SELECT digest, body FROM ledger.snapshot WHERE workspace = $1 AND digest = $2';
      return toSnapshot((await db.read(sql, [workspace, digest]))[0]);
    },
    async latestSnapshot(model, asOf) {
      const sql = `SELECT s.digest, s.body ${VERDICTS} AND v.model = $2 AND s.as_of <= $3
        ORDER BY s.as_of DESC, s.created_at DESC, s.digest LIMIT 1`;
      return toSnapshot((await db.read(sql, [workspace, model, asOf]))[0]);
    },
    async saveModels(documents) {
      await db.write(
        documents.map(({ hash, text }) => ({
          sql: `INSERT INTO ledger.model_document (workspace, hash, body) VALUES ($1, $2, $3)
            ON CONFLICT (workspace, hash) DO NOTHING`,
          params: [workspace, hash, text],
        })),
      );
    },
    async modelDocument(hash) {
      const sql = 'SELECT hash, body FROM ledger.model_document WHERE workspace = $1 AND hash = $2';
      const [row] = await db.read(sql, [workspace, hash]);
      return row === undefined ? null : toModelDocument(row);
    },
    async modelDocuments() {
      const sql = 'SELECT hash, body FROM ledger.model_document WHERE workspace = $1 ORDER BY hash';
      return (await db.read(sql, [workspace])).map(toModelDocument);
    },
  };
}
