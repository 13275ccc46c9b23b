import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTrouble } from './file-trouble.ts';
import { EXIT_CODES, PlumblineError } from './plumbline-error.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plumbline-trouble-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function troubleOf(work: () => unknown): PlumblineError | null {
  try {
    work();
    return null;
  } catch (error) {
    return fileTrouble(error);
  }
}

const failed = (code: string, syscall = 'write') => Object.assign(new Error(`${code}: x`), { code, syscall });

describe('fileTrouble', () => {
  it('tells what real files refuse, with the path and the way out', () => {
    writeFileSync(join(dir, 'f'), '');
    const below = troubleOf(() => writeFileSync(join(dir, 'f', 'g'), ''));
    expect(below).toMatchObject({ code: 'FILE_REFUSED', where: join(dir, 'f', 'g') });
    expect(below?.message).toContain('a part of the path is no folder (ENOTDIR)');
    expect(troubleOf(() => readFileSync(dir))?.message).toContain('it is a folder (EISDIR)');
    expect(troubleOf(() => readFileSync(join(dir, 'nowhere')))?.message).toContain('it is not there (ENOENT)');
    expect(troubleOf(() => writeFileSync(join(dir, 'x'.repeat(300)), ''))?.message).toContain('ENAMETOOLONG');
  });

  it('says of a full disk that room helps', () => {
    expect(troubleOf(() => writeFileSync('/dev/full', 'x'))).toMatchObject({
      code: 'STORE_FAILED',
      message: 'A file or the output cannot be used: the disk is full (ENOSPC).',
    });
  });

  it.each([
    ['EROFS', 2],
    ['EACCES', 2],
    ['EPERM', 2],
    ['ENOSPC', 75],
    ['EDQUOT', 75],
    ['EIO', 75],
  ])('%s ends with exit %i', (code, exit) => {
    const trouble = fileTrouble(failed(code));
    expect(trouble?.remedy.length).toBeGreaterThan(10);
    expect(EXIT_CODES[trouble?.kind ?? 'bug']).toBe(exit);
  });

  it('leaves other errors alone', () => {
    expect(fileTrouble(failed('EACCES', 'listen'))).toBeNull();
    expect(fileTrouble(failed('ECONNREFUSED', 'connect'))).toBeNull();
    expect(fileTrouble(failed('ERR_ASSERTION'))).toBeNull();
    expect(fileTrouble(failed('toString'))).toBeNull();
    expect(fileTrouble(new TypeError('x'))).toBeNull();
    expect(fileTrouble(new PlumblineError('BUG', 'x', 'y'))).toBeNull();
  });
});
