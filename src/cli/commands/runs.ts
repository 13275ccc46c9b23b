import { RUN_STATUSES, type Run, RunStatus } from '../../domain/operations.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { audited } from '../../pipeline/audit.ts';
import { cancelRun, findRun, retryRun } from '../../pipeline/runs.ts';
import { renderRun, renderRuns } from '../../report/terminal/runs.ts';
import type { App } from '../app.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface ListOptions {
  readonly status?: string;
  readonly schedule?: string;
  readonly limit: string;
}

function statusesOf(text: string): RunStatus[] {
  return text.split(',').map((word) => {
    const status = RunStatus.safeParse(word.trim());
    if (status.success) return status.data;
    const guess = nearest(word, RUN_STATUSES);
    throw new PlumblineError(
      'BAD_USAGE',
      `--status ${word} is not known.`,
      `${guess === null ? '' : `Did you mean ${guess}? `}Use some of ${RUN_STATUSES.join(',')}.`,
    );
  });
}

function limitOf(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= 1_000) return limit;
  throw new PlumblineError('BAD_USAGE', `--limit ${text} is not a number from 1 to 1000.`, 'Write e.g. --limit 50.');
}

/** Finds a run, changes it and gives it as it is then. */
async function change(
  app: App,
  verb: 'cancel' | 'retry',
  id: string,
  work: (operations: Awaited<ReturnType<App['operations']>>, run: Run) => Promise<void>,
): Promise<Run> {
  const operations = await app.operations();
  const { workspace } = app.config;
  const act = { actor: 'cli', action: `run.${verb}`, workspace, subject: id, detail: {} };
  return audited(act, await cliAudit(app), async () => {
    const run = await findRun(operations, workspace, id);
    await work(operations, run);
    return findRun(operations, workspace, run.id);
  });
}

export const registerRuns: RegisterCommand = (program, run) => {
  const runs = program.command('runs').description('what ran, runs and is due');

  runs
    .command('list')
    .description('runs of the workspace, newest first')
    .option('--status <statuses>', `some of ${RUN_STATUSES.join(',')}`)
    .option('--schedule <name>', 'of this schedule only')
    .option('--limit <n>', 'at most so many', '20')
    .action(
      run(async ({ app, io, flags }, options: ListOptions) => {
        const { workspace } = app.config;
        const found = await (await app.operations()).runs({
          workspace,
          limit: limitOf(options.limit),
          ...(options.status === undefined ? {} : { status: statusesOf(options.status) }),
          ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
        });
        if (flags.json) printJson(io, found);
        else printText(io, found.length === 0 ? `No runs in ${workspace}.` : renderRuns(found, io.style));
      }),
    );

  runs
    .command('show <id>')
    .description('one run, by its id or the beginning of it')
    .action(
      run(async ({ app, io, flags }, id: string) => {
        const found = await findRun(await app.operations(), app.config.workspace, id);
        if (flags.json) printJson(io, found);
        else printText(io, renderRun(found, io.style));
      }),
    );

  for (const [verb, work, description] of [
    ['cancel', cancelRun, 'end a run; what is under way stops at its next sign of life'],
    ['retry', retryRun, 'take up a failed or cancelled run again'],
  ] as const)
    runs
      .command(`${verb} <id>`)
      .description(description)
      .action(
        run(async ({ app, io, flags }, id: string) => {
          const changed = await change(app, verb, id, work);
          if (flags.json) printJson(io, changed);
          else printText(io, renderRun(changed, io.style));
        }),
      );
};
