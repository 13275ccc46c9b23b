import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { type ImportResult, importSource } from '../../pipeline/import.ts';
import { count } from '../../report/numbers.ts';
import type { Style } from '../../report/style.ts';
import { wrap } from '../../report/style.ts';
import type { App, MappingProposal } from '../app.ts';
import { withImportProgress } from '../import-progress.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface ImportOptions {
  readonly map?: string;
  readonly name?: string;
  readonly replace?: boolean;
}

export const registerImport: RegisterCommand = (program, run) => {
  program
    .command('import <file...>')
    .description(
      'read CSV, JSON lines or Parquet (also .gz): tickets or an event log; without --map proposes a mapping',
    )
    .option('--map <mapping>', 'mapping file (YAML)')
    .option('--name <name>', 'name of the connection (default: the file)')
    .option('--replace', 'remove what an earlier import of that name left')
    .action(
      run(async ({ app, io, flags }, files: string[], options: ImportOptions) => {
        const paths = files.map((file) => resolve(io.cwd, file));
        const name = options.name ?? nameOf(files[0] ?? 'file');
        if (options.map === undefined) {
          await propose(app, io, flags, files, paths, name);
          return;
        }
        const mapping = { text: readMapping(options.map, io.cwd), name: options.map };
        await checkName(app, name);
        printResult(
          await runImport(app, io, flags, { paths, files, name, mapping, replace: options.replace === true }),
          io,
          flags,
        );
      }),
    );
};

function nameOf(file: string): string {
  const name = basename(file)
    .toLowerCase()
    .replace(/\.(csv|tsv|jsonl|ndjson|parquet|gz|json)/g, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return name === '' ? 'file' : name.slice(0, 60);
}

async function checkName(app: App, name: string): Promise<void> {
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

function readMapping(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new PlumblineError(
      'BAD_MAPPING',
      `The mapping file ${file} cannot be read.`,
      'Check the path after --map; without --map a mapping is proposed.',
      { where: file, cause },
    );
  }
}

interface ImportJob {
  readonly paths: readonly string[];
  readonly files: readonly string[];
  readonly name: string;
  readonly mapping: { readonly text: string; readonly name: string };
  readonly replace: boolean;
}

async function runImport(app: App, io: Io, flags: GlobalFlags, job: ImportJob): Promise<ImportResult> {
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
            settings: { files: job.files.map((file) => basename(file)), mapping: basename(job.mapping.name) },
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

/** Shows what the wizard sees and why, writes it, and goes on only when nothing is open and somebody says yes. */
async function propose(
  app: App,
  io: Io,
  flags: GlobalFlags,
  files: readonly string[],
  paths: readonly string[],
  name: string,
): Promise<void> {
  const proposal = await app.files.proposeMapping(paths);
  const target = `${name}.mapping.yaml`;
  if (flags.json) {
    printJson(io, proposal);
    return;
  }
  writeFileSync(resolve(io.cwd, target), proposal.yaml);
  printText(io, renderProposal(proposal, io.style));
  printText(io, `\nWrote ${target}.`);
  if (proposal.open.length > 0 || io.ask === null) {
    printText(
      io,
      `${proposal.open.length > 0 ? 'Settle the open points in it' : 'Look it through'}, then: plumbline import ${files.join(' ')} --map ${target}`,
    );
    return;
  }
  if (!/^y(es)?$/i.test((await io.ask('Import with it now? y/n', false)).trim())) return;
  await checkName(app, name);
  printResult(
    await runImport(app, io, flags, {
      paths,
      files,
      name,
      mapping: { text: proposal.yaml, name: target },
      replace: false,
    }),
    io,
    flags,
  );
}

function renderProposal(proposal: MappingProposal, style: Style): string {
  const lines = [
    style.bold(`PROPOSED MAPPING`) +
      `   one row is ${proposal.mode === 'events' ? 'one change of a ticket (event log)' : 'one ticket'}`,
  ];
  for (const choice of proposal.choices) {
    lines.push(`  ${style.accent(choice.target)} <- ${style.bold(choice.column)}`);
    lines.push(...wrap(choice.why, style.width - 6).map((line) => style.dim(`      ${line}`)));
  }
  if (proposal.open.length > 0) {
    lines.push('', style.bold('OPEN: A PERSON MUST LOOK'));
    for (const point of proposal.open)
      lines.push(...wrap(`- ${point}`, style.width - 4, '  ').map((line) => `  ${line}`));
  }
  return lines.join('\n');
}

function printResult(result: ImportResult, io: Io, flags: GlobalFlags): void {
  if (flags.json) {
    printJson(io, result);
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
  printText(io, `  Next: plumbline metrics, plumbline snapshot`);
}
