import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { Connector } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { computeMetrics } from './metrics.ts';
import { type Tells, tellSource } from './tell-source.ts';

export interface ImportTells extends Tells {
  /** Plain figures that the workspace has now, and all of them. */
  readonly figures: { readonly known: number; readonly of: number };
}

/** What an imported file can tell of a model, and how many plain figures the workspace has now. */
export async function tellImport(
  connection: string,
  telemetry: TelemetryStore,
  known: {
    readonly signals: readonly SignalDefinition[];
    readonly model: StagedModel;
    readonly connectors: readonly Connector[];
  },
): Promise<ImportTells> {
  const [observability, report] = await Promise.all([
    telemetry.observed(connection),
    computeMetrics(telemetry, { from: null, to: null, by: [] }),
  ]);
  const figures = {
    known: report.metrics.filter((metric) => metric.value !== null).length,
    of: report.metrics.length,
  };
  return { ...tellSource(connection, observability, known, known.connectors), figures };
}
