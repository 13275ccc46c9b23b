import { type ImportTells, tellImport } from '../../pipeline/tell-import.ts';
import { sayTold, type ToldView } from '../../report/view/told.ts';
import type { App } from '../app.ts';
import { type Io, printText } from '../io.ts';

/** What an imported file can tell of the model in use, and how many plain figures the workspace has now. */
export async function tellOf(app: App, connection: string): Promise<ImportTells> {
  const { telemetry } = await app.store();
  const [{ model }, { signals }, connectors] = await Promise.all([app.model(), app.rules(), app.connectors()]);
  return tellImport(connection, telemetry, { signals, model, connectors: [...connectors.values()] });
}

export function printTold(told: ToldView, io: Io): void {
  const [first, ...rest] = sayTold(told);
  printText(io, `  ${io.style.bold(first ?? '')}`);
  for (const line of rest) printText(io, `  ${line}`);
}
