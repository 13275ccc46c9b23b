import type { Explanation } from '../../domain/explanation.ts';
import type { Observability } from '../../domain/observability.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { explain } from '../../pipeline/explain.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { courseOfSignal } from '../../pipeline/read-course.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { Style } from '../../report/style.ts';
import { renderSignal } from '../../report/terminal/explanation/signal.ts';
import { renderStage } from '../../report/terminal/explanation/stage.ts';
import { renderStatement } from '../../report/terminal/explanation/statement.ts';
import { renderTicket } from '../../report/terminal/explanation/ticket.ts';
import { renderEntry } from '../../report/terminal/glossary.ts';
import { findEntry } from '../../report/view/glossary.ts';
import { signalView } from '../../report/view/signal.ts';
import { statementView } from '../../report/view/statement.ts';
import type { Store } from '../../store/ports.ts';
import { printJson, printText } from '../io.ts';
import { reportContext } from '../report-context.ts';
import type { RegisterCommand } from '../runner.ts';

/** Snapshots whose number stands beside that of a signal. */
const COURSE = 6;

/** Texts of an explanation; what the connections show today and the course are only read where they are drawn. */
async function draw(
  told: Explanation,
  reading: StagedReading,
  { telemetry, ledger }: Store,
  context: ReportContext,
  style: Style,
): Promise<string[]> {
  switch (told.kind) {
    case 'criterion': {
      const observability: readonly Observability[] = await telemetry.observability();
      return renderStatement(statementView(told, reading, observability, context), style);
    }
    case 'signal': {
      const course = await courseOfSignal(ledger, context.model.id, told.id, {
        most: COURSE,
        until: new Date(reading.as_of),
      });
      return renderSignal(signalView(told, course, context), style);
    }
    case 'stage':
      return renderStage(told, style);
    case 'ticket':
      return renderTicket(told, style);
  }
}

export const registerExplain: RegisterCommand = (program, run) => {
  program
    .command('explain [what]')
    .description(
      'from the stage to the ledger, the signal, its SQL and its tickets: stage, S1.4, D3, a ticket id; or a word of ours: assured',
    )
    .option('--snapshot <digest>', 'a kept snapshot (beginning of its digest, a date, or latest)', 'latest')
    .option('--model <id>', 'maturity model')
    .action(
      run(async ({ app, io, flags }, what: string | undefined, options: { snapshot: string; model?: string }) => {
        // `stage` asks for the stage of the desk; what the word means stands among the others.
        const entry = what === undefined || what === 'stage' ? null : findEntry(what);
        if (entry !== null) {
          if (flags.json) printJson(io, entry);
          else printText(io, renderEntry(entry, io.style).join('\n'));
          return;
        }
        const store = await app.store();
        const view = await reportContext(app, options.model);
        const snapshot = await findSnapshot(store.ledger, view.model.id, options.snapshot);
        const { model, note } = await modelOfSnapshot(store.ledger, snapshot, await app.model(options.model));
        if (note !== null) io.err(`${io.errStyle.warn('!')} ${note}\n`);
        const signals = (await app.rules()).signals;
        const told = await explain(what ?? 'stage', { store, snapshot, model, signals, ticketUrl: view.ticketUrl });
        if (flags.json) printJson(io, told);
        else printText(io, (await draw(told, snapshot, store, { ...view, model }, io.style)).join('\n'));
      }),
    );
};
