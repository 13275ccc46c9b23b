import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEvent, aTicket, at } from '../../../test/harness/records.ts';
import type { Remembered, Store } from '../ports.ts';
import { openMemoryStore } from './open.ts';

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(async () => {
  await store.close();
});

const HASH = createHash('sha256').update('k1').digest('hex');
const FACTS: readonly Remembered[] = [
  { kind: 'erased', key_hash: HASH },
  { kind: 'retention', before: at('2026-01-01T00:00:00Z') },
  {
    kind: 'set_aside',
    connection: 'desk',
    stream: 'tickets',
    ref: '7',
    code: 'RECORD_REJECTED',
    path: 'created_at',
    detail: 'expected a valid instant',
    times: 3,
  },
  { kind: 'expired', connection: 'desk', ticket_id: '1', updated_at: null },
  { kind: 'expired', connection: 'desk', ticket_id: '2', updated_at: at('2025-12-01T00:00:00Z') },
];

async function all(): Promise<Remembered[]> {
  const facts: Remembered[] = [];
  for await (const page of store.telemetry.remembered()) facts.push(...page);
  return facts;
}

const fill = (ids: readonly string[], key: string) =>
  store.telemetry.commit({
    connection: 'desk',
    stream: 'tickets',
    checkpoint: 'c1',
    records: {
      ticket: ids.map((id) => aTicket({ id, requester_key: key })),
      event: [anEvent({ id: 'e', ticket_id: '1' })],
    },
    rejected: [],
  });

describe('what a store remembers', () => {
  it('comes back as it was given, however often it is given', async () => {
    await store.telemetry.remember(FACTS);
    await store.telemetry.remember(FACTS);
    expect(await all()).toEqual(FACTS);
    expect(await store.telemetry.setAside('desk')).toMatchObject([{ ref: '7', times: 3 }]);
  });

  it('pages through more expired tickets than one page holds', async () => {
    const facts = Array.from({ length: 10_001 }, (_, i) => ({
      kind: 'expired' as const,
      connection: i < 5 ? 'a' : 'b',
      ticket_id: String(i),
      updated_at: null,
    }));
    await store.telemetry.remember(facts);
    const seen = new Set((await all()).map((fact) => (fact.kind === 'expired' ? fact.ticket_id : '')));
    expect(seen.size).toBe(10_001);
  });

  it('unlinks and keeps out a requester that is named as erased', async () => {
    await fill(['1', '2'], 'k1');
    await fill(['3'], 'k2');
    expect((await store.telemetry.requesterRows('k1')).get('ticket')).toBe(2);
    await store.telemetry.remember([FACTS[0] as Remembered]);
    expect((await store.telemetry.requesterRows('k1')).get('ticket')).toBe(0);
    expect((await store.telemetry.requesterRows('k2')).get('ticket')).toBe(1);
    await fill(['4'], 'k1');
    expect((await store.telemetry.requesterRows('k1')).get('ticket')).toBe(0);
  });

  it('is emptied with the store, but for who was erased', async () => {
    const empty = await store.telemetry.digest();
    await fill(['1'], 'k3');
    await store.telemetry.remember(FACTS);
    await store.telemetry.clear();
    expect(await store.telemetry.digest()).toBe(empty);
    expect(await store.telemetry.checkpoints('desk')).toEqual(new Map());
    expect(await all()).toEqual([FACTS[0]]);
  });
});
