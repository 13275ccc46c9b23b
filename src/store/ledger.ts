import { createHash } from 'node:crypto';
import { Answer } from '../domain/assessment.ts';
import { Snapshot } from '../domain/snapshot.ts';
import type { SqlRow, SqlValue } from '../domain/sql-session.ts';
import type { ConnectionRow, Ledger, NotApplicable, SnapshotHead } from './ports.ts';

/** The two ways in which the ledger talks to a database; the SQL is the same on every engine. */
export interface LedgerSql {
  /** Runs statements in one transaction. `$1` parameters. */
  write(statements: readonly { readonly sql: string; readonly params: readonly SqlValue[] }[]): Promise<void>;
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

function toSnapshot(row: SqlRow | undefined): Snapshot | null {
  return row === undefined ? null : Snapshot.parse(JSON.parse(String(row.body)));
}

/** Saying the same thing at the same time twice is one statement, so an interrupted write can be repeated. */
function answerId(answer: Answer): string {
  return createHash('sha256').update(JSON.stringify(answer)).digest('hex');
}

function insertAnswer(answer: Answer): { sql: string; params: SqlValue[] } {
  return {
    sql: `INSERT INTO ledger.answer (id, model, criterion, respondent, role, value, comment, proof, proof_checked_by, answered_at,
        expires_at, position)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce(max(position), 0) + 1 FROM ledger.answer
      ON CONFLICT (id) DO NOTHING`,
    params: [
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

function toNotApplicable(row: SqlRow): NotApplicable {
  return {
    model: String(row.model),
    criterion: String(row.criterion),
    reason: String(row.reason),
    by: String(row.stated_by),
    at: asDate(row.stated_at),
  };
}

const HEAD = 'SELECT digest, model, as_of, created_at FROM ledger.snapshot';

/** The ledger over plain SQL (ON CONFLICT, $1), which every engine of ours understands. */
export function sqlLedger(db: LedgerSql): Ledger {
  return {
    async connections() {
      return (await db.read('SELECT * FROM ledger.connection ORDER BY name', [])).map(toConnection);
    },
    async saveConnection(row) {
      await db.write([
        {
          sql: `INSERT INTO ledger.connection (name, vendor, settings, secret, allow_private, status, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (name) DO UPDATE SET vendor = excluded.vendor, settings = excluded.settings, secret = excluded.secret,
              allow_private = excluded.allow_private, status = excluded.status, created_at = excluded.created_at`,
          params: [
            row.name,
            row.vendor,
            JSON.stringify(row.settings),
            row.secret,
            row.allow_private,
            row.status,
            row.created_at,
          ],
        },
      ]);
    },
    async answers(model) {
      const sql = 'SELECT * FROM ledger.answer WHERE model = $1 ORDER BY answered_at, position';
      return (await db.read(sql, [model])).map(toAnswer);
    },
    async addAnswers(answers) {
      await db.write(answers.map(insertAnswer));
    },
    async notApplicable(model) {
      const sql = 'SELECT * FROM ledger.not_applicable WHERE model = $1 ORDER BY stated_at, criterion, stated_by';
      return (await db.read(sql, [model])).map(toNotApplicable);
    },
    async addNotApplicable(rows) {
      await db.write(
        rows.map((row) => ({
          sql: `INSERT INTO ledger.not_applicable (model, criterion, reason, stated_by, stated_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (model, criterion, stated_by, stated_at) DO UPDATE SET reason = excluded.reason`,
          params: [row.model, row.criterion, row.reason, row.by, row.at],
        })),
      );
    },
    async saveSnapshot(snapshot, createdAt) {
      await db.write([
        {
          sql: `INSERT INTO ledger.snapshot (digest, model, as_of, created_at, body) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (digest) DO NOTHING`,
          params: [snapshot.digest, snapshot.model.id, new Date(snapshot.as_of), createdAt, JSON.stringify(snapshot)],
        },
      ]);
    },
    async snapshots(model) {
      const rows =
        model === undefined
          ? await db.read(`${HEAD} ORDER BY as_of, created_at, digest`, [])
          : await db.read(`${HEAD} WHERE model = $1 ORDER BY as_of, created_at, digest`, [model]);
      return rows.map(toHead);
    },
    async snapshot(digest) {
      return toSnapshot((await db.read('SELECT body FROM ledger.snapshot WHERE digest = $1', [digest]))[0]);
    },
    async latestSnapshot(model, asOf) {
      const sql = `SELECT body FROM ledger.snapshot WHERE model = $1 AND as_of <= $2
        ORDER BY as_of DESC, created_at DESC, digest LIMIT 1`;
      return toSnapshot((await db.read(sql, [model, asOf]))[0]);
    },
  };
}
