import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS_BY_DESK, DEMO_TOKEN } from '../../src/demo/index.ts';
import type { Placement } from '../../src/domain/placement.ts';
import type { FiguresView } from '../../src/report/view/figures.ts';
import type { SourcesView } from '../../src/report/view/freshness.ts';
import type { PathView } from '../../src/report/view/moves.ts';
import type { SaidSeenView } from '../../src/report/view/said-and-seen.ts';
import type { SignalView } from '../../src/report/view/signal.ts';
import type { StatementView } from '../../src/report/view/statement.ts';
import { judgeAgain, NOTHING_SWITCHED } from '../../web/what-if/judge-again.ts';
import { readInputs } from '../../web/what-if/read-inputs.ts';
import { findChromium, launchBrowser, NO_BROWSER, settled, violationsOf } from './browser.ts';
import { type ServedDesk, serveDesk } from './served-desk.ts';
import { drawSwitches, farthest, scriptOfWhatIf, serverSays } from './what-if-cases.ts';

const found = findChromium() !== null;
const MOST_SCRIPT_BYTES = 350_000;
const LONG_MS = 600_000;
/** How long a busy machine may take for what an idle one does in a second. */
const PATIENT_MS = 180_000;

/** Writes down what the block of open runs says, each time it says something else, in `toldOfReading`. */
const RECORD_READING = `globalThis.toldOfReading = []; new MutationObserver(() => {
  const blocks = [...document.querySelectorAll('section')];
  const text = blocks.find((one) => one.querySelector('h2')?.textContent === 'Reading now')?.innerText;
  if (text !== undefined && text !== toldOfReading.at(-1)) toldOfReading.push(text);
}).observe(document.body, { subtree: true, childList: true, characterData: true })`;

const HOSTILE = '<img src=x onerror="globalThis.hurt = 1">';
/** Words that somebody in a helpdesk, a respondent or a pack has written. */
const WRITTEN =
  /^(title|sentence|text|words?|statement|comment|detail|note|description|remedy|respondent|by|owner|meaning|message|actor|subject)$/;

/** A reply as it would be if everybody who has written a word of it were hostile; ids and kinds are left alone, so that the screens draw. */
function poisoned(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key)]));
  if (typeof value !== 'string') return value;
  if (/^(url|proof|href|link)$/.test(name)) return 'javascript:globalThis.hurt = 1';
  return WRITTEN.test(name) ? `${value} ${HOSTILE}` : value;
}

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

  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' };
    const reply = await fetch(`${desk.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect([path, reply.status]).toEqual([path, 201]);
    return reply.json();
  };

  beforeAll(async () => {
    desk = await serveDesk('harbor');
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENT_MS);
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

  it('adds a desk and connects its helpdesk, once the credentials are right', { timeout: LONG_MS }, async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('desk-a');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    await page.getByRole('textbox', { name: 'Account' }).fill(desk.helpdesk.settings.url);
    await page.getByRole('textbox', { name: 'User' }).fill(desk.helpdesk.settings.user);
    await page.getByRole('textbox', { name: 'Token' }).fill('wrong');
    await page.getByRole('checkbox', { name: 'It is on a private address' }).check();
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Token' }).fill(DEMO_TOKEN);
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByRole('region', { name: 'What zendesk may read', exact: true }).waitFor();
  });

  it('syncs, tells it as it goes, and shows what was read before any snapshot', { timeout: LONG_MS }, async () => {
    await page.evaluate(RECORD_READING);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText(/The last sync ended .*: done/).waitFor({ timeout: LONG_MS });
    const told = await page.evaluate<string[]>('toldOfReading');
    // Set by this very page: it was told without being loaded anew.
    expect(told.filter((text) => /^Sync\s+\S.*: [\d,]+/m.test(text)).length).toBeGreaterThan(0);
    expect(told.at(-1)).toMatch(/The last sync ended .*: done/);
    const view = (await get('/v1/workspaces/desk-a/views/sources')) as SourcesView;
    const [source] = view.sources;
    expect(source).toMatchObject({ connection: 'zendesk', vendor: 'zendesk' });
    const shown = page.getByRole('region', { name: 'What zendesk shows', exact: true });
    await shown.getByText(source?.sentence ?? 'none').waitFor();
    const tickets = await shown.getByRole('row', { name: /^tickets / }).innerText();
    // The simulated account keeps no ticket back, and the connector reads all that it counts.
    expect(tickets).toContain(new Intl.NumberFormat('en').format(desk.helpdesk.world.tickets.length));
    expect(tickets).toContain('100');
    expect(await shown.getByRole('row').count()).toBe((source?.streams.length ?? 0) + 1);
    await go('/w/desk-a');
    await page.getByRole('link', { name: /To the connections/ }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
  });

  it('takes a snapshot of what was read and said', { timeout: LONG_MS }, async () => {
    for (const { respondent, role, answers } of ANSWERS_BY_DESK.harbor ?? [])
      await post('/v1/workspaces/desk-a/answers', { respondent, role: role.replaceAll(' ', '_'), answers });
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('region', { name: 'Reading now' }).getByText('Snapshot', { exact: true }).waitFor();
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

  it('opens a cell of the matrix, its statement, its signal, and the SQL and tickets behind it', async () => {
    await go('/w/desk-a/matrix');
    await page.getByRole('button', { name: /^Support expectations, stage 1/ }).click();
    const cell = page.getByRole('dialog');
    await cell.getByRole('link', { name: 'A known first-reply promise' }).click();
    await page.getByRole('heading', { level: 1, name: 'A known first-reply promise' }).waitFor();
    const view = (await get('/v1/workspaces/desk-a/views/statement?statement=S1.4')) as StatementView;
    const evidence = page.getByRole('region', { name: 'The evidence, one line each' });
    expect(await evidence.getByRole('listitem').count()).toBe(view.ledger.length + 1);
    for (const bar of view.ledger) expect(await evidence.innerText()).toContain(bar.sentence);
    await evidence.getByRole('link', { name: 'First-reply targets are met' }).click();
    await page.getByRole('heading', { level: 1, name: 'First-reply targets are met' }).waitFor();
    await settled(page);
    const signal = (await get('/v1/workspaces/desk-a/views/signal?signal=D3')) as SignalView;
    const main = page.getByRole('main');
    expect(await main.innerText()).toContain(signal.sentence);
    expect((await main.locator('pre').innerText()).trim()).toBe(signal.sql.trim());
    const ticket = main.getByRole('link', { name: /^#\d+$/ }).first();
    expect(await ticket.getAttribute('href')).toMatch(/\/agent\/tickets\/\d+$/);
    expect(await ticket.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('judges again in the browser as the server does, within 50 ms, and shows it', { timeout: LONG_MS }, async () => {
    const reply = (await get('/v1/workspaces/desk-a/what-if')) as Parameters<typeof readInputs>[0];
    const inputs = readInputs(reply);
    const kept = ((await get('/v1/workspaces/desk-a/snapshots/latest')) as { placement: Placement }).placement;
    expect(judgeAgain(inputs, NOTHING_SWITCHED)).toEqual(kept);
    const cases = drawSwitches(inputs, 1_000);
    const bare = await context.newPage();
    await bare.evaluate(await scriptOfWhatIf());
    const told = await bare.evaluate<{ laws: number[][]; ms: number[] }>(
      `(() => { const inputs = whatIf.readInputs(${JSON.stringify(reply)}); const ms = [];
        const laws = ${JSON.stringify(cases)}.map((each) => { const begun = performance.now();
          const { atLeast } = whatIf.judgeAgain(inputs, each); ms.push(performance.now() - begun); return atLeast; });
        return { laws, ms }; })()`,
    );
    await bare.close();
    expect(told.laws).toHaveLength(cases.length);
    const worst = cases.map((each, index) => farthest(told.laws[index] ?? [], serverSays(inputs, each).atLeast));
    expect(Math.max(...worst)).toBeLessThan(1e-9);
    // A machine that does other things at once stretches single ones.
    expect(told.ms.toSorted((a, b) => a - b)[Math.floor(cases.length / 2)]).toBeLessThan(50);

    await go('/w/desk-a/path');
    const law = page.getByTestId('what-if-law');
    const shown = async (): Promise<number[]> => JSON.parse((await law.getAttribute('data-at-least')) ?? '[]');
    expect(farthest(await shown(), kept.atLeast)).toBeLessThan(1e-9);
    const path = (await get('/v1/workspaces/desk-a/views/path')) as PathView;
    const moves = path.smallest?.moves ?? [];
    expect(moves.length).toBeGreaterThan(0);
    for (const move of moves)
      await page
        .getByRole('checkbox', { name: `What if: ${move.title}` })
        .first()
        .check();
    const target = path.smallest?.target.stage ?? 0;
    expect(await page.getByRole('combobox', { name: 'To reach' }).inputValue()).toBe(String(target));
    expect(Math.abs(((await shown())[target - 1] ?? 0) - (path.smallest?.probability_after ?? 0))).toBeLessThan(1e-9);
    expect(await page.getByTestId('what-if-stage').innerText()).toContain(path.smallest?.target.name ?? 'none');
    await page.getByRole('button', { name: 'Switch everything back' }).click();
    expect(farthest(await shown(), kept.atLeast)).toBeLessThan(1e-9);
  });

  it('lets an invited person answer and see nothing else, once', async () => {
    await go('/w/desk-a/questions');
    const asking = page.getByRole('region', { name: 'Invitations' });
    await asking.getByRole('textbox', { name: 'Respondent' }).fill('lead-1');
    await asking.getByRole('combobox', { name: 'Role' }).selectOption('support_lead');
    await asking.getByRole('button', { name: 'Make a link' }).click();
    const link = await asking.locator('pre', { hasText: '/invitation#' }).innerText();
    await asking.getByRole('row', { name: /^lead-1 .*link not opened yet/ }).waitFor();
    const guest = await browser.newContext();
    guest.setDefaultTimeout(PATIENT_MS);
    const theirs = await guest.newPage();
    await theirs.goto(link);
    await theirs.getByRole('button', { name: 'Begin' }).click();
    await theirs.getByRole('heading', { name: 'How does your support work today?' }).waitFor();
    expect(theirs.url()).not.toContain('inv_');
    expect(await violationsOf(theirs)).toEqual([]);
    await theirs.getByRole('button', { name: /^3/ }).click();
    await theirs.getByText('1 kept in this sitting').waitFor();
    await theirs.goto(`${desk.url}/w/desk-a`);
    await theirs.getByRole('heading', { name: 'How does your support work today?' }).waitFor();
    const stranger = await browser.newContext();
    stranger.setDefaultTimeout(PATIENT_MS);
    const late = await stranger.newPage();
    await late.goto(link);
    await late.getByRole('button', { name: 'Begin' }).click();
    expect(await late.getByRole('alert').innerText()).toContain('not valid');
    await guest.close();
    await stranger.close();
    const known = (await get('/v1/workspaces/desk-a/invitations')) as {
      respondents: { id: string; answered: number }[];
    };
    expect(known.respondents.find(({ id }) => id === 'lead-1')).toMatchObject({ answered: 1 });
  });

  it('settles a disagreement, and tells after the next snapshot what changed by it', { timeout: LONG_MS }, async () => {
    await go('/w/desk-a/said-and-seen');
    const view = (await get('/v1/workspaces/desk-a/views/said-and-seen')) as SaidSeenView;
    const gaps = page.getByRole('region', { name: 'Statement by statement' });
    const rows = await gaps.getByRole('listitem').allInnerTexts();
    expect(rows).toHaveLength(view.rows.length);
    for (const [index, row] of view.rows.entries()) expect(rows[index]).toContain(row.sentence);
    const disputed = view.rows.find(({ direction, flag }) => direction === 'over' && flag !== 'none');
    await gaps.getByRole('link', { name: disputed?.name ?? 'none' }).click();
    const settle = page.getByRole('region', { name: 'Settle the disagreement' });
    await settle.getByRole('radio', { name: 'Keep the claim' }).check();
    await settle.getByRole('textbox', { name: 'Reason' }).fill('seen in the review of May');
    await settle.getByRole('textbox', { name: 'Settled by' }).fill('lead-1');
    await settle.getByRole('textbox', { name: 'Proof' }).fill('javascript:alert(1)');
    await settle.getByRole('button', { name: 'Settle it' }).click();
    expect(await settle.getByText('in force').count()).toBe(0);
    await settle.getByRole('radio', { name: 'Accept the data' }).check();
    await settle.getByRole('button', { name: 'Settle it' }).click();
    await settle.getByText('in force').waitFor();
    await go('/w/desk-a/runs');
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    const done = page.getByRole('row', { name: /Snapshot.*done/ });
    await expect.poll(() => done.count(), { timeout: LONG_MS, interval: 1_000 }).toBe(2);
    await go('/w/desk-a/change');
    const change = await page.getByRole('main').innerText();
    expect(change).toMatch(/people answered differently/i);
    expect(change).toContain(disputed?.name ?? 'none');
  });

  it('tells figures with their definitions, and the hours of the week', async () => {
    await go('/w/desk-a/figures');
    const view = (await get('/v1/workspaces/desk-a/views/figures')) as FiguresView;
    const text = await page.getByRole('main').innerText();
    for (const row of view.groups.flatMap(({ rows }) => rows)) expect(text).toContain(row.text);
    expect(view.week).not.toBeNull();
    const broken = page.getByRole('region', { name: 'Broken down' });
    // The simulated half-year begins and ends within a month.
    const parts = view.breakdowns.find(({ by }) => by === 'month')?.values.filter(({ part }) => part !== null) ?? [];
    expect(parts).toHaveLength(2);
    for (const { value, part } of parts) {
      await broken
        .getByText(`Hollow and not joined`)
        .filter({ hasText: `${value} ${part ?? 'none'}` })
        .waitFor();
      expect(await broken.getByRole('row', { name: new RegExp(`^${value}`) }).innerText()).toContain(part);
    }
    const drawing = broken.getByRole('img', { name: /^Tickets created by Month\. Hollow/ }).locator('svg');
    await drawing.waitFor();
    const whole = (view.breakdowns.find(({ by }) => by === 'month')?.values.length ?? 0) - parts.length;
    const course = (await drawing.locator('path[fill="none"][stroke-width="2"]').getAttribute('d')) ?? '';
    expect(course.match(/[ML]/g)).toHaveLength(whole);
    expect(await drawing.locator('path[fill="rgb(255, 255, 255)"][stroke]').count()).toBe(parts.length);
    const box = await drawing.boundingBox();
    // A tip of the drawing is refused nothing by the content policy, which the last test of this suite looks at.
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) - 40, (box?.y ?? 0) + 60);
    await broken.getByText(`${parts.at(-1)?.value ?? ''} (${parts.at(-1)?.part ?? ''})`).waitFor();
    await page
      .getByRole('img', { name: view.week?.sentence ?? 'none' })
      .locator('svg')
      .waitFor();
  });

  it('tells who the customers are in a record of them, and takes the word of people', {
    timeout: LONG_MS,
  }, async () => {
    const { url, user } = desk.helpdesk.settings;
    await post('/v1/workspaces/desk-a/connections', {
      ...{ name: 'crm', vendor: 'zendesk', role: 'customers', settings: { url, user } },
      ...{ secret: { value: DEMO_TOKEN }, allow_private: true },
    });
    await go('/w/desk-a/connections');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect
      .poll(
        async () => {
          const { customers } = (await get('/v1/workspaces/desk-a/matches')) as { customers: { counts: boolean }[] };
          return customers.map(({ counts }) => counts);
        },
        { timeout: LONG_MS, interval: 2_000 },
      )
      .toEqual([true]);
    await go('/w/desk-a/connections');
    const shown = page.getByRole('region', { name: 'Customers in a record of customers', exact: true });
    const row = await shown.getByRole('row', { name: /^zendesk/ }).innerText();
    expect(row).toContain('counts');
    const [first, second] = desk.helpdesk.world.organisations;
    // Each is the other one's customer: only people can say so.
    const pairs = `desk_id,crm_id\n${String(first?.id)},${String(second?.id)}\n${String(second?.id)},${String(first?.id)}\n`;
    await shown.locator('input[type=file]').setInputFiles({
      ...{ name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from('who,whom\n1,2\n') },
    });
    await shown
      .getByRole('alert')
      .getByText(/the first line is not desk_id,crm_id/)
      .waitFor();
    await shown.locator('input[type=file]').setInputFiles({
      ...{ name: 'pairs.csv', mimeType: 'text/csv', buffer: Buffer.from(pairs) },
    });
    await shown.getByRole('status').getByText('Kept 2 pairs').waitFor();
    expect(await get('/v1/workspaces/desk-a/matches')).toMatchObject({
      customers: [{ desk: 'zendesk', source: 'crm', by_rule: { mapping: 2 }, mapping: { pairs: 2 } }],
    });
  });

  const SCREENS = [
    '/',
    '/w/desk-a',
    '/w/desk-a/matrix',
    '/w/desk-a/statements/S1.4',
    '/w/desk-a/signals/D3-first-reply-target-met',
    '/w/desk-a/said-and-seen',
    '/w/desk-a/path',
    '/w/desk-a/change',
    '/w/desk-a/questions',
    '/w/desk-a/figures',
    '/glossary',
    '/catalogue',
    '/w/desk-a/connections',
    '/w/desk-a/import',
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

  it('draws in the colours of who has colours of their own', { timeout: LONG_MS }, async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const drawn: Readonly<Record<string, readonly string[]>> = {
      '/w/desk-a': ['[class*="_fill_"]', '[class*="_scale_"] [class*="_seen_"]', '[class*="_together_"]'],
      '/w/desk-a/statements/S1.4': ['[class*="_track_"] > span', '[class*="_block_"][class*="_for_"]'],
      '/w/desk-a/matrix': ['[class*="_swatch_"][class*="_in_place_"]'],
      '/w/desk-a/path': ['[class*="_bars_"] > span'],
    };
    for (const [screen, places] of Object.entries(drawn)) {
      await go(screen);
      for (const place of places) {
        const grounds = await page.evaluate<string[]>(
          `[...document.querySelectorAll(${JSON.stringify(place)})].map((one) => getComputedStyle(one).backgroundColor)`,
        );
        const canvas = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        expect([screen, place, grounds.length > 0]).toEqual([screen, place, true]);
        for (const ground of grounds) expect([screen, place, 'rgba(0, 0, 0, 0)', canvas]).not.toContain(ground);
      }
    }
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('cuts no words where letters are twice as large, nor shows the way past the menu before it is reached', {
    timeout: LONG_MS,
  }, async () => {
    const large = await launchBrowser(32);
    const reader = await large.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    reader.setDefaultTimeout(PATIENT_MS);
    await reader.addCookies(await context.cookies());
    const theirs = await reader.newPage();
    for (const screen of ['/w/desk-a', '/w/desk-a/path', '/w/desk-a/figures', '/w/desk-a/connections']) {
      await theirs.goto(`${desk.url}${screen}`);
      await settled(theirs);
      for (const width of [1440, 390]) {
        await theirs.setViewportSize({ width, height: 900 });
        const found = await theirs.evaluate<[number, string[], number]>(
          `[document.documentElement.scrollWidth,
            [...document.querySelectorAll('[class*="SegmentedControl-root"], [class*="Button-label"]')]
              .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
            document.querySelector('a[href="#screen"]')?.getBoundingClientRect().bottom ?? 0]`,
        );
        expect([screen, width, found[1], found[2] <= 0]).toEqual([screen, width, [], true]);
        expect([screen, found[0]]).toEqual([screen, width]);
      }
    }
    await large.close();
  });

  it('names the screen of a desk, a statement and a signal that are not there', async () => {
    for (const [screen, title] of [
      ['/w/nobody', 'nobody'],
      ['/w/desk-a/statements/S9.9', 'Statement S9.9'],
      ['/w/desk-a/signals/ZZ9', 'Signal ZZ9'],
    ] as const) {
      await go(screen);
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
      expect(await violationsOf(page)).toEqual([]);
    }
    await page.goto(`${desk.url}/w/nobody`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'All desks' }).click();
    await page.getByRole('heading', { name: 'All desks' }).waitFor();
  });

  it.each([1024, 390])('scrolls no screen sideways at %i pixels', { timeout: LONG_MS }, async (width) => {
    await page.setViewportSize({ width, height: 844 });
    for (const screen of SCREENS) {
      await go(screen);
      expect([screen, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([screen, width]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('runs nothing of what others wrote: tags, names of agents, comments, proofs, addresses', {
    timeout: LONG_MS,
  }, async () => {
    const hurt = await context.newPage();
    await hurt.route('**/v1/**', async (route) => {
      const reply = await route.fetch();
      const isJson = (reply.headers()['content-type'] ?? '').startsWith('application/json');
      if (!isJson || route.request().url().endsWith('/v1/session')) return route.fulfill({ response: reply });
      return route.fulfill({ response: reply, json: poisoned(await reply.json()) });
    });
    for (const screen of SCREENS) {
      await hurt.goto(`${desk.url}${screen}`);
      await settled(hurt);
      const found = await hurt.evaluate<unknown[]>(
        `[globalThis.hurt ?? null, document.querySelectorAll('img[src="x"], a[href^="javascript:" i], main script').length]`,
      );
      expect([screen, ...found]).toEqual([screen, null, 0]);
    }
    await hurt.goto(`${desk.url}/w/desk-a/signals/D3-first-reply-target-met`);
    await settled(hurt);
    // It did come as far as the screen, and stands there as it was written.
    expect(await hurt.getByRole('main').innerText()).toContain(HOSTILE);
    await hurt.close();
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
