import { afterAll, describe, expect, it } from 'vitest';
import { Finding } from '../../src/domain/finding.ts';
import { openWorkbench } from '../harness/run-cli.ts';

describe('rules test', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());

  it('plays the cases of one signal and prints what was found with --verbose', async () => {
    const { code, out } = await bench.run('rules', 'test', 'D1-', '--verbose');
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ cases of 1 signal, 0 problems/);
    const findings = out.split('\n').filter((line) => line.trim().startsWith('{'));
    expect(findings.length).toBeGreaterThan(0);
    for (const line of findings)
      expect(Finding.parse({ ...JSON.parse(line), sample: [] }).signal).toBe('D1-first-reply-policy');
  });

  it('knows no signal of another name', async () => {
    const { code, err } = await bench.run('rules', 'test', 'Q99');
    expect(code).not.toBe(0);
    expect(err).toContain('Q99');
  });
});
