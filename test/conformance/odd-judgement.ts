import { TABLE_NAMES } from '../../src/domain/telemetry.ts';
import type { DeskRows } from '../harness/read-desk.ts';

/**
 * Facts that a run makes of a cell that cannot be read, of those that can be judged without knowing the vendor: a message shown or hidden, a list emptied,
 * a rule for everything that had conditions, a rule that does nothing, a value at creation, the text of an object.
 */
export function madeUp(plain: DeskRows, odd: DeskRows): string[] {
  const found: string[] = [];
  const each = (table: string, look: (row: Row, before: Row | undefined, key: string) => string | null) => {
    for (const [key, row] of Object.entries(odd[table] ?? {})) {
      const what = look(row, plain[table]?.[key], key);
      if (what !== null) found.push(`${table} ${key}: ${what}`);
    }
  };
  each('message', (row, before) =>
    before !== undefined && row.public !== before.public ? `public is ${row.public}` : null,
  );
  each('ticket', (row, before) => {
    const emptied = ['tags', 'filled_fields'].find((name) => isEmptied(row[name], before?.[name]));
    return emptied === undefined ? null : `no ${emptied}`;
  });
  each('event', (row, before) => {
    if (row.initial !== true || (before !== undefined && isSame(row.to_value, before.to_value))) return null;
    // What an unknown word counts as, everywhere.
    return row.kind === 'status' && row.to_value === 'open' ? null : `created with ${row.to_value}`;
  });
  for (const table of ['automation', 'sla_policy'])
    each(table, (row, before) => {
      if (before === undefined) return null;
      const bare = ['condition', 'action'].find(
        (what) => says(before, what) > 0 && says(row, what) === 0 && row[`${what}_terms`] !== null,
      );
      return bare === undefined ? null : `no ${bare}s`;
    });
  if (JSON.stringify(odd).includes('[object')) found.push('the text of an object');
  return found;
}

/** Instants that a run tells otherwise than the plain one, and those of no helpdesk: what cannot be read is unknown, and nothing stands in for it. */
export function otherInstants(plain: DeskRows, odd: DeskRows): string[] {
  return Object.entries(odd).flatMap(([table, rows]) =>
    Object.entries(rows).flatMap(([key, row]) =>
      Object.entries(row).flatMap(([column, at]) => {
        if (!(at instanceof Date)) return [];
        const before = plain[table]?.[key]?.[column];
        if (before instanceof Date && before.getTime() === at.getTime()) return [];
        const isStrange = !(at.getUTCFullYear() >= 1980 && at.getUTCFullYear() < 2200);
        return before instanceof Date || isStrange ? [`${table} ${key}: ${column} is ${String(at.getTime())}`] : [];
      }),
    ),
  );
}

/** Tickets of which something is told otherwise, or no longer, or only now. */
export function changedTickets(plain: DeskRows, odd: DeskRows): string[] {
  const tickets = new Set<string>();
  for (const table of TABLE_NAMES) {
    const [before = {}, after = {}] = [plain[table], odd[table]];
    for (const key of Object.keys({ ...before, ...after })) {
      const row = after[key] ?? before[key];
      const ticket = table === 'ticket' ? row?.id : row?.ticket_id;
      if (typeof ticket === 'string' && !isSame(before[key] ?? null, after[key] ?? null)) tickets.add(ticket);
    }
  }
  return [...tickets];
}

type Row = Record<string, unknown>;

function says(row: Row, what: string): number {
  const terms = row[`${what}_terms`];
  return (Array.isArray(terms) ? terms.length : 0) + Number(row[`unread_${what}s`] ?? 0);
}

function isEmptied(value: unknown, before: unknown): boolean {
  return Array.isArray(value) && value.length === 0 && Array.isArray(before) && before.length > 0;
}

/** What differs from the plain run where the odd cell says the same: nothing may. The case of words does not matter. */
export function differing(plain: DeskRows, odd: DeskRows): string[] {
  return TABLE_NAMES.filter((table) => !isSame(sorted(plain[table]), sorted(odd[table])));
}

function sorted(rows: Record<string, Row> = {}): unknown {
  return Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Records of a table that the run lost. */
export function lostRows(plain: DeskRows, odd: DeskRows, table: string): string[] {
  return Object.keys(plain[table] ?? {}).filter((key) => odd[table]?.[key] === undefined);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a).toLowerCase() === JSON.stringify(b)?.toLowerCase();
}
