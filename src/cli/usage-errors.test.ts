import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../../test/harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

describe('wrong arguments', () => {
  it.each([
    [['bogus'], /Unknown command 'bogus'\.[\s\S]*→ plumbline --help lists the commands/],
    [['snapshto'], /Unknown command 'snapshto'\.[\s\S]*→ Did you mean snapshot\?/],
    [['metrics', '--bogus'], /Unknown option '--bogus'\.[\s\S]*→ plumbline help metrics shows what it takes/],
    [['import'], /Missing required argument 'file'\.[\s\S]*plumbline help import/],
    [['report', '--html'], /Option '--html <file>' argument missing\.[\s\S]*plumbline help report/],
    [['completion', 'tcsh'], /'tcsh' is invalid[\s\S]*bash/],
  ])('%j has code, value and way out, exit 2', async (args, said) => {
    const { code, out, err } = await bench.run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(said);
    expect(err.trimEnd()).toMatch(/BAD_USAGE$/);
    expect(err.match(/rror: /)).toBeNull();
  });

  it('is JSON where JSON was asked for', async () => {
    const { code, err } = await bench.run('--json', 'metrics', '--bogus');
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'BAD_USAGE', kind: 'config' } });
  });

  it('shows the help of a group of commands that is called without one', async () => {
    const { code, err } = await bench.run('rules');
    expect(code).toBe(2);
    expect(err).toMatch(/Usage: plumbline rules/);
    expect(err).not.toContain('BAD_USAGE');
  });
});

describe('a workspace that is not there', () => {
  it('is named where nothing is there yet', async () => {
    const { code, err } = await bench.run('metrics', '--workspace', 'misspelt');
    expect(code).toBe(2);
    expect(err).toContain('NO_DATA at workspace misspelt');
  });

  it('is refused with the nearest, and not made, where others are', async () => {
    writeFileSync(
      join(bench.dir, 'desk.csv'),
      'id,created,status,resolved\n1,2026-01-05T09:00:00Z,Closed,2026-01-05T12:00:00Z\n',
    );
    await bench.run('import', 'desk.csv', '--workspace', 'harbor');
    await bench.run('import', 'desk.csv', '--map', 'desk.mapping.yaml', '--workspace', 'harbor');
    for (const command of ['metrics', 'doctor', 'snapshot', 'sync']) {
      const { code, err } = await bench.run(command, '--workspace', 'harbour');
      expect(code, command).toBe(2);
      expect(err, command).toMatch(
        /There is no workspace "harbour"[\s\S]*Did you mean --workspace harbor\?[\s\S]*UNKNOWN_NAME/,
      );
    }
    expect(existsSync(join(bench.dir, '.plumbline', 'harbour'))).toBe(false);
    expect((await bench.run('metrics', '--workspace', 'harbor')).code).toBe(0);
  });
});

it.each([
  ['overwritten', (file: string) => writeFileSync(file, 'garbage', { flag: 'r+' })],
  ['cut off', (file: string) => truncateSync(file, 20_000)],
])('a store that was %s is named as damaged, and not to be tried again', async (_, damage) => {
  writeFileSync(join(bench.dir, 'desk.csv'), 'id,created,status\n1,2026-01-05T09:00:00Z,Closed\n');
  await bench.run('import', 'desk.csv');
  await bench.run('import', 'desk.csv', '--map', 'desk.mapping.yaml');
  const file = join(bench.dir, '.plumbline', 'default', 'plumbline.duckdb');
  damage(file);
  const { code, err } = await bench.run('metrics');
  expect(code).toBe(2);
  expect(err).toMatch(/The store is damaged[\s\S]*→ Restore a backup[\s\S]*STORE_DAMAGED at .*plumbline\.duckdb/);
});
