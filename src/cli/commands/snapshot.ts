import { resolve } from 'node:path';
import type { RunParams } from '../../domain/operations.ts';
import { toShownSnapshot } from '../../domain/shown-snapshot.ts';
import { isStaged } from '../../domain/staged-model.ts';
import { readStaged, type StagedReading } from '../../domain/staged-reading.ts';
import { PlumblineError } from '../../errors/index.ts';
import { parseBound, parseDays, STEPS, type Step, stepEnds } from '../../pipeline/parse-span.ts';
import { changesBetween } from '../../pipeline/read-course.ts';
import { type Asker, runOfNow, runsOfPast } from '../../pipeline/runs.ts';
import { endOfData, takeSnapshot } from '../../pipeline/snapshot.ts';
import { benchmarksBeside } from '../../pipeline/stand-beside.ts';
import { renderSnapshotMarkdown } from '../../report/markdown/snapshot.ts';
import { renderSnapshot } from '../../report/terminal/snapshot.ts';
import { renderTrend } from '../../report/terminal/trend.ts';
import { type TrendView, trendView } from '../../report/view/trend.ts';
import { enterRuns } from '../enter-runs.ts';
import { judgeGate, type Line, parseGate } from '../gate.ts';
import { printJson, printRaw, printText } from '../io.ts';
import { withMeasureProgress } from '../measure-progress.ts';
import { modelsOf } from '../models-option.ts';
import { planReport, type ReportOptions, writeReport } from '../outputs/report-options.ts';
import { reportContext } from '../report-context.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { writePrivate } from '../write-private.ts';
import { addReportOptions } from './report.ts';

interface SnapshotOptions extends ReportOptions {
  readonly asOf?: string;
  readonly window?: string;
  readonly model?: string;
  readonly models?: string;
  readonly md?: string | boolean;
  readonly failBelow?: string;
  readonly queue?: boolean;
}

interface BackfillOptions {
  readonly from: string;
  readonly to?: string;
  readonly every: string;
  readonly model?: string;
  readonly models?: string;
  readonly queue?: boolean;
}

function askerOf({ app }: CommandContext): Asker {
  return { workspace: app.config.workspace, requestedBy: 'cli' };
}

/** Model and window of a run, refused now rather than in a worker later. */
async function placedBy(
  { app }: CommandContext,
  options: Pick<SnapshotOptions, 'model' | 'models' | 'window'>,
): Promise<Pick<RunParams, 'model' | 'models' | 'window_days'>> {
  const models = await modelsOf(app, options.models);
  return {
    model: options.model === undefined ? null : (await app.model(options.model)).model.id,
    models: models === null ? null : [...models],
    window_days: options.window === undefined ? null : parseDays(options.window, '--window'),
  };
}

/** Read before anything is measured: a slip of the pen should not cost a measurement. */
async function gateOf({ app }: CommandContext, { failBelow, queue, model }: SnapshotOptions): Promise<readonly Line[]> {
  if (failBelow === undefined) return [];
  if (queue === true)
    throw new PlumblineError(
      'BAD_USAGE',
      '--fail-below needs the verdict, which --queue leaves to others.',
      'Leave out one of them.',
    );
  return parseGate(failBelow, (await app.model(model)).model.stages.length);
}

/** Takes one snapshot with the parts of the app, shows progress, and reads it by one staged model. */
export async function snapshotOf(
  { app, io, flags }: CommandContext,
  options: {
    readonly asOf: Date | null;
    readonly window?: string | undefined;
    readonly model?: string | undefined;
    /** As after `--models`. */
    readonly models?: string | undefined;
    readonly keep?: boolean;
  },
): Promise<StagedReading> {
  const [store, rules, only] = await Promise.all([app.store(), app.rules(), modelsOf(app, options.models)]);
  const models = await app.judging({ models: only, shown: options.model });
  // The configured model comes first where it judges.
  const shown = options.model ?? models.find((one) => isStaged(one.model))?.model.id;
  if (shown === undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `None of ${options.models} has stages to show.`,
      'Name a staged model too, or look at one of another kind with plumbline models judge ID.',
    );
  const { model } = await app.model(shown);
  const windowDays = parseDays(options.window ?? app.config.window, '--window');
  const taken = await withMeasureProgress(io, flags, rules.signals.length, (onFinding) =>
    takeSnapshot(
      { asOf: options.asOf, windowDays, workspace: app.config.workspace },
      {
        store,
        signals: rules.signals,
        rulesHash: rules.hash,
        models,
        version: app.version,
        now: app.clock.now(),
        signalTimeoutMs: app.config.measure.signal_timeout_s * 1000,
        keep: options.keep !== false,
        onFinding,
        signal: app.signal,
      },
    ),
  );
  const reading = readStaged(taken, model.id);
  if (reading === null)
    throw new PlumblineError('BUG', `The snapshot has no staged verdict of ${model.id}.`, 'Report this.');
  return reading;
}

/** Snapshots that were just taken as the course of their model. */
async function courseOf({ app }: CommandContext, taken: readonly StagedReading[]): Promise<TrendView> {
  const model = (await app.model(taken[0]?.model.id)).model;
  const points = taken.flatMap((reading) => {
    const headline = reading.verdicts.find((verdict) => verdict.model.id === model.id)?.headline;
    const { digest, as_of } = reading;
    return headline === undefined
      ? []
      : [{ digest, as_of: new Date(as_of), version: reading.model.version, headline, reading }];
  });
  return trendView(points, changesBetween(points), model);
}

export const registerSnapshot: RegisterCommand = (program, run) => {
  const command = program
    .command('snapshot')
    .description('measure, score and keep the state at one instant')
    .option('--as-of <date>', 'end of the data to look at, a date (whole day) or an instant; default: all data')
    .option('--window <days>', 'behaviour window that ends there, e.g. 90d')
    .option('--model <id>', 'maturity model to show; all that are switched on judge')
    .option('--models <ids>', 'models that judge, e.g. six-stage,activity-score; default: all that are switched on')
    .option('--md [file]', 'as Markdown, to a file or to standard output')
    .option('--fail-below <marks>', 'end with 4 when lower, 5 when not known: assured=2, stage=3, seen=2, with commas')
    .option('--queue', 'enter it for `plumbline work` instead of taking it now; syncs before it measures');
  addReportOptions(command).action(
    run(async (context, options: SnapshotOptions) => {
      const { io, flags } = context;
      const asOf = options.asOf === undefined ? null : parseBound(options.asOf, '--as-of', 'end');
      const gate = await gateOf(context, options);
      const plan = planReport(context, options);
      if (options.queue === true) {
        const params = { ...(await placedBy(context, options)), as_of: asOf?.toISOString() ?? null };
        await enterRuns(context, (now) => [runOfNow(askerOf(context), 'snapshot', params, now)]);
        return undefined;
      }
      const snapshot = await snapshotOf(context, { ...options, asOf });
      const view = await reportContext(context.app, snapshot.model.id);
      if (options.md !== undefined && options.md !== false) {
        const text = renderSnapshotMarkdown(snapshot, view);
        if (options.md === true) printRaw(io, text);
        else {
          writePrivate(resolve(io.cwd, String(options.md)), text);
          io.err(`Wrote ${options.md}\n`);
        }
      } else if (flags.json)
        printJson(io, toShownSnapshot(snapshot, benchmarksBeside(snapshot.verdicts, await context.app.benchmarks())));
      else printText(io, renderSnapshot(snapshot, view, io.style));
      await writeReport(context, plan, snapshot, null);
      const { code, sentences } = judgeGate(gate, snapshot);
      for (const sentence of sentences) io.err(`${sentence}\n`);
      return code;
    }),
  );

  program
    .command('backfill')
    .description('snapshots of the past from history')
    .requiredOption('--from <date>', 'start')
    .option('--to <date>', 'end; default: the end of the data')
    .option('--every <step>', `one of ${STEPS.join(', ')}`, 'month')
    .option('--model <id>', 'maturity model to show; all that are switched on judge')
    .option('--models <ids>', 'models that judge, e.g. six-stage,activity-score; default: all that are switched on')
    .option('--queue', 'enter them for `plumbline work` instead of taking them now')
    .action(
      run(async (context, options: BackfillOptions) => {
        const { app, io, flags } = context;
        if (!STEPS.includes(options.every as Step))
          throw new PlumblineError(
            'BAD_USAGE',
            `--every ${options.every} is not known.`,
            `Use one of ${STEPS.join(', ')}.`,
          );
        const store = await app.store();
        const end =
          options.to === undefined
            ? endOfData(await store.telemetry.observability())
            : parseBound(options.to, '--to', 'end');
        if (end === null)
          throw new PlumblineError(
            'NO_DATA',
            'There is no telemetry to look back on.',
            'Run plumbline sync or plumbline import first.',
          );
        const ends = stepEnds(parseBound(options.from, '--from', 'start'), end, options.every as Step);
        if (ends.length === 0)
          throw new PlumblineError(
            'BAD_USAGE',
            `No ${options.every} ends between ${options.from} and ${end.toISOString().slice(0, 10)}.`,
            'Choose an earlier --from.',
          );
        if (options.queue === true) {
          const params = await placedBy(context, options);
          return enterRuns(context, (now) => runsOfPast(askerOf(context), ends, params, now));
        }
        const taken: StagedReading[] = [];
        for (const asOf of ends)
          taken.push(await snapshotOf(context, { asOf, model: options.model, models: options.models }));
        if (flags.json)
          printJson(
            io,
            taken.map((s) => ({ as_of: s.as_of, digest: s.digest, placement: s.placement, seen: s.readings.seen })),
          );
        else printText(io, renderTrend(await courseOf(context, taken), io.style));
      }),
    );
};
