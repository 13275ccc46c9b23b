import type { ImportResult } from '../../pipeline/import.ts';
import { assertImportName, type CheckOutcome, checkFiles, importFiles } from '../../pipeline/import-files.ts';
import type { LossLimit } from '../../pipeline/judge-check.ts';
import { count, counted } from '../../report/numbers.ts';
import { wrap } from '../../report/style.ts';
import type { App } from '../app.ts';
import { withImportProgress } from '../import-progress.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { renderCheck } from './render-check.ts';
import { printTold, tellOf } from './tell-import.ts';

export interface ImportJob {
  readonly paths: readonly string[];
  readonly files: readonly string[];
  readonly name: string;
  readonly mapping: { readonly text: string; readonly name: string };
  readonly replace: boolean;
  readonly acceptLoss?: boolean;
  /** Share of rows that may be lost; null or left out = as configured. */
  readonly maxLostShare?: number | null;
  readonly sheet?: string | undefined;
  readonly timeZone?: string | undefined;
}

function limitOf(app: App, job: ImportJob): LossLimit {
  return {
    maxLostShare: job.maxLostShare ?? app.config.import.max_lost_share,
    acceptLoss: job.acceptLoss === true,
  };
}

/** The dry run alone: nothing is stored. Errors: those of the source; ROWS_LOST comes as `refusal`. */
export function runCheck(app: App, job: ImportJob): Promise<CheckOutcome> {
  return checkFiles(job, { reader: app.files, limit: limitOf(app, job) }, app.signal);
}

/** Imports files under a mapping. Errors: those of the source and of the store. */
export async function runImport(app: App, io: Io, flags: GlobalFlags, job: ImportJob): Promise<ImportResult> {
  const store = await app.store();
  return withImportProgress(
    `Importing ${job.files.join(', ')}`,
    io,
    flags,
    () => app.clock.now(),
    (progress) =>
      importFiles(
        job,
        {
          reader: app.files,
          telemetry: store.telemetry,
          ledger: store.ledger,
          clock: () => app.clock.now(),
          batchRows: app.config.sync.batch_rows,
          progress,
          limit: limitOf(app, job),
        },
        app.signal,
      ),
  );
}

/** Refuses a name that cannot be one or that belongs to another kind of connection. */
export async function checkName(app: App, name: string): Promise<void> {
  await assertImportName(name, (await app.store()).ledger);
}

function sayCounts(
  { rows, written, since, until, notes, unmapped }: ImportResult,
  mark: string,
  name: string,
): string[] {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  return [
    `${mark} ${name}: ${counted(rows, 'row')} of counts of self-service, ${counted(written, 'record')}`,
    ...(since === null ? [] : [`  From ${day(since)} up to ${day(until)}, days as the report writes them`]),
    ...notes.map((note) => `  ${note}`),
    ...(unmapped.length === 0 ? [] : [`  Not used: ${unmapped.join(', ')}`]),
    '  Next: plumbline snapshot, plumbline explain J8-searches-find-an-answer',
  ];
}

/** What an import did and what its file can tell, for people or as JSON. */
export async function printResult(app: App, result: ImportResult, io: Io, flags: GlobalFlags): Promise<void> {
  if (flags.json) {
    if (result.role === 'deflection') printJson(io, result);
    else printJson(io, { ...result, tells: await tellOf(app, result.connection) });
    return;
  }
  const { style } = io;
  if (result.unchanged) {
    printText(
      io,
      `${result.connection}: this file was imported before under the same mapping; nothing was read again.`,
    );
    return;
  }
  if (result.role === 'deflection') {
    printText(io, sayCounts(result, style.good('✓'), style.bold(result.connection)).join('\n'));
    return;
  }
  const { check } = result;
  const kept = check === null ? result.seen : check.kept;
  printText(
    io,
    `${style.good('✓')} ${style.bold(result.connection)}: ${kept === result.rows ? '' : `${count(kept)} of `}${counted(result.rows, 'row')}, ${counted(check?.tickets ?? result.tickets, 'ticket')}, ${counted(result.written, 'record')}`,
  );
  if (result.since !== null)
    printText(
      io,
      `  From ${result.since.toISOString().slice(0, 16).replace('T', ' ')} to ${result.until.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    );
  if (result.older > 0)
    for (const line of wrap(
      `${counted(result.older, 'ticket')} left as stored: what is stored of them is newer (updated_at).`,
      style.width - 4,
      '  ',
    ))
      printText(io, `  ${line}`);
  const found = check === null ? [] : renderCheck(check, style, flags.verbose);
  if (found.length > 0) printText(io, found.join('\n'));
  printTold(await tellOf(app, result.connection), io);
  printText(io, '  Next: plumbline metrics, plumbline snapshot');
}
