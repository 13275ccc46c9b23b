import { besideVerdict } from '../pipeline/beside.ts';
import { benchmarksBeside } from '../pipeline/stand-beside.ts';
import type { ReportContext } from '../report/report-context.ts';
import { sayBenchmarks } from '../report/view/benchmarks.ts';
import { sayBeside } from '../report/view/beside.ts';
import type { App } from './app.ts';

/** Texts and links that reports need beside the snapshot. */
export async function reportContext(app: App, modelId?: string): Promise<ReportContext> {
  const [{ model }, rules, store, benchmarks] = await Promise.all([
    app.model(modelId),
    app.rules(),
    app.store(),
    app.benchmarks(),
  ]);
  const rows = new Map((await store.ledger.connections()).map((row) => [row.name, row]));
  const connectors = rows.size === 0 ? null : await app.connectors();
  return {
    model,
    signals: new Map(rules.signals.map((signal) => [signal.id, signal])),
    beside: (snapshot) => [
      ...sayBeside(model, snapshot, besideVerdict(model, snapshot), app.config.outcomes),
      ...sayBenchmarks(benchmarksBeside(snapshot.verdicts, benchmarks)),
    ],
    ticketUrl: (connection, id) => {
      const row = rows.get(connection);
      const connector = row === undefined ? undefined : connectors?.get(row.vendor);
      return row === undefined || connector === undefined ? null : connector.ticketUrl(row.settings, id);
    },
  };
}
