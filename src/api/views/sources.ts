import type { SignalDefinition } from '../../domain/signal.ts';
import { isStaged, type StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { PlumblineError } from '../../errors/index.ts';
import { besideVerdict } from '../../pipeline/beside.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { telemetryMarks } from '../../pipeline/telemetry-marks.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { sayBeside } from '../../report/view/beside.ts';
import { type SourcesView, sourcesView } from '../../report/view/freshness.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';

/** The model of that name, which must have stages. Errors: UNKNOWN_NAME, BAD_USAGE for a model of another kind. */
export async function findStaged(
  id: string | undefined,
  deps: Pick<ApiDeps, 'anyModel' | 'config'>,
): Promise<{ readonly model: StagedModel; readonly hash: string }> {
  const { model, hash } = await deps.anyModel(id ?? deps.config.model);
  if (isStaged(model)) return { model, hash };
  throw new PlumblineError(
    'BAD_USAGE',
    `${model.id} is a model of kind "${model.kind}"; this view is of staged models.`,
    'Ask for the view `home`, which draws models of every kind, or name a staged model.',
  );
}

export async function signalsById(deps: Pick<ApiDeps, 'rules'>): Promise<ReadonlyMap<string, SignalDefinition>> {
  return new Map((await deps.rules()).signals.map((signal) => [signal.id, signal]));
}

/** Links to tickets in the vendors' own screens. */
async function ticketLinks(
  { ledger }: Pick<Store, 'ledger'>,
  { connectors }: Pick<ApiDeps, 'connectors'>,
): Promise<ReportContext['ticketUrl']> {
  const rows = new Map((await ledger.connections()).map((row) => [row.name, row]));
  return (connection, id) => {
    const row = rows.get(connection);
    return row === undefined ? null : (connectors.get(row.vendor)?.ticketUrl(row.settings, id) ?? null);
  };
}

/** A kept snapshot with all that its views are drawn with. */
export interface Drawn {
  readonly store: Store;
  readonly reading: StagedReading;
  readonly context: ReportContext;
  /** What is to be said of the document that it is read by; null when there is nothing. */
  readonly note: string | null;
}

export interface Asked {
  readonly model?: string | undefined;
  readonly snapshot: string;
}

/** A snapshot by its name as a staged model reads it, in the words that it was judged by. Errors: UNKNOWN_NAME, NO_DATA, BAD_SNAPSHOT. */
export async function openDrawn(store: Store, asked: Asked, deps: ApiDeps): Promise<Drawn> {
  const today = await findStaged(asked.model, deps);
  const reading = await findSnapshot(store.ledger, today.model.id, asked.snapshot);
  const { model, note } = await modelOfSnapshot(store.ledger, reading, today);
  const context: ReportContext = {
    model,
    signals: await signalsById(deps),
    beside: (snapshot) => sayBeside(model, snapshot, besideVerdict(model, snapshot), deps.outcomes),
    ticketUrl: await ticketLinks(store, deps),
  };
  return { store, reading, context, note };
}

/** How far the connections of a store were read by now; none where nothing was read. */
export async function drawSources({ ledger, telemetry }: Store, now: Date): Promise<SourcesView> {
  return sourcesView(telemetryMarks(await telemetry.observed(), await ledger.connections()), now);
}
