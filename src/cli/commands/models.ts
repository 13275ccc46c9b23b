import { counted } from '../../report/numbers.ts';
import { renderModel } from '../../report/terminal/model.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

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
            all.map(({ model, hash }) => ({
              id: model.id,
              version: model.version,
              title: model.title,
              source: model.source,
              stages: model.stages.length,
              criteria: model.criteria.length,
              hash,
            })),
          );
        else
          for (const { model } of all)
            printText(
              io,
              `${io.style.bold(model.id)} version ${model.version}: ${model.title}, ${counted(model.stages.length, 'stage')}, ${counted(model.criteria.length, 'statement')} (${model.source})`,
            );
      }),
    );
  models
    .command('show <id>')
    .description('stages, statements, evidence and constants of one model')
    .action(
      run(async ({ app, io, flags }, id: string) => {
        const { model } = await app.model(id);
        if (flags.json) printJson(io, model);
        else printText(io, renderModel(model, io.style));
      }),
    );
  models
    .command('lint')
    .description('check every model file and that its signals exist')
    .action(
      run(async ({ app, io, flags }) => {
        const all = await app.models();
        if (flags.json) printJson(io, { ok: true, models: all.map(({ model }) => model.id) });
        else
          printText(
            io,
            `${io.style.good('✓')} ${all.length} model files are valid: ${all.map(({ model }) => model.id).join(', ')}`,
          );
      }),
    );
};
