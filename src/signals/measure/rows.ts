import type { SqlRow, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { type CellContract, type Estimator, type Figures, literal, text } from '../estimators/estimator.ts';
import { didYouMean } from '../load/nearest.ts';

/** Column names come out of the SQL of a pack: what stands in quotes must not end them. */
const name = (column: string): string => `"${column.replaceAll('"', '""')}"`;

/** Engine types that a cell may come as; text takes anything, since ids may be numbers. */
const ACCEPTED: Readonly<Record<CellContract['type'], RegExp>> = {
  text: /./,
  cluster: /^(TIMESTAMP|DATE|VARCHAR)/,
  time: /^(TIMESTAMP|DATE)/,
  bool: /^BOOLEAN$/,
  int: /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/,
  real: /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/,
};
const SQL_TYPE: Readonly<Record<CellContract['type'], string>> = {
  text: 'varchar',
  cluster: 'varchar',
  time: 'timestamp',
  bool: 'boolean',
  int: 'bigint',
  real: 'double',
};

/** The year 1 began on a Monday. */
const MONDAY_US = 62_135_596_800_000_000n;
const WEEK_US = 604_800_000_000n;

/** Number of the ISO week of an instant, for telling weeks apart: a division where a date would be worked out. */
function weekNumber(instant: string): string {
  return `(epoch_us(${instant}) + ${MONDAY_US}) // ${WEEK_US}`;
}

function castCell(column: string, cell: CellContract, engineType: string | undefined): string {
  if (engineType === undefined) return `null::${SQL_TYPE[cell.type]} as ${name(column)}`;
  if (cell.type === 'cluster' && engineType !== 'VARCHAR')
    return cell.opaque === true
      ? `${weekNumber(`${name(column)}::timestamp`)} as ${name(column)}`
      : `date_trunc('week', ${name(column)}::timestamp)::varchar as ${name(column)}`;
  return `${name(column)}::${SQL_TYPE[cell.type]} as ${name(column)}`;
}

/** Any SQL may add columns of this prefix: their medians stand beside the number, e.g. the target next to the reply time. */
const SHOWN_PREFIX = 'x_';

/** Median of every shown column over the usable rows, as `median_<name>`; null where no row has one. */
export async function shownMedians(session: SqlSession, { shown, source }: ResultRows): Promise<Figures> {
  if (shown.length === 0) return {};
  const medians = shown.map((column) => `quantile_cont(${name(column)}, 0.5) as ${name(column)}`);
  const [row] = await session.query(`select ${medians.join(', ')} from (${source})`);
  return Object.fromEntries(shown.map((column) => [medianName(column), numberOf(row?.[column])]));
}

export function medianName(column: string): string {
  return `median_${column.slice(SHOWN_PREFIX.length)}`;
}

export function numberOf(value: SqlValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Rows of a signal that fit their estimator, as SQL. */
export interface ResultRows {
  /** SELECT with exactly the estimator's cells, only usable rows of the chosen connections. */
  readonly cells: string;
  /** The same with the columns `x_...` of the SQL. */
  readonly source: string;
  /** Columns `x_...` of the SQL: numbers that only `extra` shows. */
  readonly shown: readonly string[];
  /** SELECT with the column `reason` for every row of the chosen connections: why it is left out, null for a usable one. */
  readonly reasons: string;
  /** What `cluster` is in `cells`: rows of the two cannot be stacked. */
  readonly clusterType: 'week' | 'text';
}

/** How many rows are usable, and how many are left out, by reason. `unknown` = a required cell is null. */
export interface RowCounts {
  readonly usable: number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** Reads rows of `reason` and `rows_out`. */
export function toCounts(counts: readonly SqlRow[]): RowCounts {
  return {
    usable: Number(counts.find((row) => row.reason === null)?.rows_out ?? 0),
    excluded: Object.fromEntries(
      counts.filter((row) => row.reason !== null).map((row) => [text(row.reason), Number(row.rows_out)]),
    ),
  };
}

export async function countRows(session: SqlSession, { reasons }: ResultRows): Promise<RowCounts> {
  return toCounts(
    await session.query(`select reason, count(*)::double as rows_out from (${reasons}) group by 1 order by 1`),
  );
}

/**
 * Checks the materialised rows of a signal against the estimator's row contract and says how to read usable and left-out ones.
 * Errors: BAD_RULES when a column is missing, unknown or of another type.
 */
export async function readRows(
  session: SqlSession,
  table: string,
  estimator: Estimator,
  connections: readonly string[],
): Promise<ResultRows> {
  const types = await session.columns(table);
  const problems: string[] = [];
  const shown = [...types.keys()].filter((column) => column.startsWith(SHOWN_PREFIX));
  for (const column of types.keys())
    if (!(column in estimator.cells) && !shown.includes(column))
      problems.push(
        `column "${column}" is not part of ${estimator.id}${didYouMean(column, Object.keys(estimator.cells))}`,
      );
  for (const [column, cell] of Object.entries(estimator.cells)) {
    const type = types.get(column);
    if (type === undefined && cell.required) problems.push(`column "${column}" is missing (${cell.meaning})`);
    // A literal null has type INTEGER in the engine and fits every optional cell.
    const nothing = type === 'INTEGER' && !cell.required;
    if (type !== undefined && !nothing && !ACCEPTED[cell.type].test(type))
      problems.push(`column "${column}" is ${type}, expected ${cell.type} (${cell.meaning})`);
  }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_RULES',
      `The rows of the SQL do not fit the estimator ${estimator.id}: ${problems.join('; ')}.`,
      'See the row contract of the estimator in docs/writing-signals.md.',
      { problems },
    );
  const cells = Object.entries(estimator.cells);
  const extras = shown.map((column) => `, ${name(column)}::double as ${name(column)}`).join('');
  const cast = cells.map(([column, cell]) => castCell(column, cell, nothingToCast(types.get(column), cell))).join(', ');
  const required = cells.filter(([, cell]) => cell.required).map(([column]) => `${name(column)} is null`);
  const given = types.has('excluded') ? '"excluded"::varchar' : 'null::varchar';
  const reason = `coalesce(${given}, case when ${required.join(' or ')} then 'unknown' end)`;
  const chosen = connections.map(literal).join(', ');
  // The reason looks at the columns before their casts: a query then casts only what it reads.
  const ours = `(connection in (${chosen}) or connection is null)`;
  const usable = `from ${name(table)} where ${ours} and ${reason} is null`;
  return {
    cells: `select ${cast} ${usable}`,
    source: `select ${cast}${extras} ${usable}`,
    shown,
    reasons: `select ${reason} as reason from ${name(table)} where ${ours}`,
    clusterType: estimator.cells.cluster?.opaque === true && types.get('cluster') !== 'VARCHAR' ? 'week' : 'text',
  };
}

/** A column of literal nulls is INTEGER: cast it like an absent one. */
function nothingToCast(type: string | undefined, cell: CellContract): string | undefined {
  return type === 'INTEGER' && !cell.required && ['bool', 'time', 'cluster'].includes(cell.type) ? undefined : type;
}
