import { DuckDBInstance } from '@duckdb/node-api';
import type { SqlRow } from '../../src/domain/sql-session.ts';
import type { CellType, Estimate, Lines } from '../../src/signals/estimators/estimator.ts';
import { ESTIMATORS } from '../../src/signals/estimators/index.ts';

export type Cell = string | number | boolean | null;

const SQL_TYPE: Readonly<Record<CellType, string>> = {
  text: 'varchar',
  cluster: 'varchar',
  time: 'timestamp',
  bool: 'boolean',
  int: 'bigint',
  real: 'double',
};

const literal = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return 'null';
  return typeof cell === 'string' ? `'${cell}'` : String(cell);
};

export const LINES: Lines = { partial: 0.5, full: 0.85, origin: 'ISO', source: 'ISO/IEC 33020' };

/** Runs an estimator over rows on a real engine. `rows` may be SQL that gives the columns. `connection` and `unit` are filled in. */
export async function estimateRows(
  id: string,
  rows: readonly Record<string, Cell>[] | string,
  options: { lines?: Lines; params?: Record<string, string | number>; minSample?: number } = {},
): Promise<Estimate> {
  const estimator = ESTIMATORS.get(id);
  if (estimator === undefined) throw new Error(`no estimator ${id}`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const cells = Object.entries(estimator.cells);
    const columns = cells.map(([name, cell]) => `"${name}" ${SQL_TYPE[cell.type]}`).join(', ');
    await connection.run(`create table given (${columns})`);
    if (typeof rows === 'string') await connection.run(`insert into given by name ${rows}`);
    else
      for (const [i, row] of rows.entries()) {
        const full: Record<string, Cell> = { connection: 'desk', unit: `u${i}`, ...row };
        await connection.run(`insert into given values (${cells.map(([name]) => literal(full[name])).join(', ')})`);
      }
    const params = estimator.params.parse(options.params ?? {}) as Record<string, string | number>;
    const reduced: Record<string, SqlRow[]> = {};
    for (const [name, sql] of Object.entries(estimator.reduce('select * from given', params)))
      reduced[name] = (await connection.runAndReadAll(sql)).getRowObjectsJS() as SqlRow[];
    return estimator.estimate(reduced, options.lines ?? LINES, params, options.minSample ?? 1);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The measured form, or an error that says what came instead. */
export async function measuredRows(...args: Parameters<typeof estimateRows>): Promise<Estimate & { kind: 'measured' }> {
  const estimate = await estimateRows(...args);
  if (estimate.kind !== 'measured') throw new Error(`expected a measured estimate, got ${estimate.kind}`);
  return estimate;
}

export const repeat = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
