import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Observability, STREAMS, type StreamName } from '../../src/domain/observability.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { STREAM_TABLES } from '../../src/domain/stream-tables.ts';
import type { TableName, TelemetryBatch } from '../../src/domain/telemetry.ts';
import { readModels } from '../../src/models/index.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';

const ROOT = join(import.meta.dirname, '../..');
const signals = loadSignals(join(ROOT, 'rules/signals')).signals.map((s) => s.definition);
const model = readModels(join(ROOT, 'rules/models'), signals).find((m) => m.model.id === 'six-stage');

async function snapshotOf({ store }: DemoStore): Promise<Snapshot> {
  if (model === undefined) throw new Error('the six-stage model is missing');
  return takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'test' },
    {
      store,
      signals,
      rulesHash: 'r',
      model: model.model,
      modelHash: model.hash,
      version: '0',
      now: new Date(0),
      signalTimeoutMs: 60_000,
      keep: false,
    },
  );
}

/**
 * Signals that a stream only sharpens: without it they are measured by a coarser clock or stamp, as documented (wall clock without a
 * calendar; reported stamps without events). Everything else must not move at all.
 */
const COARSER: Partial<Record<StreamName, readonly string[]>> = {
  calendars: ['A4', 'C3', 'D3', 'D5', 'D7', 'D8', 'F3', 'H2', 'I1', 'I2', 'K5', 'L5', 'N2', 'N3'],
  events: ['E1', 'J3', 'K4', 'L5'],
};

function tablesOnly(batch: TelemetryBatch, tables: readonly TableName[]): TelemetryBatch {
  return Object.fromEntries(
    tables.flatMap((table) => (batch[table] === undefined ? [] : [[table, batch[table]]])),
  ) as TelemetryBatch;
}

describe('taking a stream away from the demo desk', () => {
  let desk: DemoStore;
  let whole: Snapshot;
  let observability: readonly Observability[];

  beforeAll(async () => {
    desk = await syncDemoDesk('harbor');
    observability = await desk.store.telemetry.observability();
    whole = await snapshotOf(desk);
  }, 300_000);
  afterAll(async () => {
    await desk.store.close();
  });

  /** The desk as if the vendor had never shown the stream: no rows, recorded as absent. The rest comes back afterwards. */
  async function without(stream: StreamName): Promise<Snapshot> {
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

  it.each(STREAMS.map((stream) => [stream]))(
    '%s: never a higher stage, never a level from nothing',
    async (stream) => {
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
    },
    120_000,
  );

  it('is whole again afterwards', async () => {
    expect((await snapshotOf(desk)).digest).toBe(whole.digest);
  }, 120_000);
});
