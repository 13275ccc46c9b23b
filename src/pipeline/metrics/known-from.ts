import type { Observability } from '../../domain/observability.ts';

/**
 * From when on the tickets of each connection are known, where something may have been before: of that time at most those are left that were still touched
 * later. A source whose history begins with the very first of its tickets is not in the map: nothing was before.
 */
export function knownFrom(
  observability: readonly Observability[],
  firstTickets: ReadonlyMap<string, Date>,
): ReadonlyMap<string, Date> {
  return new Map(
    observability.flatMap(({ connection, stream, since }): [string, Date][] =>
      stream === 'tickets' && since !== null && since.getTime() !== firstTickets.get(connection)?.getTime()
        ? [[connection, since]]
        : [],
    ),
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
