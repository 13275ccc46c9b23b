import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBrowser } from './find-browser.ts';

describe('findBrowser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-browser-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const program = (folder: string, name: string, mode = 0o755): string => {
    mkdirSync(join(dir, folder), { recursive: true });
    const path = join(dir, folder, name);
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, mode);
    return path;
  };
  const chrome = program('a', 'google-chrome');
  const chromium = program('b', 'chromium');
  const plain = program('c', 'chromium', 0o644);
  const path = (...folders: string[]): string => folders.map((folder) => join(dir, folder)).join(delimiter);

  it('takes Chromium before Chrome, wherever they stand in PATH', () => {
    expect(findBrowser({ named: null, path: path('a', 'b'), cwd: dir })).toBe(chromium);
    expect(findBrowser({ named: null, path: path('a'), cwd: dir })).toBe(chrome);
  });

  it('takes the named one, by path or by name', () => {
    expect(findBrowser({ named: 'a/google-chrome', path: '', cwd: dir })).toBe(chrome);
    expect(findBrowser({ named: 'google-chrome', path: path('b', 'a'), cwd: dir })).toBe(chrome);
  });

  it.each([
    [null, path('c'), 'none was found in PATH', /apt install chromium.*--html/],
    [null, '', 'none was found in PATH', /--browser/],
    ['c/chromium', path('b'), 'c/chromium is not there or cannot be run', /report\.browser/],
    ['b', path('b'), 'b is not there', /--browser/],
  ])('refuses %j in %s with a way out', (named, where, message, remedy) => {
    expect(plain).toContain('chromium');
    expect(() => findBrowser({ named, path: where, cwd: dir })).toThrow(
      expect.objectContaining({
        code: 'NO_BROWSER',
        message: expect.stringContaining(message),
        remedy: expect.stringMatching(remedy),
      }),
    );
  });
});
