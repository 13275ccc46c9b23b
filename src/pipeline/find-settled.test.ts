import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from '../../test/harness/records.ts';
import { aPolicy, aReplyTarget, aRule } from '../../test/harness/rule-records.ts';
import type { Observability } from '../domain/observability.ts';
import type { TelemetryBatch } from '../domain/telemetry.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import { measureFindings } from './measure-findings.ts';

const AS_OF = at('2026-03-01T00:00:00Z');
const READ = at('2026-06-01T00:00:00Z');
const SIGNALS = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map((s) => s.definition);
const D1 = SIGNALS.filter(({ id }) => id.startsWith('D1-'));

function seen(stream: Observability['stream'], since: Date | null): Observability {
  return {
    connection: 'desk',
    stream,
    status: 'available',
    detail: null,
    fields: ['condition_fields', 'actions', 'sla_target'],
    since,
    until: READ,
    rows: 1,
    rejected: 0,
    reconciled_share: null,
  };
}

async function measureOf(records: TelemetryBatch, asOf: Date) {
  const store = await openMemoryStore();
  try {
    await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
    const observability = [seen('tickets', null), seen('sla_policies', READ), seen('automations', READ)];
    const [finding] = await measureFindings(store.telemetry, {
      signals: D1,
      asOf,
      observability,
      disconnected: new Set(),
      earlier: null,
    });
    return finding;
  } finally {
    await store.close();
  }
}

const policyOf = (updated: string | null): TelemetryBatch => ({
  sla_policy: [aPolicy('p1', ['tag:gold'], { updated_at: updated === null ? null : at(updated) })],
  sla_target: [aReplyTarget('p1', 4)],
});

describe('configuration that was first read after the window', () => {
  it('was there when it was last changed before the end of the window', async () => {
    const finding = await measureOf(policyOf('2026-02-28T23:59:59Z'), AS_OF);
    expect(finding).toMatchObject({
      status: 'measured',
      estimate: 1,
      pass: { q2: 1, q3: null },
      as_last_changed: true,
    });
  });

  it.each([
    ['changed at the end of the window', '2026-03-01T00:00:00Z'],
    ['changed since', '2026-05-01T00:00:00Z'],
    ['of which nobody knows when it was changed', null],
  ])('is not observable when it was %s', async (_, updated) => {
    const finding = await measureOf(policyOf(updated), AS_OF);
    expect(finding).toMatchObject({ status: 'not_observable', reason: 'retention' });
    expect(finding).not.toHaveProperty('as_last_changed');
  });

  it('says nothing against a practice: without any policy it stays not observable', async () => {
    expect(await measureOf({}, AS_OF)).toMatchObject({ status: 'not_observable', reason: 'retention' });
  });

  it('is measured as ever once it was read, and is not marked then', async () => {
    const finding = await measureOf(policyOf('2026-05-01T00:00:00Z'), READ);
    expect(finding).toMatchObject({ status: 'measured', estimate: 1 });
    expect(finding).not.toHaveProperty('as_last_changed');
  });

  it('reads nothing that tells of today: how often a rule fired lately, policies changed since and their targets', async () => {
    const store = await openMemoryStore();
    const old = { updated_at: at('2026-01-01T00:00:00Z') };
    const records: TelemetryBatch = {
      automation: [aRule('r1', [], [], { users_count: 5, fired_count: 40, ...old }), aRule('r2', [], [])],
      sla_policy: [aPolicy('p1', [], old), aPolicy('p2', [], { updated_at: READ })],
      sla_target: [aReplyTarget('p1', 4), aReplyTarget('p2', 4)],
    };
    await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
    await store.telemetry.measure({ asOf: AS_OF, horizon: AS_OF, settled: true }, async (session) => {
      expect(await session.query('SELECT id, users_count, fired_count FROM automation')).toEqual([
        { id: 'r1', users_count: null, fired_count: null },
      ]);
      expect(await session.query('SELECT policy_id FROM sla_target')).toEqual([{ policy_id: 'p1' }]);
    });
    await store.close();
  });
});
