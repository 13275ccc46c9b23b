import { ActivityVerdict } from '../../domain/activity-verdict.ts';
import { PlumblineError } from '../../errors/index.ts';
import { judgeAll } from '../../pipeline/judge-all.ts';
import { parseDays } from '../../pipeline/parse-span.ts';
import { benchmarksBeside, latestActivities, standBeside } from '../../pipeline/stand-beside.ts';
import { renderSheet } from '../../report/terminal/sheet.ts';
import { renderVerdicts } from '../../report/terminal/verdicts.ts';
import { besideActivity } from '../../report/view/beside-activity.ts';
import type { Sheet } from '../../report/view/sheet.ts';
import { sheetOf } from '../../report/view/sheet-of.ts';
import type { LoadedModel } from '../app.ts';
import { printJson, printText } from '../io.ts';
import { withMeasureProgress } from '../measure-progress.ts';
import type { CommandContext } from '../runner.ts';

/** Measures the present data once and has these models judge it; keeps nothing. */
export async function judgePresent({ app, io, flags }: CommandContext, models: readonly LoadedModel[]) {
  const [store, rules] = await Promise.all([app.store(), app.rules()]);
  const windowDays = parseDays(app.config.window, '--window');
  return withMeasureProgress(io, flags, rules.signals.length, (onFinding) =>
    judgeAll(
      { asOf: null, windowDays, workspace: app.config.workspace },
      {
        store,
        signals: rules.signals,
        rulesHash: rules.hash,
        models,
        version: app.version,
        signalTimeoutMs: app.config.measure.signal_timeout_s * 1000,
        onFinding,
        signal: app.signal,
      },
    ),
  );
}

/** The latest words of the same model in the user's other workspaces. */
async function othersOf({ app }: CommandContext, model: string): Promise<ActivityVerdict[]> {
  const found: ActivityVerdict[] = [];
  for (const workspace of await (await app.operations()).workspaces()) {
    if (workspace === app.config.workspace) continue;
    const other = app.inWorkspace(workspace);
    try {
      const verdict = await latestActivities((await other.store()).ledger, model);
      if (verdict !== null) found.push(verdict);
    } catch (error) {
      // A desk that another process works on is left out; it would only have stood beside.
      if (!(error instanceof PlumblineError) || error.code !== 'STORE_LOCKED') throw error;
      app.log.warn({ workspace }, 'not compared: another process holds its store');
    } finally {
      await other.close();
    }
  }
  return found;
}

/** The sheet of a model of activities with what stands beside it. */
async function withBeside(
  context: CommandContext,
  { model, items }: LoadedModel,
  body: unknown,
  sheet: Sheet,
): Promise<Sheet> {
  if (model.kind !== 'activity') return sheet;
  const benchmarks = (await context.app.benchmarks()).filter((benchmark) => benchmark.model === model.id);
  const beside = standBeside(ActivityVerdict.parse(body), benchmarks, await othersOf(context, model.id));
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return { ...sheet, parts: [...sheet.parts, ...besideActivity(beside, (id) => names.get(id) ?? id)] };
}

/** The packs that were named on the command line, as a further command has to name them again. */
function sayPacks(packs: readonly string[] = []): string {
  return packs.map((dir) => ` --pack ${dir}`).join('');
}

/** `models judge [id]`: one line a model, or the whole verdict of one. */
export async function judgeModels(context: CommandContext, id: string | undefined): Promise<void> {
  const { app, io, flags } = context;
  const models = id === undefined ? await app.models() : [await app.anyModel(id)];
  const { measurement, verdicts } = await judgePresent(context, models);
  const { digest, as_of, window } = measurement;
  if (flags.json) {
    const said = id === undefined ? verdicts.map(({ model, headline }) => ({ model, headline })) : verdicts;
    const benchmarks = benchmarksBeside(verdicts, await app.benchmarks());
    printJson(io, { measurement: { digest, as_of, window }, verdicts: said, beside: { benchmarks } });
    return;
  }
  printText(io, renderVerdicts(verdicts, io.style));
  const [only] = id === undefined ? [] : models;
  const body = verdicts[0]?.body;
  const drawn = only === undefined ? null : sheetOf(only.model, body);
  const sheet = drawn === null || only === undefined ? drawn : await withBeside(context, only, body, drawn);
  if (sheet !== null) printText(io, `\n${renderSheet(sheet, io.style).join('\n')}`);
  else if (only !== undefined)
    printText(io, io.style.dim(`  All of it: plumbline snapshot --model ${only.model.id}${sayPacks(flags.pack)}`));
}
