import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putConnection } from '../../test/harness/beside-desk.ts';
import { aCustomer, aTicket, at } from '../../test/harness/records.ts';
import { trustShipped } from '../../test/harness/shipped-packs.ts';
import type { Observability } from '../domain/observability.ts';
import type { TelemetryRecord } from '../domain/telemetry.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { joinSources } from './join-sources.ts';
import { measure } from './measure.ts';

const all = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map((s) => s.definition);
const signals = all.filter(({ id }) => /^(L1|L4|H2|A5)-/.test(id));
const asOf = at('2026-03-01T00:00:00Z');
let store: Store;

const seen = (connection: string, stream: Observability['stream'], fields: readonly string[]): Observability => ({
  connection,
  stream,
  status: 'available',
  detail: null,
  fields: [...fields],
  since: null,
  until: asOf,
  rows: 1,
  rejected: 0,
  reconciled_share: null,
});

const ids = Array.from({ length: 40 }, (_, i) => String(i + 1).padStart(2, '0'));

beforeEach(async () => {
  store = await openMemoryStore({ trusts: trustShipped(), program: async () => 'this one' });
  await putConnection(store, 'desk', 'desk', {
    organisation: ids.map((id) => aCustomer({ id, external_keys: [id] })),
    ticket: ids.map((id) => aTicket({ id, organisation_id: id, created_at: at('2026-02-01T09:00:00Z') })),
  });
  await store.telemetry.recordObservability([
    seen('desk', 'tickets', ['created_at', 'organisation_id', 'channel']),
    seen('desk', 'organisations', ['created_at']),
  ]);
});
afterEach(() => store.close());

/** A CRM that knows the first so many customers of the desk: every other one has a contract. */
async function connectCrm(known: number, reversed = false, name = 'crm'): Promise<void> {
  const organisation: TelemetryRecord<'organisation'>[] = ids
    .slice(0, known)
    .map((id, i) => aCustomer({ id: `A${id}`, external_keys: [id], has_contract: i % 2 === 0 }));
  await putConnection(store, name, 'customers', {
    organisation: reversed ? organisation.reverse() : organisation,
  });
  await store.telemetry.recordObservability([seen(name, 'organisations', ['has_contract', 'tier', 'tier_rank'])]);
}

async function run() {
  const { measurement } = await measure(
    { workspace: 'w', asOf, windowDays: 90 },
    { store, signals, rulesHash: 'r', version: 'v', signalTimeoutMs: 60_000 },
  );
  const of = (short: string) => measurement.findings.find(({ signal }) => signal.startsWith(`${short}-`));
  return { measurement, of };
}

it('counts nothing against a desk without a record of customers', async () => {
  expect((await run()).of('L1')).toMatchObject({ status: 'not_observable', reason: 'stream' });
  expect(await joinSources(store, asOf)).toEqual([]);
});

it('sees the contracts of a record of customers that knows most of the desk, and names it', async () => {
  await connectCrm(30);
  const { of } = await run();
  // Thirty are matched, half of them have a contract; the other ten are unknown.
  expect(of('L1')).toMatchObject({
    status: 'measured',
    estimate: 0.5,
    n: 30,
    extra: { joined_with: '30 of 40 organisations with tickets in crm (75 %)' },
  });
  expect(of('A5')?.extra).not.toHaveProperty('joined_with');
  // It does not show when health was last changed.
  expect(of('L4')).toMatchObject({ status: 'not_observable', reason: 'stream' });
});

it('says how few were matched instead of a number', async () => {
  await connectCrm(19);
  expect((await run()).of('L1')).toMatchObject({
    status: 'insufficient',
    reason: 'match',
    estimate: null,
    detail: 'desk: 19 of 40 organisations with tickets in crm (47 %) could be matched, and it takes 50 %.',
  });
});

it('changes no byte where nothing matches', async () => {
  const alone = (await run()).measurement;
  await putConnection(store, 'crm', 'customers', { organisation: [aCustomer({ id: 'X', has_contract: true })] });
  await store.telemetry.recordObservability([seen('crm', 'organisations', ['has_contract'])]);
  expect((await run()).measurement).toEqual(alone);
});

it('changes only what the joined facts feed', async () => {
  const alone = (await run()).measurement;
  await connectCrm(40);
  const { findings } = (await run()).measurement;
  const moved = findings.filter((finding, i) => JSON.stringify(finding) !== JSON.stringify(alone.findings[i]));
  expect(moved.map(({ signal }) => signal.split('-')[0]).sort()).toEqual(['H2', 'L1']);
});

it('gives the same whatever the order of rows and of connecting, and when the source is no longer read', async () => {
  await connectCrm(30);
  await connectCrm(35, false, 'billing');
  const first = (await run()).measurement;
  await store.telemetry.forget('crm');
  await store.telemetry.forget('billing');
  await connectCrm(35, true, 'billing');
  await connectCrm(30, true);
  expect((await run()).measurement).toEqual(first);
  for (const row of await store.ledger.connections())
    if (row.role === 'customers') await store.ledger.saveConnection({ ...row, status: 'disconnected' });
  expect((await run()).measurement).toEqual(first);
});
