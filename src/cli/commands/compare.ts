import { isStaged } from '../../domain/staged-model.ts';
import { isStagedBody } from '../../domain/staged-verdict.ts';
import { PlumblineError } from '../../errors/index.ts';
import { compareSnapshots } from '../../pipeline/compare-snapshots.ts';
import { contrastModels, type ModelVerdict } from '../../pipeline/contrast-models.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { pathTo } from '../../pipeline/path-to.ts';
import { renderComparison } from '../../report/terminal/comparison.ts';
import { renderContrasts } from '../../report/terminal/contrast.ts';
import { renderMoves } from '../../report/terminal/moves.ts';
import { renderSnapshotChange } from '../../report/terminal/snapshot-change.ts';
import { changeView } from '../../report/view/change.ts';
import { pathView } from '../../report/view/moves.ts';
import { saidSeenView } from '../../report/view/said-and-seen.ts';
import { printJson, printText } from '../io.ts';
import { reportContext } from '../report-context.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { judgePresent } from './judge-models.ts';
import { snapshotOf } from './snapshot.ts';

interface CompareOptions {
  readonly model?: string;
  readonly models?: boolean;
}

/** Measures the present data once and has every staged model judge it; keeps nothing. */
async function compareModels(context: CommandContext): Promise<void> {
  const { app, io, flags } = context;
  const staged = (await app.models()).filter(({ model }) => isStaged(model));
  const judged = (await judgePresent(context, staged)).verdicts;
  const verdicts = staged.flatMap(({ model }, index): ModelVerdict[] => {
    const { body, ledger } = judged[index] ?? {};
    return isStaged(model) && isStagedBody(body) ? [{ model, placement: body.placement, ledger: ledger ?? [] }] : [];
  });
  const pairs = contrastModels(verdicts);
  const titles = new Map((await app.rules()).signals.map(({ id, title }) => [id, title]));
  if (flags.json)
    printJson(io, { verdicts: verdicts.map(({ model, placement }) => ({ model: model.id, placement })), pairs });
  else
    printText(
      io,
      renderContrasts(verdicts, pairs, (id) => titles.get(id) ?? id, io.style),
    );
}

export const registerCompare: RegisterCommand = (program, run) => {
  program
    .command('compare [a] [b]')
    .description('said beside seen; or two snapshots (digest or date) with each change attributed')
    .option('--model <id>', 'maturity model')
    .option('--models', 'what each staged model says of the same data, and why two of them differ')
    .action(
      run(async (context, a: string | undefined, b: string | undefined, options: CompareOptions) => {
        const { app, io, flags } = context;
        if (options.models === true) {
          if (a !== undefined || options.model !== undefined)
            throw new PlumblineError(
              'BAD_USAGE',
              '--models compares all staged models on the present data.',
              'Leave out the snapshots and --model.',
            );
          await compareModels(context);
          return;
        }
        const view = await reportContext(app, options.model);
        if (a !== undefined) {
          const ledger = (await app.store()).ledger;
          const before = await findSnapshot(ledger, view.model.id, a);
          const after = await findSnapshot(ledger, view.model.id, b ?? 'latest');
          const change = compareSnapshots(before, after);
          if (flags.json) printJson(io, change);
          else {
            const { model, note } = await modelOfSnapshot(ledger, after, await app.model(options.model));
            const told = changeView({ change, before, after }, { ...view, model }, note);
            printText(io, renderSnapshotChange(told, io.style));
            if (note !== null) io.err(`${io.errStyle.warn('!')} ${note}\n`);
          }
          return;
        }
        const reading = await snapshotOf(context, { asOf: null, model: options.model });
        if (reading.comparison === null)
          throw new PlumblineError(
            'NO_DATA',
            'Nobody has answered yet, so there is nothing to compare with the data.',
            'Run plumbline assess, or plumbline assess --answers file.yaml.',
          );
        if (flags.json) printJson(io, reading.comparison);
        else printText(io, renderComparison(saidSeenView(reading, view.model), io.style));
      }),
    );

  program
    .command('path')
    .description('smallest and cheapest set of moves to the next stage')
    .option('--target <stage>', 'stage to reach; default: the next one')
    .option('--model <id>', 'maturity model')
    .action(
      run(async (context, options: { target?: string; model?: string }) => {
        const { app, io, flags } = context;
        const view = await reportContext(app, options.model);
        const target = options.target === undefined ? undefined : Number(options.target);
        if (target !== undefined && !Number.isInteger(target))
          throw new PlumblineError(
            'BAD_USAGE',
            `--target ${options.target} is not a stage.`,
            `Use a number from 2 to ${view.model.stages.length}.`,
          );
        const snapshot = await snapshotOf(context, { asOf: null, model: options.model });
        const path = target === undefined ? snapshot.path : pathTo(snapshot, view.model, target);
        if (path === null)
          throw new PlumblineError(
            'NO_DATA',
            'Nothing is placed yet, so there is no path.',
            'Answers of people place what records do not show: plumbline assess. What hides the rest: plumbline doctor.',
          );
        if (flags.json) return printJson(io, path);
        const { smallest, cheapest, same } = pathView(path, view);
        if (smallest !== null) printText(io, renderMoves(smallest, io.style).join('\n'));
        if (cheapest !== null && !same)
          printText(io, `\n${renderMoves(cheapest, io.style, 'CHEAPEST MOVES').join('\n')}`);
      }),
    );
};
