import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStaged, type StagedReading } from '../../src/domain/staged-reading.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { onlyStaged, readModels } from '../../src/models/index.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { METHODS } from '../../src/scoring/index.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { putConnection } from '../harness/beside-desk.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';
import { aCustomer } from '../harness/records.ts';

const ROOT = join(import.meta.dirname, '../..');
const signals = loadSignals(join(ROOT, 'rules/signals')).signals.map((s) => s.definition);
const model = onlyStaged(readModels(join(ROOT, 'rules/models'), METHODS, signals)).find(
  (m) => m.model.id === 'six-stage',
);
const FIELDS = [
  ...['tier', 'tier_rank', 'has_contract', 'has_health', 'health_changed_at', 'health_rank'],
  ...['renews_at', 'value_band', 'churned_at', 'expanded_at'],
];

type Organisation = TelemetryRecord<'organisation'>;

/** What a CRM says of the customers of the desk: what the desk once said itself, or tiers that nobody at the desk knows of. */
const SAYINGS = {
  'what the desk knew': (one: Organisation) => one,
  'tiers by chance': (one: Organisation, i: number) => ({
    ...one,
    tier: i % 2 === 0 ? 'Gold' : 'Bronze',
    tier_rank: i % 2 === 0 ? 2 : 4,
    has_contract: i % 7 === 0,
  }),
} as const;

describe('a record of customers beside a demo desk that keeps none', () => {
  let desk: DemoStore;
  let known: readonly Organisation[];
  let alone: StagedReading;

  async function snapshotOf(keep = false): Promise<StagedReading> {
    if (model === undefined) throw new Error('the six-stage model is missing');
    const taken = await takeSnapshot(
      { asOf: null, windowDays: 90, workspace: 'test' },
      {
        store: desk.store,
        signals,
        rulesHash: 'r',
        models: [model],
        version: '0',
        now: new Date(0),
        signalTimeoutMs: 60_000,
        keep,
      },
    );
    const reading = readStaged(taken, model.model.id);
    if (reading === null) throw new Error('the six stages did not judge');
    return reading;
  }

  beforeAll(async () => {
    desk = await syncDemoDesk('harbor');
    const { telemetry, ledger } = desk.store;
    known = desk.batches.flatMap(({ records }) => records.organisation ?? []);
    await telemetry.commit({
      connection: desk.connection,
      stream: null,
      checkpoint: null,
      records: { organisation: known.map(({ id, domain_hash }) => aCustomer({ id, domain_hash })) },
      rejected: [],
      replace: ['organisation'],
    });
    const seen = await telemetry.observability();
    await telemetry.recordObservability(
      seen
        .filter(({ stream }) => stream === 'organisations')
        .map((row) => ({ ...row, fields: row.fields.filter((field) => ![...FIELDS, 'terms'].includes(field)) })),
    );
    await ledger.clear();
    alone = await snapshotOf();
  });
  afterAll(() => desk.store.close());

  async function connect(say: (one: Organisation, i: number) => Organisation): Promise<void> {
    await putConnection(desk.store, 'crm', 'customers', {
      organisation: known.map((one, i) => ({ ...say(one, i), id: `A${one.id}`, terms: null })),
    });
    const [row] = (await desk.store.telemetry.observability()).filter(({ stream }) => stream === 'organisations');
    if (row === undefined) throw new Error('nothing was seen of organisations');
    await desk.store.telemetry.recordObservability([{ ...row, connection: 'crm', fields: FIELDS }]);
  }

  it.each(Object.entries(SAYINGS))('%s: removing it never gives a higher stage', async (_, say) => {
    await connect(say);
    const with_ = await snapshotOf(true);
    expect(with_.findings.filter(({ status }) => status === 'failed')).toEqual([]);
    const joined = with_.findings.filter(({ extra }) => extra.joined_with === 'crm').map(({ signal }) => signal);
    expect(joined.map((id) => id.split('-')[0])).toEqual(expect.arrayContaining(['H1', 'H2', 'L1']));
    // Whatever does not name it is as it was without it.
    const before = new Map(alone.findings.map((finding) => [finding.signal, finding]));
    const moved = with_.findings.filter(
      (finding) => JSON.stringify(finding) !== JSON.stringify(before.get(finding.signal)),
    );
    expect(moved.map(({ signal }) => signal).filter((id) => !joined.includes(id))).toEqual([]);

    const [row] = (await desk.store.ledger.connections()).filter(({ name }) => name === 'crm');
    if (row === undefined) throw new Error('not connected');
    await desk.store.ledger.saveConnection({ ...row, status: 'disconnected' });
    const left = await snapshotOf();
    expect(left.findings).toEqual(with_.findings);
    expect(left.readings.seen).toEqual(with_.readings.seen);

    await desk.store.telemetry.forget('crm');
    const forgotten = await snapshotOf();
    expect(forgotten.readings.seen.stage ?? 0).toBeLessThanOrEqual(with_.readings.seen.stage ?? 0);
    expect(forgotten.readings.seen.assured ?? 0).toBeLessThanOrEqual(with_.readings.seen.assured ?? 0);
    await desk.store.ledger.clear();
  });
});
