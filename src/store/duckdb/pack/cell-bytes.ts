import type { DuckDBConnection } from '@duckdb/node-api';

/** An id, a label or a week: longer cells have no place in a result and would be carried along by every query over it. */
export const MOST_CELL_BYTES = 10_000;
/** Texts of one result together. */
export const MOST_RESULT_BYTES = 2_000_000_000;

const OF_FIXED_SIZE =
  /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*|DATE|TIME.*|INTERVAL|UUID|"NULL")$/;

/** Bytes of the longest cell of a table and of all its cells together, those of fixed size left out. */
export async function largestCell(
  connection: DuckDBConnection,
  table: string,
): Promise<{ readonly cell: number; readonly whole: number }> {
  const described = await connection.runAndReadAll(`DESCRIBE ${table}`);
  const columns = described
    .getRows()
    .filter((row) => !OF_FIXED_SIZE.test(String(row[1])))
    .map((row) => `strlen(CAST("${String(row[0]).replaceAll('"', '""')}" AS VARCHAR))`);
  if (columns.length === 0) return { cell: 0, whole: 0 };
  const cell = columns.map((bytes) => `coalesce(max(${bytes}), 0)`).join(', ');
  const whole = columns.map((bytes) => `coalesce(sum(${bytes}), 0)`).join(' + ');
  const reader = await connection.runAndReadAll(`SELECT greatest(${cell}), ${whole} FROM ${table}`);
  const [row] = reader.getRows();
  return { cell: Number(row?.[0] ?? 0), whole: Number(row?.[1] ?? 0) };
}
