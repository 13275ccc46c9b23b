import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../../config/config.ts';
import { addStatements } from '../../config/write-statements.ts';
import type { Statement } from '../../domain/meaning.ts';
import { PlumblineError } from '../../errors/index.ts';
import { parseBound } from '../../pipeline/parse-span.ts';
import { recogniseDesk } from '../../pipeline/recognise.ts';
import { counted } from '../../report/numbers.ts';
import { renderRecognition } from '../../report/terminal/recognition.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

/** Adds the lines to the file; what stands in it stays. The result is read back before it is written, so that a file is never broken. */
function confirm(path: string, name: string, statements: readonly Statement[]): readonly Statement[] {
  const { text, added } = addStatements(existsSync(path) ? readFileSync(path, 'utf8') : null, statements);
  readConfig({ text, file: name, environment: {}, flags: {} });
  if (added.length > 0) writeFileSync(path, text);
  return added;
}

export const registerRecognise: RegisterCommand = (program, run) => {
  program
    .command('recognise')
    .description('what teams, tiers, fields and programs are by their work, and what could not be read')
    .option('--as-of <date>', 'end of the data to look at, a date (whole day) or an instant; default: all data')
    .option(
      '--write',
      'add what was learnt from work (not from names alone) to plumbline.yaml; what stands there stays',
    )
    .action(
      run(async ({ app, io, flags }, options: { asOf?: string; write?: boolean }) => {
        const asOf = options.asOf === undefined ? null : parseBound(options.asOf, '--as-of', 'end');
        const [store, { signals }] = await Promise.all([app.store(), app.rules()]);
        const found = await recogniseDesk(store.telemetry, { asOf, signals });
        if (found === null)
          throw new PlumblineError(
            'NO_DATA',
            'There is no telemetry to learn from.',
            'Run plumbline connect and sync, or plumbline import.',
          );
        const name = app.config.file ?? 'plumbline.yaml';
        const written =
          options.write === true
            ? confirm(
                resolve(io.cwd, name),
                name,
                found.learnt.filter(({ how }) => how === 'work').map(({ statement }) => statement),
              )
            : null;
        if (flags.json) return printJson(io, { ...found, ...(written === null ? {} : { written }) });
        printText(io, renderRecognition(found, io.style));
        if (written !== null) io.err(`Added ${counted(written.length, 'line')} to ${name}.\n`);
      }),
    );
};
