import type { SetAsideTimes } from '../domain/observability.ts';

/** The last of those that would be one row, which is what writing them one by one would leave. */
export function lastOfEach(rows: readonly SetAsideTimes[]): SetAsideTimes[] {
  return [...new Map(rows.map((row) => [JSON.stringify([row.stream, row.ref, row.code, row.path]), row])).values()];
}
