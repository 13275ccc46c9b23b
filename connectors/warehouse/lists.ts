import type { JS } from '@duckdb/node-api';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { lit, putAt, quoted, readCell } from './cells.ts';
import {
  type Columns,
  kindOf,
  type Layout,
  layoutName,
  type Nested,
  placeOf,
  type TableList,
  type TableSpec,
} from './layout.ts';
import { DELETED, type Tables } from './tables.ts';

export type Row = Record<string, unknown>;

/** The lists of vendor records that a folder gives, each record as the vendor's interface would write it. */
export interface Lists {
  has(list: string): boolean;
  /** Records in their order, from a place on. */
  page(list: string, from: number, size: number): Promise<Row[]>;
  all(list: string): Promise<Row[]>;
  count(list: string): Promise<number>;
  /** Records whose column (by the name in the table) has one of these values. */
  where(list: string, column: string, values: readonly string[]): Promise<Row[]>;
  /** Records at or after an instant of the list's order: at least `size` where there are as many, and all of the last instant, in whole seconds. */
  since(list: string, second: number, size: number): Promise<{ rows: Row[]; end: number | null; more: boolean }>;
  /** A page of the records from one instant to before another, and whether there are more. */
  between(
    list: string,
    span: readonly [number, number],
    from: number,
    size: number,
  ): Promise<{ rows: Row[]; more: boolean }>;
  /** Records of a span (both ends included, seconds) whose id is a greater number, by that number; and how many there are in all. */
  behind(
    list: string,
    span: readonly [number, number],
    id: string,
    size: number,
  ): Promise<{ rows: Row[]; total: number }>;
  /** How many records come before an instant of the list's order. */
  before(list: string, second: number): Promise<number>;
}

interface Made {
  readonly table: string;
  readonly order: string;
  readonly columns: Columns;
  readonly nested: readonly Nested[];
  readonly deleted: Readonly<Record<string, unknown>> | null;
}

const NUMBER = ' n';
const second = (at: number) => new Date(at * 1000).toISOString();

/** Lists of a layout over loaded tables; each is put together when it is first asked for. Lists without any of their tables are not there. */
export function openLists(layout: Layout, tables: Tables, loaded: ReadonlySet<string>): Lists {
  const made = new Map<string, Promise<Made>>();
  const known = new Map(Object.entries(layout.lists).filter(([, spec]) => loaded.has(spec.table)));
  const make = (list: string): Promise<Made> => {
    const found = made.get(list);
    if (found !== undefined) return found;
    const spec = known.get(list);
    if (spec === undefined) throw new PlumblineError('BUG', `There is no list ${list}.`, 'Report this.');
    const making = makeList(layout, tables, loaded, list, spec);
    made.set(list, making);
    return making;
  };
  const select = async (list: string, rest: (one: Made) => string): Promise<Row[]> => {
    const one = await make(list);
    const rows = await tables.query(`select * from ${one.table} ${rest(one)}`);
    return rows.map((row) => toRecord(row, one, layout));
  };
  const number = async (sql: string): Promise<number> => Number((await tables.query(sql))[0]?.n ?? 0);
  const by = quoted(NUMBER);
  const indexes = new Map<string, Promise<void>>();
  // What hangs below a ticket is asked for ticket by ticket: without an index each question reads the whole table.
  const indexed = (list: string, column: string): Promise<void> => {
    const key = `${list}.${column}`;
    const found =
      indexes.get(key) ??
      make(list).then(({ table }) => tables.run(`create index ${quoted(key)} on ${table} (${quoted(column)})`));
    indexes.set(key, found);
    return found;
  };
  return {
    has: (list) => known.has(list),
    page: (list, from, size) => select(list, () => `where ${by} >= ${from} and ${by} < ${from + size} order by ${by}`),
    all: (list) => select(list, () => `order by ${by}`),
    count: async (list) => number(`select count(*) as n from ${(await make(list)).table}`),
    async where(list, column, values) {
      if (values.length === 0) return [];
      await indexed(list, column);
      return select(list, () => `where ${quoted(column)} in (${values.map(lit).join(', ')}) order by ${by}`);
    },
    before: async (list, at) => {
      const { table, order } = await make(list);
      return number(`select count(*) as n from ${table} where ${quoted(order)} < ${lit(second(at))}`);
    },
    async between(list, [start, end], from, size) {
      const { table, order } = await make(list);
      // Records are numbered in their order, so that a page is a stretch of numbers: to pass over the records before it would read them all.
      const first =
        from + (await number(`select count(*) as n from ${table} where ${quoted(order)} < ${lit(second(start))}`));
      const inside = `where ${by} >= ${first} and ${by} <= ${first + size} and ${quoted(order)} < ${lit(second(end))}`;
      const rows = await select(list, () => `${inside} order by ${by}`);
      return { rows: rows.slice(0, size), more: rows.length > size };
    },
    async behind(list, [start, end], id, size) {
      const { order, table } = await make(list);
      const [column, digits] = [quoted(order), 'try_cast(id as hugeint)'];
      const inside = `where ${column} >= ${lit(second(start))} and ${column} <= ${lit(second(end))} and ${digits} > ${BigInt(id)}`;
      const rows = await select(list, () => `${inside} order by ${digits} limit ${size}`);
      return { rows, total: await number(`select count(*) as n from ${table} ${inside}`) };
    },
    async since(list, at, size) {
      const { table, order } = await make(list);
      const column = quoted(order);
      const from = lit(second(at));
      // Rows of the first second come again and again: a page goes on until it holds others.
      const last = await tables.query(
        `select max(s) as s from (select left(${column}, 19) as s from ${table} where ${column} >= ${lit(second(at + 1))} order by ${column} limit ${size})`,
      );
      const end = typeof last[0]?.s === 'string' ? Date.parse(`${last[0].s}Z`) / 1000 : null;
      const upTo = end === null ? '' : `and ${column} < ${lit(second(end + 1))}`;
      const rows = await select(list, () => `where ${column} >= ${from} ${upTo} order by ${by}`);
      const more =
        end !== null &&
        (await number(`select count(*) as n from ${table} where ${column} >= ${lit(second(end + 1))}`)) > 0;
      return { rows, end: end ?? (rows.length === 0 ? null : at), more };
    },
  };
}

async function makeList(
  layout: Layout,
  tables: Tables,
  loaded: ReadonlySet<string>,
  list: string,
  spec: TableList,
): Promise<Made> {
  const table = quoted(`l ${list}`);
  const own = specOf(layout, spec.table);
  const nested = (spec.nested ?? []).filter((one) => loaded.has(one.table));
  await tables.run(`create table ${table} as ${listSql(layout, tables, spec, nested, own.key)}`);
  const order = spec.order ?? own.key[0] ?? '';
  return { table, order, columns: own.columns, nested, deleted: spec.deleted ?? null };
}

/** What a table of the layout holds, one of the files or a derived one. Errors: BUG. */
function specOf(layout: Layout, table: string): TableSpec {
  const spec = layout.tables[table] ?? layout.derived?.[table];
  if (spec !== undefined) return spec;
  throw new PlumblineError('BUG', `The layout ${layoutName(layout)} has no table ${table}.`, 'Report this.');
}

function listSql(
  layout: Layout,
  tables: Tables,
  spec: TableList,
  nested: readonly Nested[],
  key: readonly string[],
): string {
  const order = [...(spec.order === undefined ? [] : [spec.order]), ...key].map((one) => `r.${quoted(one)}`);
  const joins = nested.map((one, i) => {
    const columns = Object.keys(specOf(layout, one.table).columns);
    const value =
      one.value === undefined
        ? `struct_pack(${columns.map((column) => `${quoted(column)} := ${quoted(column)}`).join(', ')})`
        : quoted(one.value);
    const by = [
      ...(one.order === undefined ? [] : [`try_cast(${quoted(one.order)} as bigint)`]),
      ...columns.map(quoted),
    ];
    return `left join (select ${quoted(one.on)} as k, cast(to_json(list(${value} order by ${by.join(', ')})) as varchar) as v
      from ${tables.name(one.table)} where not ${quoted(DELETED)} group by 1) c${i} on c${i}.k = r.${quoted(one.to ?? 'id')}`;
  });
  const lists = nested.map((one, i) => `coalesce(c${i}.v, '[]') as ${quoted(` ${one.at}`)}`);
  const filters = [
    ...(spec.deleted === undefined ? [`not r.${quoted(DELETED)}`] : []),
    ...(spec.only === undefined ? [] : [`r.${quoted(spec.only.column)} in (${spec.only.values.map(lit).join(', ')})`]),
  ];
  return `select row_number() over (order by ${order.length === 0 ? '1' : order.join(', ')}) - 1 as ${quoted(NUMBER)}, ${['r.*', ...lists].join(', ')}
    from ${tables.name(spec.table)} r ${joins.join(' ')} ${filters.length === 0 ? '' : `where ${filters.join(' and ')}`}`;
}

function toRecord(row: Record<string, JS>, made: Made, layout: Layout): Row {
  const record = read(row, made.columns);
  for (const one of made.nested) putAt(record, one.at, readNested(row[` ${one.at}`], one, layout));
  if (made.deleted !== null && row[DELETED] === true) Object.assign(record, made.deleted);
  return record;
}

function readNested(cell: JS | undefined, one: Nested, layout: Layout): unknown[] {
  const parsed: unknown = JSON.parse(typeof cell === 'string' ? cell : '[]');
  const items = Array.isArray(parsed) ? parsed : [];
  const columns = specOf(layout, one.table).columns;
  if (one.value !== undefined) {
    const kind = kindOf(columns[one.value] ?? 'text');
    return items.map((item) => readCell(typeof item === 'string' ? item : null, kind));
  }
  return items.map((item) => read(item as Record<string, JS>, columns));
}

/** A column that the table does not have stays out of the record, as what the vendor does not say. */
function read(row: Record<string, JS>, columns: Columns): Row {
  const record: Row = {};
  for (const [name, column] of Object.entries(columns)) {
    const cell = row[name];
    const value = readCell(typeof cell === 'string' ? cell : null, kindOf(column));
    if (value !== null) putAt(record, placeOf(name, column), value);
  }
  return record;
}
