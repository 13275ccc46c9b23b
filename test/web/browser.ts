import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is installed; null where none was found. `PLUMBLINE_CHROMIUM` names another one. */
export function findChromium(): string | null {
  const named = process.env.PLUMBLINE_CHROMIUM;
  return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path)) ?? null;
}

/** Why tests of the page are skipped, for the name of the suite. */
export const NO_BROWSER = 'skipped: no Chromium found (apt-get install chromium, or PLUMBLINE_CHROMIUM)';

/** An installed browser without a window. `letters` = the size of text that somebody has set in it, in px. */
export function launchBrowser(letters = 16): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(NO_BROWSER);
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--blink-settings=defaultFontSize=${letters}`],
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ASK_AXE = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
  ({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary)))`;

/** What axe finds wrong on the page as it stands; empty = nothing. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger: the content policy of the page does not let scripts in.
  await page.evaluate(AXE);
  return page.evaluate<string[]>(ASK_AXE);
}

/** Waits until nothing is being loaded and no grey bar stands for something to come. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  // A busy machine may take longer to begin drawing than the network is called idle after.
  await page.locator('h1, [role="alert"]').first().waitFor();
  await page.locator('[role="status"]:has-text("Loading")').first().waitFor({ state: 'detached' });
}
