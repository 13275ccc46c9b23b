import { explain } from '../../pipeline/explain.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { renderExplanation } from '../../report/terminal/explanation.ts';
import { printJson, printText } from '../io.ts';
import { reportContext } from '../report-context.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerExplain: RegisterCommand = (program, run) => {
  program
    .command('explain [what]')
    .description('from the stage to the ledger, the signal, its SQL and its tickets: stage, S1.4, D3, or a ticket id')
    .option('--snapshot <digest>', 'a kept snapshot (beginning of its digest, a date, or latest)', 'latest')
    .option('--model <id>', 'maturity model')
    .action(
      run(async ({ app, io, flags }, what: string | undefined, options: { snapshot: string; model?: string }) => {
        const store = await app.store();
        const view = await reportContext(app, options.model);
        const snapshot = await findSnapshot(store.ledger, view.model.id, options.snapshot);
        const { model, note } = await modelOfSnapshot(store.ledger, snapshot, await app.model(options.model));
        if (note !== null) io.err(`${io.errStyle.warn('!')} ${note}\n`);
        const explanation = await explain(what ?? 'stage', {
          store,
          snapshot,
          model,
          signals: (await app.rules()).signals,
          ticketUrl: view.ticketUrl,
        });
        if (flags.json) printJson(io, explanation);
        else printText(io, renderExplanation(explanation, io.style));
      }),
    );
};
