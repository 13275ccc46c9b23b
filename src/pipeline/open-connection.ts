import type { Connector, ConnectorContext } from '../kit/connector.ts';
import type { ConnectionRow } from '../store/ports.ts';

/** A connection with its parts put together, ready to be asked. `close` frees its sockets. */
export interface OpenConnection {
  readonly row: ConnectionRow;
  readonly connector: Connector<unknown>;
  readonly context: Omit<ConnectorContext<unknown>, 'until'>;
  close(): void;
}

/** Puts the parts of a connection together. Errors: UNKNOWN_NAME (vendor), BAD_USAGE (settings), SECRET_MISSING, BAD_URL. */
export type OpensConnections = (row: ConnectionRow, signal: AbortSignal) => Promise<OpenConnection>;

/** Name of a vendor account: what is limited together, whichever worker or workspace asks. */
export function accountName(vendor: string, origin: string): string {
  return `${vendor}@${new URL(origin).host}`;
}

export function accountOf({ row, context }: Pick<OpenConnection, 'row' | 'context'>): string {
  return accountName(row.vendor, context.http.origin);
}
