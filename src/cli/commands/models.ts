import { isStaged } from '../../domain/staged-model.ts';
import { crosswalk } from '../../pipeline/crosswalk.ts';
import { counted } from '../../report/numbers.ts';
import { renderCrosswalk } from '../../report/terminal/crosswalk.ts';
import { renderItems, renderModel } from '../../report/terminal/model.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';
import { judgeModels } from './judge-models.ts';
import { dryRunOf } from './models-dry-run.ts';
import { lintModels } from './models-lint.ts';
import { beginModel, type NewModelOptions, showDifference } from './models-new.ts';

export const registerModels: RegisterCommand = (program, run) => {
  const models = program.command('models').description('maturity models');
  models
    .command('list')
    .description('models that ship and those of your folders')
    .action(
      run(async ({ app, io, flags }) => {
        const all = await app.models();
        if (flags.json)
          printJson(
            io,
            all.map(({ model, items, hash }) => ({
              kind: model.kind,
              id: model.id,
              version: model.version,
              title: model.title,
              source: model.source,
              ...(model.extends === undefined ? {} : { extends: model.extends }),
              ...(isStaged(model) ? { stages: model.stages.length, criteria: model.criteria.length } : {}),
              items: items.length,
              hash,
            })),
          );
        else
          for (const { model, items } of all)
            printText(
              io,
              `${io.style.bold(model.id)} version ${model.version}: ${model.title}, ${isStaged(model) ? counted(model.stages.length, 'stage') : model.kind}, ${counted(items.length, 'statement')} (${model.source})`,
            );
      }),
    );
  models
    .command('show <id>')
    .description('stages, statements, evidence and constants of one model')
    .action(
      run(async ({ app, io, flags }, id: string) => {
        const { model, items } = await app.anyModel(id);
        if (flags.json) printJson(io, model);
        else printText(io, isStaged(model) ? renderModel(model, io.style) : renderItems(model, items, io.style));
      }),
    );
  models
    .command('lint')
    .description('check every model file, that its signals exist, and the lock of packs that have one')
    .option(
      '--update-lock',
      `write models.lock.json of each pack; from then on a changed model asks for a higher version`,
    )
    .option('--raise', 'raise the version of every model of a pack that changed, and write the lock')
    .action(run(lintModels));
  models
    .command('new <id>')
    .description('write a model to start from into a pack (--pack), or an overlay of another model')
    .option('--kind <kind>', 'staged, activity or value')
    .option('--extends <id>', 'the model that an overlay changes')
    .action(run((context, id: string, options: NewModelOptions) => beginModel(context, id, options)));
  models
    .command('diff <before> <after>')
    .description('what the second model says otherwise: lines, weights, wording, what came and went')
    .action(run((context, before: string, after: string) => showDifference(context, before, after)));
  models
    .command('dry-run <id>')
    .description('what a model, published or not, would have said at the instants of kept snapshots; keeps nothing')
    .option('--last <n>', 'how many snapshots, or all', '6')
    .action(run((context, id: string, options: { last: string }) => dryRunOf(context, id, options)));
  models
    .command('judge [id]')
    .description(
      'what every model says of the present data, from one measurement; with an id, the whole of one verdict',
    )
    .action(run((context, id: string | undefined) => judgeModels(context, id)));
  models
    .command('crosswalk')
    .description('which signal speaks in which model and how')
    .action(
      run(async ({ app, io, flags }) => {
        const all = (await app.models()).map(({ model }) => model);
        const rows = crosswalk(all, (await app.rules()).signals);
        if (flags.json) printJson(io, rows);
        else
          printText(
            io,
            renderCrosswalk(
              rows,
              all.map(({ id }) => id),
              io.style,
            ),
          );
      }),
    );
};
