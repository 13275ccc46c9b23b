import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './environment.ts';

describe('addresses in files', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-environment-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'database'), 'postgresql://u:p@db:5432/plumbline\n');
  writeFileSync(join(dir, 'empty'), '\n');

  it('reads DATABASE_URL from the file that DATABASE_URL_FILE names, without its line end', () => {
    expect(loadConfig({}, dir, { DATABASE_URL_FILE: 'database' }).backends).toEqual({
      databaseUrl: 'postgresql://u:p@db:5432/plumbline',
      redisUrl: null,
      queue: 'postgres',
    });
  });

  it.each([
    [{ DATABASE_URL_FILE: 'nowhere' }, 'The file nowhere of DATABASE_URL_FILE is missing or empty.'],
    [{ DATABASE_URL_FILE: 'empty' }, 'The file empty of DATABASE_URL_FILE is missing or empty.'],
    [
      { DATABASE_URL_FILE: 'database', DATABASE_URL: 'postgresql://other/db' },
      'DATABASE_URL and DATABASE_URL_FILE are both set.',
    ],
  ])('refuses %j', (variables, problem) => {
    expect(() => loadConfig({}, dir, variables)).toThrow(problem);
  });
});
