import { z } from 'zod';
import type { Observability } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { FROM_REPORTS } from '../../domain/stream-tables.ts';

/** A stream, or a field of one, that a signal needs and a connection does not show. */
export const DarkStream = z.strictObject({
  connection: z.string(),
  /** `events`, or `tickets.priority` where only the field is missing. */
  need: z.string(),
  /** `plan`, `permission`, `retention`, `absent`, `failed`; `field` where the stream is there without the field. */
  status: z.string(),
  /** What an administrator can do about it; null where nothing is known to help. */
  detail: z.string().nullable(),
});
export type DarkStream = z.infer<typeof DarkStream>;

/** Where sums that no interface gives come from. */
const BY_FILE = 'A report of the vendor has it; export it by week, and plumbline import --as deflection FILE reads it.';

function lacking(need: string, rows: readonly Observability[]): DarkStream | null {
  const [stream = '', field] = need.split('.');
  const row = rows.find((one) => one.stream === stream);
  if (row === undefined) return null;
  if (FROM_REPORTS.has(need) && field !== undefined && !row.fields.includes(field))
    return { connection: row.connection, need, status: 'field', detail: BY_FILE };
  if (row.status !== 'available')
    return { connection: row.connection, need: stream, status: row.status, detail: row.detail };
  return field === undefined || row.fields.includes(field)
    ? null
    : { connection: row.connection, need, status: 'field', detail: row.detail };
}

/**
 * What stands between a signal and its number, connection by connection: for each the shortest list of needs that it does not meet. A
 * connection that meets them all is left out; so is one of which nothing is known. Pure.
 */
export function darkStreams(
  { needs, needs_any }: Pick<SignalDefinition, 'needs' | 'needs_any'>,
  observability: readonly Observability[],
): DarkStream[] {
  const connections = [...new Set(observability.map(({ connection }) => connection))];
  const ways = (needs_any ?? [[]]).map((more) => [...needs, ...more]);
  return connections.flatMap((connection) => {
    const rows = observability.filter((row) => row.connection === connection);
    const lists = ways.map((way) => way.flatMap((need) => lacking(need, rows) ?? []));
    const shortest = lists.sort((a, b) => a.length - b.length)[0] ?? [];
    return shortest.filter((one, at) => shortest.findIndex(({ need }) => need === one.need) === at);
  });
}
