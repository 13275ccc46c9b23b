/**
 * Keyed hashes of the ids by which other systems know a customer, sorted, each once; null when the source has none. The same id gives the same key
 * at every connection of a workspace, so that a desk's record finds the customer's own.
 */
export function externalKeys(
  ids: readonly (string | null | undefined)[],
  pseudonymise: (kind: 'reference', value: string) => string,
): string[] | null {
  const known = ids.flatMap((id) => (id === null || id === undefined || id.trim() === '' ? [] : [id.trim()]));
  return known.length === 0 ? null : [...new Set(known.map((id) => pseudonymise('reference', id)))].sort();
}

/** Salesforce writes one id in 15 characters or, with three that repeat their letter case, in 18. */
const LONG_ID = /^[a-zA-Z0-9]{18}$/;

/** The forms in which other systems may keep an id of a record of customers. */
export function formsOfId(id: string): readonly string[] {
  return LONG_ID.test(id) ? [id, id.slice(0, 15)] : [id];
}
