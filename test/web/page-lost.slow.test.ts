import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchBrowser, NO_BROWSER, settled, violationsOf } from './browser.ts';
import { type ServedDesk, serveDesk } from './served-desk.ts';

const found = findChromium() !== null;
const LONG_MS = 600_000;
const PATIENT_MS = 180_000;
const COMMENT = 'half a sentence that nobody has kept yet';

/** What somebody loses whose session or server ends while she answers: nothing, and she is told. */
describe.skipIf(!found)(`the page when session or server are lost${found ? '' : ` (${NO_BROWSER})`}`, () => {
  let desk: ServedDesk;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const authorization = `Bearer ${desk.token}`;
    const sent =
      body === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const reply = await fetch(`${desk.url}${path}`, { method, ...sent });
    expect([path, reply.ok]).toEqual([path, true]);
    return reply.json();
  };
  const revoke = async (name: string): Promise<void> => {
    const { tokens } = (await call('GET', '/v1/tokens')) as {
      tokens: { id: string; name: string; revoked_at: string | null }[];
    };
    const id = tokens.find((token) => token.name === name && token.revoked_at === null)?.id ?? 'none';
    await call('DELETE', `/v1/tokens/${id}`);
  };
  const answersOf = async (respondent: string): Promise<number> => {
    const view = (await call('GET', '/v1/workspaces/desk-a/invitations')) as {
      respondents: { id: string; answered: number }[];
    };
    return view.respondents.find(({ id }) => id === respondent)?.answered ?? 0;
  };
  const signIn = async (token: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Access token' }).fill(token);
    await page.keyboard.press('Enter');
  };
  const open = async (): Promise<Page> => {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENT_MS);
    page = await context.newPage();
    return page;
  };
  /** Answers one question and leaves the next one half filled. Gives its statement. */
  const answerHalf = async (): Promise<string> => {
    await page.getByRole('button', { name: /^3/ }).click();
    await page.getByText('1 kept in this sitting').waitFor();
    await page.getByText('Add a comment or a proof').click();
    await page.getByRole('textbox', { name: 'Comment' }).fill(COMMENT);
    return page.locator('legend').innerText();
  };
  const stillThere = async (statement: string): Promise<void> => {
    expect(await page.locator('legend').innerText()).toBe(statement);
    expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe(COMMENT);
  };

  beforeAll(async () => {
    desk = await serveDesk('harbor');
    browser = await launchBrowser();
    await call('POST', '/v1/workspaces', { name: 'desk-a' });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('keeps what is typed when the token is revoked, says so, and goes on with another one', {
    timeout: LONG_MS,
  }, async () => {
    await open();
    await page.goto(`${desk.url}/w/desk-a/questions`);
    await signIn(await desk.tokenFor('assessor', 'desk-a'));
    await page.getByRole('textbox', { name: 'Label' }).fill('lead-1');
    await page.getByRole('button', { name: 'Begin' }).click();
    const statement = await answerHalf();
    await revoke('assessor-of-test');
    await page.getByRole('button', { name: /^2/ }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/revoked[\s\S]*still there[\s\S]*sign in/);
    expect(await violationsOf(page)).toEqual([]);
    // Whoever passes by reads nothing of the screen below.
    expect(await page.locator('legend').isVisible()).toBe(false);
    await signIn(await desk.tokenFor('assessor', 'desk-a'));
    await page.getByText('This answer is not kept yet.').waitFor();
    await stillThere(statement);
    expect(await answersOf('lead-1')).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2 kept in this sitting').waitFor();
    expect(await answersOf('lead-1')).toBe(2);
  });

  it('begins the screen anew for somebody who may see less', { timeout: LONG_MS }, async () => {
    await page.getByText('Add a comment or a proof').click();
    await page.getByRole('textbox', { name: 'Comment' }).fill(COMMENT);
    await revoke('assessor-of-test');
    await page.getByRole('button', { name: /^2/ }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await signIn(await desk.tokenFor('viewer', 'desk-a'));
    await page.getByText('You may read, not answer').waitFor();
    expect(await page.getByRole('textbox', { name: 'Comment' }).count()).toBe(0);
  });

  it('tells an invited person that the link ended, and goes on with a new one opened beside', {
    timeout: LONG_MS,
  }, async () => {
    const invite = async (): Promise<{ id: string; link: string }> =>
      (await call('POST', '/v1/workspaces/desk-a/invitations', {
        ...{ respondent: 'lead-2', role: 'support_lead', expires_in_days: 1 },
      })) as { id: string; link: string };
    await open();
    const { id, link } = await invite();
    await page.goto(link);
    await page.getByRole('button', { name: 'Begin' }).click();
    const statement = await answerHalf();
    await call('DELETE', `/v1/workspaces/desk-a/invitations/${id}`);
    await page.getByRole('button', { name: /^2/ }).click();
    await page.getByText('Your link has ended.').waitFor();
    await page.getByText('This answer is not kept yet.').waitFor();
    await stillThere(statement);
    const beside = await context.newPage();
    await beside.goto((await invite()).link);
    await beside.getByRole('button', { name: 'Begin' }).click();
    await beside.getByRole('heading', { name: 'How does your support work today?' }).waitFor();
    await beside.close();
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await page.getByText('Your link has ended.').waitFor({ state: 'detached' });
    await stillThere(statement);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2 kept in this sitting').waitFor();
    expect(await answersOf('lead-2')).toBe(2);
  });

  it('keeps what is typed while the server is gone, says so, and goes on when it is back', {
    timeout: LONG_MS,
  }, async () => {
    await open();
    await page.goto(`${desk.url}/w/desk-a/questions`);
    await signIn(await desk.tokenFor('assessor', 'desk-a'));
    await page.getByRole('textbox', { name: 'Label' }).fill('lead-3');
    await page.getByRole('button', { name: 'Begin' }).click();
    const statement = await answerHalf();
    await desk.kill();
    await page.getByRole('button', { name: /^2/ }).click();
    await page.getByText('This answer is not kept yet.').waitFor();
    const told = page.getByRole('status').filter({ hasText: 'No connection to the server' });
    await told.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    // A question skipped and come back to has lost nothing either.
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await stillThere(statement);
    await desk.restart();
    await told.waitFor({ state: 'detached' });
    await stillThere(statement);
    await page.getByRole('button', { name: /^2/ }).click();
    await page.getByText('2 kept in this sitting').waitFor();
    expect(await answersOf('lead-3')).toBe(2);
  });

  it('loads no dead page when another screen is gone to without a server, and draws it when it is back', {
    timeout: LONG_MS,
  }, async () => {
    await desk.kill();
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('alert').filter({ hasText: 'No connection to the server' }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Questions' }).isVisible()).toBe(true);
    await desk.restart();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await settled(page);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
