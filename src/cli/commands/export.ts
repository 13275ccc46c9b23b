import { dirname, join, resolve } from 'node:path';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { analysisTables, type ExportedFile, exportSnapshot } from '../../pipeline/analysis/export-snapshot.ts';
import { findStored } from '../../pipeline/find-snapshot.ts';
import { counted } from '../../report/numbers.ts';
import { printJson, printText } from '../io.ts';
import { assertWorkspace } from '../known-workspace.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { makePrivateFolder, writePrivate } from '../write-private.ts';

const FORMATS = ['parquet', 'jsonl', 'csv'] as const;
type Format = (typeof FORMATS)[number];

interface ExportOptions {
  readonly format: string;
  readonly out?: string;
  readonly snapshot?: string;
}

interface Target {
  readonly format: Format;
  /** Folder as the user wrote it, and whole. */
  readonly shown: string;
  readonly dir: string;
}

function tableOf(name: string): TableName {
  const found = TABLE_NAMES.find((table) => table === name);
  if (found !== undefined) return found;
  const guess = nearest(name, TABLE_NAMES);
  throw new PlumblineError(
    'BAD_USAGE',
    `There is no table "${name}".`,
    guess === null ? `Tables: ${TABLE_NAMES.join(', ')}.` : `Did you mean ${guess}?`,
  );
}

function formatOf(name: string): Format {
  const found = FORMATS.find((one): one is Format => one === name);
  if (found !== undefined) return found;
  throw new PlumblineError('BAD_USAGE', `--format ${name} is not known.`, `Use ${FORMATS.join(', ')}.`);
}

/** Recorded telemetry, one file a table. */
async function exportRecorded({ app }: CommandContext, names: string[], target: Target): Promise<ExportedFile[]> {
  const chosen = names.length === 0 ? TABLE_NAMES : names.map(tableOf);
  makePrivateFolder(target.dir);
  const { telemetry } = await app.store();
  const written: ExportedFile[] = [];
  for (const table of chosen) {
    const file = `${table}.${target.format}`;
    const rows = await telemetry.exportTable(table, target.format, join(target.dir, file));
    written.push({ table, file, rows });
  }
  return written;
}

/** What a snapshot says, and the views that it was measured on. */
async function exportAnalysis(
  { app }: CommandContext,
  names: string[],
  name: string,
  target: Target,
): Promise<readonly ExportedFile[]> {
  const tables = analysisTables(names);
  const [{ ledger, telemetry }, rules] = await Promise.all([app.store(), app.rules()]);
  const snapshot = await findStored(ledger, name);
  makePrivateFolder(target.dir);
  return exportSnapshot(tables, {
    telemetry,
    snapshot,
    signals: rules.signals,
    format: target.format,
    dir: target.dir,
    writeText: (path, text) => {
      makePrivateFolder(dirname(path));
      writePrivate(path, text);
    },
  });
}

async function exportFiles(context: CommandContext, names: string[], options: ExportOptions): Promise<void> {
  const { app, io, flags } = context;
  const shown = options.out ?? (options.snapshot === undefined ? 'plumbline-export' : 'plumbline-analysis');
  const target: Target = { format: formatOf(options.format), shown, dir: resolve(io.cwd, shown) };
  // What is written wrongly is said before what is not there.
  if (options.snapshot === undefined) names.forEach(tableOf);
  else analysisTables(names);
  await assertWorkspace(app);
  const written =
    options.snapshot === undefined
      ? await exportRecorded(context, names, target)
      : await exportAnalysis(context, names, options.snapshot, target);
  const rows = written.map(({ table, file, rows }) => ({ table, file: join(shown, file), rows }));
  if (flags.json) return printJson(io, rows);
  for (const one of rows) printText(io, `${one.file}  ${counted(one.rows, 'row')}`);
  if (options.snapshot !== undefined && names.length === 0)
    printText(
      io,
      `${join(shown, 'load.sql')} and ${join(shown, 'queries')}  docs/data-dictionary.md says how to use them`,
    );
}

export const registerExport: RegisterCommand = (program, run) => {
  program
    .command('export [table...]')
    .description('telemetry as files, one a table; with --snapshot what was found and the views behind it')
    .option('--format <format>', FORMATS.join(', '), 'parquet')
    .option('--out <dir>', 'folder to write to (plumbline-export, or plumbline-analysis with --snapshot)')
    .option(
      '--snapshot <name>',
      'findings, verdicts, items and measure views of a snapshot: latest, a date, or a digest',
    )
    .action(run(exportFiles));
};
