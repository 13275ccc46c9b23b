import type { ConnectionRole } from '../domain/connection-role.ts';
import { CustomerPair } from '../domain/customer-pair.ts';
import type { SqlRow } from '../domain/sql-session.ts';

/** A source of engineering; links of desks say what kind of tracker they lead to, and its vendor's id begins with that word. */
interface Tracker {
  readonly name: string;
  readonly vendor: string;
}

/** Sources that stand beside the desks of a workspace, and what people said of whom is whom. Names are sorted. */
export interface SourcesBeside {
  readonly engineering: readonly Tracker[];
  readonly customers: readonly string[];
  readonly pairs: readonly CustomerPair[];
}

/** Rows of connections and of pairs as a store holds them. */
export function toSources(connections: readonly SqlRow[], pairs: readonly SqlRow[]): SourcesBeside {
  const ofRole = (role: ConnectionRole): Tracker[] =>
    connections
      .filter((one) => one.role === role)
      .map(({ name, vendor }) => ({ name: String(name), vendor: String(vendor) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    engineering: ofRole('engineering'),
    customers: ofRole('customers').map(({ name }) => name),
    pairs: pairs.map((row) => CustomerPair.parse(row)),
  };
}
