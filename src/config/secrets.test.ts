import { createCipheriv, createHmac } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SealedSecrets } from '../store/operations-port.ts';
import { openSealedFiles } from './sealed-files.ts';
import { openSecrets } from './secrets.ts';

const KEY_A = 'a1'.repeat(32);
const KEY_B = 'b2'.repeat(32);
/** `printf 'a1%.0s' {1..32} | xxd -r -p | sha256sum | cut -c1-8`, and the same for b2. */
const ID_A = '52fe6094';
const ID_B = 'f14dfc87';

let dataDir = '';
const open = (
  environment: Record<string, string> = {},
  { workspace = 'default', shared = false, sealed = openSealedFiles(dataDir) as SealedSecrets } = {},
) => openSecrets({ dataDir, workspace, cwd: dataDir, environment, shared, sealed: async () => sealed });
const fileOf = (name: string, workspace = 'default') => join(dataDir, 'secrets', workspace, `${name}.json`);
const move = (from: string, to: string) => writeFileSync(to, readFileSync(from));

/** The form that version 0.1 wrote: associated data is the name alone, no key id. */
function writeFirstForm(name: string, secret: string, key: string): void {
  const nonce = Buffer.alloc(12, 7);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), nonce);
  cipher.setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]).toString('base64');
  mkdirSync(join(dataDir, 'secrets/default'), { recursive: true });
  const parts = { v: 1, nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text };
  writeFileSync(fileOf(name), JSON.stringify(parts));
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
});

describe('openSecrets', () => {
  it('gives a sealed secret back and keeps it out of the file in clear', async () => {
    const reference = await open().seal('desk', 'tok-énigme');
    expect(reference).toBe('sealed:desk');
    expect(await open().read(reference)).toBe('tok-énigme');
    expect(readFileSync(fileOf('desk'), 'utf8')).not.toContain('tok-');
    expect(statSync(fileOf('desk')).mode & 0o077).toBe(0);
    expect(readdirSync(join(dataDir, 'keys'))).toEqual(['seal.key']);
    expect(statSync(join(dataDir, 'keys/seal.key')).mode & 0o077).toBe(0);
  });

  it('refuses a sealed text that was moved to another connection or another workspace', async () => {
    await open().seal('a', 'one');
    move(fileOf('a'), fileOf('b'));
    await expect(open().read('sealed:b')).rejects.toThrow(/does not open with the key/);
    mkdirSync(join(dataDir, 'secrets/other'));
    move(fileOf('a'), fileOf('a', 'other'));
    await expect(open({}, { workspace: 'other' }).read('sealed:a')).rejects.toThrow(/does not open with the key/);
    expect(await open().read('sealed:a')).toBe('one');
  });

  it('takes a secret over from another workspace only when asked to', async () => {
    await open().seal('a', 'one');
    const other = open({}, { workspace: 'other' });
    await other.adopt('a', 'default', readFileSync(fileOf('a'), 'utf8'));
    expect(await other.read('sealed:a')).toBe('one');
    await expect(other.adopt('a', 'third', readFileSync(fileOf('a'), 'utf8'))).rejects.toThrow(/does not open/);
  });

  it('seals the same secret differently each time', async () => {
    await open().seal('a', 'one');
    const first = readFileSync(fileOf('a'), 'utf8');
    await open().seal('a', 'one');
    const nonce = (text: string) => Buffer.from(JSON.parse(text).nonce, 'base64');
    expect(nonce(first)).toHaveLength(12);
    expect(nonce(readFileSync(fileOf('a'), 'utf8'))).not.toEqual(nonce(first));
  });

  it.each([
    ['env:NOPE', /variable is not set/],
    ['file:nope.txt', /does not exist/],
    ['sealed:nope', /not there/],
    ['sealed:../../keys/seal', /cannot be the name/],
    ['what', /form is not known/],
  ])('%s names what is missing and the way out', async (reference, message) => {
    const error = await open()
      .read(reference)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'SECRET_MISSING', message: expect.stringMatching(message) });
    expect((error as { remedy: string }).remedy.length).toBeGreaterThan(10);
  });

  it.each([
    'PLUMBLINE_KEY',
    'PLUMBLINE_KEY_PREVIOUS',
    'PLUMBLINE_PSEUDONYM_KEY',
    'PLUMBLINE_KEY_FILE',
    'plumbline_key',
    'DATABASE_URL',
    'DATABASE_URL_FILE',
    'DATABASE_URL_REPLICA',
    'REDIS_URL',
    'REDIS_URL_FILE',
  ])('never gives out %s', async (name) => {
    const error = await open({ [name]: 'canary' })
      .read(`env:${name}`)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'SECRET_MISSING', message: expect.stringMatching(/never given out/) });
    expect(String(error)).not.toContain('canary');
  });

  it('never gives out its own files, whatever link leads to them', async () => {
    await open().seal('desk', 'x');
    writeFileSync(join(dataDir, 'k'), KEY_A);
    writeFileSync(join(dataDir, 'db'), 'postgresql://u:p@h/d');
    symlinkSync(join(dataDir, 'keys/seal.key'), join(dataDir, 'link'));
    symlinkSync(join(dataDir, 'keys'), join(dataDir, 'folder'));
    const own = open({ PLUMBLINE_KEY_FILE: 'k', DATABASE_URL_FILE: 'db' });
    for (const file of [
      'keys/seal.key',
      './x/../keys/seal.key',
      'secrets/default/desk.json',
      'link',
      'folder/seal.key',
      'k',
      'db',
      '/proc/self/environ',
      '/dev/stdin',
    ])
      await expect(own.read(`file:${file}`)).rejects.toThrow(/never given out/);
  });

  it('says that a sealed text is damaged without repeating it', async () => {
    mkdirSync(join(dataDir, 'secrets/default'), { recursive: true });
    for (const text of ['', 'canary-text', '{"v":2}', '{"v":2,"key":"00000000","nonce":"","tag":"AAAA","text":""}']) {
      writeFileSync(fileOf('a'), text);
      const error = await open()
        .read('sealed:a')
        .catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'SECRET_MISSING', message: expect.stringMatching(/damaged/) });
      expect(String(error)).not.toContain('canary');
    }
  });

  it('reads environment and file references', async () => {
    writeFileSync(join(dataDir, 't.txt'), 'abc\n');
    expect(await open({ TOK: 'x' }).read('env:TOK')).toBe('x');
    expect(await open().read('file:t.txt')).toBe('abc');
    expect(await open().read('none')).toBe('');
  });

  it('hashes stably, apart by kind, and by the key of the folder (first 128 bits of HMAC-SHA-256)', () => {
    const first = open().pseudonymise('requester', 'a@example.org');
    expect(open().pseudonymise('requester', 'a@example.org')).toBe(first);
    expect(open().pseudonymise('domain', 'a@example.org')).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    const hmac = createHmac('sha256', Buffer.from(KEY_A, 'hex')).update('requester\0a@example.org').digest('hex');
    const given = open({ PLUMBLINE_PSEUDONYM_KEY: KEY_A });
    expect(given.pseudonymise('requester', 'a@example.org')).toBe(hmac.slice(0, 32));
  });
});

describe('keys', () => {
  it('come from a variable or a file, and then none is made in the folder', async () => {
    await open({ PLUMBLINE_KEY: KEY_A }).seal('a', 'one');
    expect(existsSync(join(dataDir, 'keys'))).toBe(false);
    writeFileSync(join(dataDir, 'k'), `${KEY_A}\n`);
    expect(await open({ PLUMBLINE_KEY_FILE: 'k' }).read('sealed:a')).toBe('one');
    await expect(open({ PLUMBLINE_KEY: KEY_B }).read('sealed:a')).rejects.toThrow(
      new RegExp(`does not open with the key ${ID_B}.*sealed with key ${ID_A}`),
    );
  });

  it('must be given where many machines share one store', async () => {
    const alone = open({}, { shared: true });
    const error = await alone.seal('a', 'one').catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'SECRET_MISSING',
      message: expect.stringMatching(/PLUMBLINE_KEY is not set/),
      remedy: expect.stringMatching(/openssl rand -hex 32/),
    });
    expect(() => alone.pseudonymise('requester', 'x')).toThrow(/PLUMBLINE_PSEUDONYM_KEY is not set/);
    expect(existsSync(join(dataDir, 'keys'))).toBe(false);
    const both = open({ PLUMBLINE_KEY: KEY_A, PLUMBLINE_PSEUDONYM_KEY: KEY_B }, { shared: true });
    expect(await both.read(await both.seal('a', 'one'))).toBe('one');
    expect(both.pseudonymise('requester', 'x')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    [{ PLUMBLINE_KEY: 'c0ffee' }, /PLUMBLINE_KEY is not 64 hexadecimal digits \(found 6/],
    [{ PLUMBLINE_KEY: 'zz'.repeat(32) }, /is not 64 hexadecimal digits/],
    [{ PLUMBLINE_KEY_FILE: 'nowhere' }, /nowhere of PLUMBLINE_KEY_FILE does not exist/],
    [{ PLUMBLINE_KEY: KEY_A, PLUMBLINE_KEY_PREVIOUS: 'x' }, /PLUMBLINE_KEY_PREVIOUS is not 64/],
  ])('are refused when they are none, without being repeated: %#', async (environment, message) => {
    const error = await open(environment as Record<string, string>)
      .seal('a', 'one')
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'SECRET_MISSING', message: expect.stringMatching(message) });
    expect(String(error)).not.toMatch(/c0ffee|zzzz/);
  });
});

describe('rotation', () => {
  it('keeps the previous key open until everything is sealed again, in all workspaces', async () => {
    await open({ PLUMBLINE_KEY: KEY_A }).seal('a', 'one');
    await open({ PLUMBLINE_KEY: KEY_A }, { workspace: 'other' }).seal('b', 'two');
    const rolling = { PLUMBLINE_KEY: KEY_B, PLUMBLINE_KEY_PREVIOUS: KEY_A };
    expect(await open(rolling).read('sealed:a')).toBe('one');
    const plan = { key: ID_B, current: 0, resealed: 2, changed: 0, closed: [] };
    expect(await open(rolling).rotate({ dryRun: true })).toEqual(plan);
    expect((await open(rolling).list()).map((one) => one.key)).toEqual([ID_A, ID_A]);
    expect(await open(rolling).rotate({ dryRun: false })).toEqual(plan);
    expect(await open(rolling).rotate({ dryRun: false })).toEqual({ ...plan, current: 2, resealed: 0 });
    expect(await open({ PLUMBLINE_KEY: KEY_B }).read('sealed:a')).toBe('one');
    expect(await open({ PLUMBLINE_KEY: KEY_B }, { workspace: 'other' }).read('sealed:b')).toBe('two');
    await expect(open({ PLUMBLINE_KEY: KEY_A }).read('sealed:a')).rejects.toThrow(/does not open/);
  });

  it('opens the first form and writes it in the second', async () => {
    writeFirstForm('old', 'one', KEY_A);
    const now = open({ PLUMBLINE_KEY: KEY_A });
    expect(await now.read('sealed:old')).toBe('one');
    expect(await now.list()).toEqual([{ workspace: 'default', name: 'old', key: null, form: 'first' }]);
    expect(await now.rotate({ dryRun: false })).toMatchObject({ resealed: 1, closed: [] });
    expect(await now.list()).toEqual([{ workspace: 'default', name: 'old', key: ID_A, form: 'current' }]);
    expect(await now.read('sealed:old')).toBe('one');
  });

  it('moves from the key of the folder to one of the environment', async () => {
    await open().seal('a', 'one');
    const given = { PLUMBLINE_KEY: KEY_A };
    expect(await open(given).read('sealed:a')).toBe('one');
    expect(await open(given).rotate({ dryRun: false })).toMatchObject({ key: ID_A, resealed: 1 });
    await expect(open().read('sealed:a')).rejects.toThrow(/does not open/);
  });

  it('goes on where it was cut off, and everything stays readable in between', async () => {
    for (const name of ['a', 'b', 'c']) await open({ PLUMBLINE_KEY: KEY_A }).seal(name, `secret of ${name}`);
    const rolling = { PLUMBLINE_KEY: KEY_B, PLUMBLINE_KEY_PREVIOUS: KEY_A };
    const files = openSealedFiles(dataDir);
    let left = 1;
    const breaking: SealedSecrets = {
      ...files,
      put: async (...args) => {
        if (left-- === 0) throw new Error('the power went');
        return files.put(...args);
      },
    };
    await expect(open(rolling, { sealed: breaking }).rotate({ dryRun: false })).rejects.toThrow('the power went');
    for (const name of ['a', 'b', 'c']) expect(await open(rolling).read(`sealed:${name}`)).toBe(`secret of ${name}`);
    expect(await open(rolling).rotate({ dryRun: false })).toMatchObject({ current: 1, resealed: 2 });
  });

  it('leaves alone what no key opens, names it, and does the others', async () => {
    await open({ PLUMBLINE_KEY: KEY_A }).seal('a', 'one');
    await open({ PLUMBLINE_KEY: KEY_B }).seal('b', 'two');
    const before = readFileSync(fileOf('a'), 'utf8');
    writeFileSync(fileOf('c'), 'not json');
    const rotation = await open({ PLUMBLINE_KEY: KEY_B }).rotate({ dryRun: false });
    expect(rotation).toMatchObject({ current: 1, resealed: 0 });
    expect(rotation.closed.map((one) => one.name).sort()).toEqual(['a', 'c']);
    expect(readFileSync(fileOf('a'), 'utf8')).toBe(before);
  });

  it('does not write over a secret that somebody entered meanwhile', async () => {
    await open({ PLUMBLINE_KEY: KEY_A }).seal('a', 'one');
    const rolling = { PLUMBLINE_KEY: KEY_B, PLUMBLINE_KEY_PREVIOUS: KEY_A };
    const files = openSealedFiles(dataDir);
    const racing: SealedSecrets = {
      ...files,
      all: async () => {
        const listed = await files.all();
        await open(rolling).seal('a', 'newer');
        return listed;
      },
    };
    expect(await open(rolling, { sealed: racing }).rotate({ dryRun: false })).toMatchObject({
      resealed: 0,
      changed: 1,
    });
    expect(await open({ PLUMBLINE_KEY: KEY_B }).read('sealed:a')).toBe('newer');
  });
});
