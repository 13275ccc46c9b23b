import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/cli/pdf/find-browser.ts';
import { environment } from '../../src/config/variables.ts';
import type { StagedReading } from '../../src/domain/staged-reading.ts';
import { Summary } from '../../src/report/badge/summary.ts';
import { escapeText } from '../../src/report/html/markup.ts';
import { openWorkbench } from '../harness/run-cli.ts';

const HARBOR = ['--workspace', 'demo-harbor'] as const;

function browser(): string | null {
  try {
    return findBrowser({ named: null, path: environment().PATH ?? '', cwd: '/' });
  } catch {
    // Machines without a browser skip what needs one, and say so by name.
    return null;
  }
}

describe('reports of a really synced demo desk', () => {
  const bench = openWorkbench();
  const read = (file: string): string => readFileSync(join(bench.dir, file), 'utf8');
  let first: { readonly snapshot: StagedReading; readonly report: string };

  beforeAll(async () => {
    const { code, out, err } = await bench.run('demo', '--desk', 'harbor', '--json', '--quiet');
    expect(err).toBe('');
    expect(code).toBe(0);
    first = JSON.parse(out)[0];
  }, 300_000);
  afterAll(() => bench.remove());

  it('the demo writes one and names it', () => {
    expect(first.report).toBe(join('.plumbline', 'reports', 'demo-harbor.html'));
    expect(read(first.report)).toContain('<!doctype html>');
    expect(statSync(join(bench.dir, first.report)).mode & 0o077).toBe(0);
  });

  it('the second demo reuses what is there, unless it is to be fresh', async () => {
    const again = await bench.run('demo', '--desk', 'harbor', '--json');
    expect(again.err).toContain('harbor is there from an earlier demo');
    expect(JSON.parse(again.out)[0].snapshot.digest).toBe(first.snapshot.digest);
  });

  it('page, summary and terminal say the same', async () => {
    const { code } = await bench.run(
      'report',
      '--html',
      'r.html',
      '--summary',
      's.json',
      '--badge',
      'b.svg',
      ...HARBOR,
    );
    expect(code).toBe(0);
    const summary = Summary.parse(JSON.parse(read('s.json')));
    const screen = (await bench.run('explain', 'stage', ...HARBOR)).out;
    const page = read('r.html');
    expect(page).toContain(`<h1>${escapeText(summary.title)}</h1>`);
    expect(page).toContain(escapeText(summary.holds_back));
    for (const { title } of summary.moves) {
      expect(page).toContain(escapeText(title));
    }
    expect(summary.digest).toBe(first.snapshot.digest);
    expect(summary.step?.stage).toBe(first.snapshot.placement.stage);
    expect(screen.toLowerCase()).toContain(summary.step?.name.toLowerCase());
    expect(read('b.svg')).toContain(escapeText(summary.title));
  });

  it('without a file it is named after workspace and day', async () => {
    const { err } = await bench.run('report', ...HARBOR);
    const file = /Wrote (\S+)/.exec(err)?.[1] ?? '';
    expect(file).toMatch(/^plumbline-demo-harbor-\d{4}-\d{2}-\d{2}\.html$/);
    expect(existsSync(join(bench.dir, file))).toBe(true);
  });

  it('sets two periods beside each other', async () => {
    const before = await bench.run('snapshot', '--as-of', '2026-05-31', '--quiet', '--json', ...HARBOR);
    expect(before.code).toBe(0);
    await bench.run('report', '--since', '2026-05-31', '--html', 'since.html', ...HARBOR);
    expect(read('since.html')).toContain('What changed from 2026-05-31 to');
    expect(read('since.html')).toMatch(/class="course/);
  });

  it.each([
    ['stage=1', 0],
    ['stage=6', 4],
    ['assured=1,seen=6', 4],
  ])('--fail-below %s ends with %i and still keeps the snapshot', async (gate, code) => {
    const ran = await bench.run('snapshot', '--fail-below', gate, '--quiet', ...HARBOR);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(code === 0 ? 'is met' : 'is missed');
  });

  it.each([
    [['--fail-below', 'asured=2'], 'Did you mean assured?'],
    [['--paper', 'a5'], 'Use a4 or letter'],
    [['--pdf', 'x.pdf', '--browser', './no-such-browser'], 'NO_BROWSER'],
  ])('refuses %j before it measures', async (options, words) => {
    const { code, err } = await bench.run('snapshot', ...options, ...HARBOR);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it.runIf(browser() !== null)('prints PDF where Chromium or Chrome is installed', async () => {
    const { code, err } = await bench.run('report', '--pdf', 'r.pdf', '--paper', 'letter', ...HARBOR);
    expect(err).toContain('Wrote r.pdf');
    expect(code).toBe(0);
    const pdf = readFileSync(join(bench.dir, 'r.pdf'), 'latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    // 8.5 by 11 inches of 72 points.
    expect(pdf).toMatch(/\/MediaBox\s*\[\s*0 0 612 792\s*\]/);
  });

  it('says how where the browser does not print', async () => {
    const { code, err } = await bench.run('report', '--pdf', 'x.pdf', '--browser', '/bin/false', ...HARBOR);
    expect(code).toBe(2);
    expect(err).toContain('PDF_FAILED');
    expect(err).toContain('--html');
  });
});
