import type { ModelHead } from '../../domain/model.ts';
import type { KeptVerdict } from '../../domain/snapshot.ts';
import { isStaged } from '../../domain/staged-model.ts';
import { verdictsOf } from '../../domain/staged-reading.ts';
import { isStagedBody } from '../../domain/staged-verdict.ts';
import { contrastModels, type ModelVerdict } from '../../pipeline/contrast-models.ts';
import { findStored } from '../../pipeline/find-snapshot.ts';
import { readCourse } from '../../pipeline/read-course.ts';
import { freshnessView } from '../../report/view/freshness.ts';
import { type HomeView, type SheetHome, type StagedHome, sheetHome } from '../../report/view/home.ts';
import { type ModelsView, modelsView } from '../../report/view/models.ts';
import { snapshotView } from '../../report/view/snapshot.ts';
import { trendView } from '../../report/view/trend.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { type Asked, openDrawn, signalsById } from './sources.ts';

/** Snapshots that the trend of a home reaches back over. */
const TREND = 12;
const MOST = { disagreements: 5, moves: 3 };

/** Verdicts of staged models in a snapshot that the models of today can name. */
async function stagedVerdicts(verdicts: readonly KeptVerdict[], deps: ApiDeps): Promise<ModelVerdict[]> {
  const models = await deps.models();
  return verdicts.flatMap(({ model: { id }, body, ledger }) => {
    const model = models.find((one) => one.model.id === id)?.model;
    return model !== undefined && isStaged(model) && isStagedBody(body)
      ? [{ model, placement: body.placement, ledger }]
      : [];
  });
}

/** What every model of a snapshot says, side by side. */
export async function drawModels(verdicts: readonly KeptVerdict[], shown: string, deps: ApiDeps): Promise<ModelsView> {
  const [staged, signals] = await Promise.all([stagedVerdicts(verdicts, deps), signalsById(deps)]);
  const pairs = contrastModels(staged);
  return modelsView(verdicts, shown, { verdicts: staged, pairs }, (id) => signals.get(id)?.title ?? id);
}

async function drawStaged(store: Store, asked: Asked, deps: ApiDeps): Promise<StagedHome> {
  const { reading, context, note } = await openDrawn(store, asked, deps);
  const { model } = context;
  const { matrix: _, ...blocks } = snapshotView(reading, context, MOST);
  const course = await readCourse(store.ledger, model.id, { most: TREND, until: new Date(reading.as_of) });
  return {
    kind: 'staged',
    ...blocks,
    beside: [...blocks.beside],
    freshness: freshnessView(reading, deps.clock.now()),
    trend: trendView(course.points, course.changes, model, course.earlier),
    models: await drawModels(reading.verdicts, model.id, deps),
    note,
  };
}

async function drawSheet(store: Store, model: ModelHead, asked: Asked, deps: ApiDeps): Promise<SheetHome> {
  const snapshot = await findStored(store.ledger, asked.snapshot, model.id);
  const verdicts = verdictsOf(snapshot);
  const course = await readCourse(store.ledger, model.id, { most: TREND, until: new Date(snapshot.as_of) });
  return sheetHome(snapshot, verdicts, model, {
    freshness: freshnessView(snapshot, deps.clock.now()),
    trend: trendView(course.points, course.changes, null, course.earlier),
    models: await drawModels(verdicts, model.id, deps),
  });
}

/** The home of a workspace by a model of any kind. Errors: UNKNOWN_NAME, NO_DATA, BAD_SNAPSHOT. */
export async function drawHome(store: Store, asked: Asked, deps: ApiDeps): Promise<HomeView> {
  const { model } = await deps.anyModel(asked.model ?? deps.config.model);
  return isStaged(model) ? drawStaged(store, asked, deps) : drawSheet(store, model, asked, deps);
}
