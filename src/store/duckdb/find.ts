import type { Column } from '../../domain/columns.ts';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import type { TableName, TelemetryRecord } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Session } from './database.ts';
import { keyOf, TELEMETRY, tableOf } from './schema.ts';
import { quoted } from './sql-values.ts';

function toValue(column: Column, value: SqlValue): unknown {
  return column.type === 'json' && typeof value === 'string' ? JSON.parse(value) : value;
}

export function toRecord<T extends TableName>(table: T, row: SqlRow): TelemetryRecord<T> {
  const columns = Object.entries(tableOf(table).columns);
  return Object.fromEntries(
    columns.map(([name, column]) => [name, toValue(column, row[name] ?? null)]),
  ) as TelemetryRecord<T>;
}

/** Column that names the case: `id` of a ticket, `ticket_id` of what belongs to one. */
export function ticketColumn(table: TableName): string {
  if (table === 'ticket') return 'id';
  if ('ticket_id' in tableOf(table).columns) return 'ticket_id';
  throw new PlumblineError('BUG', `Records of ${table} do not belong to a ticket.`, 'Report this.');
}

/** Records of one case, in order of time where they have one, then of key. Empty when the case is not known. */
export async function findRecords<T extends TableName>(
  session: Session,
  table: T,
  connection: string,
  ticketId: string,
): Promise<TelemetryRecord<T>[]> {
  const { columns } = tableOf(table);
  const order = [...['at', 'seq'].filter((name) => name in columns), ...keyOf(table)];
  const rows = await session.rows(
    `SELECT * FROM ${TELEMETRY}.${table} WHERE connection = $connection AND ${ticketColumn(table)} = $ticket
     ORDER BY ${order.map(quoted).join(', ')}`,
    { connection, ticket: ticketId },
  );
  return rows.map((row) => toRecord(table, row));
}
