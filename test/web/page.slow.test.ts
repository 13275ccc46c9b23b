import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_TOKEN } from '../../src/demo/index.ts';
import { findChromium, launchBrowser, NO_BROWSER, settled, violationsOf } from './browser.ts';
import { type ServedDesk, serveDesk } from './served-desk.ts';

const found = findChromium() !== null;
const MOST_SCRIPT_BYTES = 350_000;
const LONG_MS = 240_000;

/** The built page over a helpdesk that is connected, read and placed in it, by mouse and keyboard as people do. */
describe.skipIf(!found)(`the page${found ? '' : ` (${NO_BROWSER})`}`, () => {
  let desk: ServedDesk;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What the browser complained of: refused by the content policy, or thrown. */
  const complaints: string[] = [];

  const go = async (path: string): Promise<void> => {
    await page.goto(`${desk.url}${path}`);
    await settled(page);
  };
  const get = async (path: string): Promise<unknown> => {
    const reply = await fetch(`${desk.url}${path}`, { headers: { authorization: `Bearer ${desk.token}` } });
    expect([path, reply.status]).toEqual([path, 200]);
    return reply.json();
  };

  beforeAll(async () => {
    desk = await serveDesk('harbor');
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('refuses a wrong token with the way out, and lets the right one in', async () => {
    await go('/');
    const field = page.getByRole('textbox', { name: 'Access token' });
    await field.fill('plb_wrong');
    await field.press('Enter');
    expect(await page.getByRole('alert').innerText()).toContain('not known');
    await field.fill(desk.token);
    await field.press('Enter');
    await page.getByRole('heading', { name: 'All desks' }).waitFor();
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain('plb_');
  });

  it('adds a desk, connects its helpdesk and takes a snapshot, told as it goes', { timeout: LONG_MS }, async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('desk-a');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    await page.getByRole('textbox', { name: 'Address' }).fill(desk.helpdesk.settings.url);
    await page.getByRole('textbox', { name: 'User' }).fill(desk.helpdesk.settings.user);
    await page.getByRole('textbox', { name: 'Token' }).fill('wrong');
    await page.getByRole('checkbox', { name: 'It is on a private address' }).check();
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Token' }).fill(DEMO_TOKEN);
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByRole('region', { name: 'What it may read' }).waitFor();
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page
      .getByRole('progressbar')
      .or(page.getByText(/waits for a worker/))
      .first()
      .waitFor();
    await page.getByText(/The last snapshot ended .*: done/).waitFor({ timeout: LONG_MS });
  });

  it('tells on the home what the view says', async () => {
    await go('/w/desk-a');
    const home = (await get('/v1/workspaces/desk-a/views/home')) as {
      headline: { title: string; sentence: string };
      ladder: { rungs: { text: string; step: { name: string } }[] };
    };
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(home.headline.title);
    expect(await page.locator('main').innerText()).toContain(home.headline.sentence);
    const rungs = await page
      .getByRole('list', { name: /highest first/ })
      .getByRole('listitem')
      .allInnerTexts();
    expect(rungs).toHaveLength(6);
    for (const [index, rung] of home.ladder.rungs.toReversed().entries()) {
      expect(rungs[index]).toContain(rung.step.name);
      expect(rungs[index]).toContain(rung.text);
    }
  });

  it('loads little script before the home stands', async () => {
    const fresh = await context.newPage();
    const sizes: number[] = [];
    fresh.on('response', (response) => {
      if (response.url().endsWith('.js'))
        sizes.push(Number(response.headers()['content-length'] ?? Number.MAX_SAFE_INTEGER));
    });
    await fresh.goto(`${desk.url}/w/desk-a`);
    await fresh.getByRole('heading', { level: 1 }).waitFor();
    await fresh.close();
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
  });

  const SCREENS = [
    '/',
    '/w/desk-a',
    '/w/desk-a/connections',
    '/w/desk-a/runs',
    '/w/desk-a/schedules',
    '/w/desk-a/notices',
    '/tokens',
    '/audit',
    '/nowhere',
  ];
  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to in %s colours',
    { timeout: LONG_MS },
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const wrong: string[] = [];
      for (const screen of SCREENS) {
        await go(screen);
        wrong.push(...(await violationsOf(page)).map((each) => `${screen}: ${each}`));
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each([1024, 390])('scrolls no screen sideways at %i pixels', { timeout: LONG_MS }, async (width) => {
    await page.setViewportSize({ width, height: 844 });
    for (const screen of SCREENS) {
      await go(screen);
      expect([screen, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([screen, width]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is ended by signing out, for the server too', async () => {
    await go('/');
    await go('/w/desk-a');
    const cookies = await context.cookies();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Plumbline' }).waitFor();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const reply = await fetch(`${desk.url}/v1/workspaces`, { headers: { cookie } });
    expect(reply.status).toBe(401);
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in to Plumbline' }).waitFor();
  });

  it('was refused nothing by its own content policy, and threw nothing', () => {
    expect(complaints).toEqual([]);
  });
});
