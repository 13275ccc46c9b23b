import { afterEach, beforeEach, expect, it } from 'vitest';
import { aTicket } from '../../../test/harness/records.ts';
import type { Store } from '../ports.ts';
import { openMemoryStore } from './open.ts';

let store: Store;
let program: string | null;
beforeEach(async () => {
  program = 'one';
  store = await openMemoryStore({ program: async () => program });
});
afterEach(() => store.close());

const kept = async (key = 'key') => (await store.telemetry.kept(key)).text;
const keep = async (text: string, key = 'key') => (await store.telemetry.kept(key)).keep(text);
const ticket = { connection: 'desk', stream: null, checkpoint: null, records: { ticket: [aTicket({ id: '1' })] } };

it('gives back what was kept under the key, the latest only, to the program that kept it', async () => {
  expect(await kept()).toBeNull();
  await keep('found');
  expect(await kept()).toBe('found');
  program = 'another';
  expect(await kept()).toBeNull();
  program = null;
  await keep('of no program');
  expect(await kept()).toBeNull();
  program = 'one';
  expect(await kept()).toBe('found');
  await keep('more', 'other key');
  expect([await kept(), await kept('other key')]).toEqual([null, 'more']);
});

it.each<[string, () => Promise<unknown>]>([
  ['a batch', () => store.telemetry.commit({ ...ticket, rejected: [] })],
  ['what can be seen', () => store.telemetry.recordObservability([])],
  ['forgetting a connection', () => store.telemetry.forget('desk')],
  ['erasing a requester', () => store.telemetry.eraseRequester('key')],
  ['retention', () => store.telemetry.expireTickets(new Date(0))],
  ['remembering', () => store.telemetry.remember([])],
  ['emptying', () => store.telemetry.clear()],
])('keeps nothing over %s', async (_, write) => {
  await keep('found');
  await write();
  expect(await kept()).toBeNull();
});

it('does not keep what was worked out before a write', async () => {
  const before = await store.telemetry.kept('key');
  await store.telemetry.commit({ ...ticket, rejected: [] });
  await before.keep('stale');
  expect(await kept()).toBeNull();
});

it('does not keep what a write overtakes', async () => {
  const before = await store.telemetry.kept('key');
  await Promise.all([before.keep('stale'), store.telemetry.commit({ ...ticket, rejected: [] })]);
  expect(await kept()).toBeNull();
});
