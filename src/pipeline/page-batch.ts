import type { SetAside } from '../domain/observability.ts';
import { TABLE_NAMES, type TableName, type TelemetryBatch } from '../domain/telemetry.ts';
import type { ConnectorPage } from '../kit/connector.ts';

/** Pages collected until a transaction is worth its cost (small upserts are the store's weak side). */
export interface PageBatch {
  /** Records of all tables. */
  readonly rows: number;
  /** Resume point behind the last page; null before the first. */
  readonly checkpoint: string | null;
  readonly rejected: readonly SetAside[];
  add(page: Pick<ConnectorPage, 'records' | 'rejected' | 'checkpoint'>): void;
  records(): TelemetryBatch;
}

/** An empty batch. It is filled page by page and written once; then a new one begins. */
export function createPageBatch(): PageBatch {
  const records: { [T in TableName]?: unknown[] } = {};
  const rejected: SetAside[] = [];
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
