import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandFiles } from './expand-files.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plumbline-expand-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
beforeAll(() => {
  for (const folder of ['exports', 'exports/old', 'even', 'none']) mkdirSync(join(cwd, folder));
  const names = ['exports/jan10.csv', 'exports/jan2.csv', 'exports/.hidden.csv', 'exports/notes.md', 'exports/x.json'];
  for (const name of [...names, 'exports/old/dec.csv', 'even/a.csv', 'even/b.xlsx', 'none/readme.md', 'one.csv'])
    writeFileSync(join(cwd, name), 'x');
});

describe('expandFiles', () => {
  it('leaves named files as they are, each once, also those that do not exist', async () => {
    const found = await expandFiles(['one.csv', 'missing.csv', './one.csv'], cwd);
    expect(found.paths).toEqual([join(cwd, 'one.csv'), join(cwd, 'missing.csv')]);
    expect(found.skipped).toEqual([]);
  });

  it.each(['exports/*.csv', './exports/jan*.csv', 'exp*/jan[0-9]*.csv', 'exports/jan?*.csv'])(
    'expands the quoted pattern %s, numbers in their order, hidden files left out',
    async (pattern) => {
      const { files } = await expandFiles([pattern], cwd);
      expect(files).toEqual(['exports/jan2.csv', 'exports/jan10.csv']);
    },
  );

  it('expands a pattern of an absolute path', async () => {
    expect((await expandFiles([join(cwd, 'exports', '*2.csv')], cwd)).paths).toEqual([join(cwd, 'exports/jan2.csv')]);
  });

  it('takes the files of the commonest format in a folder and names the others', async () => {
    const found = await expandFiles(['exports/'], cwd);
    expect(found.files).toEqual(['exports/jan2.csv', 'exports/jan10.csv']);
    expect(found.skipped).toEqual(['exports/notes.md', 'exports/x.json']);
    expect(found.source).toBe('exports');
  });

  it.each([
    ['even', /as many csv as xlsx/],
    ['none', /holds no file/],
    ['exports/*.parquet', /No file matches/],
  ])('refuses %s with the reason', async (arg, message) => {
    await expect(expandFiles([arg], cwd)).rejects.toMatchObject({
      code: 'BAD_INPUT_FILE',
      message: expect.stringMatching(message),
    });
  });
});
