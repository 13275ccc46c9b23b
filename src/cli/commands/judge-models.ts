import { judgeAll } from '../../pipeline/judge-all.ts';
import { parseDays } from '../../pipeline/parse-span.ts';
import { renderSheet } from '../../report/terminal/sheet.ts';
import { renderVerdicts } from '../../report/terminal/verdicts.ts';
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

/** `models judge [id]`: one line a model, or the whole verdict of one. */
export async function judgeModels(context: CommandContext, id: string | undefined): Promise<void> {
  const { app, io, flags } = context;
  const models = id === undefined ? await app.models() : [await app.anyModel(id)];
  const { measurement, verdicts } = await judgePresent(context, models);
  const { digest, as_of, window } = measurement;
  if (flags.json) {
    const said = id === undefined ? verdicts.map(({ model, headline }) => ({ model, headline })) : verdicts;
    printJson(io, { measurement: { digest, as_of, window }, verdicts: said });
    return;
  }
  printText(io, renderVerdicts(verdicts, io.style));
  const [only] = id === undefined ? [] : models;
  const sheet = only === undefined ? null : sheetOf(only.model, verdicts[0]?.body);
  if (sheet !== null) printText(io, `\n${renderSheet(sheet, io.style).join('\n')}`);
  else if (only !== undefined) printText(io, io.style.dim(`  All of it: plumbline snapshot --model ${only.model.id}`));
}
