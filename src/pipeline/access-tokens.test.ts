import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES } from '../domain/operations.ts';
import { openMemoryOperations } from '../store/operations/embedded.ts';
import type { Operations } from '../store/operations-port.ts';
import {
  addToken,
  findToken,
  hashToken,
  MOST_MADE,
  type NewToken,
  parseLifetime,
  revokeToken,
  roleReaches,
} from './access-tokens.ts';
import { audited } from './audit.ts';

const now = new Date('2026-06-01T12:00:00.000Z');
let operations: Operations;
beforeEach(async () => {
  operations = await openMemoryOperations({ clock: { now: () => now } });
});
afterEach(() => operations.close());

const add = (change: Partial<NewToken> = {}) =>
  addToken(
    { name: 'ci', role: 'viewer', workspaces: null, expiresAt: null, ...change },
    { operations, now, randomBytes },
  );

describe('access tokens', () => {
  it('are hashed as SHA-256 does', () => {
    // FIPS 180-2, appendix B.1.
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('have 256 random bits', async () => {
    const { token, row } = await addToken(
      { name: 'ci', role: 'viewer', workspaces: null, expiresAt: null },
      { operations, now, randomBytes: (size) => new Uint8Array(size).fill(255) },
    );
    expect(token).toBe(`plb_${'_'.repeat(42)}8`);
    expect(row.hash).toBe(createHash('sha256').update(token).digest('hex'));
  });

  it('are found by themselves only', async () => {
    const { token, row } = await add();
    expect((await findToken(token, { operations, now }))?.id).toBe(row.id);
    for (const text of [row.hash, row.id, `${token} `, token.slice(0, -1), token.toLowerCase(), ''])
      expect(await findToken(text, { operations, now })).toBeNull();
  });

  it.each<[string, Partial<NewToken>]>([
    ['an empty name', { name: ' ' }],
    ['no workspace at all', { workspaces: [] }],
    ['a name that no workspace can have', { workspaces: ['Desk A'] }],
    ['an expiry that has passed', { expiresAt: now }],
  ])('are not made for %s', async (_what, change) => {
    await expect(add(change)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(await operations.tokens()).toEqual([]);
  });

  it('are revoked by id, or by a name that only one has', async () => {
    const [first, second] = [await add(), await add()];
    await expect(revokeToken('ci', { operations, now })).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
    expect((await revokeToken(first.row.id, { operations, now })).revoked_at).toEqual(now);
    expect((await revokeToken('ci', { operations, now })).id).toBe(second.row.id);
    const later = new Date(now.getTime() + 1_000);
    expect((await revokeToken(first.row.id, { operations, now: later })).revoked_at).toEqual(now);
  });
});

describe('roles', () => {
  it('each reach what those before them reach', () => {
    const table = ROLES.map((role) => ROLES.map((needed) => roleReaches(role, needed)));
    expect(table).toEqual([
      [true, false, false, false],
      [true, true, false, false],
      [true, true, true, false],
      [true, true, true, true],
    ]);
  });
});

describe('parseLifetime', () => {
  it('reads days', () => {
    expect(parseLifetime('90d', now).toISOString()).toBe('2026-08-30T12:00:00.000Z');
  });
  it.each(['', '0d', '90', '1w', '-1d', '10000d'])('refuses "%s"', (text) => {
    expect(() => parseLifetime(text, now)).toThrow(/not a number of days/);
  });
});

describe('audited', () => {
  const act = { actor: 'cli', action: 'token.add', workspace: null, subject: 'ci', detail: {} };
  const entries = async () => (await operations.audit({})).map(({ outcome, detail }) => [outcome, detail]);
  const deps = () => ({ operations, now: () => now, randomId: () => randomBytes(8).toString('hex') });

  it('writes down what was done and gives its result', async () => {
    expect(await audited(act, deps(), async () => 7)).toBe(7);
    expect(await entries()).toEqual([['done', {}]]);
  });

  it('writes down a refusal by its code, and passes it on', async () => {
    const refused = audited(act, deps(), () => add({ name: '' }));
    await expect(refused).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(await entries()).toEqual([['refused', { code: 'BAD_USAGE' }]]);
  });

  it('writes down a failure without its text', async () => {
    const failed = audited(act, deps(), () => Promise.reject(new Error('secret')));
    await expect(failed).rejects.toThrow('secret');
    expect(await entries()).toEqual([['failed', { code: 'BUG' }]]);
  });
});

describe('a token that another one makes', () => {
  const DAY = 86_400_000;
  const inDays = (days: number): Date => new Date(now.getTime() + days * DAY);

  it('never outlives, outranks or opens more than its maker', async () => {
    const { row: maker } = await add({ role: 'operator', workspaces: ['a', 'b'], expiresAt: inDays(10) });
    const from = { maker, workspaces: ['a'] };
    await expect(add({ ...from, role: 'admin' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(add({ ...from, workspaces: ['a', 'c'] })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(add({ ...from, workspaces: null })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(add({ ...from, expiresAt: inDays(11) })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await add({ ...from, expiresAt: inDays(9) })).row).toMatchObject({
      expires_at: inDays(9),
      made_by: maker.id,
    });
    expect((await add(from)).row.expires_at).toEqual(inDays(10));
  });

  it('is revoked with its maker, and so is what it made', async () => {
    const { row: first } = await add({ role: 'admin' });
    const child = await add({ role: 'admin', maker: first });
    const grandchild = await add({ role: 'admin', maker: child.row });
    const other = await add({ role: 'admin' });
    await revokeToken(first.id, { operations, now });
    expect(await findToken(grandchild.token, { operations, now })).toBeNull();
    expect(await findToken(child.token, { operations, now })).toBeNull();
    expect((await findToken(other.token, { operations, now }))?.id).toBe(other.row.id);
  });

  it('is refused when its maker is revoked at the same moment', async () => {
    const { row: maker } = await add({ role: 'admin' });
    // Whoever asked was let in before; the revocation comes between.
    await revokeToken(maker.id, { operations, now });
    await expect(add({ role: 'viewer', maker })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await operations.tokens()).every((token) => token.revoked_at !== null)).toBe(true);
  });

  it('is one of a hundred in force at most', async () => {
    const { row: maker } = await add({ role: 'admin' });
    const { row: first } = await add({ role: 'viewer', maker });
    const made = Array.from({ length: MOST_MADE - 1 }, (_, i) => ({
      ...first,
      id: `t${i}`,
      hash: `${i}`.padStart(64, '0'),
    }));
    for (const row of made) await operations.saveToken(row);
    await expect(add({ role: 'viewer', maker })).rejects.toThrow(/has made 100 tokens that are in force/);
    await operations.saveToken({ ...first, revoked_at: now });
    await expect(add({ role: 'viewer', maker })).resolves.toBeDefined();
  });
});
