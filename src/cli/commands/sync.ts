import { PlumblineError } from '../../errors/index.ts';
import { findFormerAgents } from '../../pipeline/connect.ts';
import { endOfData } from '../../pipeline/end-of-data.ts';
import { reconcile } from '../../pipeline/reconcile.ts';
import { runOfNow } from '../../pipeline/runs.ts';
import { type SyncResult, syncConnection } from '../../pipeline/sync.ts';
import { counted } from '../../report/numbers.ts';
import { renderFormerAgents } from '../../report/terminal/former-agents.ts';
import { agreementLine } from '../../report/terminal/reconciliation.ts';
import type { ConnectionRow, Store } from '../../store/ports.ts';
import { enterRuns } from '../enter-runs.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { withSyncProgress } from '../sync-progress.ts';
import { unknownConnection } from './connect.ts';

/** The named connections, or all that are connected. Errors: UNKNOWN_NAME, NO_DATA. */
async function chooseConnections({ ledger }: Store, names: readonly string[]): Promise<ConnectionRow[]> {
  const all = (await ledger.connections()).filter((c) => c.vendor !== 'file');
  for (const name of names)
    if (!all.some((c) => c.name === name))
      throw unknownConnection(
        name,
        all.map((c) => c.name),
      );
  const chosen = all.filter((c) => (names.length === 0 ? c.status === 'connected' : names.includes(c.name)));
  if (chosen.length === 0)
    throw new PlumblineError(
      'NO_DATA',
      'There is no connection to sync.',
      'Connect a helpdesk first: plumbline connect zendesk, or import a file: plumbline import tickets.csv.',
    );
  return chosen;
}

/** Brings the named connections (or all) up to date and gives their results. Errors: UNKNOWN_NAME, NO_DATA. */
export async function syncConnections(
  { app, io, flags }: CommandContext,
  names: readonly string[],
): Promise<SyncResult[]> {
  const store = await app.store();
  const chosen = await chooseConnections(store, names);
  const results: SyncResult[] = [];
  for (const row of chosen) {
    const open = await app.open(row, app.signal);
    try {
      const result = await withSyncProgress(
        `Syncing ${row.name}`,
        open.connector.streams,
        io,
        flags,
        () => app.clock.now(),
        (progress) =>
          syncConnection(row.name, open.connector, open.context, {
            telemetry: store.telemetry,
            batchRows: app.config.sync.batch_rows,
            progress,
          }),
      );
      app.log.info({ connection: row.name, complete: result.complete, until: result.until }, 'synced');
      results.push(result);
    } finally {
      open.close();
    }
  }
  return results;
}

async function enterSync(context: CommandContext, names: readonly string[]): Promise<void> {
  const { app } = context;
  await chooseConnections(await app.store(), names);
  const asker = { workspace: app.config.workspace, requestedBy: 'cli' };
  const connections = names.length === 0 ? null : [...names];
  await enterRuns(context, (now) => [runOfNow(asker, 'sync', { connections }, now)]);
}

export function syncSummary(result: SyncResult): string {
  const read = result.streams.filter((s) => s.status === 'read');
  const failed = result.streams.filter((s) => s.status === 'failed');
  const hidden = result.streams.filter((s) => s.status !== 'read' && s.status !== 'failed');
  const written = read.reduce((sum, s) => sum + s.written, 0);
  const rejected = result.streams.reduce((sum, s) => sum + s.rejected, 0);
  const cells = result.streams.reduce((sum, s) => sum + (s.cells ?? 0), 0);
  const parts = [`${counted(written, 'record')} from ${counted(read.length, 'stream')}`];
  if (hidden.length > 0) parts.push(`${counted(hidden.length, 'stream')} not open`);
  if (rejected > 0) parts.push(`${counted(rejected, 'record')} set aside`);
  if (cells > 0) parts.push(`${counted(cells, 'value')} of kept records not readable`);
  const upTo = `up to ${result.until.toISOString()}`;
  if (result.complete) return `${result.connection}: ${parts.join(', ')}, complete ${upTo}`;
  const lost = failed.length === 0 ? 'not complete' : `not read to the end: ${failed.map((s) => s.title).join(', ')}`;
  return `${result.connection}: ${parts.join(', ')} ${upTo}; ${lost}. What was read stands; the next sync goes on.`;
}

/** Outcome of one connection, who was recognised, and how far our figures agree with the helpdesk's own. */
async function printResult({ app, io }: CommandContext, result: SyncResult): Promise<void> {
  const { telemetry, ledger } = await app.store();
  printText(io, syncSummary(result));
  const row = (await ledger.connections()).find((one) => one.name === result.connection);
  if (row !== undefined) {
    const open = await app.open(row, app.signal);
    try {
      const agents = await findFormerAgents(open, telemetry);
      if (agents.length > 0) printText(io, renderFormerAgents({ connection: row.name, agents }, io.style));
    } finally {
      open.close();
    }
  }
  const observability = await telemetry.observed(result.connection);
  for (const { stream, detail } of observability.filter((one) => one.detail !== null && one.status === 'available'))
    if (/own count could not be had/.test(detail ?? '')) printText(io, `  ${stream}: ${detail}`);
  const ofDesk = (await telemetry.observability()).filter((one) => one.connection === result.connection);
  const counted = ofDesk.some((one) => one.fields.some((field) => field.startsWith('reported_')));
  if (!counted || endOfData(ofDesk) === null) return;
  const line = agreementLine(await reconcile(telemetry, result.connection));
  if (line !== '') printText(io, `  ${line}`);
}

export const registerSync: RegisterCommand = (program, run) => {
  program
    .command('sync [connection...]')
    .description('read what changed since the last time; resumable')
    .option('--queue', 'enter it for `plumbline work` instead of reading now')
    .action(
      run(async (context, names: string[], options: { queue?: boolean }) => {
        if (options.queue === true) return enterSync(context, names);
        const results = await syncConnections(context, names);
        const { io, flags } = context;
        if (flags.json)
          printJson(
            io,
            results.map((r) => ({
              ...r,
              error: r.error === null ? null : { code: r.error.code, message: r.error.message },
            })),
          );
        else for (const result of results) await printResult(context, result);
        const failed = results.find((r) => r.error !== null);
        if (failed?.error) throw failed.error;
      }),
    );
};
