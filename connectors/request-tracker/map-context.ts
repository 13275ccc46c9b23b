import type { ConnectorContext } from '../../src/kit/connector.ts';
import { type Directory, NOBODY, type PersonKind } from './directory.ts';
import type { Person, TicketRow, TransactionRow } from './schema.ts';
import type { Settings } from './settings.ts';

/** A person as seen on one ticket. */
export interface CastMember {
  readonly id: string;
  /** Null = unknown. */
  readonly kind: PersonKind | null;
  readonly isRequester: boolean;
}

/** What the mappers need to know beside the rows: settings, keyed hashes and who is who. Built once for a page. */
export interface HistoryContext {
  readonly settings: Settings;
  readonly until: Date;
  readonly pseudonymise: ConnectorContext<Settings>['pseudonymise'];
  /** Null for Nobody. */
  ownerId(owner: Person | null): string | null;
  /** Null = unknown. */
  isMember(person: Person): boolean | null;
  castOf(person: Person | null, row: TicketRow): CastMember | null;
}

/** Asks the directory about everybody on a page, so that mapping itself needs no request. */
export async function createHistoryContext(
  connection: ConnectorContext<Settings>,
  directory: Directory,
  rows: readonly TicketRow[],
  transactions: readonly TransactionRow[],
): Promise<HistoryContext> {
  const kinds = new Map<string, PersonKind | null>();
  const people = [...rows.flatMap((row) => row.Requestor), ...transactions.map((one) => one.Creator)];
  for (const person of people)
    if (person !== null && !kinds.has(person.name)) kinds.set(person.name, await directory.kindOf(person));
  const { settings, until, pseudonymise } = connection;
  const isMember = (person: Person): boolean | null => {
    const kind = kinds.get(person.name) ?? null;
    return kind === null ? null : kind === 'agent';
  };
  return {
    settings,
    until,
    pseudonymise,
    ownerId: (owner) => (owner === null || NOBODY.has(owner.id.toLowerCase()) ? null : owner.id),
    isMember,
    castOf(person, row) {
      if (person === null) return null;
      return {
        id: person.id,
        kind: kinds.get(person.name) ?? null,
        isRequester: row.Requestor.some((one) => one.name.toLowerCase() === person.name.toLowerCase()),
      };
    },
  };
}
