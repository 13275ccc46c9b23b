import type { StreamName } from '../../../domain/observability.ts';
import type { Sql } from '../database.ts';
import { textLiteral } from '../sql-values.ts';

/**
 * Condition that keeps rows of a stream out while it was never yet read to its end at a connection (status `failed`): half a history says wrong
 * things about the tickets whose other half is missing.
 */
export type WholeOnly = (stream: StreamName, connection: string) => string;

/** Reads which streams are half read. Hardly ever is any, and a condition that is not there costs no statement its planning. */
export async function readWholeOnly(sql: Sql): Promise<WholeOnly> {
  const rows = await sql.rows(
    "SELECT stream, connection FROM store.observability WHERE status = 'failed' ORDER BY ALL",
  );
  return (stream, connection) => {
    const failed = rows.filter((row) => row.stream === stream).map((row) => textLiteral(String(row.connection)));
    return failed.length === 0 ? 'true' : `${connection} NOT IN (${failed.join(', ')})`;
  };
}
