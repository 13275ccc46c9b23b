import type { Observability } from '../../domain/observability.ts';
import type { SqlSession } from '../../domain/sql-session.ts';

/**
 * From when on the tickets of each connection are known, where older ones are stored too: of the time before those are left that were still touched later. Connections without
 * older ones are not in the map: nothing was before.
 */
export async function knownFrom(
  session: SqlSession,
  observability: readonly Observability[],
): Promise<ReadonlyMap<string, Date>> {
  const starts = observability.filter(({ stream, since }) => stream === 'tickets' && since !== null);
  if (starts.length === 0) return new Map();
  const rows = await session.query('select connection, min(created_at) as first from ticket_all group by connection');
  const firsts = new Map(rows.map(({ connection, first }) => [String(connection), first]));
  return new Map(
    starts.flatMap(({ connection, since }): [string, Date][] => {
      const first = firsts.get(connection);
      return since !== null && first instanceof Date && first < since ? [[connection, since]] : [];
    }),
  );
}

/** What can be seen over a span that begins at `from`: nothing of tickets that are known only from later on. */
export function seenFrom(
  from: Date,
  observability: readonly Observability[],
  known: ReadonlyMap<string, Date>,
): Observability[] {
  return observability.map((row) => {
    const since = known.get(row.connection);
    return row.stream === 'tickets' && row.status === 'available' && since !== undefined && since > from
      ? { ...row, status: 'retention' }
      : row;
  });
}
