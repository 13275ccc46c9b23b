import { RUN_KINDS, RunKind, type Schedule } from '../../domain/operations.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { audited } from '../../pipeline/audit.ts';
import { parseDays } from '../../pipeline/parse-span.ts';
import { findSchedule } from '../../pipeline/runs.ts';
import { nextSlot, planSchedule } from '../../pipeline/schedules.ts';
import { renderSchedules, type ScheduleView } from '../../report/terminal/runs.ts';
import type { App } from '../app.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import { modelsOf } from '../models-option.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';

interface AddOptions {
  readonly every?: string;
  readonly cron?: string;
  readonly tz?: string;
  readonly jitter?: string;
  readonly kind: string;
  readonly model?: string;
  readonly models?: string;
  readonly window?: string;
}

function kindOf(text: string): RunKind {
  const kind = RunKind.safeParse(text);
  if (kind.success) return kind.data;
  const guess = nearest(text, RUN_KINDS);
  throw new PlumblineError(
    'BAD_USAGE',
    `--kind ${text} is not known.`,
    `${guess === null ? '' : `Did you mean ${guess}? `}Use one of ${RUN_KINDS.join(', ')}.`,
  );
}

async function write<T>(app: App, action: string, name: string, work: () => Promise<T>): Promise<T> {
  const act = {
    actor: 'cli',
    action: `schedule.${action}`,
    workspace: app.config.workspace,
    subject: name,
    detail: {},
  };
  return audited(act, await cliAudit(app), work);
}

async function add(app: App, name: string, options: AddOptions): Promise<Schedule> {
  const operations = await app.operations();
  const { workspace } = app.config;
  const model = options.model === undefined ? null : (await app.model(options.model)).model.id;
  const planned = planSchedule(
    {
      workspace,
      name,
      kind: kindOf(options.kind),
      every: options.every,
      cron: options.cron,
      tz: options.tz,
      jitter: options.jitter,
      model,
      models: await modelsOf(app, options.models),
      window_days: options.window === undefined ? null : parseDays(options.window, '--window'),
      by: 'cli',
    },
    await operations.now(),
  );
  if ((await operations.schedules(workspace)).some((schedule) => schedule.name === name))
    throw new PlumblineError(
      'WRONG_STATE',
      `There is already a schedule ${name} in ${workspace}.`,
      `Remove it first: plumbline schedule remove ${name}`,
    );
  await operations.addWorkspace(workspace);
  await operations.saveSchedule(planned);
  return planned;
}

async function setPaused(app: App, name: string, paused: boolean): Promise<Schedule> {
  const operations = await app.operations();
  const schedule = await findSchedule(operations, app.config.workspace, name);
  // Slots that passed during a pause were not missed: nobody wanted them.
  const next_at = paused ? schedule.next_at : nextSlot(schedule, await operations.now());
  const changed = { ...schedule, paused, next_at };
  await operations.saveSchedule(changed);
  return changed;
}

async function viewsOf(app: App): Promise<ScheduleView[]> {
  const operations = await app.operations();
  const { workspace } = app.config;
  const views: ScheduleView[] = [];
  for (const schedule of await operations.schedules(workspace)) {
    const [last] = await operations.runs({ workspace, schedule: schedule.name, limit: 1 });
    views.push({ schedule, last: last ?? null });
  }
  return views;
}

function show({ io, flags }: CommandContext, schedule: Schedule): void {
  if (flags.json) printJson(io, schedule);
  else printText(io, renderSchedules([{ schedule, last: null }], io.style));
}

export const registerSchedule: RegisterCommand = (program, run) => {
  const schedule = program.command('schedule').description('when snapshots, syncs and maintenance run by themselves');

  schedule
    .command('add <name>')
    .description('add a schedule; `plumbline work` (or `serve`) does what it asks for')
    .option('--every <length>', 'fixed grid in UTC: 15m, 1h, 1d, 1w')
    .option('--cron <line>', 'minute hour day month weekday, e.g. "30 6 * * 1-5"')
    .option('--tz <zone>', 'IANA time zone of --cron (default UTC)')
    .option('--jitter <length>', 'greatest delay, e.g. 5m (default: a tenth of the time between two runs, at most 10m)')
    .option('--kind <kind>', `one of ${RUN_KINDS.join(', ')}`, 'snapshot')
    .option('--model <id>', 'maturity model (default: the configured one)')
    .option('--models <ids>', 'models that judge, e.g. six-stage,activity-score (default: all that are switched on)')
    .option('--window <days>', 'behaviour window, e.g. 90d (default: the configured one)')
    .action(
      run(async (context, name: string, options: AddOptions) => {
        show(context, await write(context.app, 'add', name, () => add(context.app, name, options)));
      }),
    );

  schedule
    .command('list')
    .description('schedules with their next run and how the last one ended')
    .action(
      run(async ({ app, io, flags }) => {
        const views = await viewsOf(app);
        if (flags.json)
          printJson(
            io,
            views.map(({ schedule: each, last }) => ({ ...each, last })),
          );
        else if (views.length === 0)
          printText(
            io,
            `No schedule in ${app.config.workspace} yet. Make one: plumbline schedule add daily --every 1d`,
          );
        else printText(io, renderSchedules(views, io.style));
      }),
    );

  schedule
    .command('remove <name>')
    .description('remove a schedule; its runs stay')
    .action(
      run(async ({ app, io, flags }, name: string) => {
        const { workspace } = app.config;
        await write(app, 'remove', name, async () => {
          const operations = await app.operations();
          await findSchedule(operations, workspace, name);
          await operations.removeSchedule(workspace, name);
        });
        if (flags.json) printJson(io, { workspace, name, removed: true });
        else printText(io, `The schedule ${name} is removed.`);
      }),
    );

  for (const [verb, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    schedule
      .command(`${verb} <name>`)
      .description(paused ? 'stop a schedule for a while' : 'let a paused schedule go on with its next slot')
      .action(
        run(async (context, name: string) => {
          show(context, await write(context.app, verb, name, () => setPaused(context.app, name, paused)));
        }),
      );
};
