import type { Snapshot } from '../domain/snapshot.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Ledger } from '../store/ports.ts';
import { parseBound } from './parse-span.ts';

/**
 * A kept snapshot by `latest`, a date or instant (the latest at or before it), or the beginning of its digest.
 * Errors: UNKNOWN_NAME, also for a beginning that several share.
 */
export async function findSnapshot(ledger: Ledger, model: string, name: string): Promise<Snapshot> {
  const heads = await ledger.snapshots(model);
  if (heads.length === 0)
    throw new PlumblineError(
      'NO_DATA',
      'No snapshot was taken yet.',
      'Run plumbline snapshot, or plumbline backfill for the past.',
    );
  const matches = matchesOf(heads, name);
  const chosen = matches[0];
  if (chosen === undefined || matches.length > 1)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      chosen === undefined
        ? `There is no snapshot "${name}".`
        : `"${name}" is the beginning of ${matches.length} digests.`,
      `Known: ${heads
        .slice(-5)
        .map((h) => `${h.digest.slice(0, 12)} (${h.as_of.toISOString().slice(0, 10)})`)
        .join(', ')}.`,
    );
  const snapshot = await ledger.snapshot(chosen.digest);
  if (snapshot === null)
    throw new PlumblineError('BUG', `The snapshot ${chosen.digest} is listed but not there.`, 'Report this.');
  return snapshot;
}

type Head = Awaited<ReturnType<Ledger['snapshots']>>[number];

function newestFirst(a: Head, b: Head): number {
  return b.as_of.getTime() - a.as_of.getTime() || b.created_at.getTime() - a.created_at.getTime();
}

function matchesOf(heads: readonly Head[], name: string): Head[] {
  if (name === 'latest') return heads.toSorted(newestFirst).slice(0, 1);
  if (/^\d{4}-\d{2}-\d{2}/.test(name)) {
    const end = parseBound(name, 'snapshot', 'end');
    return heads
      .filter((h) => h.as_of <= end)
      .sort(newestFirst)
      .slice(0, 1);
  }
  return /^[0-9a-f]{4,64}$/.test(name) ? heads.filter((h) => h.digest.startsWith(name)) : [];
}
