import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../src/cli/pdf/find-browser.ts';

/**
 * `npm run picture`: page one of the report of a simulated desk as docs/images/report.png, for the README. Plays the desk anew, looks back over some
 * months, so that there is a trend, and needs Chromium or Chrome.
 */
const ROOT = join(import.meta.dirname, '..');
const DESK = 'says-five-is-two';
const OUT = join(ROOT, 'docs', 'images', 'report.png');

const folder = mkdtempSync(join(tmpdir(), 'plumbline-picture-'));
const page = join(folder, 'report.html');
const plumbline = (...args: string[]): void => {
  const where = ['--data', folder, '--workspace', `demo-${DESK}`, '--quiet'];
  execFileSync('npx', ['tsx', 'src/cli/main.ts', ...args, ...where], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

try {
  plumbline('demo', '--desk', DESK);
  plumbline('backfill', '--from', '2026-01-01', '--every', 'month');
  plumbline('report', '--html', page);
  const browser = await chromium.launch({
    executablePath: findBrowser({ named: null, path: process.env.PATH ?? '', cwd: ROOT }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const view = await browser.newPage({ viewport: { width: 940, height: 1200 }, deviceScaleFactor: 1.5 });
  await view.goto(pathToFileURL(page).href);
  await view.locator('#verdict').screenshot({ path: OUT });
  await browser.close();
  console.log(`Wrote ${OUT}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
