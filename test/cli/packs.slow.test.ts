import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../harness/run-cli.ts';

const bench = openWorkbench();
afterAll(() => bench.remove());

describe('a pack of one folder', () => {
  it('begins with a signal whose lint and cases pass at once, under a number that is free', async () => {
    const begun = await bench.run('rules', 'new', 'quick-replies', '--pack', 'mine');
    expect(begun.out).toContain('Wrote mine/signals/own/X1-quick-replies.yaml');
    expect((await bench.run('rules', 'new', 'slow-replies', '--pack', 'mine')).out).toContain('X2-slow-replies');
    const tested = await bench.run('rules', 'test', '--pack', 'mine');
    expect(tested.out).toContain('14 cases of 2 signals, 0 problems');
    expect((await bench.run('rules', 'lint', '--pack', 'mine')).out).toContain('2 signals, 0 problems');
  });
});

describe('rules test', () => {
  it('prints no findings without --verbose', async () => {
    const { code, out } = await bench.run('rules', 'test', 'D1-');
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ cases of 1 signal, 0 problems/);
    expect(out.split('\n').filter((line) => line.trim().startsWith('{'))).toEqual([]);
  });
});
