import type { ConnectionRole } from '../domain/connection-role.ts';
import { CustomerPair } from '../domain/customer-pair.ts';
import type { SqlRow } from '../domain/sql-session.ts';

/** Sources that stand beside the desks of a workspace, and what people said of whom is whom. Names are sorted. */
export interface SourcesBeside {
  readonly engineering: readonly string[];
  readonly customers: readonly string[];
  readonly pairs: readonly CustomerPair[];
}

export const NOTHING_BESIDE: SourcesBeside = { engineering: [], customers: [], pairs: [] };

/** Rows of connections and of pairs as a store holds them. */
export function toSources(connections: readonly SqlRow[], pairs: readonly SqlRow[]): SourcesBeside {
  const named = (role: ConnectionRole): string[] =>
    connections
      .filter((one) => one.role === role)
      .map(({ name }) => String(name))
      .toSorted();
  return {
    engineering: named('engineering'),
    customers: named('customers'),
    pairs: pairs.map((row) => CustomerPair.parse(row)),
  };
}
