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

it('says in which workspace there is nothing', async () => {
  const { code, err } = await bench.run('metrics', '--workspace', 'misspelt');
  expect(code).toBe(2);
  expect(err).toContain('NO_DATA at workspace misspelt');
});
