import { randomUUID } from 'node:crypto';
import type { PackLimits, SqlRow, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Session, Sql } from './database.ts';
import { storeFailure } from './failure.ts';
import { withLiterals } from './pack/literal-params.ts';
import { NotOneSelect, prepareOneSelect } from './pack/one-select.ts';
import { engineFailure, refused } from './pack/pack-failure.ts';
import { type PackRoom, removeDatabase } from './pack/pack-room.ts';
import type { PackSandbox } from './pack/pack-sandbox.ts';
import { readOnce } from './pack/reading.ts';
import { textLiteral } from './sql-values.ts';
import { RelationBuilder, type Told } from './views/relation-builder.ts';
import { readsRareColumns } from './views/ticket-columns.ts';

/**
 * Looks at SQL of a rule pack before it runs and throws SANDBOX_REFUSED when it may not. `serialise` gives the syntax tree that the
 * engine itself makes of a text (`json_serialize_sql`), as JSON.
 */
export type PackGuard = (sql: string, serialise: (sql: string) => Promise<string>) => Promise<void>;

/** What a column of a result may be called: estimators name theirs so, and nothing else can stand in SQL of ours. */
const COLUMN = /^[a-z_][a-z0-9_]{0,62}$/i;

/** What SQL of a pack gave, under the name of its table. */
interface Result {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, string>;
}

/** The measure views of one asOf on a private connection; see docs/measure-views.md. Close it after the last query. */
export class MeasureSession implements SqlSession {
  readonly asOf: Date;
  readonly #session: Session;
  readonly #relations: RelationBuilder;
  readonly #guard: PackGuard | undefined;
  readonly #sandbox: PackSandbox;
  readonly #room: PackRoom;
  readonly #results = new Map<string, Result>();
  #made = 0;
  #lastTree: { readonly sql: string; readonly tree: string } | null = null;

  constructor(
    session: Session,
    span: { readonly asOf: Date; readonly horizon: Date; readonly settled?: boolean },
    sandbox: PackSandbox,
    guard: PackGuard | undefined,
    told: Told,
  ) {
    this.asOf = span.asOf;
    this.#session = session;
    this.#relations = new RelationBuilder(span, told);
    this.#sandbox = sandbox;
    this.#room = sandbox.open();
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

  async queryUpTo(mostRows: number, sql: string): Promise<SqlRow[]> {
    return this.#session.inTurn(async (statements) => {
      let rows: SqlRow[];
      try {
        rows = await statements.rows(sql, {}, mostRows + 1);
      } catch (error) {
        throw storeFailure('measuring', error);
      }
      if (rows.length <= mostRows) return rows;
      throw new PlumblineError(
        'BAD_RULES',
        `The rows of the SQL fall into more than ${mostRows} groups.`,
        'Group by weeks, teams or agents; cells that differ in every row are no groups.',
      );
    });
  }

  readsRareColumns(sql: string): boolean {
    return readsRareColumns(sql);
  }

  async syntaxTree(sql: string): Promise<string> {
    const isTrusted = await this.#sandbox.trusts(sql, null);
    return this.#session.inTurn((statements) => this.#tree(statements, sql, isTrusted));
  }

  async runPack(sql: string, params: Record<string, SqlValue>, limits: PackLimits): Promise<string> {
    const isTrusted = await this.#sandbox.trusts(sql, params);
    return this.#session.inTurn(async (statements) => {
      const tree = (text: string) => this.#tree(statements, text, isTrusted);
      await this.#guard?.(sql, tree);
      const reading = await readOnce(sql, tree);
      if (reading.qualified !== null) throw refused(`The SQL reads inside ${reading.qualified}.`);
      try {
        await this.#relations.make(statements, sql);
      } catch (error) {
        throw storeFailure('making the measure views', error);
      }
      this.#made += 1;
      const name = `pack_result_${this.#made}`;
      // Text that cannot be read as one SELECT is put to the engine as it is, which says what it is.
      if (isTrusted && !reading.isOneSelect) await this.#refuseOther(statements, sql);
      const rows = isTrusted
        ? await this.#materialise(statements, name, sql, params, limits)
        : await this.#fetch(statements, name, { sql, params, limits, tables: reading.tables });
      this.#results.set(name, { rows, columns: await assertColumns(statements, name) });
      return name;
    });
  }

  async columns(name: string): Promise<ReadonlyMap<string, string>> {
    return this.#resultOf(name).columns;
  }

  async rows(name: string): Promise<number> {
    return this.#resultOf(name).rows;
  }

  async drop(name: string): Promise<void> {
    this.#resultOf(name);
    this.#results.delete(name);
    await this.#session.inTurn((statements) => statements.run(`DROP TABLE IF EXISTS temp.main.${name}`));
  }

  /** Ends what foreign SQL needed; the connection is the caller's. */
  async close(): Promise<void> {
    await this.#session.inTurn(() => this.#room.close());
  }

  /** The syntax tree of a text; the guard asks for it and then the run, so that the last one is kept. */
  async #tree(statements: Sql, sql: string, isTrusted: boolean): Promise<string> {
    if (this.#lastTree?.sql === sql) return this.#lastTree.tree;
    const tree = await (isTrusted ? serialise(statements, sql) : this.#room.tree(sql));
    this.#lastTree = { sql, tree };
    return tree;
  }

  async #refuseOther(statements: Sql, sql: string): Promise<void> {
    try {
      await prepareOneSelect(statements.connection, sql);
    } catch (error) {
      throw packFailure(error);
    }
  }

  #resultOf(name: string): Result {
    const result = this.#results.get(name);
    if (result !== undefined) return result;
    throw new PlumblineError('BUG', `Only results of packs can be named here, not ${name}.`, 'Report this.');
  }

  /** Runs a CREATE TABLE AS and gives the number of its rows. */
  async #create(statements: Sql, text: string, params: Record<string, SqlValue>): Promise<number> {
    const isWritten = Object.keys(params).length === 0;
    if (isWritten) return Number((await statements.connection.runAndReadAll(text)).getRows()[0]?.[0]);
    return Number((await statements.rows(text, params))[0]?.Count);
  }

  /** Runs foreign SQL in a child process and takes in its rows. */
  async #fetch(statements: Sql, name: string, run: Parameters<PackRoom['run']>[1]): Promise<number> {
    let result: string;
    try {
      result = await this.#room.run(statements, run);
    } catch (error) {
      throw storeFailure('carrying relations to the sandbox', error);
    }
    const alias = `result_${randomUUID().replaceAll('-', '')}`;
    try {
      await statements.run(`ATTACH ${textLiteral(result)} AS ${alias} (READ_ONLY)`);
      try {
        return await this.#create(statements, `CREATE TEMP TABLE ${name} AS SELECT * FROM ${alias}.main.pack`, {});
      } finally {
        await statements.run(`DETACH ${alias}`);
      }
    } catch (error) {
      throw storeFailure('taking in the rows of a pack', error);
    } finally {
      removeDatabase(result);
    }
  }

  /** Runs SQL that ships with the program on the connection of the measurement. */
  async #materialise(
    statements: Sql,
    name: string,
    sql: string,
    params: Record<string, SqlValue>,
    limits: PackLimits,
  ): Promise<number> {
    let timedOut = false;
    let rows = 0;
    const timer = setTimeout(() => {
      timedOut = true;
      this.#session.interrupt();
    }, limits.timeoutMs);
    try {
      const written = withLiterals(sql, params);
      // One row more than allowed tells a full result from one that was cut.
      const text = `CREATE TEMP TABLE ${name} AS SELECT * FROM (${withoutTail(written ?? sql)}\n) LIMIT ${limits.maxRows + 1}`;
      rows = await this.#create(statements, text, written === null ? params : {});
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
    if (rows <= limits.maxRows) return rows;
    await statements.run(`DROP TABLE temp.main.${name}`);
    throw refused(`The SQL gives more than ${limits.maxRows} rows.`);
  }
}

/** A closing semicolon would end the subquery too early. */
function withoutTail(sql: string): string {
  return sql.replace(/[\s;]+$/, '');
}

function packFailure(error: unknown): PlumblineError {
  if (error instanceof PlumblineError) return error;
  if (error instanceof NotOneSelect) return refused(error.message);
  return engineFailure(error instanceof Error ? error.message : String(error), error);
}

async function assertColumns(statements: Sql, name: string): Promise<ReadonlyMap<string, string>> {
  const columns = new Map(await columnsOf(statements, name));
  const bad = [...columns.keys()].find((column) => !COLUMN.test(column));
  if (bad === undefined) return columns;
  await statements.run(`DROP TABLE temp.main.${name}`);
  throw new PlumblineError(
    'BAD_RULES',
    `The SQL gives a column called ${JSON.stringify(bad.slice(0, 80))}.`,
    'Name each column with letters, digits and _, e.g. count(*) as n.',
  );
}

/** Names and types of the columns of a table: planning tells them, and nothing has to run. */
async function columnsOf(statements: Sql, name: string): Promise<(readonly [name: string, type: string])[]> {
  const statement = await statements.connection.prepare(`FROM temp.main.${name}`);
  try {
    return Array.from({ length: statement.columnCount }, (_, i) => [
      statement.columnName(i),
      String(statement.columnType(i)),
    ]);
  } finally {
    statement.destroySync();
  }
}

async function serialise(statements: Sql, sql: string): Promise<string> {
  const [row] = await statements.rows('SELECT CAST(json_serialize_sql(CAST($sql AS VARCHAR)) AS VARCHAR) AS tree', {
    sql,
  });
  return String(row?.tree);
}
