import { isStaged } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { isStagedBody } from '../../domain/staged-verdict.ts';
import { compareSnapshots } from '../../pipeline/compare-snapshots.ts';
import { contrastModels, type ModelVerdict } from '../../pipeline/contrast-models.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { readCourse } from '../../pipeline/read-course.ts';
import type { ReportView } from '../../report/html/report-view.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { type ChangeView, changeView } from '../../report/view/change.ts';
import { freshnessView } from '../../report/view/freshness.ts';
import { type ModelsView, modelsView } from '../../report/view/models.ts';
import { snapshotView } from '../../report/view/snapshot.ts';
import { trendView } from '../../report/view/trend.ts';
import type { App } from '../app.ts';
import { reportContext } from '../report-context.ts';
import { drawSignals, drawStatements } from './draw-evidence.ts';

/** Snapshots that the trend reaches back over. */
const TREND = 24;
const ALL = { disagreements: Number.POSITIVE_INFINITY, moves: Number.POSITIVE_INFINITY };

async function drawModels(app: App, reading: StagedReading, context: ReportContext): Promise<ModelsView> {
  const known = (await app.models()).map(({ model }) => model);
  const verdicts = reading.verdicts.flatMap(({ model: { id }, body, ledger }): ModelVerdict[] => {
    const model = id === context.model.id ? context.model : known.find((one) => one.id === id);
    return model !== undefined && isStaged(model) && isStagedBody(body)
      ? [{ model, placement: body.placement, ledger }]
      : [];
  });
  const staged = { verdicts, pairs: contrastModels(verdicts) };
  return modelsView(reading.verdicts, context.model.id, staged, (id) => context.signals.get(id)?.title ?? id);
}

/** What changed from the snapshot that `since` names; null when nothing was asked for. Errors: UNKNOWN_NAME, NO_DATA. */
async function drawChange(
  app: App,
  reading: StagedReading,
  context: ReportContext,
  since: string | null,
): Promise<ChangeView | null> {
  if (since === null) return null;
  const { ledger } = await app.store();
  const before = await findSnapshot(ledger, context.model.id, since);
  const { note } = await modelOfSnapshot(ledger, before, await app.model(context.model.id));
  return changeView({ change: compareSnapshots(before, reading), before, after: reading }, context, note);
}

/**
 * Everything that a report of one snapshot draws, in the words that it was judged by; `since` names an earlier snapshot as `compare` does.
 * Errors: UNKNOWN_NAME, NO_DATA, BAD_SNAPSHOT.
 */
export async function drawReport(app: App, reading: StagedReading, since: string | null): Promise<ReportView> {
  const store = await app.store();
  const { ledger } = store;
  const today = await app.model(reading.model.id);
  const { model, note } = await modelOfSnapshot(ledger, reading, today);
  const context: ReportContext = { ...(await reportContext(app, model.id)), model };
  const course = await readCourse(ledger, model.id, { most: TREND, until: new Date(reading.as_of) });
  return {
    snapshot: snapshotView(reading, context, ALL),
    freshness: freshnessView(reading, app.clock.now()),
    trend: trendView(course.points, course.changes, model, course.earlier),
    models: await drawModels(app, reading, context),
    statements: await drawStatements(store, reading, context),
    signals: await drawSignals(store, reading, context),
    change: await drawChange(app, reading, context, since),
    note,
    version: app.version,
  };
}
