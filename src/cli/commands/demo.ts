import { ANSWERS_BY_DESK, buildDesk, DEMO_TOKEN, DESK_NAMES, startDemoServer } from '../../demo/index.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { keepAnswers } from '../../pipeline/assess.ts';
import { connectHelpdesk } from '../../pipeline/connect.ts';
import { renderSnapshot } from '../../report/terminal/snapshot.ts';
import { renderDeskLine } from '../../report/terminal/trend.ts';
import { printJson, printText } from '../io.ts';
import { reportContext } from '../report-context.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { makePrivateFolder } from '../write-private.ts';
import { snapshotOf } from './snapshot.ts';
import { syncConnections, syncSummary } from './sync.ts';

const FIRST = 'harbor';

/** One simulated desk, really synced over HTTP through the connector, then answered for and placed. */
async function playDesk(context: CommandContext, desk: string) {
  const { app } = context;
  const server = await startDemoServer({ desk: buildDesk(desk) });
  try {
    const store = await app.store();
    await connectHelpdesk(
      {
        name: desk,
        vendor: 'zendesk',
        settings: { ...server.settings },
        secret: await app.secrets.seal(desk, DEMO_TOKEN),
        allow_private: true,
        status: 'connected',
        created_at: app.clock.now(),
      },
      { ledger: store.ledger, open: app.open, signal: app.signal, now: app.clock.now() },
    );
    const [synced] = await syncConnections(context, [desk]);
    if (synced?.error) throw synced.error;
    if (synced !== undefined && !context.flags.quiet)
      context.io.err(`${context.io.errStyle.good('✓')} ${syncSummary(synced)}\n`);
    const questionnaire = await app.questionnaire();
    for (const { file, respondent, role, answers } of ANSWERS_BY_DESK[desk] ?? [])
      await keepAnswers(JSON.stringify({ respondent, role: role.replaceAll(' ', '_'), answers }), file, {
        ledger: store.ledger,
        questionnaire,
        now: synced?.until ?? app.clock.now(),
      });
    return await snapshotOf(context, { asOf: null });
  } finally {
    await server.close();
  }
}

export const registerDemo: RegisterCommand = (program, run) => {
  program
    .command('demo')
    .description('simulated helpdesks, really synced, placed and compared; no account, no server needed')
    .option('--desk <name>', `one desk only: ${DESK_NAMES.join(', ')}`)
    .action(
      run(async (context, options: { desk?: string }) => {
        const { app, io, flags } = context;
        if (options.desk !== undefined && !DESK_NAMES.some((name) => name === options.desk)) {
          const guess = nearest(options.desk, DESK_NAMES);
          throw new PlumblineError(
            'UNKNOWN_NAME',
            `There is no simulated desk "${options.desk}".`,
            guess === null ? `Choose one of ${DESK_NAMES.join(', ')}.` : `Did you mean ${guess}?`,
          );
        }
        makePrivateFolder(app.dataDir);
        const names =
          options.desk === undefined ? [FIRST, ...DESK_NAMES.filter((name) => name !== FIRST)] : [options.desk];
        const played = [];
        for (const desk of names) {
          const own = app.inWorkspace(`demo-${desk}`);
          try {
            const snapshot = await playDesk({ ...context, app: own }, desk);
            played.push({ desk, snapshot, view: await reportContext(own) });
          } finally {
            await own.close();
          }
        }
        if (flags.json) {
          printJson(
            io,
            played.map(({ desk, snapshot }) => ({ desk, snapshot })),
          );
          return;
        }
        const [first, ...others] = played;
        if (first === undefined) return;
        printText(io, `\n${renderSnapshot(first.snapshot, first.view, io.style)}`);
        if (others.length > 0) {
          printText(io, `\n${io.style.bold('THE OTHER DESKS')}`);
          for (const { desk, snapshot, view } of others) printText(io, renderDeskLine(desk, snapshot, view, io.style));
        }
        printText(
          io,
          `\nAll of it is kept. Look around:\n  npx plumbline explain S1.4 --workspace demo-${first.desk}\n  npx plumbline compare --workspace demo-says-five-is-two\n  npx plumbline metrics --workspace demo-${first.desk}\nYour own desk: npx plumbline connect zendesk, or npx plumbline import tickets.csv`,
        );
      }),
    );
};
