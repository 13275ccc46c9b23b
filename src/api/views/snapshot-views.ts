import { verdictsOf } from '../../domain/staged-reading.ts';
import { PlumblineError } from '../../errors/index.ts';
import { compareSnapshots } from '../../pipeline/compare-snapshots.ts';
import { findSnapshot, findStored } from '../../pipeline/find-snapshot.ts';
import { pathTo } from '../../pipeline/path-to.ts';
import { type ChangeView, changeView } from '../../report/view/change.ts';
import { type MatrixView, matrixView } from '../../report/view/matrix.ts';
import type { ModelsView } from '../../report/view/models.ts';
import { type PathView, pathView } from '../../report/view/moves.ts';
import { type SaidSeenView, saidSeenView } from '../../report/view/said-and-seen.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { drawModels } from './home.ts';
import { type Asked, openDrawn } from './sources.ts';

export async function drawMatrix(store: Store, asked: Asked, deps: ApiDeps): Promise<MatrixView> {
  const { reading, context } = await openDrawn(store, asked, deps);
  return matrixView(reading, context);
}

export async function drawSaidSeen(store: Store, asked: Asked, deps: ApiDeps): Promise<SaidSeenView> {
  const { reading, context } = await openDrawn(store, asked, deps);
  return saidSeenView(reading, context.model);
}

/** The way to the next step, or to another one. Errors: BAD_USAGE for a step that the model does not have. */
export async function drawPath(
  store: Store,
  asked: Asked & { readonly target?: number | undefined },
  deps: ApiDeps,
): Promise<PathView> {
  const { reading, context } = await openDrawn(store, asked, deps);
  const path = asked.target === undefined ? reading.path : pathTo(reading, context.model, asked.target);
  return pathView(path, context);
}

/** What models of every kind say of one snapshot. */
export async function drawSideBySide(store: Store, asked: Asked, deps: ApiDeps): Promise<ModelsView> {
  const { model } = await deps.anyModel(asked.model ?? deps.config.model);
  const stored = await findStored(store.ledger, asked.snapshot, model.id);
  return drawModels(verdictsOf(stored), model.id, deps);
}

/** The digest of the latest snapshot that ends before the instant. Errors: NO_DATA when there is none. */
async function digestBefore({ ledger }: Store, model: string, instant: Date): Promise<string> {
  const earlier = (await ledger.snapshots(model)).filter(({ as_of }) => as_of < instant);
  const last = earlier.toSorted((a, b) => a.as_of.getTime() - b.as_of.getTime()).at(-1);
  if (last !== undefined) return last.digest;
  throw new PlumblineError(
    'NO_DATA',
    'There is no earlier snapshot to compare with.',
    'Take another one later, or run plumbline backfill for the past.',
  );
}

/** What changed from another snapshot, the one before by default, to this one. Errors: NO_DATA, UNKNOWN_NAME, BAD_SNAPSHOT. */
export async function drawChange(
  store: Store,
  asked: Asked & { readonly against?: string | undefined },
  deps: ApiDeps,
): Promise<ChangeView> {
  const { reading: after, context, note } = await openDrawn(store, asked, deps);
  const { id } = context.model;
  const against = asked.against ?? (await digestBefore(store, id, new Date(after.as_of)));
  const before = await findSnapshot(store.ledger, id, against);
  return changeView({ change: compareSnapshots(before, after), before, after }, context, note);
}
