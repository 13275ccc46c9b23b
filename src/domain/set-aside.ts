import type { SetAsideTimes } from './observability.ts';

/** A cell of a record that was kept could not be read; every other code means a whole record. */
const CELL = 'CELL_REJECTED';

/** Whether a cell was lost and its record kept. */
export function isLostCell({ code }: Pick<SetAsideTimes, 'code'>): boolean {
  return code === CELL;
}

/** How many records were set aside, and how many cells of records that were kept. None gives zero of both. */
export function countAside(rows: readonly SetAsideTimes[]): { readonly records: number; readonly cells: number } {
  let [records, cells] = [0, 0];
  for (const row of rows) {
    if (isLostCell(row)) cells += row.times ?? 1;
    else records += row.times ?? 1;
  }
  return { records, cells };
}

/** Places of lost cells with their numbers, the most frequent first: `priority (10), status (2)`. None gives null. */
export function tellLostCells(rows: readonly SetAsideTimes[], most = 3): string | null {
  const byPath = new Map<string, number>();
  for (const { code, path, times = 1 } of rows)
    if (isLostCell({ code })) byPath.set(path, (byPath.get(path) ?? 0) + times);
  const places = [...byPath].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (places.length === 0) return null;
  const told = places.slice(0, most).map(([path, n]) => `${path} (${n})`);
  const others = places.length > most ? ` and ${places.length - most} more` : '';
  return `Values of kept records that could not be read so far, by place: ${told.join(', ')}${others}.`;
}
