import { StatementType } from '@duckdb/node-api';
import type { PackLimits, SqlRow, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { bindUsed, type Session, type Sql } from './database.ts';
import { storeFailure } from './failure.ts';
import { RelationBuilder } from './views/relation-builder.ts';

/**
 * Looks at SQL of a rule pack before it runs and throws SANDBOX_REFUSED when it may not. `serialise` gives the syntax tree that the
 * engine itself makes of a text (`json_serialize_sql`), as JSON.
 */
export type PackGuard = (sql: string, serialise: (sql: string) => Promise<string>) => Promise<void>;

function refused(message: string): PlumblineError {
  return new PlumblineError(
    'SANDBOX_REFUSED',
    message,
    'A signal is one SELECT over the measure views (docs/measure-views.md).',
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The measure views of one asOf on a private connection; see docs/measure-views.md. */
export class MeasureSession implements SqlSession {
  readonly asOf: Date;
  readonly #session: Session;
  readonly #relations: RelationBuilder;
  readonly #guard: PackGuard | undefined;
  #made = 0;

  constructor(session: Session, span: { readonly asOf: Date; readonly horizon: Date }, guard: PackGuard | undefined) {
    this.asOf = span.asOf;
    this.#session = session;
    this.#relations = new RelationBuilder(span);
    this.#guard = guard;
  }

  async query(sql: string, params: Record<string, SqlValue> = {}): Promise<SqlRow[]> {
    return this.#session.inTurn(async (statements) => {
      try {
        await this.#relations.make(statements, sql);
        return await statements.rows(sql, params);
      } catch (error) {
        throw storeFailure('measuring', error);
      }
    });
  }

  async runPack(sql: string, params: Record<string, SqlValue>, limits: PackLimits): Promise<string> {
    return this.#session.inTurn(async (statements) => {
      const trees = new Map<string, Promise<string>>();
      const tree = (text: string): Promise<string> => {
        const known = trees.get(text) ?? serialise(statements, text);
        trees.set(text, known);
        return known;
      };
      await this.#guard?.(sql, tree);
      try {
        await this.#relations.make(statements, sql);
      } catch (error) {
        throw storeFailure('making the measure views', error);
      }
      await assertOneSelect(statements, sql, tree);
      this.#made += 1;
      const name = `pack_result_${this.#made}`;
      await this.#materialise(statements, name, sql, params, limits);
      return name;
    });
  }

  async drop(name: string): Promise<void> {
    if (!/^pack_result_\d+$/.test(name))
      throw new PlumblineError('BUG', `Only results of packs can be dropped, not ${name}.`, 'Report this.');
    await this.#session.inTurn((statements) => statements.run(`DROP TABLE IF EXISTS temp.main.${name}`));
  }

  async #materialise(
    statements: Sql,
    name: string,
    sql: string,
    params: Record<string, SqlValue>,
    limits: PackLimits,
  ): Promise<void> {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.#session.interrupt();
    }, limits.timeoutMs);
    try {
      // One row more than allowed tells a full result from one that was cut.
      const text = `CREATE TEMP TABLE ${name} AS SELECT * FROM (${withoutTail(sql)}\n) LIMIT ${limits.maxRows + 1}`;
      const statement = await statements.connection.prepare(text);
      try {
        bindUsed(statement, params);
        await statement.run();
      } finally {
        statement.destroySync();
      }
    } catch (error) {
      if (timedOut)
        throw new PlumblineError(
          'SANDBOX_TIMEOUT',
          `The SQL did not end within ${limits.timeoutMs} ms.`,
          'Narrow its window or make its joins selective.',
        );
      throw packFailure(error);
    } finally {
      clearTimeout(timer);
    }
    const [row] = await statements.rows(`SELECT count(*) AS n FROM ${name}`);
    if (Number(row?.n) > limits.maxRows) {
      await statements.run(`DROP TABLE temp.main.${name}`);
      throw refused(`The SQL gives more than ${limits.maxRows} rows.`);
    }
  }
}

/** A closing semicolon would end the subquery too early. */
function withoutTail(sql: string): string {
  return sql.replace(/[\s;]+$/, '');
}

function packFailure(error: unknown): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const message = messageOf(error);
  if (/permission error/i.test(message)) return refused(`The SQL reaches outside of the sandbox: ${message}`);
  return new PlumblineError('BAD_RULES', `The SQL does not run: ${message}`, 'Correct the SQL of the signal.', {
    cause: error,
  });
}

async function serialise(statements: Sql, sql: string): Promise<string> {
  const [row] = await statements.rows('SELECT CAST(json_serialize_sql(CAST($sql AS VARCHAR)) AS VARCHAR) AS tree', {
    sql,
  });
  return String(row?.tree);
}

/** The engine's own view of the text: one statement, a SELECT, over names without a schema (those are the measure views). */
async function assertOneSelect(statements: Sql, sql: string, tree: (sql: string) => Promise<string>): Promise<void> {
  try {
    const extracted = await statements.connection.extractStatements(sql);
    if (extracted.count !== 1) throw refused(`The SQL has ${extracted.count} statements.`);
    const statement = await extracted.prepare(0);
    const type = statement.statementType;
    statement.destroySync();
    if (type !== StatementType.SELECT) throw refused(`The SQL is a ${StatementType[type]} statement.`);
    // The engine's list of tables looks through views and gives up on parameters; its syntax tree does neither.
    const inner = /"(?:schema_name|catalog_name)":"([^"]+)"/.exec(await tree(sql))?.[1];
    if (inner !== undefined) throw refused(`The SQL reads inside ${inner}.`);
  } catch (error) {
    throw packFailure(error);
  }
}
