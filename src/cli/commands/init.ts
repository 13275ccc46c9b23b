import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderInitText } from '../../config/init-text.ts';
import { PlumblineError } from '../../errors/index.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerInit: RegisterCommand = (program, run) => {
  program
    .command('init')
    .description('write plumbline.yaml with every key explained')
    .option('--force', 'replace an existing file')
    .action(
      run(async ({ io, flags }, options: { force?: boolean }) => {
        const path = resolve(io.cwd, 'plumbline.yaml');
        if (existsSync(path) && options.force !== true)
          throw new PlumblineError(
            'BAD_USAGE',
            'plumbline.yaml exists already.',
            'Edit it, or pass --force to replace it.',
            { where: path },
          );
        writeFileSync(path, renderInitText());
        if (flags.json) printJson(io, { written: 'plumbline.yaml' });
        else
          printText(
            io,
            `Wrote plumbline.yaml.\nNext: plumbline connect zendesk --url https://acme.zendesk.com --user you@acme.com`,
          );
      }),
    );
};
