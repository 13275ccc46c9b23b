import { beforeAll, expect } from 'vitest';
import type { ConnectorCase } from '../conformance/connector.ts';
import { type DeskChanges, type DeskRows, readDesk } from './read-desk.ts';

type Read = Awaited<ReturnType<typeof readDesk>>;

/** One sync of a case that goes through, with other settings beside its own. */
export async function syncWhole<S>(
  spec: ConnectorCase<S> & { readonly settings: object },
  { settings = {}, ...changes }: DeskChanges & { readonly settings?: Record<string, unknown> } = {},
): Promise<Read> {
  const read = await readDesk({ ...spec, settings: { ...spec.settings, ...settings } }, changes);
  expect(read.error ?? read.result?.error ?? null).toBeNull();
  return read;
}

/** What a suite looks at: one sync, made before its first test. `rows` is filled by then. */
export function syncedDesk(sync: () => Promise<Read>) {
  const rows: DeskRows = {};
  const requests: Read['requests'][number][] = [];
  let read: Read | undefined;
  beforeAll(async () => {
    read = await sync();
    Object.assign(rows, read.rows);
    requests.push(...read.requests);
  });
  return {
    rows,
    requests,
    shows: (stream: string) => read?.shows(stream),
    /** Cells of one row. */
    pick: (table: string, key: string, ...columns: string[]) => columns.map((column) => rows[table]?.[key]?.[column]),
  };
}

/** Rows of one ticket, in the order of what happened. */
export function rowsOf(rows: DeskRows, table: 'event' | 'message', ticket: string): DeskRows[string][string][] {
  return Object.values(rows[table] ?? {})
    .filter((one) => one.ticket_id === ticket)
    .sort((a, b) => Number(a.at) - Number(b.at) || Number(a.seq) - Number(b.seq));
}
