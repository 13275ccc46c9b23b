import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aTicket } from '../../test/harness/records.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { eraseRequester, type Requester } from './erase.ts';

/** Stands for HMAC: 32 hex digits that depend on kind and value. */
const pseudonymise = (kind: string, value: string) =>
  createHash('sha256').update(`${kind}/${value}`).digest('hex').slice(0, 32);
const keyOf = (value: string) => pseudonymise('requester', value);

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
  await sync('1', 'Ann@Example.org');
  await sync('2', 'ann@example.org');
  await sync('3', 'bob@example.org');
});
afterEach(() => store.close());

const sync = (id: string, requester: string) =>
  store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: {
      ticket: [aTicket({ id, requester_key: keyOf(requester) })],
      bot_session: [
        {
          id,
          started_at: new Date('2026-01-05T09:00:00Z'),
          handed_over: false,
          requester_key: keyOf(requester),
          ticket_id: null,
          topic: null,
        },
      ],
    },
    rejected: [],
  });
const erase = (requester: Requester, dryRun = false) =>
  eraseRequester(requester, { telemetry: store.telemetry, pseudonymise, dryRun });
const keyIn = async (id: string) => (await store.telemetry.find('ticket', 'desk', id))[0]?.requester_key;

describe('eraseRequester', () => {
  it('unlinks the value in both forms in which connectors hash it, says in which tables, and leaves others alone', async () => {
    const erased = await erase({ value: ' Ann@Example.org ' });
    expect(erased).toMatchObject({ total: 4, dryRun: false });
    expect([erased.rows.get('ticket'), erased.rows.get('bot_session')]).toEqual([2, 2]);
    expect(await keyIn('1')).toBeNull();
    expect(await keyIn('2')).toBeNull();
    expect(await keyIn('3')).toBe(keyOf('bob@example.org'));
  });

  it('keeps the requester out of later syncs', async () => {
    await erase({ value: 'ann@example.org' });
    await sync('4', 'ann@example.org');
    expect(await keyIn('4')).toBeNull();
  });

  it('works before the first record, and twice', async () => {
    expect((await erase({ value: 'eve@example.org' })).total).toBe(0);
    expect((await erase({ value: 'eve@example.org' })).total).toBe(0);
    await sync('5', 'eve@example.org');
    expect(await keyIn('5')).toBeNull();
  });

  it('takes a pseudonym, and counts without changing anything', async () => {
    const before = await store.telemetry.digest();
    expect(await erase({ key: keyOf('bob@example.org').toUpperCase() }, true)).toMatchObject({
      total: 2,
      dryRun: true,
    });
    expect(await store.telemetry.digest()).toBe(before);
    expect((await erase({ key: keyOf('bob@example.org') })).total).toBe(2);
    expect(await keyIn('3')).toBeNull();
  });

  it('names no one: only a hash of the pseudonym is given back', async () => {
    const erased = await erase({ value: 'ann@example.org' });
    const hash = createHash('sha256').update(keyOf('ann@example.org')).digest('hex');
    expect(erased.hashes).toEqual([hash.slice(0, 12)]);
    expect(JSON.stringify(erased)).not.toContain('ann');
  });

  it.each<[Requester, RegExp]>([
    [{ value: '  ' }, /is empty/],
    [{ key: 'ann@example.org' }, /is not a pseudonym/],
  ])('refuses %j without repeating it', async (requester, message) => {
    const error = await erase(requester).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'BAD_USAGE', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('ann');
  });
});
