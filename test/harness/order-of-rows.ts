import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';

/**
 * Finds what in a SELECT may give another answer when its rows come in another order, as they do with other threads. The engine itself reads the
 * text and tells the types; its relations must be there.
 */

type Json = Record<string, unknown>;

const Tree = z.object({ statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })) });

/** Adding these up gives another last digit in another order, where the values are fractions. */
const SUMS = new Set('sum avg mean fsum favg kahan_sum sumkahan product geomean geometric_mean'.split(' '));
/** As the sums, whatever the values: they hold fractions while they add up. */
const MOMENTS = new Set(
  `corr covar_pop covar_samp entropy kurtosis kurtosis_pop mad regr_avgx regr_avgy regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
   sem skewness stddev stddev_pop stddev_samp var_pop var_samp variance`.split(/\s+/),
);
/** Their values come in the order of the rows. */
const LISTS = new Set('list array_agg string_agg group_concat listagg'.split(' '));
/** Of several rows any. */
const ANY = new Set('any_value arbitrary first last mode'.split(' '));
/** The row of the smallest or greatest second argument: any of those that share it. */
const AT_EDGE = new Set('arg_min arg_max argmin argmax min_by max_by'.split(' '));
/** Places in an order: any of those that share it. */
const PLACES = new Set('row_number lag lead first_value last_value nth_value ntile fill'.split(' '));
/** Whatever their order of rows, lists that go straight into these give one answer. */
const ORDERING = new Set(
  'list_sort array_sort list_contains array_contains list_has list_has_any list_has_all len'.split(' '),
);
const AGGREGATES = new Set([
  ...SUMS,
  ...MOMENTS,
  ...LISTS,
  ...ANY,
  ...AT_EDGE,
  'count',
  'count_star',
  'min',
  'max',
  'bool_or',
  'bool_and',
  'median',
]);
const WHOLE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|BOOLEAN|INTERVAL)$/;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const nameOf = (node: Json): string => String(node.function_name ?? '').toLowerCase();
const isCall = (node: Json): boolean => node.class === 'FUNCTION' || node.class === 'WINDOW';

function holdsAggregate(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsAggregate);
  if (!isObject(value)) return false;
  return (value.class === 'FUNCTION' && AGGREGATES.has(nameOf(value))) || Object.values(value).some(holdsAggregate);
}

/** A query and the names of WITH that it sees. */
interface Scope {
  readonly query: Json;
  readonly names: readonly unknown[];
}

class Reading {
  readonly found: string[] = [];
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async query(query: Json, outer: readonly unknown[]): Promise<void> {
    const own = isObject(query.cte_map) ? listOf(query.cte_map.map) : [];
    const names: unknown[] = [...outer];
    for (const entry of own) {
      const inner = isObject(entry.value) && isObject(entry.value.query) ? entry.value.query.node : null;
      if (isObject(inner)) await this.query(inner, names);
      names.push(entry);
    }
    const scope = { query, names };
    for (const [key, value] of Object.entries(query)) if (key !== 'cte_map') await this.#any(value, scope, null);
  }

  async #any(value: unknown, scope: Scope, parent: string | null): Promise<void> {
    if (Array.isArray(value)) {
      for (const one of value) await this.#any(one, scope, parent);
      return;
    }
    if (!isObject(value)) return;
    if (isObject(value.node)) return this.query(value.node, scope.names);
    if (typeof value.type === 'string' && value.type.endsWith('_NODE')) return this.query(value, scope.names);
    if (isCall(value)) await this.#call(value, scope, parent);
    const inside = isCall(value) ? nameOf(value) : parent;
    for (const child of Object.values(value)) await this.#any(child, scope, inside);
  }

  async #call(call: Json, scope: Scope, parent: string | null): Promise<void> {
    const why = await this.#whyNot(call, scope, parent);
    if (why === null) return;
    const alone = {
      ...bare(scope.query, [{ ...call, alias: '' }]),
      cte_map: { map: [] },
      from_table: NOTHING,
      aggregate_handling: 'STANDARD_HANDLING',
    };
    this.found.push(`${(await this.#textOf(alone)).replace(/^SELECT /, '')} ${why}`);
  }

  /** Null for what gives one answer in every order. */
  async #whyNot(call: Json, scope: Scope, parent: string | null): Promise<string | null> {
    const name = nameOf(call);
    if (call.class === 'WINDOW' && PLACES.has(name)) return whyNotPlaced(call);
    const [value, edge] = listOf(call.children);
    if (AT_EDGE.has(name))
      return edge !== undefined && tellsApart(edge) ? null : 'takes any of those that share the edge';
    if (isOrdered(call) || value === undefined) return null;
    if (ANY.has(name)) return 'takes any row';
    if (MOMENTS.has(name)) return 'adds up fractions in the order of rows';
    if (LISTS.has(name)) return ORDERING.has(parent ?? '') ? null : 'lists in the order of rows';
    if (!SUMS.has(name)) return null;
    const type = await this.#typeOf(value, scope).catch(() => 'what cannot be told');
    return WHOLE.test(type) ? null : `adds up ${type} in the order of rows`;
  }

  /** What the engine says an expression of a query is. */
  async #typeOf(expression: Json, { query, names }: Scope): Promise<string> {
    const inside = holdsAggregate(expression);
    const asked = { ...bare(query, [{ ...expression, alias: 'asked' }]), cte_map: { map: names } };
    const grouped = inside
      ? { ...asked, group_expressions: query.group_expressions, group_sets: query.group_sets }
      : asked;
    const statement = await this.#connection.prepare(await this.#textOf(grouped));
    try {
      return String(statement.columnType(statement.columnCount - 1));
    } finally {
      statement.destroySync();
    }
  }

  async #textOf(node: Json): Promise<string> {
    const tree = JSON.stringify({ error: false, statements: [{ node, named_param_map: [] }] });
    const reader = await this.#connection.runAndReadAll('SELECT json_deserialize_sql(CAST($1 AS JSON))', [tree]);
    return String(reader.getRows()[0]?.[0]);
  }
}

const NOTHING = { type: 'EMPTY', alias: '', sample: null, query_location: 0 };

/** A query with other columns and without all that comes after its FROM. */
function bare(query: Json, columns: readonly Json[]): Json {
  return {
    ...query,
    select_list: columns,
    where_clause: null,
    having: null,
    qualify: null,
    modifiers: [],
    group_expressions: [],
    group_sets: [],
  };
}

/** Whether an aggregate takes its rows in an order of its own. */
function isOrdered(call: Json): boolean {
  if (call.class === 'WINDOW') return listOf(call.arg_orders).length > 0;
  return isObject(call.order_bys) && listOf(call.order_bys.orders).length > 0;
}

/** One key may be shared, unless it is the very value that is taken. */
function whyNotPlaced(call: Json): string | null {
  const keys = listOf(call.orders).map((order) => order.expression);
  const [value] = listOf(call.children);
  if (
    keys.length > 1 ||
    (keys.length === 1 && value !== undefined && JSON.stringify(keys[0]) === JSON.stringify(value))
  )
    return null;
  return keys.length === 0 ? 'takes places without an order' : 'takes places by one key, which rows may share';
}

/** An edge of several parts, whose last one tells rows apart that share the others. */
function tellsApart(edge: Json): boolean {
  return nameOf(edge) === 'row' && listOf(edge.children).length > 1;
}

async function readTree(connection: DuckDBConnection, sql: string): Promise<readonly Json[]> {
  const reader = await connection.runAndReadAll('SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS VARCHAR)', [
    sql,
  ]);
  // A place that is not known is the greatest number of 64 bits, which JavaScript cannot hold.
  const text = String(reader.getRows()[0]?.[0]).replaceAll(/"query_location":\d+/g, '"query_location":0');
  return Tree.parse(JSON.parse(text)).statements.map(({ node }) => node);
}

/** What in `sql`, one SELECT, hangs on the order of rows; each as its SQL and why. */
export async function findOrderOfRows(connection: DuckDBConnection, sql: string): Promise<readonly string[]> {
  const reading = new Reading(connection);
  for (const node of await readTree(connection, sql)) await reading.query(node, []);
  return reading.found;
}

/** Whether the groups that a SELECT gives come in an order; one that does not group gives no groups. */
export async function givesGroupsInOrder(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const trees = await readTree(connection, sql);
  return trees.every(
    (node) =>
      listOf(node.group_expressions).length === 0 ||
      listOf(node.modifiers).some(({ type }) => type === 'ORDER_MODIFIER'),
  );
}
