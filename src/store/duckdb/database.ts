import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { textLiteral, toDuckdb, toRows } from './sql-values.ts';

interface DatabaseSettings {
  /** File of the database, or `:memory:`. */
  readonly path: string;
  readonly readonly: boolean;
  /** Engine syntax, e.g. `2GB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Where the engine spills to; null = nowhere. */
  readonly spillDir: string | null;
  /** The only folder that SQL may read and write. */
  readonly exchangeDir: string;
}

/** Statements of one connection. */
export interface Sql {
  readonly connection: DuckDBConnection;
  run(sql: string): Promise<void>;
  /**
   * Rows of one statement; parameters are named (`$name`) or, as a list, numbered (`$1`). With `mostRows` reading ends soon after so many,
   * and the rest is never in memory.
   */
  rows(sql: string, params?: Params, mostRows?: number): Promise<SqlRow[]>;
}

type Params = Record<string, SqlValue> | readonly SqlValue[];

function statementsOf(connection: DuckDBConnection): Sql {
  return {
    connection,
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql, params = {}, mostRows) {
      const statement = await connection.prepare(sql);
      try {
        bindUsed(statement, params);
        const reader =
          mostRows === undefined ? await statement.runAndReadAll() : await statement.streamAndReadUntil(mostRows);
        return toRows(reader.deduplicatedColumnNames(), reader.getRows());
      } finally {
        statement.destroySync();
      }
    },
  };
}

/** One connection whose work is done strictly one after the other, so that transactions never mix. */
export class Session {
  readonly #sql: Sql;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#sql = statementsOf(connection);
  }

  /** Queues `work` behind what already runs on this connection. */
  async inTurn<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const run = this.#tail.then(() => work(this.#sql));
    this.#tail = run.catch(() => undefined);
    return run;
  }

  /** All statements of `work` take effect together or not at all. */
  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.inTurn(async (sql) => {
      await sql.run('BEGIN TRANSACTION');
      try {
        const result = await work(sql);
        await sql.run('COMMIT');
        return result;
      } catch (error) {
        // A failed COMMIT has already rolled back; then there is no transaction left to end.
        await sql.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async rows(sql: string, params: Params = {}): Promise<SqlRow[]> {
    return this.inTurn((statements) => statements.rows(sql, params));
  }

  /** Stops the statement that runs now. */
  interrupt(): void {
    this.#sql.connection.interrupt();
  }

  close(): void {
    this.#sql.connection.closeSync();
  }
}

/** Binds the parameters that the statement names; one that it names and nobody gives is an error. */
function bindUsed(statement: DuckDBPreparedStatement, params: Params): void {
  const byName: Record<string, SqlValue> = Array.isArray(params)
    ? Object.fromEntries(params.map((value, i) => [String(i + 1), value]))
    : { ...params };
  for (let i = 1; i <= statement.parameterCount; i++) {
    const name = statement.parameterName(i);
    const value = byName[name];
    if (value === undefined)
      throw new PlumblineError('BUG', `SQL names the parameter $${name}, which nobody gives.`, 'Report this.');
    if (value === null) statement.bindNull(i);
    else statement.bindValue(i, toDuckdb(value));
  }
}

/**
 * One engine instance, pinned for as long as this object lives. A second instance on the same file in the same process would
 * silently drop the engine's own file lock, and so would reading the file with `fs`: nobody but this class opens it.
 */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #sessions = new Set<Session>();
  readonly settings: DatabaseSettings;

  private constructor(instance: DuckDBInstance, settings: DatabaseSettings) {
    this.#instance = instance;
    this.settings = settings;
  }

  static async open(settings: DatabaseSettings): Promise<Database> {
    const instance = await DuckDBInstance.create(settings.path, {
      access_mode: settings.readonly ? 'READ_ONLY' : 'READ_WRITE',
      memory_limit: settings.memoryLimit,
      threads: String(settings.threads),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // A checkpoint at every 16 MB of log rewrites row groups again and again during a first sync (measured: -30 % rows/s).
      checkpoint_threshold: '256MB',
      ...(settings.spillDir === null ? {} : { temp_directory: settings.spillDir }),
    });
    return new Database(instance, settings);
  }

  async connect(): Promise<Session> {
    const session = new Session(await this.#instance.connect());
    this.#sessions.add(session);
    return session;
  }

  disconnect(session: Session): void {
    this.#sessions.delete(session);
    session.close();
  }

  /** Takes file, network and settings away from all SQL from now on; only the exchange folder stays open. */
  async harden(session: Session): Promise<void> {
    await session.inTurn(async (sql) => {
      await sql.run("SET GLOBAL TimeZone = 'UTC'");
      await sql.run(`SET GLOBAL allowed_directories = [${textLiteral(`${this.settings.exchangeDir}/`)}]`);
      await sql.run('SET GLOBAL enable_external_access = false');
      await sql.run('SET GLOBAL lock_configuration = true');
    });
  }

  close(): void {
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
    this.#instance.closeSync();
  }
}
