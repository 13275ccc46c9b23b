import { PlumblineError } from '../../errors/index.ts';
import { renderHeadlines } from '../../report/terminal/headlines.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerTrend: RegisterCommand = (program, run) => {
  program
    .command('trend')
    .description('what a model of any kind said in the kept snapshots, oldest first')
    .option('--model <id>', 'a model of any kind; default: the configured one')
    .action(
      run(async ({ app, io, flags }, options: { model?: string }) => {
        const { model } = await app.anyModel(options.model);
        const verdicts = await (await app.store()).ledger.verdicts(model.id);
        if (verdicts.length === 0)
          throw new PlumblineError(
            'NO_DATA',
            `No snapshot was judged by ${model.id} yet.`,
            'Run plumbline snapshot, or plumbline backfill for the past.',
          );
        if (flags.json) printJson(io, verdicts);
        else printText(io, renderHeadlines(model.title, verdicts, io.style));
      }),
    );
};
