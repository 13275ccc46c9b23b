import { createHash } from 'node:crypto';
import type { TableName } from '../domain/telemetry.ts';
import { PlumblineError } from '../errors/index.ts';
import type { TelemetryStore } from '../store/ports.ts';

/** Whom to erase: as the helpdesk knows the person, or by the pseudonym that the store shows. */
export type Requester = { readonly value: string } | { readonly key: string };

interface EraseDeps {
  readonly telemetry: Pick<TelemetryStore, 'requesterRows' | 'eraseRequester'>;
  readonly pseudonymise: (kind: string, value: string) => string;
  /** Nothing is changed; the rows say what would be. */
  readonly dryRun: boolean;
}

export interface Erased {
  /** First 12 hex digits of the SHA-256 of each pseudonym; what was asked for is not repeated. */
  readonly hashes: readonly string[];
  /** Rows that held a pseudonym, by table. */
  readonly rows: ReadonlyMap<TableName, number>;
  readonly total: number;
  readonly dryRun: boolean;
}

const HASH_DIGITS = 12;
const KEY = /^[0-9a-f]{32}$/;

/** Connectors hash the value as the vendor gives it; where letters do not count, in small ones. */
function keysOf(requester: Requester, pseudonymise: EraseDeps['pseudonymise']): string[] {
  if ('key' in requester) {
    const key = requester.key.trim().toLowerCase();
    if (KEY.test(key)) return [key];
    throw new PlumblineError(
      'BAD_USAGE',
      'The requester key is not a pseudonym: those are 32 hexadecimal digits.',
      'Take it from requester_key of an export, or pass --requester with the value that the helpdesk knows.',
    );
  }
  const value = requester.value.trim();
  if (value === '')
    throw new PlumblineError('BAD_USAGE', 'The requester is empty.', 'Pass the id, login or e-mail address.');
  return [...new Set([value, value.toLowerCase()])].map((form) => pseudonymise('requester', form));
}

/**
 * Unlinks a requester for good: the pseudonym becomes unknown in all records of the workspace and stays so in later syncs and restores.
 * It is done also when no record holds it yet. Snapshots hold ticket ids only and stay; exports and backups made before are not touched.
 * Errors: BAD_USAGE (empty or no pseudonym), SECRET_MISSING (pseudonym key), those of the store.
 */
export async function eraseRequester(requester: Requester, deps: EraseDeps): Promise<Erased> {
  const keys = keysOf(requester, deps.pseudonymise);
  const rows = new Map<TableName, number>();
  for (const key of keys) {
    for (const [table, n] of await deps.telemetry.requesterRows(key)) rows.set(table, (rows.get(table) ?? 0) + n);
    if (!deps.dryRun) await deps.telemetry.eraseRequester(key);
  }
  return {
    hashes: keys.map((key) => createHash('sha256').update(key).digest('hex').slice(0, HASH_DIGITS)),
    rows,
    total: [...rows.values()].reduce((sum, n) => sum + n, 0),
    dryRun: deps.dryRun,
  };
}
