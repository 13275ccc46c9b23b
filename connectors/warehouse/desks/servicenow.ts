import { type Ask, absent, type Route } from '../desk.ts';
import type { Lists, Row } from '../lists.ts';

const FAR_S = 4_102_444_800;
/** Lists that are long: they are asked for by the instant of the last change. */
const LONG: readonly string[] = ['incident', 'core_company', 'sys_audit_delete'];

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

/** Conditions of an encoded query, all of which hold; none is joined by OR in the questions that are answered here. */
function conditionsOf({ url }: Ask): Condition[] {
  const query = url.searchParams.get('sysparm_query') ?? '';
  return query
    .split('^')
    .filter((part) => part !== '' && !part.startsWith('ORDERBY'))
    .map((part) => {
      const [, field = '', operator = '', value = ''] = /^([a-z_][a-z0-9_.]*)(IN|>=|<=|=)(.*)$/s.exec(part) ?? [];
      return { field, operator, value };
    });
}

/** `2026-03-05 12:00:00` in UTC, as seconds. */
const secondsOf = (value: string): number => Date.parse(`${value.replace(' ', 'T')}Z`) / 1000;

function holds(row: Row, { field, operator, value }: Condition): boolean {
  const own = row[field];
  if (typeof own !== 'string') return false;
  switch (operator) {
    case 'IN':
      return value.split(',').includes(own);
    case '>=':
      return Date.parse(own) >= secondsOf(value) * 1000;
    case '<=':
      // Bounds are whole seconds.
      return Date.parse(own) < (secondsOf(value) + 1) * 1000;
    default:
      return own === value;
  }
}

/** Names with a point are fields of a record that is referred to; in a layout a point is a path, so that they stand there with two underscores. */
function spelt(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace('__', '.'), value]));
}

const escaped = (value: unknown): string =>
  String(value).replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** The log of deletions keeps the record as XML; here it is the row that the tool marked. */
function asDeletion(row: Row): Row {
  const fields = Object.entries(row).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return {
    sys_id: row.sys_id,
    tablename: 'incident',
    documentkey: row.sys_id,
    sys_created_on: row.deleted_on,
    payload: `<incident>${fields.join('')}</incident>`,
  };
}

async function answer(ask: Ask, lists: Lists): Promise<unknown> {
  const [table = ''] = ask.parts;
  const conditions = conditionsOf(ask);
  // Who asks: nobody, there is no account.
  if (conditions.some(({ value }) => value.startsWith('javascript:'))) return { result: [] };
  if (!lists.has(table)) throw absent(ask.url.pathname);
  return { result: (await rowsOf(table, conditions, ask, lists)).map(spelt) };
}

async function rowsOf(table: string, conditions: readonly Condition[], ask: Ask, lists: Lists): Promise<Row[]> {
  const from = Number(ask.url.searchParams.get('sysparm_offset') ?? 0);
  const size = Number(ask.url.searchParams.get('sysparm_limit') ?? 1000);
  const ids = conditions.find(({ field }) => field === 'sys_id');
  if (ids !== undefined) {
    const found = await lists.where(table, 'sys_id', ids.value.split(','));
    return found.filter((row) => conditions.every((one) => holds(row, one))).slice(from, from + size);
  }
  if (LONG.includes(table)) {
    const since = conditions.find(({ operator }) => operator === '>=');
    const start = since === undefined ? 0 : secondsOf(since.value);
    const { rows } = await lists.between(table, [start, FAR_S], from, size);
    return table === 'sys_audit_delete' ? rows.map(asDeletion) : rows;
  }
  const all = (await lists.all(table)).map(spelt);
  return all.filter((row) => conditions.every((one) => holds(row, one))).slice(from, from + size);
}

/** The Table API as `connectors/servicenow` asks it. No total is told: pages end with the first empty one. */
export const SERVICENOW_ROUTES: readonly Route[] = [{ path: /^\/api\/now\/table\/(\w+)$/, answer }];
