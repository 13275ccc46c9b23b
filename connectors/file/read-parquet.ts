import type { DuckDBConnection, JS } from '@duckdb/node-api';
import type { ReadDeps } from './read-csv.ts';
import { ident, lit, quoted } from './sql.ts';
import { checkSameColumns, type Loaded, stagedOf } from './stage-types.ts';

interface Field {
  readonly name: string;
  /** SQL of the value. */
  readonly path: string;
  readonly type: string;
}

const readAll = async (connection: DuckDBConnection, sql: string): Promise<Record<string, JS>[]> =>
  (await connection.runAndReadAll(sql)).getRowObjectsJS();

/** Columns of a file; fields of a STRUCT are columns with a dotted name. */
async function fieldsOf(connection: DuckDBConnection, source: string): Promise<Field[]> {
  const walk = async (prefix: string, path: string, depth: number): Promise<Field[]> => {
    const rows = await readAll(connection, `describe select ${path === '' ? '*' : `unnest(${path})`} from ${source}`);
    const fields: Field[] = [];
    for (const row of rows) {
      const name = String(row.column_name);
      const one = {
        name: `${prefix}${name}`,
        path: path === '' ? quoted(name) : `struct_extract(${path}, ${lit(name)})`,
        type: String(row.column_type),
      };
      if (/^STRUCT\(.*\)$/s.test(one.type) && depth < 3)
        fields.push(...(await walk(`${one.name}.`, one.path, depth + 1)));
      else fields.push(one);
    }
    return fields;
  };
  return walk('', '', 0);
}

/** A value as text that loses nothing: whole numbers without decimals or exponent, zoned times with their offset, nested ones as JSON. */
function textOf({ path, type }: Pick<Field, 'path' | 'type'>): string {
  const plain = `cast(${path} as varchar)`;
  if (type === 'DOUBLE' || type === 'FLOAT')
    return `case when isfinite(${path}) and ${path} = trunc(${path}) and abs(${path}) < 1e18 then cast(cast(${path} as hugeint) as varchar) else ${plain} end`;
  if (type.startsWith('DECIMAL'))
    return `case when ${path} = trunc(${path}) then cast(cast(${path} as hugeint) as varchar) else ${plain} end`;
  if (type === 'BLOB') return `coalesce(try(decode(${path})), ${plain})`;
  if (/\[\d*\]$/.test(type) || /^(MAP|STRUCT|UNION)\(/.test(type)) return `cast(to_json(${path}) as varchar)`;
  return plain;
}

/** Stages Parquet files of one set of columns. Types are those of each file: naive times of one stay naive beside zoned ones of another. */
export async function readParquetFiles(deps: ReadDeps): Promise<Loaded> {
  const { connection, facts, tally } = deps;
  let columns: readonly string[] = [];
  let staged: readonly string[] = [];
  const samples = new Map<string, string>();
  for (const [nr, file] of facts.entries()) {
    const source = `read_parquet(${lit(file.path)}, binary_as_string = true)`;
    const fields = await fieldsOf(connection, source);
    if (nr === 0) {
      columns = fields.map((one) => one.name);
      staged = stagedOf(columns, deps.only);
    } else
      checkSameColumns(
        columns,
        fields.map((one) => one.name),
        file.path,
      );
    const by = new Map(fields.map((one) => [one.name, one]));
    const list = staged.map((name) => {
      const field = by.get(name);
      return `${field === undefined ? 'null' : textOf(field)} as ${ident(name)}`;
    });
    const rows = ['row_number() over () as row_nr', ...list];
    if (nr === 0) await connection.run(`create table raw as select ${rows.join(', ')} from ${source}`);
    else {
      rows[0] = 'row_number() over () + (select coalesce(max(row_nr), 0) from raw) as row_nr';
      await connection.run(`insert into raw select ${rows.join(', ')} from ${source}`);
    }
    await noteLongNumbers(
      connection,
      source,
      fields.filter((one) => staged.includes(one.name)),
      tally.note.bind(tally),
    );
    for (const [name, value] of await sampleOf(connection, source, fields))
      if (!samples.has(name)) samples.set(name, value);
  }
  return { columns, staged, samples };
}

/** A floating number beyond 2^53 has lost digits before it came to us. */
async function noteLongNumbers(
  connection: DuckDBConnection,
  source: string,
  fields: readonly Field[],
  note: (text: string) => void,
): Promise<void> {
  const doubles = fields.filter((one) => one.type === 'DOUBLE');
  if (doubles.length === 0) return;
  const list = doubles.map(
    (one, i) => `count(*) filter (where abs(${one.path}) > 9007199254740992 and isfinite(${one.path})) as n${i}`,
  );
  const rows = await readAll(connection, `select ${list.join(', ')} from ${source}`);
  for (const [i, one] of doubles.entries()) {
    const n = Number(rows[0]?.[`n${i}`] ?? 0);
    if (n > 0)
      note(
        `"${one.name}" holds ${n} numbers beyond 2^53 in a column of floating numbers: their last digits may be lost in the file.`,
      );
  }
}

async function sampleOf(
  connection: DuckDBConnection,
  source: string,
  fields: readonly Field[],
): Promise<[string, string][]> {
  const list = fields.map((one, i) => `any_value(left(nullif(trim(${textOf(one)}), ''), 60)) as s${i}`);
  const rows = await readAll(connection, `select ${list.join(', ')} from (select * from ${source} limit 1000)`);
  return fields.flatMap((one, i) => (rows[0]?.[`s${i}`] == null ? [] : [[one.name, String(rows[0][`s${i}`])]]));
}
