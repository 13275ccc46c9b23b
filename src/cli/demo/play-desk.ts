import { ANSWERS_BY_DESK, buildDesk, DEMO_TOKEN, startDemoServer } from '../../demo/index.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { keepAnswers } from '../../pipeline/assess.ts';
import { connectHelpdesk } from '../../pipeline/connect.ts';
import { readLatest } from '../../pipeline/find-snapshot.ts';
import { snapshotOf } from '../commands/snapshot.ts';
import { syncConnections, syncSummary } from '../commands/sync.ts';
import type { CommandContext } from '../runner.ts';

/** Last instant that a Date can hold. */
const END_OF_TIME = new Date(8.64e15);

/**
 * The snapshot that an earlier demo kept of a desk; null when there is none, or when version, rules or models have changed since, so that it
 * would say something else today.
 */
async function keptOf({ app }: CommandContext): Promise<StagedReading | null> {
  const [store, rules, judging] = await Promise.all([app.store(), app.rules(), app.judging()]);
  const reading = await readLatest(store.ledger, app.config.model, END_OF_TIME);
  if (reading === null) return null;
  const { plumbline, rules_hash } = reading.provenance;
  const judged = new Set(reading.verdicts.map(({ model }) => model.hash));
  const isCurrent =
    plumbline === app.version && rules_hash === rules.hash && judging.every(({ hash }) => judged.has(hash));
  return isCurrent ? reading : null;
}

/** One simulated desk, really synced over HTTP through the connector, then answered for and placed. */
async function playAnew(context: CommandContext, desk: string): Promise<StagedReading> {
  const { app } = context;
  const server = await startDemoServer({ desk: buildDesk(desk) });
  try {
    const store = await app.store();
    await connectHelpdesk(
      {
        name: desk,
        vendor: 'zendesk',
        role: 'desk',
        settings: { ...server.settings },
        secret: await app.secrets.seal(desk, DEMO_TOKEN),
        allow_private: true,
        status: 'connected',
        created_at: app.clock.now(),
      },
      { ledger: store.ledger, telemetry: store.telemetry, open: app.open, signal: app.signal, now: app.clock.now() },
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

/** The verdict on a desk: what an earlier demo kept of it where that still holds, otherwise played anew. */
export async function playDesk(context: CommandContext, desk: string, fresh: boolean): Promise<StagedReading> {
  const kept = fresh ? null : await keptOf(context);
  if (kept === null) return playAnew(context, desk);
  if (!context.flags.quiet)
    context.io.err(`${context.io.errStyle.good('✓')} ${desk} is there from an earlier demo (--fresh plays it anew)\n`);
  return kept;
}
