import type { Observability, StreamName } from '../domain/observability.ts';

/** Streams that figures join: a ticket whose messages were not read yet would look unanswered. */
const JOINED: readonly StreamName[] = ['tickets', 'events', 'messages'];

/**
 * The end of the data: the latest instant up to which a connection was read, its tickets, events and messages all of them as far as it has
 * them. A source without any of these, such as counts of self-service, ends the data only where no other is there. Null without any.
 */
export function endOfData(observability: readonly Observability[]): Date | null {
  const ends: number[] = [];
  const others: number[] = [];
  for (const connection of new Set(observability.map((o) => o.connection))) {
    const rows = observability.filter((o) => o.connection === connection);
    const untils = (of: readonly Observability[]) => of.flatMap((o) => (o.until === null ? [] : [o.until.getTime()]));
    const joined = untils(rows.filter((o) => JOINED.includes(o.stream)));
    if (joined.length > 0) ends.push(Math.min(...joined));
    else others.push(...untils(rows));
  }
  const known = ends.length === 0 ? others : ends;
  return known.length === 0 ? null : new Date(Math.max(...known));
}
