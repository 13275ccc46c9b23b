import { basename } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { type ImportResult, importSource } from '../../pipeline/import.ts';
import { count } from '../../report/numbers.ts';
import { wrap } from '../../report/style.ts';
import type { App } from '../app.ts';
import { withImportProgress } from '../import-progress.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { printTold, tellImport } from './tell-import.ts';

export interface ImportJob {
  readonly paths: readonly string[];
  readonly files: readonly string[];
  readonly name: string;
  readonly mapping: { readonly text: string; readonly name: string };
  readonly replace: boolean;
}

/** Imports files under a mapping. Errors: those of the source and of the store. */
export async function runImport(app: App, io: Io, flags: GlobalFlags, job: ImportJob): Promise<ImportResult> {
  const source = await app.files.openSource(job.paths, job.mapping);
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
  const tells = await tellImport(app, result.connection);
  if (flags.json) {
    printJson(io, { ...result, tells });
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
  const aside = Object.entries(result.rejected);
  printText(
    io,
    `${style.good('✓')} ${style.bold(result.connection)}: ${count(result.seen)} rows, ${count(result.tickets)} tickets, ${count(result.written)} records`,
  );
  if (result.since !== null)
    printText(
      io,
      `  From ${result.since.toISOString().slice(0, 16).replace('T', ' ')} to ${result.until.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    );
  for (const note of result.notes) for (const line of wrap(note, style.width - 4, '  ')) printText(io, `  ${line}`);
  if (aside.length > 0)
    printText(io, `  ${style.warn('Set aside')} ${aside.map(([code, n]) => `${count(n)} ${code}`).join(', ')}`);
  if (result.unmapped.length > 0)
    for (const line of wrap(`Not used: ${result.unmapped.join(', ')}`, style.width - 4, '  '))
      printText(io, style.dim(`  ${line}`));
  printTold(tells, io);
  printText(io, `  Next: plumbline metrics, plumbline snapshot`);
}
