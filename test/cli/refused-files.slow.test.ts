import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileYaml } from '../harness/hostile-texts.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeAll(() => {
  bench = openWorkbench();
  writeFileSync(join(bench.dir, 'a-file'), 'x');
  writeFileSync(join(bench.dir, 'answers.yaml'), 'respondent: ana\nrole: lead\nanswers: {S1.1: 2}\n');
  writeFileSync(
    join(bench.dir, 't.csv'),
    'id,created_at,solved_at,status\n1,2026-01-01T10:00:00Z,2026-01-01T11:00:00Z,solved\n',
  );
});
afterAll(() => bench.remove());

/** Where nobody may write, not even root: below a file, in a file system of the kernel, on a device that is always full. */
describe('what the file system refuses is no fault of ours', () => {
  it.each([
    [['assess', '--answers', 'answers.yaml', '--data', 'a-file/below']],
    [['assess', '--answers', 'answers.yaml', '--data', '/sys/nowhere']],
    [['demo', '--desk', 'harbor', '--data', 'a-file/below']],
    [['export', 'ticket', '--out', 'a-file/below']],
    [['assess', '--form', 'a-file/below']],
    [['assess', '--form', '.']],
    [['doctor', '--config', '.']],
    [['assess', '--answers', '.']],
  ])('exit 2 with the way out: %j', async (argv) => {
    const { code, err } = await bench.run(...argv);
    expect([code, err]).toEqual([2, expect.stringMatching(/→ .{8,}/)]);
    expect(err).not.toContain('fault of Plumbline');
  });

  it('exit 75 where the journal of the fleet cannot be kept, with the way out', async () => {
    const { code, err } = await bench.run('token', 'add', 'ci', '--role', 'viewer', '--data', 'a-file/below');
    expect([code, err]).toEqual([75, expect.stringMatching(/→ .{8,}/)]);
  });

  it('exit 75 on a full disk, with the way out', async () => {
    const { code, err } = await bench.run('assess', '--form', '/dev/full');
    expect([code, err]).toEqual([75, expect.stringMatching(/the disk is full \(ENOSPC\)[\s\S]*→ Make room/)]);
  });

  it('and what leaves the store is for its owner only, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const files = ['out', 'out/ticket.csv', 'form.yaml', 'copy', 'copy/manifest.json'];
      expect((await bench.run('assess', '--answers', 'answers.yaml')).code).toBe(0);
      expect((await bench.run('export', 'ticket', '--format', 'csv', '--out', 'out')).code).toBe(0);
      expect((await bench.run('assess', '--form', 'form.yaml')).code).toBe(0);
      expect((await bench.run('backup', 'copy')).code).toBe(0);
      const modes = files.map((file) => [file, statSync(join(bench.dir, file)).mode & 0o077]);
      expect(modes).toEqual(files.map((file) => [file, 0]));
      expect(statSync(join(bench.dir, '.plumbline')).mode & 0o077).toBe(0);
    } finally {
      process.umask(before);
    }
  });
});

describe('YAML that cannot be read', () => {
  it.each([
    ['an alias of nothing', 'respondent: *nobody\n'],
    ['a circle', 'a: &a [*a]\n'],
    ['bytes', '\u0000\u0001\uffff'],
    ['an open list', '['],
    ['a key that is a map', '? {a: 1}\n: 2\n'],
    ...hostileYaml(8 * 1024),
  ])('is never exit 70, wherever it is given: %s', async (_name, text) => {
    writeFileSync(join(bench.dir, 'bad.yaml'), text);
    for (const argv of [
      ['doctor', '--config', 'bad.yaml'],
      ['assess', '--answers', 'bad.yaml'],
      ['place', '--points', 'bad.yaml'],
      ['import', 't.csv', '--map', 'bad.yaml'],
    ]) {
      const { code, err } = await bench.run(...argv);
      expect([argv[0], code === 70, err.includes('fault of Plumbline')]).toEqual([argv[0], false, false]);
    }
  });
});
