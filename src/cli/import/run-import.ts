import { basename } from 'node:path';
import type { SourceCheck } from '../../domain/source-check.ts';
import { PlumblineError } from '../../errors/index.ts';
import { type ImportResult, importSource } from '../../pipeline/import.ts';
import { judgeCheck, type LossLimit } from '../../pipeline/judge-check.ts';
import { count, counted } from '../../report/numbers.ts';
import { wrap } from '../../report/style.ts';
import type { App } from '../app.ts';
import { withImportProgress } from '../import-progress.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { type CheckOutcome, renderCheck } from './render-check.ts';
import { printTold, tellImport } from './tell-import.ts';

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

/** The dry run alone: nothing is opened but the file, nothing is stored. Errors: those of the source; ROWS_LOST comes with `refusal`. */
export async function runCheck(app: App, job: ImportJob): Promise<CheckOutcome> {
  const source = await app.files.openSource(job.paths, job.mapping, job);
  try {
    const check = await source.check(app.signal);
    return { check, refusal: refusalOf(check, limitOf(app, job)) };
  } finally {
    await source.close();
  }
}

/** Why an import would be refused, or null. */
function refusalOf(check: SourceCheck, limit: LossLimit): PlumblineError | null {
  try {
    judgeCheck(check, limit);
    return null;
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'ROWS_LOST') return error;
    throw error;
  }
}

/** Imports files under a mapping. Errors: those of the source and of the store. */
export async function runImport(app: App, io: Io, flags: GlobalFlags, job: ImportJob): Promise<ImportResult> {
  const source = await app.files.openSource(job.paths, job.mapping, job);
  try {
    const store = await app.store();
    return await withImportProgress(
      `Importing ${job.files.join(', ')}`,
      io,
      flags,
      () => app.clock.now(),
      (progress) =>
        importSource(
          {
            name: job.name,
            source,
            settings: {
              files: job.files.map((file) => basename(file)),
              mapping: basename(job.mapping.name),
              ...(source.coverage.timeZone == null ? {} : { time_zone: source.coverage.timeZone }),
            },
            replace: job.replace,
          },
          {
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
  } finally {
    await source.close();
  }
}

/** Refuses a name that cannot be one or that belongs to another kind of connection. */
export async function checkName(app: App, name: string): Promise<void> {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(name))
    throw new PlumblineError(
      'BAD_USAGE',
      `The name "${name}" cannot be used.`,
      'Use lower-case letters, digits, - and _, e.g. --name incidents.',
    );
  const other = (await (await app.store()).ledger.connections()).find((c) => c.name === name && c.vendor !== 'file');
  if (other !== undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `${name} is a ${other.vendor} connection.`,
      'Choose another --name for the file.',
    );
}

/** What an import did and what its file can tell, for people or as JSON. */
export async function printResult(app: App, result: ImportResult, io: Io, flags: GlobalFlags): Promise<void> {
  if (flags.json) {
    printJson(io, { ...result, tells: await tellImport(app, result.connection) });
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
  printTold(await tellImport(app, result.connection), io);
  printText(io, '  Next: plumbline metrics, plumbline snapshot');
}
