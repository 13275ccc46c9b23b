import type { Finding } from '../domain/finding.ts';
import type { SnapshotChange } from '../domain/snapshot-change.ts';
import { readStaged, type StagedReading } from '../domain/staged-reading.ts';
import type { Ledger, VerdictHead } from '../store/ports.ts';
import { compareSnapshots } from './compare-snapshots.ts';

/** One kept snapshot as a model of any kind saw it; `reading` is null for models without stages. */
interface KeptPoint extends VerdictHead {
  readonly reading: StagedReading | null;
}

interface Course {
  /** Oldest first; of several snapshots of one instant the one taken last. */
  readonly points: readonly KeptPoint[];
  /** What changed between each two points; null for models without stages. */
  readonly changes: readonly (SnapshotChange | null)[];
  /** Kept snapshots of before the first of them. */
  readonly earlier: number;
}

/** The newest of each instant, in order. */
function latestOfEach(heads: readonly VerdictHead[]): VerdictHead[] {
  const byInstant = new Map<number, VerdictHead>();
  for (const head of heads) {
    const at = head.as_of.getTime();
    const known = byInstant.get(at);
    if (known === undefined || head.created_at >= known.created_at) byInstant.set(at, head);
  }
  return [...byInstant.values()].sort((a, b) => a.as_of.getTime() - b.as_of.getTime());
}

/** What changed from each snapshot to the next; null where a model has no stages. */
export function changesBetween(
  points: readonly { readonly reading: StagedReading | null }[],
): (SnapshotChange | null)[] {
  return points.slice(1).map(({ reading: after }, index) => {
    const before = points[index]?.reading ?? null;
    return before === null || after === null ? null : compareSnapshots(before, after);
  });
}

interface Reach {
  readonly most: number;
  readonly until: Date | null;
}

async function headsUntil(ledger: Pick<Ledger, 'verdicts'>, model: string, until: Date | null): Promise<VerdictHead[]> {
  const heads = latestOfEach(await ledger.verdicts(model));
  return heads.filter(({ as_of }) => until === null || as_of <= until);
}

/**
 * What a model of any kind said in the `most` newest kept snapshots at or before an instant (null = all), with what changed from each to the
 * next. No snapshot gives an empty course. Errors: BAD_SNAPSHOT.
 */
export async function readCourse(
  ledger: Pick<Ledger, 'verdicts' | 'snapshot'>,
  model: string,
  { most, until }: Reach,
): Promise<Course> {
  const points: KeptPoint[] = [];
  const heads = await headsUntil(ledger, model, until);
  for (const head of heads.slice(-most)) {
    const stored = head.kind === 'staged' ? await ledger.snapshot(head.digest) : null;
    points.push({ ...head, reading: stored === null ? null : readStaged(stored, model) });
  }
  return { points, changes: changesBetween(points), earlier: heads.length - points.length };
}

/** What the newest kept snapshots found of one signal, oldest first; snapshots that did not measure it are left out. Errors: BAD_SNAPSHOT. */
export async function courseOfSignal(
  ledger: Pick<Ledger, 'verdicts' | 'snapshot'>,
  model: string,
  signal: string,
  { most, until }: Reach,
): Promise<{ readonly digest: string; readonly as_of: Date; readonly finding: Finding }[]> {
  const found = [];
  for (const { digest, as_of } of (await headsUntil(ledger, model, until)).slice(-most)) {
    const finding = (await ledger.snapshot(digest))?.findings.find((one) => one.signal === signal);
    if (finding !== undefined) found.push({ digest, as_of, finding });
  }
  return found;
}
