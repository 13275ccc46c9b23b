import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aTicket } from '../../test/harness/records.ts';
import { trustShipped } from '../../test/harness/shipped-packs.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { type MeasureDeps, measure } from './measure.ts';

const all = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map((s) => s.definition);
const signals = all.filter(({ id }) => id.startsWith('D3-') || id.startsWith('A5-'));
const created_at = new Date('2026-02-01T09:00:00Z');
const asOf = new Date('2026-03-01T00:00:00Z');
let store: Store;

async function write(...ids: string[]): Promise<void> {
  await store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: { ticket: ids.map((id) => aTicket({ id, created_at })) },
    rejected: [],
  });
}

beforeEach(async () => {
  store = await openMemoryStore({ trusts: trustShipped(), program: async () => 'this one' });
  await write('1');
  await store.telemetry.recordObservability([
    {
      connection: 'desk',
      stream: 'tickets',
      status: 'available',
      detail: null,
      fields: ['created_at'],
      since: null,
      until: asOf,
      rows: 1,
      rejected: 0,
      reconciled_share: null,
    },
  ]);
});
afterEach(() => store.close());

const run = (more: Partial<MeasureDeps> = {}, windowDays = 90) =>
  measure(
    { workspace: 'w', asOf, windowDays },
    { store, signals, rulesHash: 'r', version: 'v', signalTimeoutMs: 60_000, leastOfTags: [1], ...more },
  );

it('gives the same bytes from a store that was not written to, and does not measure it again', async () => {
  const first = await run();
  const measuring = vi.spyOn(store.telemetry, 'measure');
  const told: string[] = [];
  const second = await run({ onFinding: ({ signal }) => told.push(signal) });
  expect(measuring).not.toHaveBeenCalled();
  expect(second).toEqual(first);
  expect(second.contacts.get(1)?.windowDays).toBe(90);
  expect(told).toEqual(signals.map(({ id }) => id));
});

it.each<[string, () => Promise<unknown>]>([
  ['written to', () => write('2').then(() => run())],
  [
    'asked with other words of a signal',
    () => run({ signals: signals.map((one) => ({ ...one, title: 'Another title' })) }),
  ],
  ['asked with fewer signals', () => run({ signals: signals.slice(1) })],
  ['asked for another window', () => run({}, 30)],
  ['asked by other rules', () => run({ rulesHash: 'other' })],
  ['asked for contacts by another bound', () => run({ leastOfTags: [2] })],
])('measures again when it is %s', async (_, again) => {
  await run();
  const measuring = vi.spyOn(store.telemetry, 'measure');
  await again();
  expect(measuring).toHaveBeenCalled();
});

it.each(['engineering', 'customers'] as const)(
  'gives the same bytes with a source of %s beside the desk',
  async (role) => {
    const alone = await run();
    const row = {
      vendor: 'other',
      settings: {},
      secret: 'none',
      allow_private: false,
      status: 'connected',
      created_at,
    } as const;
    await store.ledger.saveConnection({ ...row, name: 'beside', role });
    await store.telemetry.commit({
      connection: 'beside',
      stream: null,
      checkpoint: null,
      records: { ticket: ['8', '9'].map((id) => aTicket({ id, created_at, status: 'solved' })) },
      rejected: [],
    });
    const [desk] = await store.telemetry.observability();
    if (desk === undefined) throw new Error('nothing was seen');
    await store.telemetry.recordObservability([{ ...desk, connection: 'beside', rows: 2 }]);
    expect(await run()).toEqual(alone);
    await store.ledger.saveConnection({ ...row, name: 'beside', role, status: 'disconnected' });
    expect(await run()).toEqual(alone);
    // The same records at a desk do tell.
    await store.ledger.saveConnection({ ...row, name: 'beside', role: 'desk' });
    expect((await run()).measurement.digest).not.toBe(alone.measurement.digest);
  },
);

it('measures again what broke', async () => {
  const broken: SignalDefinition[] = signals.map((one) => ({
    ...one,
    needs: ['tickets'],
    sql: 'select nothing from nowhere',
  }));
  const first = await run({ signals: broken });
  expect(first.measurement.findings.map(({ status }) => status)).toContain('failed');
  const measuring = vi.spyOn(store.telemetry, 'measure');
  await run({ signals: broken });
  expect(measuring).toHaveBeenCalled();
});
