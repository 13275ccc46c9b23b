import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putConnection } from '../../test/harness/beside-desk.ts';
import { aCustomer, aMessage, aTicket, at } from '../../test/harness/records.ts';
import { trustShipped } from '../../test/harness/shipped-packs.ts';
import type { Observability } from '../domain/observability.ts';
import type { TelemetryRecord } from '../domain/telemetry.ts';
import { blank } from '../kit/blank.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { joinSources } from './join-sources.ts';
import { measure } from './measure.ts';

const all = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map((s) => s.definition);
const signals = all.filter(({ id }) => /^(L1|L4|H2|A5|N2|N3)-/.test(id));
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
    extra: { joined_with: 'crm', joined_share: '30 of 40 organisations with tickets in crm (75 %)' },
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

const due = at('2026-02-05T09:00:00Z');

/** Forty linked issues, of which a tracker knows the first so many and had answered every other one in time. */
async function connectTracker(known: number, until = asOf): Promise<void> {
  await putConnection(store, 'desk', 'desk', {
    ticket: ids.map((id) => aTicket({ id, organisation_id: id, created_at: at('2026-02-01T09:00:00Z') })),
    link: ids.map((id) => ({
      ...blank('link'),
      id,
      ticket_id: id,
      kind: 'issue',
      system: 'redmine',
      target_key: `key ${id}`,
      linked_at: at('2026-02-03T09:00:00Z'),
    })),
  });
  await store.telemetry.recordObservability([
    seen('desk', 'links', ['kind', 'kind:issue', 'system', 'target_key', 'linked_at']),
    seen('desk', 'messages', ['author']),
  ]);
  const issues = ids.slice(0, known);
  await putConnection(store, 'bugs', 'engineering', {
    ticket: issues.map((id) => aTicket({ id: `i${id}`, reference_keys: [`key ${id}`] })),
    message: issues
      .filter((_, i) => i % 2 === 0)
      .map((id) => aMessage({ id: `m${id}`, ticket_id: `i${id}`, seq: 1, author: 'agent', author_id: 'dev', at: due })),
  });
  const row = (await store.ledger.connections()).find(({ name }) => name === 'bugs');
  if (row === undefined) throw new Error('not connected');
  await store.ledger.saveConnection({ ...row, vendor: 'redmine' });
  await store.telemetry.recordObservability([
    { ...seen('bugs', 'tickets', ['reported_closed_at']), until },
    { ...seen('bugs', 'messages', ['author']), until },
  ]);
}

it('sees the answers of a tracker beside the desk; an issue that it does not have is unknown', async () => {
  await connectTracker(32);
  expect((await run()).of('N2')).toMatchObject({
    status: 'measured',
    estimate: 0.5,
    n: 32,
    extra: { joined_with: 'bugs', joined_share: '32 of 40 linked issues in bugs (80 %)' },
  });
});

it('says how few issues were found, and which tracker was not read for long', async () => {
  await connectTracker(19);
  expect((await run()).of('N2')).toMatchObject({ status: 'insufficient', reason: 'match' });
  await connectTracker(40, at('2026-01-15T00:00:00Z'));
  expect((await run()).of('N2')).toMatchObject({
    status: 'not_observable',
    reason: 'retention',
    detail: 'desk: bugs was last read up to 2026-01-15.',
  });
});

it('changes no byte by a tracker of which no issue is named', async () => {
  await connectTracker(40);
  await store.telemetry.forget('bugs');
  const alone = (await run()).measurement;
  await putConnection(store, 'bugs', 'engineering', {
    ticket: [aTicket({ id: '1', reference_keys: ['nobody names it'] })],
  });
  expect((await run()).measurement).toEqual(alone);
});
