import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PlumblineError } from '../errors/index.ts';
import { openSecrets } from './secrets.ts';

let dataDir = '';
const open = (workspace = 'default', environment: Record<string, string> = {}) =>
  openSecrets({ dataDir, workspace, cwd: dataDir, environment });

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
});

describe('openSecrets', () => {
  it('gives a sealed secret back and keeps it out of the file in clear', () => {
    const reference = open().seal('desk', 'tok-énigme');
    expect(reference).toBe('sealed:desk');
    expect(open().read(reference)).toBe('tok-énigme');
    const path = join(dataDir, 'secrets/default/desk.json');
    expect(readFileSync(path, 'utf8')).not.toContain('tok-');
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(join(dataDir, 'keys'))).toEqual(['seal.key']);
  });

  it('refuses a sealed file that was moved to another connection', () => {
    open().seal('a', 'one');
    writeFileSync(join(dataDir, 'secrets/default/b.json'), readFileSync(join(dataDir, 'secrets/default/a.json')));
    expect(() => open().read('sealed:b')).toThrow(/does not open with the key/);
  });

  it.each([
    ['env:NOPE', /variable is not set/],
    ['file:nope.txt', /does not exist/],
    ['sealed:nope', /not there/],
    ['what', /form is not known/],
  ])('%s names what is missing and the way out', (reference, message) => {
    try {
      open().read(reference);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlumblineError);
      expect((error as PlumblineError).code).toBe('SECRET_MISSING');
      expect((error as PlumblineError).message).toMatch(message);
      expect((error as PlumblineError).remedy.length).toBeGreaterThan(10);
    }
  });

  it('reads environment and file references', () => {
    writeFileSync(join(dataDir, 't.txt'), 'abc\n');
    expect(open('default', { TOK: 'x' }).read('env:TOK')).toBe('x');
    expect(open().read('file:t.txt')).toBe('abc');
  });

  it('hashes stably, apart by kind, and by the key of the folder (HMAC-SHA-256 of RFC 2104 shape)', () => {
    const first = open().pseudonymise('requester', 'a@example.org');
    expect(open().pseudonymise('requester', 'a@example.org')).toBe(first);
    expect(open().pseudonymise('domain', 'a@example.org')).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
    expect(open().pseudonymise('requester', 'a@example.org')).not.toBe(first);
  });
});
