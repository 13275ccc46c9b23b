import type { SetAsideTimes } from '../domain/observability.ts';
import { TABLE_NAMES, type TableName, type TelemetryBatch } from '../domain/telemetry.ts';
import type { ConnectorPage } from '../kit/connector.ts';

/** Pages collected until a transaction is worth its cost (small upserts are the store's weak side). */
export interface PageBatch {
  /** Records of all tables. */
  readonly rows: number;
  /** Resume point behind the last page; null before the first. */
  readonly checkpoint: string | null;
  readonly rejected: readonly SetAsideTimes[];
  add(page: Pick<ConnectorPage, 'records' | 'rejected' | 'checkpoint'>): void;
  records(): TelemetryBatch;
}

/** An empty batch. It is filled page by page and written once; then a new one begins. */
export function createPageBatch(): PageBatch {
  const records: { [T in TableName]?: unknown[] } = {};
  const rejected: SetAsideTimes[] = [];
  let checkpoint: string | null = null;
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    get checkpoint() {
      return checkpoint;
    },
    rejected,
    add(page) {
      for (const table of TABLE_NAMES) {
        const added = page.records[table];
        if (added === undefined || added.length === 0) continue;
        const target = records[table] ?? [];
        records[table] = target;
        // Not push(...added): a page may hold more rows than a call takes arguments.
        for (const record of added) target.push(record);
        rows += added.length;
      }
      for (const one of page.rejected) rejected.push(one);
      checkpoint = page.checkpoint;
    },
    records: () => records as TelemetryBatch,
  };
}

/** Records, or cells, of one reason that are kept one by one; further ones are counted together. */
const KEPT_ONE_BY_ONE = 100;

/**
 * Bounds what is kept of records that were set aside: the first hundred of each reason one by one, the others of a batch as one row that
 * says how many. Counts are never lost. One limit for each import, or for each reading of a stream, where it bounds only what is `bounded`.
 */
export function createAsideLimit(bounded: (row: SetAsideTimes) => boolean = () => true): {
  apply(rows: readonly SetAsideTimes[]): SetAsideTimes[];
} {
  const seen = new Map<string, number>();
  return {
    apply(rows) {
      const kept: SetAsideTimes[] = [];
      const others = new Map<string, SetAsideTimes & { times: number }>();
      for (const row of rows) {
        if (!bounded(row)) {
          kept.push(row);
          continue;
        }
        const key = JSON.stringify([row.stream, row.code, row.path]);
        const n = (seen.get(key) ?? 0) + 1;
        seen.set(key, n);
        if (n <= KEPT_ONE_BY_ONE && row.times === undefined) {
          kept.push(row);
          continue;
        }
        const other = others.get(key) ?? { ...row, ref: 'others', times: 0 };
        other.times += row.times ?? 1;
        others.set(key, other);
      }
      return [...kept, ...others.values()];
    },
  };
}
