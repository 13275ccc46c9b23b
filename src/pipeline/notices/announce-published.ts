import type { Run } from '../../domain/operations.ts';
import type { StoredSnapshot } from '../../domain/snapshot.ts';
import { readStaged, verdictsOf } from '../../domain/staged-reading.ts';
import type { Ledger } from '../../store/ports.ts';
import { type AnnounceDeps, announce, announceSnapshot, earlierThan } from './announce.ts';
import { type JudgedSnapshot, noticesOfVerdicts } from './of-verdicts.ts';

interface Published {
  readonly workspace: string;
  readonly run: Pick<Run, 'id' | 'params'>;
  readonly snapshot: StoredSnapshot;
  /** The model that the run is shown by. */
  readonly model: string;
}

/**
 * Says what a published snapshot changed by the model that it is shown by; where that did not judge it, by the first staged one that did, else by
 * headlines alone. Gives how many notices are new. Errors: those of the store.
 */
export async function announcePublished(
  deps: AnnounceDeps & { readonly ledger: Ledger },
  { model, ...published }: Published,
): Promise<number> {
  for (const id of [model, ...verdictsOf(published.snapshot).map((verdict) => verdict.model.id)]) {
    const snapshot = readStaged(published.snapshot, id);
    if (snapshot !== null) return announceSnapshot(deps, { ...published, snapshot });
  }
  return announceVerdicts(deps, published);
}

/**
 * For a snapshot that no staged model judged: what its models say otherwise than before, by their headlines. Gives how many are new.
 * Errors: those of the store.
 */
async function announceVerdicts(
  deps: AnnounceDeps & { readonly ledger: Ledger },
  input: Omit<Published, 'model'>,
): Promise<number> {
  const { workspace, run, snapshot } = input;
  const lengthMs = ({ window }: StoredSnapshot): number => Date.parse(window.to) - Date.parse(window.from);
  const asOf = new Map((await deps.ledger.snapshots()).map((head) => [head.digest, head.as_of.getTime()]));
  const before: JudgedSnapshot[] = [];
  for (const digest of earlierThan(await deps.ledger.publications(), run.id, asOf, Date.parse(snapshot.as_of))) {
    if (digest === snapshot.digest) return 0;
    const earlier = await deps.ledger.snapshot(digest);
    if (earlier !== null && lengthMs(earlier) === lengthMs(snapshot))
      before.push({ digest, as_of: earlier.as_of, verdicts: [...verdictsOf(earlier)] });
  }
  const after = { digest: snapshot.digest, as_of: snapshot.as_of, verdicts: [...verdictsOf(snapshot)] };
  return announce(deps, noticesOfVerdicts({ workspace, run, before, after, shown: null, at: deps.clock.now() }));
}
