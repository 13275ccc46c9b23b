import { reconcile } from '../../pipeline/reconcile.ts';
import { renderReconciliation } from '../../report/terminal/reconciliation.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext } from '../runner.ts';

/** `metrics --reconcile`: our figures beside the helpdesk's own counters. Errors: NO_DATA. */
export async function printReconciliation({ app, io, flags }: CommandContext): Promise<void> {
  const report = await reconcile((await app.store()).telemetry);
  if (flags.json) printJson(io, report);
  else printText(io, renderReconciliation(report, io.style));
}
