import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Browser, Route } from 'playwright-core';
import { build } from 'vite';
import type { StagedReading } from '../../src/domain/staged-reading.ts';
import type { ReportContext } from '../../src/report/report-context.ts';
import { StagedHome } from '../../src/report/view/home.ts';
import { snapshotView } from '../../src/report/view/snapshot.ts';
import { reportView } from '../harness/report-view.ts';
import type { Told } from '../harness/told.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ORIGIN = 'http://plumbline.test';
/** As many as a home has room for (src/api/views/home.ts). */
export const ON_HOME = { disagreements: 5, moves: 3 };
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const SESSION = {
  caller: { id: 't1', name: 'test', role: 'viewer', workspaces: null },
  respondent: null,
  csrf: null,
  openid: null,
  expires_at: null,
};

/** The home of a reading, beside a course and models that say nothing of it. */
function homeOf(reading: StagedReading, context: ReportContext): StagedHome {
  const { matrix: _, ...blocks } = snapshotView(reading, context, ON_HOME);
  const { freshness, trend, models } = reportView();
  return StagedHome.parse({
    kind: 'staged',
    ...blocks,
    beside: [],
    freshness,
    trend: { ...trend, steps: [] },
    models,
    note: null,
  });
}

export interface PageTeller {
  tell(reading: StagedReading, context: ReportContext): Promise<Told>;
  close(): Promise<void>;
}

/** The built page over replies that are made here: its home is drawn by a real browser and read back from what stands on it. */
export async function openPageTeller(browser: Browser): Promise<PageTeller> {
  await build({ configFile: join(ROOT, 'web/vite.config.ts'), logLevel: 'error' });
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  let home: StagedHome | null = null;
  const json = (route: Route, status: number, body: unknown) =>
    route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
  await context.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/v1/session') return json(route, 200, SESSION);
    if (pathname.endsWith('/views/home')) return json(route, 200, home);
    if (pathname.startsWith('/v1/')) return json(route, 404, { code: 'UNKNOWN_NAME', message: 'none', remedy: 'none' });
    const file = pathname.startsWith('/assets/') || pathname.endsWith('.svg') ? pathname : '/index.html';
    const body = readFileSync(join(ROOT, 'dist/web', file), 'utf8');
    return route.fulfill({ contentType: TYPES[extname(file)] ?? 'text/html', body });
  });
  const links = async (region: string, words: string | null): Promise<string[]> => {
    const items = page.getByRole('region', { name: region, exact: true }).getByRole('listitem');
    return Promise.all(
      (await items.all()).map(async (item) => {
        const link = item.getByRole('link').first();
        const id = (await link.getAttribute('href'))?.split('/').at(-1)?.split('?')[0] ?? '';
        return `${id} ${words === null ? await link.innerText() : await item.locator(words).first().innerText()}`;
      }),
    );
  };
  return {
    async tell(reading, about) {
      home = homeOf(reading, about);
      await page.goto(`${ORIGIN}/w/desk-a`);
      const title = await page.getByRole('heading', { level: 1 }).innerText();
      const flags = await links('Where people and records part', 'p');
      return { title, flags, moves: await links('Next moves', null) };
    },
    close: () => context.close(),
  };
}
