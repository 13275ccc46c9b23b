import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_TOKEN } from '../../src/demo/index.ts';
import { type OpenIdServer, startOpenIdServer } from '../harness/openid-provider.ts';
import { findChromium, launchBrowser, NO_BROWSER, settled, violationsOf } from './browser.ts';
import { freePort, type ServedDesk, serveDesk } from './served-desk.ts';

const found = findChromium() !== null;
const LONG_MS = 600_000;
const PATIENT_MS = 180_000;
/** More than any screen has to be gone through. */
const MOST_STOPS = 150;
const CLIENT = { id: 'plumbline', secret: 'a secret of this test' };
const FILE = [
  'Ticket ID,Created At,Resolved At,Status,Priority,Subject',
  '1,2026-01-05 09:00,2026-01-05 11:00,Resolved,1,Anna cannot log in since Monday morning',
  '2,2026-01-06 09:00,2026-01-06 10:00,Resolved,4,Max asks for an invoice of last year',
  '3,2026-01-07 09:00,,parked,3,Printer of the second floor does not answer',
  '',
].join('\n');

/** What the keyboard stands on: its label or its words. */
const NAME_OF_FOCUS = `(() => { const at = document.activeElement; if (at === null) return '';
  const label = at.labels?.[0]?.innerText ?? at.getAttribute('aria-label') ?? at.innerText ?? ''; return label.split('\\n')[0].replace(/\\s*\\*$/, '').trim(); })()`;

/** Whether one sees where the keyboard stands. */
const SHOWS_FOCUS = `(() => { const at = document.activeElement; const seen = (one) => { const style = getComputedStyle(one);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.borderColor !== getComputedStyle(document.body).borderColor; };
  return seen(at) || (at.nextElementSibling !== null && seen(at.nextElementSibling)) || seen(at.parentElement); })()`;

/** Who gets in, by which way, and what those see who may not see all; and that hands need no mouse. */
describe.skipIf(!found)(`access to the page${found ? '' : ` (${NO_BROWSER})`}`, () => {
  let desk: ServedDesk;
  let provider: OpenIdServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const go = async (path: string): Promise<void> => {
    await page.goto(`${desk.url}${path}`);
    await settled(page);
  };
  const fresh = async (): Promise<void> => {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENT_MS);
    page = await context.newPage();
  };
  /** Goes on with the tabulator until the keyboard stands on what is called so. */
  const tabTo = async (name: string): Promise<void> => {
    const met: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<string>(NAME_OF_FOCUS);
      met.push(at);
      if (at !== name) continue;
      expect([name, await page.evaluate(SHOWS_FOCUS)]).toEqual([name, true]);
      return;
    }
    throw new Error(`The keyboard does not come to "${name}", but to: ${[...new Set(met)].join(' | ')}`);
  };
  const type = async (name: string, text: string): Promise<void> => {
    await tabTo(name);
    await page.keyboard.type(text);
  };

  beforeAll(async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${String(port)}`;
    provider = await startOpenIdServer({ ...CLIENT, redirect: `${url}/v1/openid/callback`, inToken: true });
    const config = [
      'serve:',
      `  public_url: ${url}`,
      '  openid:',
      `    issuer: ${provider.issuer}`,
      `    client_id: ${CLIENT.id}`,
      '    secret: env:OPENID_CLIENT_SECRET',
      '    label: Sign in with Acme',
      '    roles:',
      '      staff: { role: viewer, workspaces: [desk-a] }',
      '',
    ].join('\n');
    desk = await serveDesk('harbor', { config, port, variables: { OPENID_CLIENT_SECRET: CLIENT.secret } });
    browser = await launchBrowser();
    await fresh();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await provider?.close();
  });

  it('needs no mouse: signing in, adding a desk, connecting, reading, signing out', { timeout: LONG_MS }, async () => {
    await go('/');
    await type('Access token', desk.token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All desks' }).waitFor();
    await settled(page);
    await tabTo('Name');
    await page.keyboard.type('desk-a');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    await settled(page);
    expect(await page.evaluate('document.activeElement.id')).toBe('screen');
    await type('Account', desk.helpdesk.settings.url);
    await type('User', desk.helpdesk.settings.user);
    await type('Token', DEMO_TOKEN);
    await tabTo('It is on a private address');
    await page.keyboard.press('Space');
    await tabTo('Check and connect');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What zendesk may read', exact: true }).waitFor();
    await page.reload();
    await settled(page);
    await tabTo('Skip to the screen');
    await page.keyboard.press('Enter');
    await tabTo('Sync now');
    const events = page.waitForResponse((response) => response.url().endsWith('/events'));
    await page.keyboard.press('Enter');
    expect((await events).headers()['content-type']).toContain('text/event-stream');
    await page.getByRole('region', { name: 'Reading now' }).getByText('Sync', { exact: true }).waitFor();
    await page.getByText(/The last sync ended .*: done/).waitFor({ timeout: LONG_MS });
    await tabTo('Sign out');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in to Plumbline' }).waitFor();
  });

  it('imports a file, with its open points as questions', { timeout: LONG_MS }, async () => {
    await fresh();
    await go('/');
    await page.getByRole('textbox', { name: 'Access token' }).fill(desk.token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All desks' }).waitFor();
    await go('/w/desk-a/connections');
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('input[type=file]').setInputFiles({
      name: 'old-desk.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(FILE),
    });
    await page.getByRole('button', { name: 'Look at it' }).click();
    const asked = page.getByRole('region', { name: /What the file does not say/ });
    await asked
      .getByRole('radiogroup', { name: /parked/ })
      .getByRole('radio', { name: /^hold/ })
      .check();
    await asked
      .getByRole('radiogroup', { name: /Priority/ })
      .getByRole('radio', { name: /4 is the most urgent/ })
      .check();
    const zone = asked.getByRole('radiogroup', { name: /zone/i });
    await zone.getByRole('radio').nth(-2).check();
    await asked.getByRole('textbox').fill('Europe/Berlin');
    await asked.getByRole('button', { name: 'Show what follows from it' }).click();
    await page.getByText('The mapping file, for plumbline import --map').click();
    await page.locator('pre', { hasText: 'time_zone: Europe/Berlin' }).waitFor();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByText('3 of 3 rows would be stored, 3 tickets; nothing is stored by this.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('old-desk: 3 rows, 3 tickets', { exact: false }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/Anna|invoice|Printer/);
    await go('/w/desk-a/connections');
    await page.getByRole('region', { name: 'Helpdesks and files' }).getByText('old-desk').waitFor();
  });

  it('tells somebody: a target is added, changed and removed', { timeout: LONG_MS }, async () => {
    await go('/w/desk-a/notices');
    const form = page.getByRole('region', { name: 'Tell somebody' });
    await form.getByRole('textbox', { name: 'Name' }).fill('wiki');
    await form.getByRole('textbox', { name: 'Address' }).fill('https://hooks.example.org/plumbline');
    await form.getByRole('textbox', { name: 'Signing secret' }).fill(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    await form.getByRole('checkbox', { name: 'Stage changed', exact: true }).check();
    await form.getByRole('button', { name: 'Add' }).click();
    const told = page.getByRole('region', { name: 'Who is told' });
    await told.getByText('told of stage changed').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await told.getByRole('button', { name: 'Change' }).click();
    await told.getByRole('checkbox', { name: 'Stage changed', exact: true }).uncheck();
    await told.getByRole('textbox', { name: 'Signing secret' }).fill(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
    await told.getByRole('button', { name: 'Keep' }).click();
    await told.getByText('told of everything').waitFor();
    await told.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told').waitFor();
  });

  it('lets in whom the OpenID provider knows, as the claim says, and refuses whom it grants nothing', {
    timeout: LONG_MS,
  }, async () => {
    await fresh();
    provider.person = { sub: 'eve', groups: ['visitors'] };
    await go('/');
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.getByText('nothing here is open to you', { exact: false }).waitFor();
    await fresh();
    provider.person = { sub: 'ada', groups: ['staff'] };
    await go('/w/desk-a/connections');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/w/desk-a/connections');
  });

  it('shows a viewer what there is, and no act that would be refused', { timeout: LONG_MS }, async () => {
    await go('/w/desk-a/connections');
    const main = page.getByRole('main');
    await main.getByText('zendesk').first().waitFor();
    for (const act of ['Sync now', 'Take a snapshot', 'Disconnect', 'Change settings', 'Check and connect'])
      expect([act, await main.getByRole('button', { name: act }).count()]).toEqual([act, 0]);
    expect(await main.getByRole('link', { name: 'Import a file' }).count()).toBe(0);
    await go('/w/desk-a/notices');
    await page.getByText('Only operators see who is told').waitFor();
    await go('/w/desk-a');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('desk-a');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('link', { name: /To the connections/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it.each(['/tokens', '/audit'])(
    'says at %s that one may not see it, and how one could',
    { timeout: LONG_MS },
    async (path) => {
      await go(path);
      const box = page.getByRole('alert').first();
      expect(await box.innerText()).toMatch(/You may not see this[\s\S]*role admin/);
      expect(await violationsOf(page)).toEqual([]);
    },
  );

  it('says of a desk that is not open to one the same as of one that does not exist', {
    timeout: LONG_MS,
  }, async () => {
    const told: string[] = [];
    for (const name of ['desk-b', 'nowhere']) {
      await go(`/w/${name}`);
      const text = await page.getByRole('alert').first().innerText();
      told.push(text.replaceAll(name, 'DESK').replace(/Request \w+/, ''));
    }
    expect(told[0]).toBe(told[1]);
    expect(told[0]).toContain('Not found');
  });
});
