import { join, resolve } from 'node:path';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { counted } from '../../report/numbers.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';
import { makePrivateFolder } from '../write-private.ts';

const FORMATS = ['parquet', 'jsonl', 'csv'] as const;
type Format = (typeof FORMATS)[number];

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

export const registerExport: RegisterCommand = (program, run) => {
  program
    .command('export [table...]')
    .description('telemetry as files, one a table')
    .option('--format <format>', FORMATS.join(', '), 'parquet')
    .option('--out <dir>', 'folder to write to', 'plumbline-export')
    .action(
      run(async ({ app, io, flags }, tables: string[], options: { format: string; out: string }) => {
        const format = FORMATS.find((one): one is Format => one === options.format);
        if (format === undefined)
          throw new PlumblineError(
            'BAD_USAGE',
            `--format ${options.format} is not known.`,
            `Use ${FORMATS.join(', ')}.`,
          );
        const chosen = tables.length === 0 ? TABLE_NAMES : tables.map(tableOf);
        const dir = resolve(io.cwd, options.out);
        makePrivateFolder(dir);
        const store = await app.store();
        const written: { table: string; file: string; rows: number }[] = [];
        for (const table of chosen) {
          const file = join(dir, `${table}.${format}`);
          written.push({
            table,
            file: join(options.out, `${table}.${format}`),
            rows: await store.telemetry.exportTable(table, format, file),
          });
        }
        if (flags.json) printJson(io, written);
        else for (const one of written) printText(io, `${one.file}  ${counted(one.rows, 'row')}`);
      }),
    );
};
