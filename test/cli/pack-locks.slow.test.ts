import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedVersion } from '../harness/model-that-ships.ts';
import { openWorkbench } from '../harness/run-cli.ts';

let bench: ReturnType<typeof openWorkbench>;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

function write(file: string, text: string): void {
  const path = join(bench.dir, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('the lock of a pack', () => {
  it('refuses a changed overlay without a raised version once it is locked, and raises it', async () => {
    const overlay = (full: number) =>
      `# ours\nextends: six-stage\nbase_version: ${shippedVersion()}\nid: our-desk\nversion: 1 # first\nlines: { D3-first-reply-target-met: { full: ${full}, source: ours } }\n`;
    const file = 'mine/overlays/o.yaml';
    write(file, overlay(0.9));
    expect((await bench.run('models', 'lint', '--update-lock', '--pack', 'mine')).out).toContain(
      'models.lock.json written',
    );
    write(file, overlay(0.95));
    const said = `${file}:5: our-desk changed and its version is not above 1, which is locked; raise it: plumbline models lint --raise --pack mine`;
    const lint = await bench.run('models', 'lint', '--pack', 'mine');
    expect([lint.code, lint.out.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(said)]);
    const kept = await bench.run('snapshot', '--pack', 'mine');
    expect([kept.code, kept.err.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(said)]);
    expect((await bench.run('models', 'lint', '--raise', '--pack', 'mine')).code).toBe(0);
    expect(readFileSync(join(bench.dir, file), 'utf8')).toBe(overlay(0.95).replace('version: 1', 'version: 2'));
    expect((await bench.run('models', 'lint', '--pack', 'mine')).code).toBe(0);
    // Comments are no content.
    write(file, `# more\n${overlay(0.95).replace('version: 1', 'version: 2')}`);
    expect((await bench.run('models', 'lint', '--pack', 'mine')).code).toBe(0);
  });

  it('raises the version of a signal whose logic changed', async () => {
    await bench.run('rules', 'new', 'quick-replies', '--pack', 'mine');
    const path = join(bench.dir, 'mine/signals/own/X1-quick-replies.yaml');
    expect((await bench.run('rules', 'lint', '--update-lock', '--pack', 'mine')).code).toBe(0);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^min_sample: \d+/m, 'min_sample: 31'));
    const refused = await bench.run('rules', 'lint', '--pack', 'mine');
    expect([refused.code, refused.out.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('plumbline rules lint --raise'),
    ]);
    expect((await bench.run('rules', 'lint', '--raise', '--pack', 'mine')).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^version: 2 #/m);
  });
});
