import { join, relative } from 'node:path';
import { DESK_NAMES } from '../../demo/index.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { renderSnapshot } from '../../report/terminal/snapshot.ts';
import { renderDeskLine } from '../../report/terminal/trend.ts';
import { playDesk } from '../demo/play-desk.ts';
import { serveDemo } from '../demo/serve-demo.ts';
import { printJson, printText } from '../io.ts';
import { planReport, writeReport } from '../outputs/report-options.ts';
import { parsePort } from '../parse-port.ts';
import { reportContext } from '../report-context.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { makePrivateFolder } from '../write-private.ts';

const FIRST = 'harbor';

interface DemoOptions {
  readonly desk?: string;
  readonly fresh?: boolean;
  readonly serve?: boolean;
  readonly port?: string;
}

interface Played {
  readonly desk: string;
  readonly reading: StagedReading;
  readonly view: ReportContext;
  /** Where its report lies, as one would type it. */
  readonly report: string;
}

/** The desks to play, the first one first. Errors: UNKNOWN_NAME with the nearest known one. */
function desksOf(named: string | undefined): readonly string[] {
  if (named === undefined) return [FIRST, ...DESK_NAMES.filter((name) => name !== FIRST)];
  if (DESK_NAMES.some((name) => name === named)) return [named];
  const guess = nearest(named, DESK_NAMES);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no simulated desk "${named}".`,
    guess === null ? `Choose one of ${DESK_NAMES.join(', ')}.` : `Did you mean ${guess}?`,
  );
}

async function play(context: CommandContext, desk: string, fresh: boolean): Promise<Played> {
  const app = context.app.inWorkspace(`demo-${desk}`);
  const own = { ...context, app };
  try {
    const reading = await playDesk(own, desk, fresh);
    const folder = join(app.dataDir, 'reports');
    makePrivateFolder(folder);
    const file = join(folder, `demo-${desk}.html`);
    const quiet = { ...own, io: { ...own.io, err: () => undefined } };
    await writeReport(quiet, planReport(own, { html: file }), reading, null);
    const beside = relative(context.io.cwd, file);
    return { desk, reading, view: await reportContext(app), report: beside.startsWith('..') ? file : beside };
  } finally {
    await app.close();
  }
}

function printPlayed({ io }: CommandContext, played: readonly Played[]): void {
  const [first, ...others] = played;
  if (first === undefined) return;
  printText(io, `\n${renderSnapshot(first.reading, first.view, io.style)}`);
  if (others.length > 0) {
    printText(io, `\n${io.style.bold('THE OTHER DESKS')}`);
    for (const { desk, reading, view } of others) printText(io, renderDeskLine(desk, reading, view, io.style));
  }
  printText(
    io,
    `\nAll of it is kept. Look around:\n  npx plumbline explain S1.4 --workspace demo-${first.desk}\n  npx plumbline compare --workspace demo-says-five-is-two\n  npx plumbline metrics --workspace demo-${first.desk}\nYour own desk: npx plumbline connect zendesk, or npx plumbline import tickets.csv`,
  );
  printText(io, `\n${io.style.bold(played.length === 1 ? 'REPORT' : 'REPORTS')}   open in any browser, or print`);
  for (const { report } of played) printText(io, `  ${report}`);
}

export const registerDemo: RegisterCommand = (program, run) => {
  program
    .command('demo')
    .description('simulated helpdesks, really synced, placed and compared; no account, no server needed')
    .option('--desk <name>', `one desk only: ${DESK_NAMES.join(', ')}`)
    .option('--fresh', 'play every desk anew, also one that is there from an earlier demo')
    .option('--serve', 'end with the address of the page on the demo desks, until interrupted')
    .option('--port <port>', 'port of --serve (default 7448)')
    .action(
      run(async (context, options: DemoOptions) => {
        const { app, io, flags } = context;
        const desks = desksOf(options.desk);
        const port = options.port === undefined ? null : parsePort(options.port);
        makePrivateFolder(app.dataDir);
        const played: Played[] = [];
        for (const desk of desks) played.push(await play(context, desk, options.fresh === true));
        if (flags.json)
          printJson(
            io,
            played.map(({ desk, reading, report }) => ({ desk, snapshot: reading, report })),
          );
        else printPlayed(context, played);
        if (options.serve === true)
          await serveDemo(
            context,
            desks.map((desk) => `demo-${desk}`),
            port,
          );
      }),
    );
};
