import { printJson } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerWork: RegisterCommand = (program, run) => {
  program
    .command('work')
    .description('do what schedules and requests ask for, for all workspaces, until interrupted')
    .option('--once', 'do what is due now, and end')
    .action(
      run(async ({ app, io, flags }, options: { once?: boolean }) => {
        const once = options.once === true;
        if (!flags.quiet)
          io.err(once ? 'Working off what is due.\n' : 'Working. Ctrl-C ends it after what is under way.\n');
        await app.work({ once, signal: app.signal });
        if (flags.json) printJson(io, { runs: await (await app.operations()).countRuns() });
      }),
    );
};
