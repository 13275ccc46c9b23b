import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Observability, STREAMS, type StreamName } from '../../src/domain/observability.ts';
import { readStaged, type StagedReading } from '../../src/domain/staged-reading.ts';
import { STREAM_TABLES } from '../../src/domain/stream-tables.ts';
import type { TableName, TelemetryBatch } from '../../src/domain/telemetry.ts';
import { onlyStaged, readModels } from '../../src/models/index.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { METHODS } from '../../src/scoring/index.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';

const ROOT = join(import.meta.dirname, '../..');
const signals = loadSignals(join(ROOT, 'rules/signals')).signals.map((s) => s.definition);
const model = onlyStaged(readModels(join(ROOT, 'rules/models'), METHODS, signals)).find(
  (m) => m.model.id === 'six-stage',
);

async function snapshotOf({ store }: DemoStore): Promise<StagedReading> {
  if (model === undefined) throw new Error('the six-stage model is missing');
  const taken = await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'test' },
    {
      store,
      signals,
      rulesHash: 'r',
      models: [model],
      version: '0',
      now: new Date(0),
      signalTimeoutMs: 60_000,
      keep: false,
    },
  );
  const reading = readStaged(taken, model.model.id);
  if (reading === null) throw new Error('the six stages did not judge');
  return reading;
}

/**
 * Signals that a stream only sharpens, each with what stands in for it. Everything else must not move at all.
 * calendars: the wall clock stands for business hours, and the plain week (I3) is cut in the time of UTC.
 * events: reported stamps stand for the times of changes, the present values for the earlier ones (H2, N1, N4: who was on it, its category).
 * messages: the first reply that the helpdesk itself reports, in whole minutes (C3, F3, H2); a live rule that writes to everybody (B4);
 *   who opened a case stands for who wrote in it first (B1, E3, E4 leave out what the desk began), and of mail that an agent opened it is not known
 *   whether it was handed on (N7).
 * agents: what a team is for is then told by its tickets alone, so fewer hand-overs are known to go outside support (H3).
 * automations: a stated time in an acknowledgement is one of the places where D1 finds a promise; without it the policies stand alone.
 * organisations: tiers of accounts are one attribute of several (F1, F3) and one mark of partners of several (M3, which is one-sided);
 *   C3 then compares all tiers together.
 * links: a tag that a tool leaves with a link is not told from a mark of escalation (K2, M2, N21, N22); links to issues are one of the places of N15 and M4 and tell defects (N4);
 *   N13 and N14 leave out hand-overs that escalate, by the same marks.
 */
const COARSER: Partial<Record<StreamName, readonly string[]>> = {
  calendars: ['A4', 'C3', 'D3', 'D5', 'D7', 'D8', 'F3', 'H2', 'I1', 'I2', 'I3', 'K5', 'L5', 'N2', 'N3'],
  events: ['C3', 'E1', 'H2', 'J3', 'K4', 'L5', 'N1', 'N4'],
  messages: ['B1', 'B4', 'C3', 'E3', 'E4', 'F3', 'H2', 'N7'],
  agents: ['H3'],
  automations: ['D1'],
  organisations: ['C3', 'F1', 'F3', 'M3'],
  links: ['K2', 'M2', 'M4', 'N13', 'N14', 'N15', 'N21', 'N22', 'N4'],
};

function tablesOnly(batch: TelemetryBatch, tables: readonly TableName[]): TelemetryBatch {
  return Object.fromEntries(
    tables.flatMap((table) => (batch[table] === undefined ? [] : [[table, batch[table]]])),
  ) as TelemetryBatch;
}

describe('taking a stream away from the demo desk', () => {
  let desk: DemoStore;
  let whole: StagedReading;
  let observability: readonly Observability[];

  beforeAll(async () => {
    desk = await syncDemoDesk('harbor');
    observability = await desk.store.telemetry.observability();
    whole = await snapshotOf(desk);
  });
  afterAll(async () => {
    await desk.store.close();
  });

  /** The desk as if the vendor had never shown the stream: no rows, recorded as absent. The rest comes back afterwards. */
  async function without(stream: StreamName): Promise<StagedReading> {
    const { store, connection, batches } = desk;
    const tables = STREAM_TABLES[stream];
    await store.telemetry.commit({
      connection,
      stream: null,
      checkpoint: null,
      records: {},
      rejected: [],
      replace: tables,
    });
    await store.telemetry.recordObservability(
      observability.map((o) =>
        o.stream === stream
          ? { ...o, status: 'absent', fields: [], since: null, until: null, rows: 0, reconciled_share: null }
          : o,
      ),
    );
    try {
      return await snapshotOf(desk);
    } finally {
      for (const batch of batches)
        await store.telemetry.commit({
          connection,
          stream: null,
          checkpoint: null,
          records: tablesOnly(batch.records, tables),
          rejected: [],
        });
      await store.telemetry.recordObservability(observability);
    }
  }

  it('starts from a desk that is placed on what was seen', () => {
    expect(whole.readings.seen.stage).not.toBeNull();
    expect(whole.findings.filter((f) => f.status === 'failed')).toEqual([]);
  });

  it.each(STREAMS.map((stream) => [stream]))('%s: never a higher stage, never a level from nothing', async (stream) => {
    const after = await without(stream);
    expect(after.findings.filter((f) => f.status === 'failed')).toEqual([]);
    expect(after.readings.seen.stage ?? 0).toBeLessThanOrEqual(whole.readings.seen.stage ?? 0);
    expect(after.readings.seen.assured ?? 0).toBeLessThanOrEqual(whole.readings.seen.assured ?? 0);
    // What is still measured is measured as before: no signal leans on a stream that it does not name.
    const before = new Map(whole.findings.map((f) => [f.signal, f]));
    const drifted = after.findings.filter((f) => {
      if (COARSER[stream]?.includes(f.signal.split('-')[0] ?? '')) return false;
      const was = before.get(f.signal);
      return f.status === 'measured' && (was?.status !== 'measured' || was.estimate !== f.estimate || was.n !== f.n);
    });
    expect(
      drifted.map(
        (f) => `${f.signal} ${before.get(f.signal)?.estimate} n ${before.get(f.signal)?.n} -> ${f.estimate} n ${f.n}`,
      ),
    ).toEqual([]);
    for (const criterion of after.criteria)
      if (!after.ledger.some((line) => line.criterion === criterion.id))
        expect([criterion.id, criterion.level]).toEqual([criterion.id, null]);
  });

  it('is whole again afterwards', async () => {
    expect((await snapshotOf(desk)).digest).toBe(whole.digest);
  });
});
