import pg from 'pg';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';

const INT8 = 20;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/** Numbers beyond 2^53 stay text; instants are UTC whatever the zone of the session. */
function parserOf(oid: number): ((text: string) => SqlValue) | undefined {
  if (oid === INT8) return (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
  if (oid === TIMESTAMP) return (text) => new Date(`${text.replace(' ', 'T')}Z`);
  if (oid === TIMESTAMPTZ) return (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return undefined;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parserOf(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * A parameter as the server takes it: instants in UTC whatever the zone of this process, and U+FFFD for NUL, which its texts cannot hold.
 */
function toParam(value: SqlValue): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toParam);
  return typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD') : value;
}

export interface PostgresSettings {
  readonly url: string;
  /** Connections of this process at most. */
  readonly connections: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Called for connections that die while idle; they are replaced by themselves. */
  readonly onLost?: (error: Error) => void;
}

/** Statements inside one transaction. */
export interface PostgresSql {
  readonly client: pg.PoolClient;
  rows(sql: string, params?: readonly SqlValue[]): Promise<SqlRow[]>;
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN']);

/** Errors of the server or the way to it, as a person can act on them. What the server says of values is not passed on. */
export function postgresFailure(doing: string, error: unknown): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  if (code === '53100')
    return new PlumblineError(
      'STORE_FAILED',
      `The disk of PostgreSQL is full (${doing}).`,
      'Make room on the database server; the work goes on by itself.',
      { cause: error },
    );
  if (code === '28P01' || code === '28000' || code === '3D000')
    return new PlumblineError(
      'STORE_FAILED',
      `PostgreSQL refuses the user, the password or the database of DATABASE_URL (${doing}, ${code}).`,
      'Correct DATABASE_URL.',
      { cause: error },
    );
  if (UNREACHABLE.has(code))
    return new PlumblineError(
      'STORE_FAILED',
      `PostgreSQL cannot be reached (${doing}, ${code}).`,
      'Check that it runs and that DATABASE_URL names its host and port; what was not finished is repeated.',
      { cause: error },
    );
  return new PlumblineError(
    'STORE_FAILED',
    `PostgreSQL failed (${doing}, ${code}).`,
    'See its log if it stays so; what was not finished is repeated.',
    { cause: error },
  );
}

/** The connections of one process to PostgreSQL. `close` waits for what is under way. */
export class Postgres {
  readonly #pool: pg.Pool;

  constructor(settings: PostgresSettings) {
    this.#pool = new pg.Pool({
      connectionString: settings.url,
      max: settings.connections,
      application_name: settings.name,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      // A half-open connection must not hold a worker for ever.
      keepAlive: true,
      types,
    });
    this.#pool.on('error', (error) => settings.onLost?.(error));
  }

  async rows(doing: string, sql: string, params: readonly SqlValue[] = []): Promise<SqlRow[]> {
    try {
      return (await this.#pool.query<SqlRow>(sql, params.map(toParam))).rows;
    } catch (error) {
      throw postgresFailure(doing, error);
    }
  }

  /**
   * All statements of `work` take effect together or not at all. `begin` may name an isolation level.
   * Errors: STORE_FAILED for what the server or the connection refuses; those of `work` as they are.
   */
  async transaction<T>(doing: string, work: (sql: PostgresSql) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw postgresFailure(doing, error);
    }
    // Without a listener a connection that dies in the middle would end the process.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work({
        client,
        rows: async (sql, params = []) => (await client.query<SqlRow>(sql, params.map(toParam))).rows,
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw postgresFailure(doing, error);
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
