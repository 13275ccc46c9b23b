import type { StoredSnapshot } from '../domain/snapshot.ts';
import { readStaged, type StagedReading } from '../domain/staged-reading.ts';
import { readVerdict, type VerdictReading } from '../domain/verdict-reading.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Ledger } from '../store/ports.ts';
import { parseBound } from './parse-span.ts';

/**
 * A kept snapshot as a staged model reads it, by `latest`, a date or instant (the latest at or before it), or the beginning of its digest.
 * Errors: UNKNOWN_NAME, also for a beginning that several share; BAD_SNAPSHOT.
 */
export async function findSnapshot(ledger: Ledger, model: string, name: string): Promise<StagedReading> {
  const { digest } = chooseHead(await ledger.snapshots(model), name);
  const reading = await readKept(ledger, digest, model);
  if (reading === null) throw lost(digest);
  return reading;
}

/** The same whole, among those that a model of any kind judged, or whatever models did. Errors: NO_DATA, UNKNOWN_NAME, BAD_SNAPSHOT. */
export async function findStored(ledger: Ledger, name: string, model?: string): Promise<StoredSnapshot> {
  const { digest } = chooseHead(await ledger.snapshots(model), name);
  const stored = await ledger.snapshot(digest);
  if (stored === null) throw lost(digest);
  return stored;
}

/** A kept snapshot as a model without stages reads it, by the same names. Errors: as of `findStored`. */
export async function findVerdict(ledger: Ledger, model: string, name: string): Promise<VerdictReading> {
  const stored = await findStored(ledger, name, model);
  const reading = stored.schema === 'plumbline.snapshot/2' ? readVerdict(stored, model) : null;
  if (reading === null) throw lost(stored.digest);
  return reading;
}

function lost(digest: string): PlumblineError {
  return new PlumblineError('BUG', `The snapshot ${digest} is listed but not there.`, 'Report this.');
}

/** The one head that a name means. Errors: NO_DATA without any, UNKNOWN_NAME for none or several. */
function chooseHead(heads: readonly Head[], name: string): Head {
  if (heads.length === 0)
    throw new PlumblineError(
      'NO_DATA',
      'No snapshot was taken yet.',
      'Run plumbline snapshot, or plumbline backfill for the past.',
    );
  const matches = matchesOf(heads, name);
  const chosen = matches[0];
  if (chosen !== undefined && matches.length === 1) return chosen;
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
}

/** A kept snapshot by its digest; null when it is not there, or no staged model of that id judged it. Errors: BAD_SNAPSHOT. */
export async function readKept(ledger: Ledger, digest: string, model: string): Promise<StagedReading | null> {
  const stored = await ledger.snapshot(digest);
  return stored === null ? null : readStaged(stored, model);
}

/** The latest snapshot that a staged model judged, with as_of at or before the instant; null when there is none. Errors: BAD_SNAPSHOT. */
export async function readLatest(ledger: Ledger, model: string, asOf: Date): Promise<StagedReading | null> {
  const stored = await ledger.latestSnapshot(model, asOf);
  return stored === null ? null : readStaged(stored, model);
}

/** The newest heads, oldest of them first. Errors: NO_DATA when there is none. */
export function newestOf<T>(heads: readonly T[], most: number): readonly T[] {
  if (heads.length > 0) return heads.slice(-most);
  throw new PlumblineError(
    'NO_DATA',
    'No snapshot was taken yet.',
    'Run plumbline snapshot or plumbline backfill first.',
  );
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
