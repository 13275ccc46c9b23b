import type { StreamName } from '../../../domain/observability.ts';

/**
 * Condition that keeps rows of a stream out while it was never yet read to its end at a connection (status `failed`): half a history says wrong
 * things about the tickets whose other half is missing.
 */
export function wholeOnly(stream: StreamName, connection: string): string {
  return `${connection} NOT IN (SELECT connection FROM store.observability WHERE status = 'failed' AND stream = '${stream}')`;
}
