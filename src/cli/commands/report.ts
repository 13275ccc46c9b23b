import type { Command } from 'commander';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { PAPERS } from '../../report/html/report-view.ts';
import { lastDay } from '../../report/numbers.ts';
import { printJson } from '../io.ts';
import { planReport, type ReportOptions, writeReport } from '../outputs/report-options.ts';
import type { RegisterCommand } from '../runner.ts';

interface KeptReportOptions extends ReportOptions {
  readonly snapshot: string;
  readonly since?: string;
  readonly model?: string;
}

/** Options of the files that `snapshot` and `report` write. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--html <file>', 'as one self-contained page, to read or to print')
    .option('--pdf <file>', 'as PDF, printed by an installed Chromium or Chrome')
    .option('--paper <size>', `paper of --html and --pdf: ${PAPERS.join(', ')}`)
    .option('--browser <file>', 'the browser that prints; default: the first one in PATH')
    .option('--badge <file>', 'as a badge (SVG) for a wiki or a README')
    .option('--summary <file>', 'as a short summary (JSON) for pipelines');
}

export const registerReport: RegisterCommand = (program, run) => {
  const command = program
    .command('report')
    .description('a kept snapshot as a document: page or PDF, alone or against an earlier one')
    .option('--snapshot <digest>', 'a kept snapshot (beginning of its digest, a date, or latest)', 'latest')
    .option('--since <digest>', 'an earlier snapshot (likewise): what changed, and why')
    .option('--model <id>', 'maturity model');
  addReportOptions(command).action(
    run(async (context, options: KeptReportOptions) => {
      const { app, io, flags } = context;
      const { model } = await app.model(options.model);
      const reading = await findSnapshot((await app.store()).ledger, model.id, options.snapshot);
      const isNamed = [options.html, options.pdf, options.badge, options.summary].some((file) => file !== undefined);
      const file = `plumbline-${app.config.workspace}-${lastDay(reading.as_of)}.html`;
      const plan = planReport(context, isNamed ? options : { ...options, html: file });
      const files = await writeReport(context, plan, reading, options.since ?? null);
      if (flags.json) printJson(io, { snapshot: reading.digest, files });
    }),
  );
};
