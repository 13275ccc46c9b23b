import { externalKeys } from '../domain/external-keys.ts';
import type { ConnectorContext } from './connector.ts';
import { readIssueReferences } from './issue-references.ts';

/**
 * Keyed hashes of all by which desks may name a ticket of a tracker: its address as texts link to it and as a field holds it, and the short names that the
 * vendor's own integrations keep. As `link.target_key` of a desk is made, so that both meet. Never throws.
 */
export function referenceKeys(
  address: URL,
  names: readonly string[],
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
): string[] | null {
  const linked = readIssueReferences(address.href).map(({ key }) => key);
  return externalKeys([address.href, ...linked, ...names], pseudonymise);
}
