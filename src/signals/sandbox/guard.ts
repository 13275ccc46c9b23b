import { z } from 'zod';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { FUNCTIONS, HIDDEN_FUNCTIONS, REFUSED_BECAUSE } from './functions.ts';
import { RELATIONS, TABLE_FUNCTIONS } from './relations.ts';

/** Turns SQL into the engine's own syntax tree as JSON text: DuckDB's `json_serialize_sql`, through a connection. */
export type Serialise = (sql: string) => Promise<string>;

/** What a statement uses, after the guard has let it through. */
export interface GuardedSql {
  readonly sql: string;
  /** Named parameters it refers to, sorted. */
  readonly parameters: readonly string[];
  /** Relations it reads, sorted. */
  readonly relations: readonly string[];
}

type Json = Record<string, unknown>;

const Tree = z.union([
  z.object({ error: z.literal(true), error_message: z.string() }),
  z.object({ error: z.literal(false), statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })) }),
]);

/** The longest signal that ships has 2,000; a syntax tree is some hundred times as long as its text. */
const MOST_SQL = 30_000;

const QUERY_NODES = new Set(['SELECT_NODE', 'SET_OPERATION_NODE', 'CTE_NODE']);
const TABLE_REFS = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY']);
const EXPRESSIONS = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'LAMBDA',
  'LAMBDA_REF',
  'OPERATOR',
  'PARAMETER',
  'POSITIONAL_REFERENCE',
  'STAR',
  'SUBQUERY',
  'WINDOW',
]);
const OTHER_NODES = new Set([
  'ORDER_MODIFIER',
  'LIMIT_MODIFIER',
  'DISTINCT_MODIFIER',
  'ORDER_DEFAULT',
  'ASCENDING',
  'DESCENDING',
]);
/** Types that a cast may name; user types and enumerations have no use in a signal. */
const CAST_TYPES = new Set([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'FLOAT',
  'DOUBLE',
  'DECIMAL',
  'VARCHAR',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'TIMESTAMP_MS',
  'TIMESTAMP_S',
  'TIMESTAMP_NS',
  'INTERVAL',
  'LIST',
  'NULL',
]);

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Line and column of a byte offset into the statement, for people; the engine gives no offset for some nodes. */
function placeOf(sql: string, location: unknown): string {
  if (typeof location !== 'number' || location > sql.length) return 'sql';
  const before = sql.slice(0, location).split('\n');
  return `sql line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function refuse(what: string, where: string, remedy: string): never {
  throw new PlumblineError('SANDBOX_REFUSED', `The SQL of a signal may not use ${what} (${where}).`, remedy, { where });
}

class Walk {
  readonly parameters = new Set<string>();
  readonly relations = new Set<string>();
  private readonly sql: string;
  private insideLambda = false;

  constructor(sql: string) {
    this.sql = sql;
  }

  /** A query: its CTEs are known inside it, one after the other, and nowhere else. */
  query(node: Json, outer: ReadonlySet<string>): void {
    const type = textOf(node.type);
    if (type === 'RECURSIVE_CTE_NODE')
      refuse('a recursive query', placeOf(this.sql, undefined), 'Use generate_series or a window function.');
    if (!QUERY_NODES.has(type)) refuse(`a statement of type ${type}`, 'sql', 'Write one plain SELECT.');
    const scope = new Set(outer);
    const ctes = isObject(node.cte_map) ? node.cte_map.map : [];
    for (const entry of Array.isArray(ctes) ? ctes : []) {
      if (!isObject(entry) || !isObject(entry.value)) refuse('an unknown form of WITH', 'sql', 'Write a plain WITH.');
      const { value } = entry;
      if (!isObject(value.query) || !isObject(value.query.node))
        refuse('an unknown form of WITH', 'sql', 'Write a plain WITH.');
      this.query(value.query.node, scope);
      scope.add(textOf(entry.key).toLowerCase());
    }
    if (node.sample !== null && node.sample !== undefined)
      refuse('a random sample', 'sql', 'Order by md5(id) and limit for a stable draw.');
    for (const [key, value] of Object.entries(node)) if (key !== 'cte_map') this.any(value, scope);
  }

  private any(value: unknown, scope: ReadonlySet<string>): void {
    if (Array.isArray(value)) {
      for (const item of value) this.any(item, scope);
      return;
    }
    if (!isObject(value)) return;
    if (typeof value.class === 'string') this.expression(value, scope);
    else if (isObject(value.node)) this.query(value.node, scope);
    else if (typeof value.type === 'string') this.typed(value, scope);
    else this.children(value, scope);
  }

  private children(value: Json, scope: ReadonlySet<string>): void {
    for (const child of Object.values(value)) this.any(child, scope);
  }

  private typed(value: Json, scope: ReadonlySet<string>): void {
    const type = textOf(value.type);
    if (type.endsWith('_NODE')) {
      this.query(value, scope);
      return;
    }
    if (OTHER_NODES.has(type)) {
      this.children(value, scope);
      return;
    }
    if (!TABLE_REFS.has(type)) {
      const name = type === 'SHOW_REF' ? 'DESCRIBE, SHOW or SUMMARIZE' : type;
      refuse(name, placeOf(this.sql, value.query_location), 'Write one plain SELECT over the measure views.');
    }
    if (value.sample !== null && value.sample !== undefined)
      refuse('a random sample', placeOf(this.sql, value.query_location), 'Order by md5(id) and limit.');
    if (type === 'BASE_TABLE') this.table(value, scope);
    else if (type === 'TABLE_FUNCTION') this.tableFunction(value, scope);
    else this.children(value, scope);
  }

  private table(ref: Json, scope: ReadonlySet<string>): void {
    const where = placeOf(this.sql, ref.query_location);
    const parts = [ref.catalog_name, ref.schema_name, ref.table_name].map(textOf).filter((part) => part !== '');
    const name = textOf(ref.table_name).toLowerCase();
    const known = parts.length === 1 && (scope.has(name) || RELATIONS.has(name));
    if (!known || (ref.at_clause !== null && ref.at_clause !== undefined))
      refuse(`the table ${parts.join('.')}`, where, 'Read only the relations listed in docs/measure-views.md.');
    if (!scope.has(name)) this.relations.add(name);
  }

  private tableFunction(ref: Json, scope: ReadonlySet<string>): void {
    const call = ref.function;
    const name = isObject(call) ? textOf(call.function_name).toLowerCase() : '';
    if (!isObject(call) || !TABLE_FUNCTIONS.has(name) || textOf(call.schema) !== '' || textOf(call.catalog) !== '')
      refuse(
        `the table function ${name}()`,
        placeOf(this.sql, ref.query_location),
        `Only ${[...TABLE_FUNCTIONS].join(', ')} may stand in FROM beside the measure views.`,
      );
    this.children(call, scope);
  }

  private expression(node: Json, scope: ReadonlySet<string>): void {
    const kind = textOf(node.class);
    const where = placeOf(this.sql, node.query_location);
    if (!EXPRESSIONS.has(kind)) refuse(`an expression of class ${kind}`, where, 'Write it with plain functions.');
    switch (kind) {
      case 'CONSTANT':
        return;
      case 'PARAMETER':
        this.parameters.add(textOf(node.identifier));
        return;
      case 'COLUMN_REF':
        this.column(node, where);
        return;
      case 'CAST':
        this.cast(node.cast_type, where);
        this.any(node.child, scope);
        return;
      case 'FUNCTION':
      case 'WINDOW':
        this.call(node, where);
        break;
      case 'LAMBDA':
        this.lambda(node, where, scope);
        return;
      default:
        break;
    }
    this.children(node, scope);
  }

  /** A lambda inside another multiplies lists inside one step of the engine, where no limit reaches it. */
  private lambda(node: Json, where: string, scope: ReadonlySet<string>): void {
    if (this.insideLambda) refuse('a lambda inside a lambda', where, 'Unnest the list and join or group instead.');
    this.insideLambda = true;
    this.children(node, scope);
    this.insideLambda = false;
  }

  private column(node: Json, where: string): void {
    const names = Array.isArray(node.column_names) ? node.column_names.map(textOf) : [];
    const [only] = names;
    if (names.length === 1 && only !== undefined && HIDDEN_FUNCTIONS.has(only.toLowerCase()))
      refuse(only, where, 'Use $as_of for time; a signal knows no user and no session.');
  }

  private call(node: Json, where: string): void {
    const name = textOf(node.function_name).toLowerCase();
    const schema = textOf(node.schema).toLowerCase();
    // The parser itself writes schema `main` for extract(); any other schema or catalog is the author's.
    if (FUNCTIONS.has(name) && (schema === '' || schema === 'main') && textOf(node.catalog) === '') return;
    const qualified = schema === '' ? name : `${schema}.${name}`;
    const because = REFUSED_BECAUSE[name];
    refuse(
      `the function ${qualified}()`,
      where,
      because === undefined
        ? 'Use the scalar, aggregate and window functions listed in src/signals/sandbox/functions.ts.'
        : `Instead: ${because}.`,
    );
  }

  private cast(type: unknown, where: string): void {
    if (!isObject(type)) return;
    const id = textOf(type.id);
    if (!CAST_TYPES.has(id)) refuse(`a cast to ${id}`, where, 'Cast to a plain number, text, time or list type.');
    const info = type.type_info;
    if (isObject(info) && isObject(info.child_type)) this.cast(info.child_type, where);
  }
}

/**
 * Lets pack SQL through when it is exactly one SELECT over the measure views that calls only listed functions.
 * `serialise` must be DuckDB's own parser on the engine that will run the text, so that guard and engine read the same thing.
 * Everything not known is refused: unknown node, table, function, cast or statement type. Time, row and memory limits are
 * the store's (`SqlSession.runPack`).
 * Errors: SANDBOX_REFUSED naming what was asked for, its place and the way out.
 */
export async function guardPackSql(sql: string, serialise: Serialise): Promise<GuardedSql> {
  if (sql.length > MOST_SQL)
    refuse(`${sql.length} characters of SQL`, 'sql', `Write it in at most ${MOST_SQL} characters.`);
  const parsed = Tree.safeParse(JSON.parse(await serialise(sql)));
  if (!parsed.success) refuse('a statement that cannot be read', 'sql', 'Write one plain SELECT.');
  const tree = parsed.data;
  if (tree.error) {
    const message = tree.error_message.split('\n')[0] ?? '';
    refuse(`this text: ${message}`, 'sql', 'Write exactly one SELECT in DuckDB SQL.');
  }
  const [first] = tree.statements;
  if (first === undefined || tree.statements.length !== 1)
    refuse(`${tree.statements.length} statements`, 'sql', 'Write exactly one SELECT.');
  const walk = new Walk(sql);
  walk.query(first.node, new Set());
  return { sql, parameters: [...walk.parameters].sort(), relations: [...walk.relations].sort() };
}
