import { computeMetrics } from '../../pipeline/metrics.ts';
import { tellSource } from '../../pipeline/tell-source.ts';
import { sayTold, type ToldView } from '../../report/view/told.ts';
import type { App } from '../app.ts';
import { type Io, printText } from '../io.ts';

/** What an imported file can tell of the model in use, and how many plain figures the workspace has now. */
export async function tellImport(app: App, connection: string): Promise<ToldView> {
  const { telemetry } = await app.store();
  const [observability, { model }, { signals }, report, connectors] = await Promise.all([
    telemetry.observability(),
    app.model(),
    app.rules(),
    computeMetrics(telemetry, { from: null, to: null, by: [] }),
    app.connectors(),
  ]);
  const figures = {
    known: report.metrics.filter((metric) => metric.value !== null).length,
    of: report.metrics.length,
  };
  return { ...tellSource(connection, observability, { signals, model }, [...connectors.values()]), figures };
}

export function printTold(told: ToldView, io: Io): void {
  const [first, ...rest] = sayTold(told);
  printText(io, `  ${io.style.bold(first ?? '')}`);
  for (const line of rest) printText(io, `  ${line}`);
}
