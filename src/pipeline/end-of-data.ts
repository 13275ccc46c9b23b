import type { Observability } from '../domain/observability.ts';

/** The end of the data: the latest instant up to which a connection was read; null without any. */
export function endOfData(observability: readonly Observability[]): Date | null {
  const ends = observability.flatMap((o) => (o.until === null ? [] : [o.until.getTime()]));
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}
