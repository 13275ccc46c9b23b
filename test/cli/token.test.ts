import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const json = async (...argv: string[]) => JSON.parse((await bench.run(...argv, '--json')).out);

describe('plumbline token', () => {
  it('prints a token once, and nothing but it on standard output', async () => {
    const added = await bench.run('token', 'add', 'first', '--role', 'admin');
    expect([added.code, added.out]).toEqual([0, expect.stringMatching(/^plb_[A-Za-z0-9_-]{43}\n$/)]);
    const listed = await bench.run('token', 'list');
    expect(listed.out).toMatch(/active {3}admin {5}all workspaces {2}no expiry {2}first/);
    expect(listed.out).not.toContain(added.out.trim());
  });

  it('limits a token to workspaces and days, and revokes it', async () => {
    const added = await json(
      'token',
      'add',
      'ci',
      '--role',
      'viewer',
      '--workspace',
      'desk-a',
      '--for',
      'desk-b',
      '--expires',
      '90d',
    );
    expect(added.workspaces).toEqual(['desk-a', 'desk-b']);
    const days = (Date.parse(added.expires_at) - Date.parse(added.created_at)) / 86_400_000;
    expect(days).toBe(90);
    expect(added.hash).toBeUndefined();
    expect((await bench.run('token', 'revoke', added.id)).code).toBe(0);
    expect((await json('token', 'list')).tokens[0].revoked_at).not.toBeNull();
  });

  it.each([
    ['a role that is not', ['add', 'x', '--role', 'admn'], 'Did you mean admin?'],
    ['a lifetime that is none', ['add', 'x', '--role', 'admin', '--expires', 'soon'], '--expires 90d'],
    ['a token that is not', ['revoke', 'nope'], 'plumbline token list'],
  ])('refuses %s and says the way out', async (_what, argv, remedy) => {
    const { code, err, out } = await bench.run('token', ...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(remedy);
  });
});
