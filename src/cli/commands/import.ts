import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { expandFiles } from '../import/expand-files.ts';
import { proposeImport } from '../import/propose-import.ts';
import { printCheck } from '../import/render-check.ts';
import { checkName, type ImportJob, printResult, runCheck, runImport } from '../import/run-import.ts';
import { printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface ImportOptions {
  readonly map?: string;
  readonly name?: string;
  readonly replace?: boolean;
  readonly force?: boolean;
  readonly check?: boolean;
  readonly acceptLoss?: boolean;
  readonly maxLost?: string;
  readonly sheet?: string;
  readonly tz?: string;
  readonly as?: string;
}

export const registerImport: RegisterCommand = (program, run) => {
  program
    .command('import <file...>')
    .description(
      'read CSV, JSON, Parquet or xlsx files, also .gz, folders and "patterns/*.csv"; without --map proposes a mapping',
    )
    .option('--map <mapping>', 'mapping file (YAML)')
    .option('--as <kind>', 'deflection: the file counts visits, searches and bot sessions by week or day')
    .option('--name <name>', 'name of the connection (default: the file)')
    .option('--replace', 'remove what an earlier import of that name left')
    .option('--force', 'without --map: replace a mapping file that was edited')
    .option('--check', 'with --map: only say what would be stored and what not; stores nothing')
    .option('--accept-loss', 'go on although more rows are lost than may be')
    .option('--max-lost <percent>', 'rows that may be lost, percent (default: import.max_lost_share)')
    .option('--sheet <name>', 'sheet of a workbook (default: the first)')
    .option(
      '--tz <zone>',
      'IANA zone of times without offset, over the one of the mapping; without --map it answers that question',
    )
    .action(
      run(async ({ app, io, flags }, args: string[], options: ImportOptions) => {
        const { paths, files, skipped, source } = await expandFiles(args, io.cwd);
        const name = options.name ?? nameOf(source);
        const counts = readKind(options.as);
        if (skipped.length > 0 && !flags.json) printText(io, `Skipped: ${skipped.join(', ')}`);
        if (options.map === undefined) {
          refuseWithoutMapping(options, files[0]);
          const { force = false, sheet, tz } = options;
          await proposeImport(app, io, flags, { files, paths, name, force, sheet, timeZone: tz, counts });
          return;
        }
        const mapping = { text: readMapping(options.map, io.cwd), name: options.map };
        if (counts && !app.files.isCounts(mapping.text))
          throw new PlumblineError(
            'BAD_USAGE',
            `${options.map} is no mapping of counts.`,
            'With --as deflection it says "mode: deflection"; without --map one is proposed. For tickets leave out --as.',
          );
        const job: ImportJob = {
          paths,
          files,
          name,
          mapping,
          replace: options.replace === true,
          acceptLoss: options.acceptLoss === true,
          maxLostShare: options.maxLost === undefined ? null : shareOf(options.maxLost),
          sheet: options.sheet,
          timeZone: options.tz,
        };
        if (options.check === true) {
          printCheck(await runCheck(app, job), io, flags);
          return;
        }
        await checkName(app, name);
        await printResult(app, await runImport(app, io, flags, job), io, flags);
      }),
    );
};

/** Errors: BAD_USAGE for an option that only means something where there is a mapping. */
function refuseWithoutMapping({ check, replace, acceptLoss, maxLost }: ImportOptions, file = 'FILE'): void {
  if (check === true)
    throw new PlumblineError(
      'BAD_USAGE',
      '--check needs a mapping.',
      'Without --map a mapping is proposed first; then: plumbline import FILE --map MAPPING --check.',
    );
  const given = { '--replace': replace, '--accept-loss': acceptLoss, '--max-lost': maxLost };
  const flag = Object.entries(given).find(([, value]) => value !== undefined && value !== false)?.[0];
  if (flag === undefined) return;
  throw new PlumblineError(
    'BAD_USAGE',
    `${flag} needs a mapping: without --map nothing is imported yet.`,
    `Propose one first: plumbline import ${file}; then: plumbline import FILE --map MAPPING ${flag}.`,
  );
}

/** Whether the file is said to hold counts of self-service. Errors: BAD_USAGE for another kind. */
function readKind(kind: string | undefined): boolean {
  if (kind === undefined || kind === 'deflection') return kind !== undefined;
  throw new PlumblineError(
    'BAD_USAGE',
    `--as ${kind} is not known.`,
    'Use --as deflection for counts of self-service; leave it out for tickets.',
  );
}

function shareOf(percent: string): number {
  const value = Number(percent.replace(/\s*%$/, ''));
  if (percent.trim() !== '' && value >= 0 && value <= 100) return value / 100;
  throw new PlumblineError(
    'BAD_USAGE',
    `--max-lost takes a percentage from 0 to 100, not "${percent}".`,
    'Write e.g. --max-lost 10.',
  );
}

function nameOf(file: string): string {
  const name = basename(file)
    .toLowerCase()
    .replace(/\.(csv|tsv|tab|txt|jsonl|ndjson|json|parquet|xlsx|gz)\b/g, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return name === '' ? 'file' : name.slice(0, 60);
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
