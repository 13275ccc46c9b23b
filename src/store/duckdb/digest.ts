import { createHash } from 'node:crypto';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import type { Session } from './database.ts';
import { TELEMETRY, tableOf } from './schema.ts';
import { quoted } from './sql-values.ts';

function rowText(name: TableName): string {
  const values = Object.entries(tableOf(name).columns).map(([column, { type }]) =>
    type === 'time' ? `epoch_ms(${quoted(column)})` : quoted(column),
  );
  return `CAST(json_array(connection, ${values.join(', ')}) AS VARCHAR)`;
}

/**
 * Digest of one table, made inside the engine: SHA-256 of each row as a JSON array, those sorted and hashed in 4,096 buckets, those
 * sorted and hashed again. Sorting by hash stands for sorting by key: each key is there once, so the order of writing cannot show.
 * Buckets keep memory small: one holds 64 bytes for each of 1/4,096 of the rows.
 */
function tableDigest(name: TableName, filter: string): string {
  return `SELECT sha256(string_agg(bucket, '' ORDER BY bucket)) AS digest, CAST(sum(n) AS BIGINT) AS n FROM (
    SELECT sha256(string_agg(h, '' ORDER BY h)) AS bucket, count(*) AS n
    FROM (SELECT sha256(${rowText(name)}) AS h FROM ${TELEMETRY}.${name} ${filter}) GROUP BY substr(h, 1, 3))`;
}

/** SHA-256 over all telemetry rows (or those of one connection); empty tables count as such. No clock is in it. */
export async function digestTelemetry(session: Session, connection: string | undefined): Promise<string> {
  const filter = connection === undefined ? '' : 'WHERE connection = $connection';
  const hash = createHash('sha256');
  for (const name of TABLE_NAMES) {
    const [row] = await session.rows(tableDigest(name, filter), connection === undefined ? {} : { connection });
    hash.update(`${name} ${row?.n ?? 0} ${row?.digest ?? 'empty'}\n`);
  }
  return hash.digest('hex');
}
