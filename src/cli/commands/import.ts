import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { expandFiles } from '../import/expand-files.ts';
import { proposeImport } from '../import/propose-import.ts';
import { checkName, printResult, runImport } from '../import/run-import.ts';
import { printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface ImportOptions {
  readonly map?: string;
  readonly name?: string;
  readonly replace?: boolean;
  readonly force?: boolean;
}

export const registerImport: RegisterCommand = (program, run) => {
  program
    .command('import <file...>')
    .description(
      'read CSV, JSON, Parquet or xlsx files, also .gz, folders and "patterns/*.csv"; without --map proposes a mapping',
    )
    .option('--map <mapping>', 'mapping file (YAML)')
    .option('--name <name>', 'name of the connection (default: the file)')
    .option('--replace', 'remove what an earlier import of that name left')
    .option('--force', 'without --map: replace a mapping file that was edited')
    .action(
      run(async ({ app, io, flags }, args: string[], options: ImportOptions) => {
        const { paths, files, skipped, source } = await expandFiles(args, io.cwd);
        const name = options.name ?? nameOf(source);
        if (skipped.length > 0 && !flags.json) printText(io, `Skipped: ${skipped.join(', ')}`);
        if (options.map === undefined) {
          await proposeImport(app, io, flags, { files, paths, name, force: options.force === true });
          return;
        }
        const mapping = { text: readMapping(options.map, io.cwd), name: options.map };
        await checkName(app, name);
        await printResult(
          app,
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
